"""Every button of a widget that calls a tool really calls it and shows the answer, in every host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.asking import slot
from tests.widgets.hosting import MANIFEST, NAMES, Hosted
from tests.widgets.journeys import JOURNEYS

if TYPE_CHECKING:
    from tests.clients.house import House

pytestmark = pytest.mark.requirement("S4")


def test_there_is_a_way_to_every_tool_that_widgets_call() -> None:
    pressed = {tool for ways in JOURNEYS.values() for _, tools, _ in ways for tool in tools}
    called = {tool for about in MANIFEST.values() for tool in about["calls"]}
    assert pressed == called


# Where the nonce was stripped nothing can be confirmed here: that has a test of its own.
ACTING = [
    (host, widget)
    for host in ("apps", "chatgpt", "chatgpt-apps", "stripping")
    for widget in NAMES
    if (host, widget) != ("stripping", "confirm-action")
]
BRIDGES = ("apps", "chatgpt")
"""The hosts that carry calls in ways of their own. The others mix these, as one journey of a widget shows."""


@pytest.mark.parametrize(("host", "widget"), ACTING)
async def test_what_is_pressed_is_called_and_its_answer_shown(hosted: Hosted, host: str, widget: str) -> None:
    for case, tools, journey in JOURNEYS[widget][: None if host in BRIDGES else 1]:
        frame = await hosted.show(widget, host=host, case=case)
        await journey(hosted, frame)
        for tool in tools:
            assert await hosted.calls(tool, 1)
            assert await hosted.answers(tool, 1)
        assert await hosted.complaints() == []


async def test_where_the_nonce_was_stripped_the_page_is_opened(hosted: Hosted) -> None:
    frame = await hosted.show("confirm-action", host="stripping", case="visit")
    # What waits was recovered from the words of the answer, by asking how it stands.
    await expect(frame.locator(".state")).to_have_count(0)
    await expect(frame.get_by_role("button", name="Yes, do this")).to_have_count(0)
    await frame.get_by_role("button", name="Decide on our page").click()
    (address,) = await hosted.happened("open", 1)
    assert "/confirm/" in address
    assert await hosted.calls("confirm_action") == []
    assert await hosted.complaints() == []


LIVE = (
    "property-list",
    "property-detail",
    "property-compare",
    "confirm-action",
    "activity-list",
    "inbox",
    "cost-breakdown",
)


async def asked(house: House, widget: str) -> str:
    """What to ask the real tool of a widget, about the homes that there are."""
    first, second = [row["id"] for row in await house.query("select id from properties order by id limit 2")]
    return {
        "property-list": '{"words": "2 bhk in sector 57"}',
        "property-detail": f'{{"id": {first}}}',
        "property-compare": f'{{"ids": [{first}, {second}]}}',
        "confirm-action": f'{{"property_id": {first}, "starts": "{slot()}"}}',
        "activity-list": "{}",
        "inbox": "{}",
        "cost-breakdown": '{"price": 5700000}',
    }[widget]


@pytest.mark.parametrize("host", ["apps", "chatgpt", "stripping"])
async def test_the_answers_of_real_tools_are_shown(hosted: Hosted, host: str) -> None:
    for widget in LIVE:
        arguments = await asked(hosted.house, widget)
        frame = await hosted.show(widget, host=host, live="member", arguments=arguments)
        (sent,) = await hosted.happened("sent", 1)
        assert not sent.get("isError"), sent
        await expect(frame.locator("main")).to_contain_text(
            "" if widget in ("activity-list", "inbox") else "57"
        )
        await expect(frame.locator(".bones, .state.failed, .said")).to_have_count(0)
        assert await hosted.complaints() == []
        assert await hosted.leave()


@pytest.mark.parametrize("host", ["apps", "chatgpt", "chatgpt-apps"])
async def test_a_real_visit_is_asked_for_and_confirmed_by_the_button_alone(hosted: Hosted, host: str) -> None:
    house = hosted.house
    booked = "select count(*) as n from visits where cancelled_at is null"
    (before,) = await house.query(booked)
    arguments = await asked(house, "confirm-action")
    frame = await hosted.show("confirm-action", host=host, live="member", arguments=arguments)
    assert await house.query(booked) == [before]
    await frame.get_by_role("button", name="Yes, do this").click()
    await expect(frame.locator("main")).to_contain_text("this was done once")
    (after,) = await house.query(booked)
    assert after["n"] == before["n"] + 1
    assert await hosted.complaints() == []


async def test_what_is_kept_in_a_real_list_is_kept(hosted: Hosted) -> None:
    frame = await hosted.show("property-list", live="member", arguments='{"words": "2 bhk in sector 57"}')
    heart = frame.locator("button[aria-pressed][aria-label^=Shortlist]").first
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "true")
    (call,) = await hosted.calls("shortlist_property", 1)
    await hosted.answers("shortlist_property", 1)
    kept = await hosted.house.query("select property_id from shortlists")
    assert call["arguments"]["property_id"] in [row["property_id"] for row in kept]
    # Again with the same key is the same answer, and no second row in the record.
    assert "360ghar.com/idempotency-key" in call["_meta"]


async def test_a_guest_who_keeps_something_is_asked_to_sign_in(hosted: Hosted) -> None:
    frame = await hosted.show("property-list", live="guest", arguments='{"words": "2 bhk in sector 57"}')
    await frame.locator("button[aria-pressed][aria-label^=Shortlist]").first.click()
    await expect(frame.locator("main")).to_contain_text("Sign in to do this.")
    # The browser itself notes every answer of 401.
    assert all("401" in each for each in await hosted.complaints())
