"""Sharing: a link shows one list to whoever has it, for a while, and nothing else of its owner."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Somebody
from tests.shortlists.test_shortlist import latest
from tests.street import Street
from tools.contract import GUEST
from tools.dispatch import Caller
from tools.ports import Ports
from tools.refusals import Refused
from tools.shortlists.commenting import NameOfAnother, NoSuchComment, OnlyToLookAt
from tools.shortlists.sharing import LinkEnded, NoSuchLink, TooManyLinks
from tools.shortlists.shortlist import NotShortlisted


def guest(somebody: Somebody) -> Somebody:
    return replace(somebody, viewer=GUEST)


def token(link: Any) -> str:
    return link.url.rpartition("/")[2]


async def shared(asha: Somebody, street: Street, **given: Any) -> Any:
    """A link to a list of two properties, one of which has a note."""
    await street.run("update people set name = 'Asha Verma' where id = :id", id=asha.id)
    await asha.call("shortlist_property", property_id=street.homes[0], list="Top", note="Ask for a discount")
    await asha.call("shortlist_property", property_id=street.homes[1], list="Top")
    await asha.call("shortlist_property", property_id=street.homes[2])
    return await asha.call("share_shortlist", list="Top", **given)


async def test_a_link_shows_the_list_with_a_first_name_and_no_more(asha: Somebody, street: Street) -> None:
    link = await shared(asha, street, whom="Mummy")
    await street.set(street.homes[1], status="rented")
    seen = await guest(asha).call("open_shared_shortlist", token=token(link))
    assert (seen.name, seen.whose, seen.may) == ("Top", "Asha", "view")
    assert [each.property_id for each in seen.properties] == street.homes[1::-1]
    assert [(each.offered, each.note) for each in seen.properties] == [(False, None), (True, None)]
    assert not any(word in seen.model_dump_json() for word in ("Verma", "98765", "Mummy", "discount"))
    gone = seen.properties[0]
    assert (gone.title, gone.price, gone.place, gone.photo) == ("Apartment", None, None, None)
    with_notes = await asha.call("share_shortlist", list="Top", with_notes=True)
    seen = await guest(asha).call("open_shared_shortlist", token=token(with_notes))
    assert seen.properties[1].note == "Ask for a discount"


async def test_only_a_hash_of_a_link_is_kept_and_others_open_nothing(
    asha: Somebody, street: Street, ports: Ports
) -> None:
    link = token(await shared(asha, street))
    kept = "select token_hash::text || id::text from shortlist_links"
    assert not any(link in row for row in await street.ask(kept))
    for wrong in (link[:-1], link + "A", "", asha.dispatcher.catalog["list_shortlist"].name):
        with pytest.raises(LinkEnded):
            await guest(asha).call("open_shared_shortlist", token=wrong)
    signed = ports.cursors.write("shared shortlist", {"r": "guessed"})
    with pytest.raises(LinkEnded):
        await guest(asha).call("open_shared_shortlist", token=signed)


async def test_a_link_ends_by_its_owner_by_undo_and_by_time(
    asha: Somebody, ravi: Somebody, street: Street, clock: Clock
) -> None:
    first = await shared(asha, street)
    for stranger in (ravi,):
        with pytest.raises(NoSuchLink):
            await stranger.call("stop_sharing", id=first.id)
    await asha.call("stop_sharing", id=first.id)
    second = await asha.call("share_shortlist", list="Top")
    await asha.call("undo_action", id=await latest(street))
    third = await asha.call("share_shortlist", days=2)
    assert (await guest(asha).call("open_shared_shortlist", token=token(third))).name == "Shortlist"
    clock.pass_(timedelta(days=2))
    for ended in (first, second, third):
        with pytest.raises(LinkEnded):
            await guest(asha).call("open_shared_shortlist", token=token(ended))
    (_, top) = (await asha.call("list_shortlists")).lists
    assert top.links == []


async def test_family_comments_by_name_and_the_owner_is_told_answers_and_removes(
    asha: Somebody, street: Street
) -> None:
    link = token(await shared(asha, street, may="comment"))
    visitor = guest(asha)
    said = await visitor.call(
        "comment_by_link", token=link, name="Mummy", text="Too dark \u202e", property_id=street.homes[0]
    )
    await asha.call("comment_on_shortlist", text="Let us see it", property_id=street.homes[0])
    await asha.call("comment_on_shortlist", text="All of them", list="Top")
    seen = await visitor.call("open_shared_shortlist", token=link)
    assert [(each.name, each.by, each.text) for each in seen.properties[1].comments] == [
        ("Asha", "owner", "Let us see it"),
        ("Mummy", "guest", "Too dark"),
    ]
    assert [each.text for each in seen.comments] == ["All of them"]
    page = await asha.call("list_shortlist_comments", list="Top", limit=2)
    assert ([each.mine for each in page.items], page.has_more) == ([True, True], True)
    rest = await asha.call("list_shortlist_comments", list="Top", limit=2, cursor=page.next_cursor)
    assert [(each.id, each.mine) for each in rest.items] == [(said.id, False)]
    assert (await asha.call("list_shortlists")).lists[1].comments == 3
    told = await street.ask("select convert_from(payload, 'utf8') from pgqueuer")
    assert len([each for each in told if "shortlist_commented" in each and "Mummy" in each]) == 1
    await asha.call("remove_shortlist_comment", id=said.id)
    seen = await visitor.call("open_shared_shortlist", token=link)
    assert len(seen.properties[1].comments) == 1


async def test_whoever_may_only_look_says_nothing_and_nobody_speaks_of_what_is_not_shared(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    link = token(await shared(asha, street))
    with pytest.raises(OnlyToLookAt):
        await guest(asha).call("comment_by_link", token=link, name="Ravi", text="Hello")
    link = token(await asha.call("share_shortlist", list="Top", may="comment"))
    with pytest.raises(NotShortlisted):
        await ravi.call("comment_by_link", token=link, name="Ravi", text="Hello", property_id=street.homes[2])
    own = await ravi.call("comment_by_link", token=link, name="Ravi", text="Hello")
    with pytest.raises(NoSuchComment):
        await ravi.call("remove_shortlist_comment", id=own.id + 1)
    await ravi.call("remove_shortlist_comment", id=own.id)
    assert await street.count("shortlist_comments") == 0


async def test_a_message_of_ours_carries_nobodys_links(asha: Somebody, street: Street) -> None:
    link = token(await shared(asha, street, may="comment"))
    said = "Sign in at https://ghar.example.evil or ring 98765 43210"
    await guest(asha).call("comment_by_link", token=link, name="Help", text=said)
    assert [each.text for each in (await asha.call("list_shortlist_comments", list="Top")).items] == [said]
    told = await street.ask("select convert_from(payload, 'utf8') from pgqueuer")
    (about,) = [each for each in told if "shortlist_commented" in each]
    assert "evil" not in about
    assert "43210" not in about


async def test_nobody_comments_under_the_name_of_the_owner_or_of_ours(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    link = token(await shared(asha, street, may="comment"))
    for name in (
        "asha",
        "A s h a",
        "ＡＳＨＡ",
        "Asha  Verma",
        "360 Ghar",
        "36O-ghar team",
        "३६० घर",
        "Admin",
    ):
        for visitor in (guest(asha), ravi):
            with pytest.raises(NameOfAnother):
                await visitor.call("comment_by_link", token=link, name=name, text="Pay me")
    for name in ("Ashok", "Verma", "Ghanshyam"):
        await ravi.call("comment_by_link", token=link, name=name, text="Nice")
    await asha.call("comment_by_link", token=link, name="Asha", text="Mine")
    seen = await guest(asha).call("open_shared_shortlist", token=link)
    assert [each.by for each in seen.comments] == ["owner", "member", "member", "member"]


async def test_deleting_a_list_ends_its_links_and_a_person_has_so_many(
    asha: Somebody, street: Street
) -> None:
    link = token(await shared(asha, street))
    (_, top) = (await asha.call("list_shortlists")).lists
    await asha.call("delete_shortlist", id=top.id)
    with pytest.raises(LinkEnded):
        await guest(asha).call("open_shared_shortlist", token=link)
    for _ in range(20):
        await asha.call("share_shortlist")
    with pytest.raises(TooManyLinks):
        await asha.call("share_shortlist")


async def test_links_that_have_ended_are_forgotten(asha: Somebody, street: Street, clock: Clock) -> None:
    await shared(asha, street, days=1)
    await asha.call("share_shortlist", days=9)
    clock.pass_(timedelta(days=2))
    tool = asha.dispatcher.catalog["forget_shortlist_links"]
    boss = replace(asha.viewer, role="admin")
    done: Any = await asha.dispatcher.run(tool, {}, Caller("cli", boss))
    assert (done.done, done.remaining, await street.count("shortlist_links")) == (1, 0, 1)


async def test_what_is_shared_at_once_is_kept_once_each(asha: Somebody, street: Street) -> None:
    await shared(asha, street)
    asked = (asha.call("share_shortlist") for _ in range(8))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    links: list[Any] = [each for each in answers if not isinstance(each, Refused)]
    assert len({each.url for each in links}) == len(links)
