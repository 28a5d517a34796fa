"""Settings and devices: what a person wants to be told where, and what they are reached on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storage import devices, signins
from tests.account.conftest import Somebody
from tests.notifications.conftest import Post
from tools.notifications.choosing import AlwaysThere
from tools.notifications.registering import MOST, NoSuchDevice
from tools.refusals import Contradiction, Invalid

TOKEN = "a-token-of-the-push-service"


async def test_whoever_has_set_nothing_is_told_everything_but_offers(asha: Somebody) -> None:
    found = await asha.call("notification_settings")
    assert len(found.switches) == 12
    assert all(each.on for each in found.switches)
    assert found.offers is False
    assert (found.quiet_from, found.quiet_until, found.reachable) == ("22:00", "08:00", ["sms"])
    assert found.summary() == "Off: nothing. Offers: False. Quiet, India time: 22:00-08:00."


async def test_one_switch_is_changed_at_a_time_and_the_rest_stays(asha: Somebody, ravi: Somebody) -> None:
    await asha.call("update_notification_settings", category="system", channel="email", on=False)
    await asha.call("update_notification_settings", category="marketing", channel="sms", on=False)
    await asha.call("update_notification_settings", offers=True, quiet_from="23:15")
    found = await asha.call("notification_settings")
    assert [(each.category, each.channel) for each in found.switches if not each.on] == [
        ("system", "email"),
        ("marketing", "sms"),
    ]
    assert (found.offers, found.quiet_from, found.quiet_until) == (True, "23:15", "08:00")
    found = await asha.call("update_notification_settings", category="system", channel="email", on=True)
    assert [each.channel for each in found.switches if not each.on] == ["sms"]
    assert all(each.on for each in (await ravi.call("notification_settings")).switches)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"category": "transactional", "channel": "in_app", "on": False}, AlwaysThere),
        ({"category": "system"}, Contradiction),
        ({"channel": "email", "on": False}, Contradiction),
        ({"quiet_from": "24:00"}, Invalid),
        ({"quiet_until": "8:00"}, Invalid),
    ],
)
async def test_what_makes_no_sense_is_refused(
    asha: Somebody, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await asha.call("update_notification_settings", **wrong)


async def test_a_change_is_taken_back_as_it_was(asha: Somebody) -> None:
    await asha.call("update_notification_settings", category="system", channel="push", on=False)
    await asha.call("update_notification_settings", quiet_from="21:00", offers=True)
    for done in (await asha.call("my_activity")).items:
        await asha.call("undo_action", id=done.id)
    found = await asha.call("notification_settings")
    assert (found.quiet_from, found.offers, all(each.on for each in found.switches)) == ("22:00", False, True)


async def reached(post: Post, whom: Somebody) -> list[str]:
    async with post.database.reading(primary=True) as db:
        return [each.token for each in await devices.of(db, whom.id)]


async def test_a_device_is_of_whoever_registered_it_last(asha: Somebody, ravi: Somebody, post: Post) -> None:
    first = await asha.call("register_device", token=TOKEN, platform="android")
    assert await asha.call("register_device", token=TOKEN, platform="android") == first
    assert (await asha.call("notification_settings")).reachable == ["push", "sms"]
    await ravi.call("register_device", token=TOKEN, platform="android")
    assert (await reached(post, asha), await reached(post, ravi)) == ([], [TOKEN])
    with pytest.raises(NoSuchDevice):
        await asha.call("forget_device", token=TOKEN)


async def test_a_device_is_forgotten_by_its_token_or_id(asha: Somebody, post: Post) -> None:
    for given in ("token", "id"):
        there = await asha.call("register_device", token=TOKEN, platform="web")
        await asha.call("forget_device", **{given: TOKEN if given == "token" else there.id})
        assert await reached(post, asha) == []
    with pytest.raises(Contradiction):
        await asha.call("forget_device")


async def test_a_device_ends_with_its_sign_in(asha: Somebody, post: Post) -> None:
    await asha.call("register_device", token=TOKEN, platform="ios")
    async with post.database.writing() as db:
        await signins.end(db, asha.session)
    assert await reached(post, asha) == []


async def test_a_device_that_is_known_no_more_is_left_out_until_it_comes_again(
    asha: Somebody, post: Post
) -> None:
    there = await asha.call("register_device", token=TOKEN, platform="ios")
    async with post.database.writing() as db:
        await devices.disable(db, there.id, "another-token-of-before")
    assert await reached(post, asha) == [TOKEN]
    async with post.database.writing() as db:
        await devices.disable(db, there.id, TOKEN)
    assert await reached(post, asha) == []
    await asha.call("register_device", token=TOKEN, platform="ios")
    assert await reached(post, asha) == [TOKEN]


async def test_of_too_many_devices_the_oldest_go(asha: Somebody, post: Post) -> None:
    async with post.database.writing() as db:
        for number in range(MOST + 2):
            given = (db, asha.id, f"{TOKEN}-{number}", "web")
            await devices.register(*given, session=None, most=MOST)
    assert await reached(post, asha) == [f"{TOKEN}-{number}" for number in range(2, MOST + 2)]


async def test_a_token_is_neither_in_the_record_nor_in_the_export(asha: Somebody) -> None:
    await asha.call("register_device", token=TOKEN, platform="ios")
    for tool in ("my_activity", "export_my_data"):
        said = (await asha.call(tool)).model_dump_json()
        assert '"ios"' in said
        assert TOKEN not in said
        assert json.loads(said)
