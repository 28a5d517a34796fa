"""What people are told of: visits, contacts, sign-ins, roles and the end of an account."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from sqlalchemy import text

from servers.keys import Keys
from servers.signin.websession import WebSessions
from tests.account.conftest import Clock, Somebody
from tests.notifications.conftest import Post
from tests.street import NOW, Street, kiran, slot, street
from tools.visits.visits import SlotTaken

__all__ = ["kiran", "street"]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def texts(post: Post, whom: Somebody) -> list[str]:
    """What somebody was told, the newest first."""
    await post.send()
    return [each.text for each in await post.inbox(whom)]


async def test_whoever_looks_after_a_home_is_told_of_visits(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street, post: Post
) -> None:
    wanted = {"property_id": street.homes[0], "starts": slot()}
    visit = await asha.call("request_visit", **wanted)
    with pytest.raises(SlotTaken):
        await ravi.call("request_visit", **wanted)
    came = ["Somebody asks to see “Flat 1” on 3 June 2031, 09:00, India time."]
    assert await texts(post, kiran) == came
    await asha.call("cancel_visit", id=visit.id)
    off = "The visit to “Flat 1” on 3 June 2031, 09:00, India time, is off."
    assert await texts(post, kiran) == [off, *came]
    assert await texts(post, asha) == []


async def test_nobody_is_told_of_a_home_that_nobody_looks_after(
    asha: Somebody, street: Street, post: Post
) -> None:
    await asha.call("request_visit", property_id=street.homes[1], starts=slot())
    assert await post.waiting("send_notification") == []


async def test_whoever_was_shown_to_somebody_is_told(
    asha: Somebody, kiran: Somebody, street: Street, post: Post
) -> None:
    await asha.call("reveal_contact", property_id=street.homes[0])
    assert await texts(post, kiran) == ["Somebody who asks about “Flat 1” was shown how to reach you."]


async def test_a_person_is_told_that_their_account_ends_and_that_it_stays(asha: Somebody, post: Post) -> None:
    for tool in ("delete_my_account", "delete_my_account", "keep_my_account", "keep_my_account"):
        await asha.call(tool)
    stays, ends = await texts(post, asha)
    assert ends.startswith("Your account and everything in it will be erased after 2 July 2031, 08:30")
    assert stays == "The deletion of your account was taken back on 2 June 2031, 08:30, India time."


async def test_a_person_is_told_of_another_role_and_not_of_the_same(
    asha: Somebody, admin: Somebody, post: Post
) -> None:
    for role in ("staff", "staff", "member"):
        await admin.call("grant_role", id=asha.id, role=role)
    assert await texts(post, asha) == [
        f"From now on you are {role} of 360 Ghar." for role in ("a member", "staff")
    ]


def came_with(cookie: str) -> dict[str, Any]:
    """A request that brings back a cookie that was set."""
    ((name, morsel),) = SimpleCookie(cookie).items()
    return {"type": "http", "headers": [(b"cookie", f"{name}={morsel.value}".encode())]}


NOTHING: dict[str, Any] = {"type": "http", "headers": []}


async def test_a_person_is_told_of_a_sign_in_from_a_browser_that_they_did_not_use_before(
    asha: Somebody, ravi: Somebody, post: Post
) -> None:
    keys = Keys(b"a secret of the tests")
    sessions = WebSessions(post.database, keys, secure=True, clock=post.clock)
    first = await sessions.begin(asha.id, "Chrome on Android", NOTHING)
    await sessions.begin(asha.id, "Chrome on Android", came_with(first))
    theirs = await sessions.begin(ravi.id, "Firefox on Linux", came_with(first))
    await sessions.begin(asha.id, "Safari on Mac", came_with(theirs))
    jobs = await post.waiting("send_notification")
    told = [(each.given["person_id"], each.given["about"]["label"]) for each in jobs]
    now = post.clock.now().isoformat().replace("+00:00", "Z")
    assert {(each.given["at"], each.given["about"]["at"]) for each in jobs} == {(now, now)}
    assert told == [
        (asha.id, "Chrome on Android"),
        (ravi.id, "Firefox on Linux"),
        (asha.id, "Safari on Mac"),
    ]


async def test_nobody_is_told_of_their_very_first_sign_in(post: Post) -> None:
    sessions = WebSessions(post.database, Keys(b"a secret of the tests"), secure=True)
    made = text("insert into people (phone) values ('+919844444444') returning id")
    async with post.database.writing() as db:
        person = (await db.execute(made)).scalar_one()
    await sessions.begin(person, "Chrome on Android", NOTHING)
    assert await post.waiting("send_notification") == []
    await sessions.begin(person, "Chrome on Android", NOTHING)
    assert len(await post.waiting("send_notification")) == 1
