"""The inbox over what people really were told: read, looked through, and told less of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from storage import notification_settings, notifications
from storage.notifications import New
from tests.trust.mcp.assistants import Desk, seated
from tests.widgets.hosting import fixture, hosting
from tests.widgets.living import stage

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Browser, Locator

    from storage.notification_settings import Settings
    from tests.clients.house import House
    from tests.widgets.living import Stage


@pytest.fixture
async def desk(house: House) -> Desk:
    return await seated(house)


async def tell(desk: Desk, *titles: str, category: str = "transactional", link: str | None = None) -> None:
    """Tell the person something, each a day before the one before it."""
    async with desk.house.runtime.database.writing() as db:
        for days, title in reversed(list(enumerate(titles))):
            at = datetime.now(UTC) - timedelta(days=days)
            words = (title, f"About {title}.")
            said: dict[str, tuple[str, str]] = {"en": words, "hi": words}
            new = New(desk.person, "test", title, category, said, link, "sent", True, at, at)
            assert await notifications.add(db, new)


async def unread(desk: Desk) -> int:
    return await desk.value("select count(*) from notifications where person_id = $1 and read_at is null")


async def wanted(desk: Desk) -> Settings:
    async with desk.house.runtime.database.reading(primary=True) as db:
        return await notification_settings.get(db, desk.person)


def inbox(
    browser: Browser, desk: Desk, expected: str | None = None, **asked_for: Any
) -> AbstractAsyncContextManager[Stage]:
    """The person's inbox."""
    return stage(browser, desk.house, desk.app, "inbox", "normal", asked_for, expected=expected)


def messages(on: Stage) -> Locator:
    return on.view.locator(".message")


async def test_what_is_unread_stands_out_day_by_day_until_it_is_read(browser: Browser, desk: Desk) -> None:
    await tell(desk, "First", "Second", "Third")
    async with inbox(browser, desk) as on:
        days = on.view.get_by_role("heading", level=2)
        await expect(days).to_have_count(3)
        await expect(days.nth(0)).to_contain_text("Today, ")
        await expect(days.nth(1)).to_contain_text("Yesterday, ")
        await expect(on.view.get_by_role("heading", name="Unread. Second")).to_be_visible()
        await on.press("Mark as read: Second")
        await expect(on.view.get_by_role("heading", name="Second", exact=True)).to_be_visible()
        await expect(messages(on).nth(1)).to_be_focused()
        await expect(on.view.get_by_text("2 unread")).to_be_visible()
        await on.host.answers("mark_notifications_read", 1)
        assert await unread(desk) == 2
        await on.press("Mark all as read")
        await expect(on.view.get_by_text("All read")).to_be_visible()
        await expect(on.view.locator(".standing")).to_be_focused()
        await on.host.answers("mark_notifications_read", 2)
        assert await unread(desk) == 0
        (one, every) = await on.calls("mark_notifications_read", 2)
        assert every == {"all": True}
        assert await on.told(2) == [
            f"The person marked notification {one['ids'][0]} as read.",
            "The person marked all notifications as read.",
        ]


async def test_it_leads_to_our_own_pages_and_whoever_goes_there_has_read_it(
    browser: Browser, desk: Desk
) -> None:
    await tell(desk, "Ours", link="/account")
    await tell(desk, "Nowhere")
    async with inbox(browser, desk) as on:
        await expect(on.view.get_by_role("button", name="Open: ")).to_have_count(1)
        await on.press("Open: Ours")
        await expect(on.view.get_by_text("1 unread")).to_be_visible()
        assert await on.host.happened("open", 1) == [f"{desk.house.url}/account"]
        assert await unread(desk) == 1


async def test_what_is_older_comes_after_it_and_has_the_focus(browser: Browser, desk: Desk) -> None:
    await tell(desk, *(f"No. {number}" for number in range(5)))
    async with inbox(browser, desk, limit=2) as on:
        for shown in (2, 4, 5):
            await expect(messages(on)).to_have_count(shown)
            if shown < 5:
                await on.press("Show older")
                await expect(messages(on).nth(shown)).to_be_focused()
        await expect(on.view.get_by_role("button", name="Show older")).to_have_count(0)
        titles = await on.view.get_by_role("heading", level=3).all_inner_texts()
        assert [title.split()[-1] for title in titles] == list("01234")


