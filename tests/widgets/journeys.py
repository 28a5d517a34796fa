"""What a person does in widgets: for each tool they call, what is pressed, and the answer on the screen."""

from __future__ import annotations

import asyncio
import copy
import io
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PIL import Image
from playwright.async_api import expect

from tests.widgets.hosting import fixture

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator

    from tests.widgets.hosting import Hosted

Journey = Callable[["Hosted", "Frame"], Awaitable[None]]
MARK: Final = "Sector 999"
"""A place that no fixture names."""


def _picture() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(into, "PNG")
    return into.getvalue()


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
    kept = {"property_id": 0, "changed": True, "list": "Shortlist"}
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
    await ask_for_a_time(hosted, frame)


async def ask_for_a_time(_hosted: Hosted, frame: Frame) -> None:
    await frame.get_by_role("group", name="Time, India").locator("label:has(input:enabled)").first.click()
    await button(frame, "Ask for this time").click()
    await shows(frame, fixture("confirm-action", "visit")["answer"]["what"])


async def see_later_days(hosted: Hosted, frame: Frame) -> None:
    later = copy.deepcopy(fixture("visit-planner"))["answer"]
    later["days"] = [{**later["days"][0], "day": "2026-12-24"}]
    await hosted.instead("visit_slots", later)
    await button(frame, "Later days").click()
    await shows(frame, "24 Dec")


