"""The shortlist: one's own, each property once, and every change can be taken back."""

import asyncio
from typing import Any

import pytest

from tests.account.conftest import Somebody
from tests.street import Street
from tools.cursors import BadCursor
from tools.offers import NoSuchProperty
from tools.refusals import Refused
from tools.shortlists.shortlist import MOST, NotShortlisted, ShortlistFull


async def listed(somebody: Somebody, **given: object) -> list[int]:
    return [each.property_id for each in (await somebody.call("list_shortlist", **given)).items]


async def latest(street: Street) -> int:
    """The id of what was done last."""
    (activity,) = await street.ask("select max(id) from activities")
    return activity


async def test_what_was_added_last_comes_first_with_todays_price(asha: Somebody, street: Street) -> None:
    for home in street.homes[:3]:
        assert (await asha.call("shortlist_property", property_id=home)).changed
    await street.set(street.homes[1], price=2500, status="paused")
    assert await listed(asha) == street.homes[2::-1]
    second = (await asha.call("list_shortlist")).items[1]
    assert (second.title, second.purpose, second.price, second.status) == ("Flat 2", "rent", 2500, "paused")


async def test_nobody_sees_or_changes_anybody_elses(asha: Somebody, ravi: Somebody, street: Street) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0])
    assert await listed(ravi) == []
    with pytest.raises(NotShortlisted):
        await ravi.call("remove_from_shortlist", property_id=street.homes[0])
    assert await listed(asha) == street.homes[:1]


async def test_a_property_is_on_it_once_however_often_and_at_once_it_is_added(
    asha: Somebody, street: Street
) -> None:
    home = street.homes[0]
    answers = await asyncio.gather(
        *(asha.call("shortlist_property", property_id=home) for _ in range(20)), return_exceptions=True
    )
    done: list[Any] = [each for each in answers if not isinstance(each, BaseException)]
    assert [each.changed for each in done].count(True) == 1
    assert all(isinstance(each, Refused) for each in answers if isinstance(each, BaseException))
    assert await listed(asha) == [home]


async def test_only_what_is_offered_is_added_and_what_no_longer_is_can_still_be_removed(
    asha: Somebody, street: Street
) -> None:
    kept, gone = street.homes[:2]
    await street.set(gone, status="archived")
    for home in (gone, 999_999):
        with pytest.raises(NoSuchProperty):
            await asha.call("shortlist_property", property_id=home)
    await asha.call("shortlist_property", property_id=kept)
    await street.set(kept, status="archived")
    removed = await asha.call("remove_from_shortlist", property_id=kept)
    assert (removed.shortlisted, removed.changed) == (False, True)
    with pytest.raises(NotShortlisted):
        await asha.call("remove_from_shortlist", property_id=kept)


async def test_adding_and_removing_undo_each_other(asha: Somebody, street: Street) -> None:
    home = street.homes[0]
    await asha.call("shortlist_property", property_id=home)
    await asha.call("undo_action", id=await latest(street))
    assert await listed(asha) == []
    await asha.call("shortlist_property", property_id=home)
    await asha.call("remove_from_shortlist", property_id=home)
    await asha.call("undo_action", id=await latest(street))
    assert await listed(asha) == [home]


async def test_others_who_add_the_same_do_not_stand_in_the_way_of_undoing(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0])
    mine = await latest(street)
    await ravi.call("shortlist_property", property_id=street.homes[0])
    await asha.call("undo_action", id=mine)
    assert (await listed(asha), await listed(ravi)) == ([], street.homes[:1])


async def test_adding_what_is_there_leaves_nothing_to_undo(asha: Somebody, street: Street) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0])
    assert not (await asha.call("shortlist_property", property_id=street.homes[0])).changed
    with pytest.raises(Refused, match="cannot be taken back"):
        await asha.call("undo_action", id=await latest(street))


async def test_pages_go_through_all_of_it(asha: Somebody, street: Street) -> None:
    for home in street.homes[:5]:
        await asha.call("shortlist_property", property_id=home)
    found: list[int] = []
    cursor = None
    while True:
        page = await asha.call("list_shortlist", limit=2, cursor=cursor)
        found += [each.property_id for each in page.items]
        cursor = page.next_cursor
        assert page.has_more == (cursor is not None)
        if cursor is None:
            break
    assert found == street.homes[4::-1]
    with pytest.raises(BadCursor):
        await asha.call("list_shortlist", cursor="bm90IG91cnM")


async def test_a_full_shortlist_says_so(asha: Somebody, street: Street) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0])
    more = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    more += "select 'more', n, 'rent', 'apartment', 'Flat', '', 1000 from generate_series(2, :most) n"
    await street.run(more, most=MOST)
    full = "insert into shortlists (person_id, property_id) select :id, p.id from properties p "
    await street.run(full + "where source = 'more'", id=asha.id)
    with pytest.raises(ShortlistFull):
        await asha.call("shortlist_property", property_id=street.homes[1])
    await asha.call("remove_from_shortlist", property_id=street.homes[0])
    assert (await asha.call("shortlist_property", property_id=street.homes[1])).changed