async def test_it_is_looked_through_by_what_is_unread_and_what_it_is_about(
    browser: Browser, desk: Desk
) -> None:
    await tell(desk, "Visit")
    await tell(desk, "Offer", category="marketing")
    async with inbox(browser, desk) as on:
        await expect(messages(on)).to_have_count(2)
        await on.view.get_by_label("About").select_option("Offers")
        await expect(messages(on)).to_have_count(1)
        await on.press("Mark as read: Offer")
        await expect(on.view.get_by_role("heading", name="Offer", exact=True)).to_be_visible()
        await on.press("Unread")
        await expect(on.view.get_by_text("Nothing like that here.")).to_be_visible()
        await on.press("Show everything")
        await expect(messages(on)).to_have_count(2)
        # The language of what stands there is asked for again, so that nothing is said in two.
        assert {call.get("language") for call in await on.calls("list_notifications", 1)} == {"en"}


async def test_a_person_chooses_what_reaches_them_where_and_when(browser: Browser, desk: Desk) -> None:
    await tell(desk, "Visit")
    async with inbox(browser, desk) as on:
        gear = on.view.get_by_role("button", name="What you are told")
        await gear.click()
        account = on.view.get_by_role("switch", name="Your account, Inbox")
        await expect(account).to_have_attribute("aria-checked", "true")
        # By its key: the view still grows around it.
        await account.press("Space")
        await expect(account).to_have_attribute("aria-checked", "false")
        # Nobody gets offers unasked, and what was done in their name cannot be switched off.
        await expect(on.view.get_by_role("switch", name="Offers, Inbox")).to_have_count(0)
        await expect(on.view.get_by_role("switch", name="Visits and requests, Inbox")).to_have_count(0)
        await on.view.get_by_role("switch", name="Send me offers").press("Space")
        await expect(on.view.get_by_role("switch", name="Offers, Inbox")).to_be_visible()
        await on.view.get_by_label("From").fill("21:30")
        await on.press("Save")
        await expect(on.view.locator("[aria-busy=true]")).to_have_count(0)
        await expect(on.view.get_by_role("button", name="Save")).to_have_attribute("aria-disabled", "true")
        kept = await wanted(desk)
        assert (kept.off, kept.opted_in, f"{kept.quiet_from:%H:%M}") == (
            frozenset({"system in_app"}),
            frozenset({"offers"}),
            "21:30",
        )
        await on.page.keyboard.press("Escape")
        await expect(gear).to_be_focused()


async def test_a_network_that_fails_marks_nothing_and_says_so(browser: Browser, desk: Desk) -> None:
    await tell(desk, "Visit")
    async with inbox(browser, desk, "Failed to load resource") as on:
        await on.cut_off("mark_notifications_read")
        await on.press("Mark as read: Visit")
        await expect(on.view.get_by_role("alert")).to_be_visible()
        await expect(on.view.get_by_role("heading", name="Unread. Visit")).to_be_visible()
        await on.page.unroute_all()
        await on.press("Try again")
        await expect(on.view.get_by_role("alert")).to_have_count(0)
        assert await unread(desk) == 1


async def test_what_others_wrote_is_text_and_leads_nowhere(browser: Browser, house: House) -> None:
    async with hosting(browser, house) as host:
        view = await host.show("inbox", case="awkward", width="320")
        assert len(fixture("inbox", "awkward")["answer"]["items"]) == 3
        await expect(view.locator(".message")).to_have_count(3)
        await expect(view.get_by_text("<script>alert(1)</script>")).to_be_visible()
        assert await view.locator("main :is(script, img, iframe, a, b)").count() == 0
        await expect(view.get_by_role("button", name="Open: ")).to_have_count(0)
        assert await host.complaints() == []