async def move_a_visit(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Another time: 3 BHK").click()
    await frame.get_by_role("group", name="Time, India").locator("label:has(input:enabled)").first.click()
    await button(frame, "Move it to this time").click()
    await shows(frame, "The visit is requested for")


async def say_yes_to_a_visit(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Say yes: 2 BHK").click()
    await shows(frame, "The visit is confirmed.")


async def cancel_a_visit(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Cancel: 3 BHK").click()
    await frame.get_by_role("radio", name="My plans have changed").check()
    await button(frame, "Cancel the visit").click()
    await shows(frame, "You cancelled it. My plans have changed.")


async def say_how_it_was(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "How was it?: 3 BHK").click()
    await button(frame, "Very").click()
    await frame.get_by_role("textbox").fill("Bright, and quiet behind.")
    await button(frame, "Save").click()
    await shows(frame, "Saved.")


async def look_back(hosted: Hosted, frame: Frame) -> None:
    await hosted.instead("list_my_visits", fixture("visit-list", "past")["answer"])
    await button(frame, "Past").click()
    await shows(frame, "Missed")


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


async def look(hosted: Hosted, frame: Frame) -> None:
    (told,) = await hosted.calls("record_views", 1)
    assert told["arguments"] == {"property_ids": [fixture("property-detail")["answer"]["id"]]}
    await hosted.answers("record_views", 1)


async def pass_on(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Share").click()
    assert await hosted.happened("open", 1) == [fixture("property-detail")["answer"]["link"]]
    await shows(frame, "Its page is open")


async def pass_a_card_on(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Share: ").click()
    (opened,) = await hosted.happened("open", 1)
    assert opened == f"{hosted.house.url}/h/{fixture('property-deck')['answer']['items'][0]['id']}"


async def look_and_leave(hosted: Hosted, frame: Frame) -> None:
    async with asyncio.timeout(30):
        while not await hosted.calls("record_views"):
            await frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            await frame.evaluate("new Promise(requestAnimationFrame)")


def reckoned(case: str) -> Journey:
    """A figure is drawn on by a key, and the sums are done anew."""

    async def draw(hosted: Hosted, frame: Frame) -> None:
        asked = fixture("cost-breakdown", case)
        answer = copy.deepcopy(asked["answer"])
        answer["assumptions"][0] |= {"text": MARK}
        await hosted.instead(asked["tool"], answer)
        slider = frame.get_by_role("slider").first
        before = await slider.get_attribute("aria-valuetext")
        await slider.press("ArrowRight")
        await shows(frame, MARK)
        await expect(slider).to_be_focused()
        assert await slider.get_attribute("aria-valuetext") != before

    return draw


async def hand_in(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Hand in: 2 BHK").click()
    await shows(frame, "Staff are looking at it")


async def still_there(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Still to be had: Shop").click()
    await shows(frame, "Renewed")


async def see_how_it_fares(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "How it fares: 3 BHK Flat").click()
    await shows(frame, "Your price among others")
    await button(frame, "Likes").click()
    await frame.locator("svg[aria-label^='Likes: 15']").wait_for()


async def see_older_listings(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Show older").click()
    await shows(frame, "3 BHK House in Sector 14")


async def change_a_listing(hosted: Hosted, frame: Frame) -> None:
    await frame.get_by_label("Description", exact=True).fill("Two balconies, one over the park.")
    await shows(frame, "There are changes that are not saved.")
    await button(frame, "Save").click()
    await shows(frame, "Saved.")


async def hand_in_for_review(hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Hand in for review").click()
    await shows(frame, "It was handed in.")


async def arrange_photos(hosted: Hosted, frame: Frame) -> None:
    await frame.get_by_role("button", name="Move it back").first.click()
    await hosted.answers("get_listing", 1)


async def remove_a_photo(hosted: Hosted, frame: Frame) -> None:
    await frame.get_by_role("button", name="Remove").first.click()
    await shows(frame, "The photo was removed.")
    await frame.get_by_role("button", name="Undo").click()
    await hosted.answers("restore_photo", 1)


async def send_a_photo(hosted: Hosted, frame: Frame) -> None:
    await frame.locator("input[type=file]").first.set_input_files(
        {"name": "kitchen.png", "mimeType": "image/png", "buffer": _picture()}
    )
    await hosted.answers("send_photo", 1)


def decide(way: str, sentence: str | None, became: str) -> Journey:
    """The first that waits is decided, and the next is opened."""

    async def decided(_hosted: Hosted, frame: Frame) -> None:
        await button(frame, f"{way}: 3 BHK Flat").click()
        if sentence is not None:
            await button(frame, sentence).click()
        await frame.get_by_role("button", name=way, exact=True).click()
        await shows(frame, became)
        await expect(button(frame, "Approve: 2 BHK Builder Floor")).to_be_visible()

    return decided


async def see_what_waits_behind(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Show more").click()
    await shows(frame, "200 gaj Plot in DLF Phase 2")


async def pause_a_watch(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Pause: 2 BHK").click()
    await shows(frame, "Paused: it finds no news")
    await expect(button(frame, "Go on: 2 BHK")).to_be_focused()


async def end_a_watch(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "End: Rents of").click()
    await expect(button(frame, "Watch again: Rents of")).to_be_visible()


async def see_what_was_found(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "What it found: 2 BHK").click()
    await shows(frame, "Cheaper 2 BHK apartment in Sector 53")
    await shows(frame, "A home that is no longer shown")


async def see_older_watches(_hosted: Hosted, frame: Frame) -> None:
    await button(frame, "Show older").click()
    await shows(frame, "Shops in Sector 29")


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
        ("normal", ("record_views",), look),
        ("normal", (), pass_on),
        ("normal", ("visit_slots", "request_visit"), ask_for_a_visit),
        ("normal", ("reveal_contact",), ask_for_the_contact),
        ("normal", ("shortlist_property", "remove_from_shortlist"), keep_and_not),
    ),
    "property-deck": (
        ("normal", ("swipe_property",), like_and_not),
        ("last", ("next_properties",), see_what_comes_next),
        ("normal", ("record_views",), look_and_leave),
        ("normal", (), pass_a_card_on),
    ),
    "property-compare": (("normal", ("shortlist_property", "remove_from_shortlist"), keep_and_not),),
    "visit-planner": (
        ("normal", ("request_visit",), ask_for_a_time),
        ("normal", ("visit_slots",), see_later_days),
    ),
    "visit-list": (
        ("normal", ("confirm_visit",), say_yes_to_a_visit),
        ("normal", ("visit_slots", "reschedule_visit"), move_a_visit),
        ("normal", ("cancel_visit",), cancel_a_visit),
        ("past", ("complete_visit",), say_how_it_was),
        ("normal", ("list_my_visits",), look_back),
    ),
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
    "cost-breakdown": (
        ("normal", ("total_cost",), reckoned("normal")),
        ("loan", ("estimate_emi",), reckoned("loan")),
        ("afford", ("estimate_affordability",), reckoned("afford")),
        ("rent", ("rent_or_buy",), reckoned("rent")),
    ),
    "listing-editor": (
        ("normal", ("update_listing",), change_a_listing),
        ("normal", ("change_listing_status",), hand_in_for_review),
        ("normal", ("update_photo", "get_listing"), arrange_photos),
        ("normal", ("remove_photo", "restore_photo"), remove_a_photo),
        ("normal", ("send_photo", "list_photos"), send_a_photo),
    ),
    "owner-board": (
        ("normal", ("change_listing_status",), hand_in),
        ("normal", ("renew_listing",), still_there),
        ("normal", ("listing_insights",), see_how_it_fares),
        ("normal", ("my_listings",), see_older_listings),
    ),
    "watch-list": (
        ("normal", ("update_watch",), pause_a_watch),
        ("normal", ("update_watch",), end_a_watch),
        ("normal", ("watch_changes",), see_what_was_found),
        ("normal", ("list_watches",), see_older_watches),
    ),
    "verification-queue": (
        ("normal", ("review_listing",), decide("Approve", None, "Approved: people find it now.")),
        (
            "normal",
            ("review_listing",),
            decide("Reject", "It is listed already", "Its owner is told: It is"),
        ),
        ("normal", ("review_listing",), decide("Ask for changes", "Add photos", "Changes are asked for")),
        ("normal", ("list_review_queue",), see_what_waits_behind),
    ),
    "inbox": (
        ("normal", ("list_notifications",), only_unread),
        ("normal", ("mark_notifications_read",), have_read),
        ("normal", ("notification_settings", "update_notification_settings"), want_less),
    ),
}
"""By widget: the case, the tools that have to be called, and how a person comes to that."""
