"""The inbox: each person's own, the newest first, in their language, and read once for all devices."""

from __future__ import annotations

import pytest

from storage import events, people
from tests.account.conftest import Somebody
from tests.notifications.conftest import HOUR, Post
from tests.notifications.examples import EXAMPLES
from tools.cursors import BadCursor
from tools.notifications.inbox import NoSuchNotification
from tools.refusals import Contradiction


@pytest.fixture
async def five(asha: Somebody, post: Post) -> list[int]:
    """Five notifications of Asha's, the newest first."""
    for number in range(5):
        await post.tell(asha, "signed_in", **{**EXAMPLES["signed_in"], "session_id": number})
    await post.send()
    return [each.id for each in await post.inbox(asha)]


@pytest.mark.usefixtures("five")
async def test_it_is_shown_in_full_in_the_persons_language_or_another(asha: Somebody, post: Post) -> None:
    shown = (await asha.call("list_notifications", limit=1)).items[0]
    assert shown.summary() == (
        f"{shown.id} (unread): New sign-in. Firefox on Android signed in to your account on 2 June 2031, "
        "12:00, India time. If that was not you, end it on your account page."
    )
    assert (shown.link, shown.at, shown.read) == ("http://localhost:3600/account", post.clock.now(), False)
    async with post.database.writing() as db:
        await people.change(db, asha.id, language="hi")
    assert (await post.inbox(asha))[0].title == "नया साइन इन"
    assert (await post.inbox(asha, language="en"))[0].title == "New sign-in"


async def test_it_is_turned_page_by_page_and_a_page_belongs_to_its_list(
    asha: Somebody, five: list[int]
) -> None:
    page = await asha.call("list_notifications", limit=2)
    assert ([each.id for each in page.items], page.has_more) == (five[:2], True)
    page = await asha.call("list_notifications", limit=3, cursor=page.next_cursor)
    assert ([each.id for each in page.items], page.has_more, page.next_cursor) == (five[2:], False, None)
    page = await asha.call("list_notifications", limit=2)
    with pytest.raises(BadCursor):
        await asha.call("list_notifications", unread=True, cursor=page.next_cursor)


async def test_what_is_read_is_read_once_and_for_all(asha: Somebody, five: list[int], post: Post) -> None:
    assert (await asha.call("count_unread")).unread == 5
    marked = await asha.call("mark_notifications_read", ids=[five[0], five[1], five[0]])
    assert (marked.marked, marked.unread) == (2, 3)
    assert (await asha.call("mark_notifications_read", ids=five[:2])).marked == 0
    assert [each.id for each in await post.inbox(asha, unread=True)] == five[2:]
    assert [each.read for each in await post.inbox(asha)] == [True, True, False, False, False]
    assert (await asha.call("mark_notifications_read", all=True)).model_dump() == {"marked": 3, "unread": 0}
    assert (await asha.call("count_unread")).unread == 0
    for wrong in ({}, {"ids": five, "all": True}):
        with pytest.raises(Contradiction):
            await asha.call("mark_notifications_read", **wrong)


async def test_nobody_sees_or_reads_what_is_somebody_elses(
    asha: Somebody, ravi: Somebody, five: list[int], post: Post
) -> None:
    assert await post.inbox(ravi) == []
    with pytest.raises(NoSuchNotification):
        await ravi.call("mark_notifications_read", ids=five[:1])
    assert (await ravi.call("mark_notifications_read", all=True)).marked == 0
    assert (await asha.call("count_unread")).unread == 5


async def test_only_what_is_of_a_category_is_shown_where_that_is_asked(asha: Somebody, post: Post) -> None:
    for type_ in ("signed_in", "contact_shown"):
        await post.tell(asha, type_, **EXAMPLES[type_])
    await post.send()
    found = await post.inbox(asha, category="transactional")
    assert [each.type for each in found] == ["contact_shown"]


async def test_devices_that_listen_are_told_what_came_and_what_was_read(
    asha: Somebody, five: list[int], post: Post
) -> None:
    await asha.call("mark_notifications_read", ids=five[:2])
    async with post.database.reading(primary=True) as db:
        told = [(each.name, each.about) for each in await events.after(db, {asha.id: 0}, 10)]
    came = [("notification.new", id_, number) for number, id_ in enumerate(reversed(five), 1)]
    assert [(name, about["notification_id"], about["unread"]) for name, about in told[:5]] == came
    assert told[5:] == [("notification.read", {"unread": 3})]


@pytest.mark.usefixtures("five")
async def test_after_ninety_days_it_is_forgotten(asha: Somebody, post: Post) -> None:
    post.clock.pass_(24 * 89 * HOUR)
    await post.tell(asha, "account_kept", at=post.clock.now())
    await post.send()
    assert (await post.do("forget_old_notifications")).done == 0
    post.clock.pass_(25 * HOUR)
    assert (await post.do("forget_old_notifications", limit=3)).model_dump() == {"done": 3, "remaining": 2}
    assert (await post.do("forget_old_notifications")).model_dump() == {"done": 2, "remaining": 0}
    assert [each.type for each in await post.inbox(asha)] == ["account_kept"]
