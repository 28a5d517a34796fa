"""Lists with names: each property on one of them, in the person's own order, with notes."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.account.conftest import Somebody
from tests.shortlists.test_shortlist import latest, listed
from tests.street import Street
from tools.refusals import Invalid
from tools.shortlists.lists import MOST_LISTS, NameTaken, NoSuchList, TooManyLists
from tools.shortlists.shortlist import NotShortlisted


async def lists(somebody: Somebody) -> dict[str, tuple[int | None, int]]:
    return {each.name: (each.id, each.properties) for each in (await somebody.call("list_shortlists")).lists}


async def test_a_list_is_made_by_putting_something_on_it(asha: Somebody, street: Street) -> None:
    first, second, third = street.homes[:3]
    await asha.call("shortlist_property", property_id=first, list="For Mummy", note=" Near the  park \u202e")
    done = await asha.call("shortlist_property", property_id=second, list="for mummy")
    await asha.call("shortlist_property", property_id=third)
    assert done.summary() == f"Property {second} is on “for mummy”."
    (list_id, many), (none, one) = (await lists(asha))["For Mummy"], (await lists(asha))["Shortlist"]
    assert (list_id is not None, many, none, one) == (True, 2, None, 1)
    assert await listed(asha, list="FOR MUMMY") == [second, first]
    assert await listed(asha, list="Shortlist") == [third]
    assert await listed(asha) == [third, second, first]
    (_, kept) = (await asha.call("list_shortlist", list="For Mummy")).items
    assert (kept.note, kept.list, kept.kind) == ("Near the  park", "For Mummy", "apartment")
    assert kept.summary() == f"Flat 1, ₹1,000/month (id {first}, on “For Mummy”): Near the  park"


async def test_a_property_is_on_one_list_and_says_which(asha: Somebody, street: Street) -> None:
    home = street.homes[0]
    await asha.call("shortlist_property", property_id=home, list="Top")
    again = await asha.call("shortlist_property", property_id=home, list="Other")
    assert (again.changed, again.list) == (False, "Top")
    moved = await asha.call("arrange_shortlist", property_id=home, list="Other")
    assert (moved.list, moved.place) == ("Other", 1)
    assert (await listed(asha, list="Top"), await listed(asha, list="Other")) == ([], [home])
    assert (await asha.call("remove_from_shortlist", property_id=home)).list == "Other"


async def test_moving_noting_and_removing_can_be_taken_back_as_they_were(
    asha: Somebody, street: Street
) -> None:
    for home in street.homes[:3]:
        await asha.call("shortlist_property", property_id=home)
    home = street.homes[0]
    await asha.call("arrange_shortlist", property_id=home, note="The one with the tree")
    await asha.call("arrange_shortlist", property_id=home, list="Top", place=1, note="")
    assert (await asha.call("list_shortlist", list="Top")).items[0].note is None
    await asha.call("undo_action", id=await latest(street))
    assert await listed(asha, list="Shortlist") == street.homes[2::-1]
    assert (await asha.call("list_shortlist")).items[2].note == "The one with the tree"
    await asha.call("arrange_shortlist", property_id=home, list="Top")
    await asha.call("remove_from_shortlist", property_id=home)
    await asha.call("undo_action", id=await latest(street))
    (back,) = (await asha.call("list_shortlist", list="Top")).items
    assert (back.property_id, back.note) == (home, "The one with the tree")


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 8)), min_size=1, max_size=6))
async def test_however_properties_are_moved_none_is_lost_and_each_stands_where_it_was_put(
    asha: Somebody, street: Street, moves: list[tuple[int, int]]
) -> None:
    for home in street.homes:
        await asha.call("shortlist_property", property_id=home)
    order = await listed(asha)
    for which, place in moves:
        home = street.homes[which]
        done = await asha.call("arrange_shortlist", property_id=home, place=place)
        order.remove(home)
        order.insert(place - 1, home)
        assert done.place == order.index(home) + 1
    assert await listed(asha) == order
    page = await asha.call("list_shortlist", limit=4)
    rest = await asha.call("list_shortlist", limit=4, cursor=page.next_cursor)
    assert [each.property_id for each in (*page.items, *rest.items)] == order


async def test_a_list_is_renamed_and_deleted_and_what_was_on_it_is_kept(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0], list="Top")
    await asha.call("shortlist_property", property_id=street.homes[1], list="Rest")
    top, _ = (await lists(asha))["Top"]
    assert top is not None
    assert (await asha.call("rename_shortlist", id=top, name="TOP")).name == "TOP"
    for taken in ("rest", "shortlist"):
        with pytest.raises(NameTaken):
            await asha.call("rename_shortlist", id=top, name=taken)
    for tool, more in (("rename_shortlist", {"name": "Mine"}), ("delete_shortlist", {})):
        with pytest.raises(NoSuchList):
            await ravi.call(tool, id=top, **more)
    assert (await asha.call("delete_shortlist", id=top)).moved == 1
    assert set(await lists(asha)) == {"Shortlist", "Rest"}
    assert await listed(asha, list="Shortlist") == street.homes[:1]
    with pytest.raises(NoSuchList):
        await listed(asha, list="TOP")


async def test_a_person_has_so_many_lists_and_no_name_that_shows_nothing(
    asha: Somebody, street: Street
) -> None:
    more = "insert into named_shortlists (person_id, name, key) "
    more += "select :id, n, n from generate_series(1, :most) n"
    await street.run(more, id=asha.id, most=MOST_LISTS)
    with pytest.raises(TooManyLists):
        await asha.call("shortlist_property", property_id=street.homes[0], list="One more")
    with pytest.raises(Invalid, match="list"):
        await asha.call("shortlist_property", property_id=street.homes[0], list="\u202e ")
    assert await listed(asha) == []
    with pytest.raises(NotShortlisted):
        await asha.call("arrange_shortlist", property_id=street.homes[0], place=1)


async def test_a_name_says_nothing_in_the_record(asha: Somebody, street: Street) -> None:
    await asha.call("shortlist_property", property_id=street.homes[0], list="For Mummy", note="Ask Ramesh")
    await asha.call("arrange_shortlist", property_id=street.homes[0], list="Top", note="Ramesh again")
    rows = str(await street.ask("select touched::text from activities"))
    assert "list_id" in rows
    assert not any(word in rows for word in ("Mummy", "Top", "Ramesh"))


async def test_what_is_moved_at_the_same_moment_is_arranged_where_it_is_then(
    asha: Somebody, street: Street
) -> None:
    home, other = street.homes[:2]
    await asha.call("shortlist_property", property_id=other, list="Top")
    await asha.call("shortlist_property", property_id=home)
    async with street.database.writing() as db:
        moved = "update shortlists set list_id = (select id from named_shortlists) where property_id = :home"
        await db.execute(text(moved), {"home": home})
        waits = asyncio.create_task(asha.call("arrange_shortlist", property_id=home, note="Bright"))
        blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
        blocked += "and datname = current_database()"
        async with asyncio.timeout(20):
            while await street.ask(blocked) == [0]:
                await asyncio.sleep(0.01)
    done = await waits
    assert (done.list, done.note) == ("Top", "Bright")
