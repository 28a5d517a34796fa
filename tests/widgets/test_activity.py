"""The widget of what was done, over what really was done: read, looked through, and taken back."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from servers.development import DevelopmentSignIns
from tests.trust.mcp.assistants import Desk, seated
from tests.widgets.hosting import hosting
from tests.widgets.living import Before, altered, asked, stage

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Browser, Locator, Page, Route

    from tests.clients.house import House
    from tests.widgets.living import Stage


@pytest.fixture
async def desk(house: House) -> Desk:
    return await seated(house)


async def did(desk: Desk, tool: str, **given: Any) -> dict[str, Any]:
    """What the person had an app do."""
    done = await desk.wire().result("tools/call", {"name": tool, "arguments": given}, desk.app)
    assert done["isError"] is False, done
    return done["structuredContent"]


def listed(
    browser: Browser, desk: Desk, before: Before | None = None, **asked_for: Any
) -> AbstractAsyncContextManager[Stage]:
    """The person's list."""
    return stage(browser, desk.house, desk.app, "activity-list", "mine", asked_for, before=before)


def entries(on: Stage) -> Locator:
    return on.view.locator(".entry")


def entry(on: Stage, text: str) -> Locator:
    """The entries that say something."""
    return entries(on).filter(has_text=text)


async def test_it_tells_what_changed_and_hides_what_is_personal(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", name="Asha Rao", language="hi")
    await did(desk, "update_profile", name="Asha K. Rao")
    async with listed(browser, desk) as on:
        await expect(on.view.get_by_role("heading", level=2)).to_have_text(re.compile("^Today, "))
        later, first = entries(on).nth(0), entries(on).nth(1)
        for text in (
            "Update profile",
            "Language",
            "was English",
            "is now Hindi",
            "was Nothing",
            "is now hidden",
        ):
            await expect(first).to_contain_text(text)
        await expect(later.locator(".changes")).to_have_text("Namechanged, not shown here")
        assert "Asha" not in await on.view.locator("main").inner_text()


async def test_it_is_taken_back_in_its_place_after_asking_once_more(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    async with listed(browser, desk) as on:
        take_back = on.view.get_by_role("button", name="Take back: Update profile")
        asks = on.view.locator(".undo").filter(has=on.view.get_by_role("group"))
        for leave in ("button", "Escape"):
            await take_back.click()
            await expect(asks).to_be_focused()
            await (on.press("Leave it") if leave == "button" else on.page.keyboard.press(leave))
            await expect(take_back).to_be_focused()
        assert await on.calls("undo_action") == []
        await take_back.click()
        await on.view.get_by_role("button", name="Yes, take it back").dblclick()
        await expect(on.view.get_by_text("Taken back: Update profile.")).to_be_visible()
        await expect(on.view.locator(".undo").filter(has_text="Taken back")).to_be_focused()
        # What took it back is something that was done as well.
        await expect(entry(on, "took something back")).to_be_visible()
        await expect(entries(on)).to_have_count(2)
        (call,) = await on.calls("undo_action")
        assert await on.told(1) == [
            f"The person took back activity {call['id']} (update_profile) with undo_action."
        ]
    assert (await did(desk, "who_am_i"))["language"] == "en"


async def test_what_later_things_rest_on_says_so(browser: Browser, desk: Desk) -> None:
    for language in ("hi", "en"):
        await did(desk, "update_profile", language=language)
    async with listed(browser, desk) as on:
        await on.view.get_by_role("button", name="Take back: Update profile").last.click()
        await on.press("Yes, take it back")
        await expect(on.view.get_by_role("alert")).to_contain_text(
            "This cannot be taken back: something done later depends on it (Update profile"
        )
        await expect(on.view.get_by_role("button", name="Take back: Update profile").last).to_be_focused()
    assert await desk.done() == ["update_profile", "update_profile"]


async def test_what_was_taken_back_elsewhere_is_not_offered_any_more(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    async with listed(browser, desk) as on:
        take_back = on.view.get_by_role("button", name="Take back: Update profile")
        await take_back.click()
        (done,) = (await did(desk, "my_activity"))["items"]
        await did(desk, "undo_action", id=done["id"])
        await on.press("Yes, take it back")
        await expect(on.view.get_by_role("alert")).to_contain_text("This was taken back already")
        await expect(take_back).to_have_count(0)


async def test_what_was_before_comes_after_it_and_has_the_focus(browser: Browser, desk: Desk) -> None:
    for number in range(7):
        await did(desk, "update_profile", name=f"Asha {number}")
    async with listed(browser, desk, limit=3) as on:
        for shown in (3, 6, 7):
            await expect(entries(on)).to_have_count(shown)
            if shown < 7:
                await on.press("Show what was before")
                await expect(entries(on).nth(shown)).to_be_focused()
        await expect(on.view.get_by_role("button", name="Show what was before")).to_have_count(0)
        numbers = [
            int((await each.get_attribute("id") or "-").split("-")[1]) for each in await entries(on).all()
        ]
        assert numbers == sorted(numbers, reverse=True)


async def test_a_place_that_was_lost_begins_again(browser: Browser, desk: Desk) -> None:
    for number in range(3):
        await did(desk, "update_profile", name=f"Asha {number}")

    def spoil(told: dict[str, Any]) -> None:
        told["structuredContent"]["next_cursor"] = "bm90IG91cnMgYXQgYWxs"

    async def once(page: Page) -> None:
        await altered(page, "my_activity", spoil)

    async with listed(browser, desk, once, limit=2) as on:
        await expect(entries(on)).to_have_count(2)
        await on.page.unroute_all()
        await on.press("Show what was before")
        await expect(on.view.get_by_text("The list has changed since, so it begins again.")).to_be_visible()
        await on.press("Show what was before")
        await expect(entries(on)).to_have_count(3)


async def test_it_is_looked_through_by_kind_and_time(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    await did(desk, "shortlist_property", property_id=1)
    async with listed(browser, desk) as on:
        await expect(entries(on)).to_have_count(2)
        kind = on.view.get_by_label("Show")
        await kind.select_option("Shortlist property")
        await expect(entries(on)).to_have_count(1)
        await on.view.get_by_label("When").select_option("Last 7 days")
        await expect(entries(on)).to_have_count(1)
        await expect(kind.locator("option")).to_have_count(3)
        last = (await on.calls("my_activity", 2))[-1]
        assert last["tool"] == "shortlist_property"
        assert last["since"].endswith("Z")


async def test_an_answer_that_comes_too_late_is_dropped(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    await did(desk, "shortlist_property", property_id=1)
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        if asked(route)["arguments"].get("tool") == "update_profile":
            await released.wait()
        await route.fallback()

    async with listed(browser, desk) as on:
        kind = on.view.get_by_label("Show")
        await on.page.route("**/mcp", hold)
        async with on.page.expect_response(lambda told: "update_profile" in (told.request.post_data or "")):
            await kind.select_option("Update profile")
            await kind.select_option("Shortlist property")
            await expect(entries(on)).to_have_count(1)
            released.set()
        await expect(entry(on, "Shortlist property")).to_have_count(1)
        await expect(on.view.locator(".days.dimmed")).to_have_count(0)
        await expect(entry(on, "Update profile")).to_have_count(0)


async def test_nothing_says_so_and_shows_everything_again(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    async with listed(browser, desk, tool="undo_action", subject="visit:9") as on:
        await expect(on.view.get_by_text("Nothing like that was done.")).to_be_visible()
        await on.press("Show everything again")
        await expect(entries(on)).to_have_count(1)


async def test_a_network_that_fails_is_told_and_tried_again(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    async with stage(
        browser, desk.house, desk.app, "activity-list", "mine", {}, expected="Failed to load resource"
    ) as on:
        await on.cut_off("my_activity")
        await on.view.get_by_label("When").select_option("Last 30 days")
        await expect(on.view.get_by_role("alert")).to_be_visible()
        await expect(entries(on)).to_have_count(1)
        await on.page.unroute_all()
        await on.press("Try again")
        await expect(on.view.get_by_role("alert")).to_have_count(0)


async def test_time_takes_the_offer_away(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", language="hi")
    async with listed(browser, desk, lambda page: page.clock.install()) as on:
        await expect(on.view.get_by_role("button", name="Take back: Update profile")).to_be_visible()
        for _ in range(2):
            await on.page.clock.fast_forward(30 * 24 * 3_600_000)
        await expect(on.view.get_by_text("Too late to take back")).to_be_visible()
        await expect(on.view.get_by_role("button", name="Take back: Update profile")).to_have_count(0)


async def test_an_admin_reads_and_takes_nothing_back(browser: Browser, desk: Desk) -> None:
    await did(desk, "update_profile", name="Asha Rao", language="hi")
    runtime = desk.house.runtime
    signing_in = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
    token = await signing_in.token(await signing_in.person("admin"))
    asked_for = {"person_id": desk.person}
    async with stage(
        browser, desk.house, token, "activity-list", "of-somebody", asked_for, live="admin"
    ) as on:
        title = f"What person No. {desk.person} did, or had done to them"
        await expect(on.view.get_by_role("heading", name=title)).to_be_visible()
        await expect(entry(on, "Can be taken back until")).to_have_count(1)
        await expect(on.view.get_by_role("button")).to_have_count(0)
        assert "Asha" not in await on.view.locator("main").inner_text()
        await on.view.get_by_label("When").select_option("Last 7 days")
        await expect(entries(on)).to_have_count(1)
        (call,) = await on.calls("activity_of", 1)
        assert call["person_id"] == desk.person


async def test_what_somebody_wrote_is_text(browser: Browser, house: House) -> None:
    async with hosting(browser, house) as host:
        view = await host.show("activity-list", case="awkward", width="320")
        await expect(view.get_by_role("heading", name="<script>alert(2)</script>")).to_be_visible()
        assert await view.locator("main :is(script, img, iframe, a, b)").count() == 0
        assert await host.complaints() == []
        assert json.dumps(await host.happened("failure")) == "[]"
