"""Every widget in every kind of host: it shakes hands, shows its answer, and leaves when told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import NAMES, SHOWING, Hosted, fixture

if TYPE_CHECKING:
    from playwright.async_api import Frame


# A test here shows every widget there is, one after the other in one page.
pytestmark = [pytest.mark.requirement("S4"), pytest.mark.timeout(300)]
TALL = "preview.record.all.findLast(({ kind }) => kind === 'size')?.about > 100"
STATES = ("error", "signed-out", "offline", "cancelled", "loading")


EVIDENCE: dict[str, tuple[str | int, ...]] = {
    "activity-list": ("items", 0, "what"),
    "confirm-action": ("what",),
    "cost-breakdown": ("assumptions", 1, "text"),
    "inbox": ("items", 0, "title"),
    "listing-editor": ("price_text",),
    "owner-board": ("items", 0, "title"),
    "property-compare": ("items", 0, "sector"),
    "property-deck": ("items", 0, "sector"),
    "property-detail": ("description",),
    "property-list": ("items", 0, "sector"),
    "verification-queue": ("items", 0, "form", "title"),
    "visit-list": ("items", 0, "title"),
    "visit-planner": ("title",),
    "watch-list": ("items", 0, "name"),
}
"""Where in the fixture's answer words stand that are to be read in the widget."""


def evidence(widget: str) -> str:
    """The first of those words."""
    found = fixture(widget)["answer"]
    for step in EVIDENCE[widget]:
        found = found[step]
    return str(found)[:40]


async def shows(frame: Frame, widget: str) -> None:
    """The answer itself is there, and nothing that stands for one."""
    await expect(frame.locator("main")).to_contain_text(evidence(widget))
    await expect(frame.locator(".bones, .state")).to_have_count(0)


@pytest.mark.parametrize("host", ["apps", "chatgpt", "chatgpt-apps", "stripping"])
async def test_every_widget_shows_its_answer_and_goes_when_told(hosted: Hosted, host: str) -> None:
    for widget in NAMES:
        frame = await hosted.show(widget, host=host)
        await shows(frame, widget)
        if host != "chatgpt":
            (shaken,) = await hosted.happened("handshake")
            assert shaken["app"]["name"] == widget
        await hosted.page.wait_for_function(TALL)
        assert await hosted.complaints() == []
        assert await hosted.leave()


async def test_where_even_answers_to_calls_are_stripped_the_words_are_shown(hosted: Hosted) -> None:
    for widget in NAMES:
        frame = await hosted.show(widget, host="stripping-all")
        first = (await hosted.happened("sent"))[0]["content"][0]["text"]
        await expect(frame.locator(".said")).to_have_text(first.strip())
        assert await hosted.complaints() == []
        assert await hosted.leave()


async def test_where_only_text_is_shown_it_stands_alone(hosted: Hosted) -> None:
    for widget in NAMES:
        asked = {"widget": widget, "host": "text"}
        await hosted.page.goto(
            f"{hosted.house.url}/preview?" + "&".join(f"{k}={v}" for k, v in asked.items())
        )
        said = await hosted.page.locator(".says").inner_text()
        assert len(said) > 40
        assert not said.startswith("{"), f"{widget}: {said[:80]}"
        assert await hosted.complaints() == []


@pytest.mark.parametrize("state", STATES)
async def test_every_widget_has_a_word_for_every_trouble(hosted: Hosted, state: str) -> None:
    for widget in NAMES:
        frame = await hosted.show(widget, host="apps", state=state)
        if state == "loading":
            await expect(frame.get_by_role("status")).to_have_attribute("aria-busy", "true")
        elif state == "offline":
            await expect(frame.get_by_text("You are offline")).to_be_visible()
        elif state == "cancelled":
            await expect(frame.get_by_text("This was stopped.")).to_be_visible()
        else:
            (sent,) = await hosted.happened("sent")
            await expect(frame.locator(".state")).to_contain_text(sent["content"][0]["text"])
        assert await hosted.complaints() == []
        assert await hosted.leave()


@pytest.mark.parametrize("host", SHOWING)
async def test_a_refusal_is_shown_as_its_sentence_in_every_host(hosted: Hosted, host: str) -> None:
    frame = await hosted.show("property-list", host=host, state="error")
    await expect(frame.get_by_role("alert")).to_contain_text("This is being repaired.")
    assert "0 " not in await frame.locator("main").inner_text()
    assert await hosted.complaints() == []


@pytest.mark.parametrize("host", ["apps", "chatgpt", "chatgpt-apps"])
async def test_whoever_is_signed_out_can_ask_the_host_to_sign_them_in(hosted: Hosted, host: str) -> None:
    frame = await hosted.show("activity-list", host=host, state="signed-out")
    await frame.get_by_role("button", name="Sign in").click()
    await expect(hosted.page.locator("#record .say")).to_have_count(1)
    assert "sign in" in json.dumps(await hosted.happened("say"))


async def test_what_was_refused_can_be_asked_again(hosted: Hosted) -> None:
    frame = await hosted.show("property-list", host="apps", state="error")
    answer = fixture("property-list")["answer"]
    await expect(frame.get_by_role("alert")).to_be_visible()
    await hosted.instead("search_properties", answer)
    await frame.get_by_role("button", name="Try again").click()
    await shows(frame, "property-list")
    # What was pressed is gone; the keyboard goes on from the answer.
    await expect(frame.locator("main")).to_be_focused()
    assert await hosted.complaints() == []
