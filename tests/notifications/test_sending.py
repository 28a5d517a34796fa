"""Sending: to whom, where, when, how often, and what becomes of the rest."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage import people
from tests.account.conftest import Clock, Join, Somebody
from tests.notifications.conftest import HOUR, NOON, Post
from tests.notifications.examples import EXAMPLES
from tools.moments import INDIA
from tools.notifications.quiet import over_at

DAY = 24 * HOUR


@pytest.fixture
async def meera(join: Join, post: Post) -> Somebody:
    """Somebody who can be reached on every channel."""
    them = await join("meera@example.com")
    async with post.database.writing() as db:
        await people.change(db, them.id, phone="+919833333333")
    await them.call("register_device", token="the-token-of-meera", platform="android")
    return them


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    """A time in India."""
    return datetime(2031, 6, day, hour, minute, tzinfo=INDIA)


async def told(post: Post, whom: Somebody, type_: str, **other: Any) -> str:
    """How the telling of an example went."""
    await post.tell(whom, type_, **{**EXAMPLES[type_], **other})
    (answer,) = await post.send()
    return answer.outcome


NIGHT = time(22), time(8)
NAP = time(13), time(15, 30)


@pytest.mark.parametrize(
    ("now", "hours", "ends"),
    [
        (at(21, 59), NIGHT, None),
        (at(22), NIGHT, at(8, day=3)),
        (at(23, 59), NIGHT, at(8, day=3)),
        (at(0), NIGHT, at(8)),
        (at(7, 59), NIGHT, at(8)),
        (at(8), NIGHT, None),
        (at(12, 59), NAP, None),
        (at(13), NAP, at(15, 30)),
        (at(15, 30), NAP, None),
        (at(3), (time(8), time(8)), None),
    ],
)
def test_quiet_hours_begin_and_end_in_india(
    now: datetime, hours: tuple[time, time], ends: datetime | None
) -> None:
    assert over_at(now.astimezone(NOON.tzinfo), *hours) == ends


async def test_at_night_only_the_urgent_leaves_and_the_rest_waits_for_the_morning(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    clock.shown = at(23)
    assert await told(post, meera, "contact_shown") == "sent"
    assert await post.leaving() == {"push": 9 * HOUR, "email": 9 * HOUR}
    assert [each.type for each in await post.inbox(meera)] == ["contact_shown"], "the inbox makes no noise"
    assert await told(post, meera, "account_kept") == "sent"
    nothing = timedelta()
    assert await post.leaving() == {"push": nothing, "email": nothing, "sms": nothing}


async def test_a_person_chooses_their_own_quiet_hours(meera: Somebody, post: Post, clock: Clock) -> None:
    await meera.call("update_notification_settings", quiet_from="13:00", quiet_until="15:30")
    clock.shown = at(13, 30)
    await told(post, meera, "contact_shown")
    assert set((await post.leaving()).values()) == {2 * HOUR}
    await meera.call("update_notification_settings", quiet_until="13:00")
    await told(post, meera, "contact_shown", reveal_id=4)
    assert set((await post.leaving()).values()) == {timedelta()}


async def test_what_would_be_stale_by_the_morning_stays_in_the_inbox(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    clock.shown = at(22)
    await post.tell(meera, "job_done", **EXAMPLES["job_done"])
    clock.pass_(HOUR)
    await meera.call("update_notification_settings", quiet_from="22:31", quiet_until="22:30")
    assert [each.outcome for each in await post.send()] == ["sent"]
    assert await post.leaving() == {}
    assert len(await post.inbox(meera)) == 1


async def test_what_is_too_old_to_be_sent_still_stands_in_the_inbox(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    await post.tell(meera, "signed_in", **EXAMPLES["signed_in"])
    clock.pass_(DAY)
    assert [each.outcome for each in await post.send()] == ["expired"]
    assert [each.type for each in await post.inbox(meera)] == ["signed_in"]
    assert await post.leaving() == {}
    await post.tell(meera, "signed_in", **EXAMPLES["signed_in"])
    assert [each.outcome for each in await post.send()] == ["told before"]


async def test_what_came_too_late_takes_no_place_of_what_is_sent(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    for number in range(25):
        await post.tell(meera, "contact_shown", reveal_id=number, title=f"Flat {number}")
    clock.pass_(3 * DAY)
    assert {each.outcome for each in await post.send()} == {"expired"}
    assert await told(post, meera, "contact_shown", reveal_id=99) == "sent"
    assert len(await post.inbox(meera, limit=100)) == 26


async def test_what_is_switched_off_on_a_channel_does_not_go_there(meera: Somebody, post: Post) -> None:
    off: dict[str, Any] = {"category": "system", "on": False}
    await meera.call("update_notification_settings", channel="email", **off)
    await told(post, meera, "signed_in")
    assert set(await post.leaving()) == {"push"}
    await meera.call("update_notification_settings", channel="in_app", **off)
    await told(post, meera, "signed_in", session_id=6)
    assert len(await post.inbox(meera)) == 1
    await told(post, meera, "contact_shown")
    assert {each.category for each in await post.inbox(meera)} == {"system", "transactional"}


async def test_nobody_gets_offers_unasked_nor_after_they_have_had_enough(meera: Somebody, post: Post) -> None:
    assert await told(post, meera, "campaign") == "not asked for"
    await meera.call("update_notification_settings", offers=True)
    assert await told(post, meera, "campaign", campaign_id=1) == "sent"
    await meera.call("update_notification_settings", offers=False)
    assert await told(post, meera, "campaign", campaign_id=2) == "not asked for"
    assert len(await post.inbox(meera)) == 1


async def test_offers_beyond_one_a_day_and_three_a_week_are_dropped(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    await meera.call("update_notification_settings", offers=True)
    went: list[str] = []
    for number in range(10):
        went.append(await told(post, meera, "campaign", campaign_id=number))
        clock.pass_(DAY / 2)
    assert went == ["sent", "dropped"] * 3 + ["dropped"] * 4
    clock.pass_(3 * DAY)
    assert await told(post, meera, "campaign", campaign_id=99) == "sent"
    assert len(await post.inbox(meera)) == 4


async def test_of_many_at_once_no_more_are_sent_than_the_cap(meera: Somebody, post: Post) -> None:
    for number in range(24):
        await post.tell(meera, "contact_shown", reveal_id=number, title=f"Flat {number}")
    jobs = await post.waiting("send_notification")
    came = await asyncio.gather(*(post.run(job) for job in jobs))
    assert sorted(each.outcome for each in came) == ["digest"] * 4 + ["sent"] * 20
    assert len(await post.waiting("deliver_notification")) == 2 * 20
    assert len(await post.inbox(meera, limit=100)) == 24, "all of it stands in the inbox"


async def test_the_digest_tells_once_of_what_was_too_many_and_is_unread(
    meera: Somebody, ravi: Somebody, post: Post, clock: Clock
) -> None:
    for number in range(23):
        await told(post, meera, "contact_shown", reveal_id=number, title=f"Flat {number}")
    newest = (await post.inbox(meera))[0]
    await meera.call("mark_notifications_read", ids=[newest.id])
    clock.pass_(21 * HOUR)
    for _ in range(2):
        assert (await post.do("send_digests")).remaining == 0
    assert [each.outcome for each in await post.send()] == ["sent"]
    (delivery,) = [
        each
        for each in await post.waiting("deliver_notification")
        if each.channel == "email" and each.given["notification_id"] > newest.id
    ]
    said = await _said(post, delivery.given["notification_id"])
    assert said["en"][0] == "2 more in your inbox"
    assert said["en"][1].splitlines() == [
        f"Somebody who asks about “Flat {number}” was shown how to reach you." for number in (20, 21)
    ]
    assert len(await post.inbox(meera, limit=100)) == 23, "it tells of what stands there"
    assert await post.inbox(ravi) == []


async def test_a_digest_that_is_a_moment_early_is_sent_all_the_same(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    for day in range(2):
        for number in range(21):
            await told(post, meera, "contact_shown", reveal_id=100 * day + number)
        clock.pass_(21 * HOUR)
        await post.do("send_digests")
        assert [each.outcome for each in await post.send()] == ["sent"]
        clock.pass_(3 * HOUR - timedelta(seconds=2))


async def test_what_is_too_many_after_the_days_digest_waits_for_the_next(
    meera: Somebody, post: Post, clock: Clock
) -> None:
    for number in range(21):
        await told(post, meera, "contact_shown", reveal_id=number, title=f"Flat {number}")
    assert (await post.do("send_digests")).done == 1
    await post.tell(meera, "contact_shown", reveal_id=50, title="Late flat")
    digest, late = await post.waiting("send_notification")
    assert (await post.run(late)).outcome == "digest"
    assert (await post.do("send_digests")).done == 0, "while the first one is on its way"
    assert (await post.run(digest)).outcome == "sent"
    for job in (digest, late):
        await post.forget(job)
    assert (await post.do("send_digests")).done == 0
    clock.pass_(21 * HOUR)
    assert (await post.do("send_digests")).done == 1
    assert [each.outcome for each in await post.send()] == ["sent"]
    newest = max(each.given["notification_id"] for each in await post.waiting("deliver_notification"))
    assert "Late flat" in (await _said(post, newest))["en"][1]


async def _said(post: Post, id_: int) -> dict[str, Any]:
    async with post.database.reading(primary=True) as db:
        return await db.scalar(text("select said from notifications where id = :id"), {"id": id_}) or {}


async def test_whoever_is_gone_is_told_nothing(meera: Somebody, post: Post, clock: Clock) -> None:
    await post.tell(meera, "signed_in", **EXAMPLES["signed_in"])
    async with post.database.writing() as db:
        gone: dict[str, Any] = {
            "phone": None,
            "email": None,
            "role": "member",
            "preferences": {},
            "erased_at": clock.now(),
        }
        await people.change(db, meera.id, **gone)
    assert [each.outcome for each in await post.send()] == ["nobody"]
