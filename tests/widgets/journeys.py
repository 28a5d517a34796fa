"""What a person does in widgets: for each tool they call, what is pressed, and the answer on the screen."""

from __future__ import annotations

import asyncio
import copy
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import expect

from tests.widgets.hosting import fixture

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator

    from tests.widgets.hosting import Hosted

Journey = Callable[["Hosted", "Frame"], Awaitable[None]]
MARK: Final = "Sector 999"
"""A place that no fixture names."""


def button(frame: Frame, name: str) -> Locator:
    return frame.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first


def marked(widget: str) -> dict[str, Any]:
    """A list like the fixture's, the first of which is somewhere else."""
    answer = copy.deepcopy(fixture(widget)["answer"])
    answer["items"][0] |= {"sector": MARK, "society": None, "locality": MARK}
    return answer


async def shows(frame: Frame, text: str) -> None:
    await expect(frame.locator("main")).to_contain_text(text)


async def search(hosted: Hosted, frame: Frame) -> None:
    await hosted.instead("search_properties", marked("property-list"))
    await button(frame, "Take off: Parking").click()
    await shows(frame, MARK)


async def look_at_the_map(hosted: Hosted, frame: Frame) -> None:
    await shows(frame, "Yellow line")


async def compare(hosted: Hosted, frame: Frame) -> None:
    await hosted.instead("compare_properties", marked("property-compare"))
    for which in (0, 1):
        await frame.get_by_role("button", name="Compare: ").nth(which).click()
    await button(frame, "Compare 2").click()
    await shows(frame, MARK)


async def open_one(hosted: Hosted, frame: Frame) -> None:
    await frame.locator("article h2 button").first.click()
    await shows(frame, fixture("property-detail")["answer"]["description"][:40])


async def keep_and_not(hosted: Hosted, frame: Frame) -> None:
    """Onto the shortlist and off it again, by the same button."""
    heart = frame.locator("button[aria-pressed]", has_text=re.compile("shortlist", re.I)).or_(
        frame.locator("button[aria-pressed][aria-label^=Shortlist]")
    ).first  # fmt: skip
    kept = {"property_id": 0, "changed": True}
    await hosted.instead("shortlist_property", {**kept, "shortlisted": True})
    await hosted.instead("remove_from_shortlist", {**kept, "shortlisted": False})
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "false")


async def see_similar(hosted: Hosted, frame: Frame) -> None:
    await hosted.instead("similar_properties", marked("property-list"))
    await button(frame, "Show similar").click()
    await shows(frame, MARK)


async def ask_for_a_visit(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Ask for a visit").click()
    await frame.get_by_role("group", name="Time, India").locator("label:has(input:enabled)").first.click()
    await button(frame, "Ask for this time").click()
    await shows(frame, fixture("confirm-action", "visit")["answer"]["what"])


async def ask_for_the_contact(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Show the contact").click()
    await shows(frame, fixture("confirm-action", "contact")["answer"]["what"])


async def say_yes(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Yes, do this").click()
    await shows(frame, "You said yes, and this was done once.")


async def say_no(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "No").click()
    await button(frame, "Say no").click()
    await shows(frame, "You said no")


async def decide_on_our_page(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Decide on our page").click()
    preview = fixture("confirm-action", "contact")["answer"]
    assert await hosted.happened("open", 1) == [preview["confirm_url"]]
    decided = {"state": "done", "decided_at": "2026-11-22T06:31:00Z", "reason": None, "answer": None}
    await hosted.instead("action_status", {"preview": preview, **decided})
    await button(frame, "I have decided").click()
    await shows(frame, "You said yes")


def filtered(tool: str) -> Journey:
    async def narrow(hosted: Hosted, frame: Frame) -> None:
        answer = copy.deepcopy(fixture("activity-list")["answer"])
        answer["items"][0] |= {"client": MARK}
        await hosted.instead(tool, answer)
        await frame.get_by_label("Show").select_option("Shortlist property")
        await shows(frame, MARK)

    return narrow


async def take_back(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Take back: Shortlist").click()
    await button(frame, "Yes, take it back").click()
    await shows(frame, "Taken back")


async def only_unread(hosted: Hosted, frame: Frame) -> None:
    answer = copy.deepcopy(fixture("inbox", "unread")["answer"])
    answer["items"][0] |= {"title": MARK}
    await hosted.instead("list_notifications", answer)
    await button(frame, "Unread").click()
    await shows(frame, MARK)


async def have_read(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Mark as read: New sign-in").click()
    await shows(frame, "2 unread")


async def want_less(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "What you are told").click()
    await frame.get_by_role("switch", name="Your account, E-mail").press("Space")
    await shows(frame, "Saved")


async def like_and_not(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Like").click()
    await shows(frame, "1 liked")
    await button(frame, "Take back the last swipe").click()
    await frame.locator(".tally").wait_for(state="detached")


async def see_what_comes_next(hosted: Hosted, frame: Frame) -> None:
    await hosted.answers("next_properties", 1)
    await button(frame, "Pass").click()
    await shows(frame, fixture("property-deck")["answer"]["items"][1]["society"])


async def look_and_leave(hosted: Hosted, frame: Frame) -> None:
    async with asyncio.timeout(30):
        while not await hosted.calls("record_views"):
            await frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            await frame.evaluate("new Promise(requestAnimationFrame)")


JOURNEYS: Final[Mapping[str, tuple[tuple[str, tuple[str, ...], Journey], ...]]] = {
    "property-list": (
        ("normal", ("search_properties",), search),
        ("normal", ("map_places",), look_at_the_map),
        ("normal", ("compare_properties",), compare),
        ("normal", ("get_property",), open_one),
        ("normal", ("shortlist_property", "remove_from_shortlist"), keep_and_not),
    ),
    "property-detail": (
        ("normal", ("similar_properties",), see_similar),
        ("normal", ("request_visit",), ask_for_a_visit),
        ("normal", ("reveal_contact",), ask_for_the_contact),
        ("normal", ("shortlist_property", "remove_from_shortlist"), keep_and_not),
    ),
    "property-deck": (
        ("normal", ("swipe_property",), like_and_not),
        ("last", ("next_properties",), see_what_comes_next),
        ("normal", ("record_views",), look_and_leave),
    ),
    "property-compare": (("normal", ("shortlist_property", "remove_from_shortlist"), keep_and_not),),
    "confirm-action": (
        ("visit", ("confirm_action",), say_yes),
        ("visit", ("decline_action",), say_no),
        ("contact", ("action_status",), decide_on_our_page),
    ),
    "activity-list": (
        ("mine", ("my_activity",), filtered("my_activity")),
        ("of-somebody", ("activity_of",), filtered("activity_of")),
        ("mine", ("undo_action",), take_back),
    ),
    "inbox": (
        ("normal", ("list_notifications",), only_unread),
        ("normal", ("mark_notifications_read",), have_read),
        ("normal", ("notification_settings", "update_notification_settings"), want_less),
    ),
}
"""By widget: the case, the tools that have to be called, and how a person comes to that."""
