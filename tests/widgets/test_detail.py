"""The widgets of one property and of a comparison, over the real tools: what is pressed is done, and told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.trust.mcp.assistants import Desk, assign, seated
from tests.widgets.hosting import fixture, hosting
from tests.widgets.living import stage
from tools.moments import INDIA
from tools.visits.rules import LENGTH

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Browser, Frame, Locator

    from tests.clients.house import House
    from tests.widgets.living import Stage

HOME, SEEN, PLOT = 1, 2, 6
"""What is looked at; what is visited here alone; and what somebody may be visiting at the same time."""

TIME = "11:30"


@pytest.fixture
async def desk(house: House) -> Desk:
    await assign(house)
    return await seated(house)


def home(browser: Browser, desk: Desk, which: int = HOME, **more: Any) -> AbstractAsyncContextManager[Stage]:
    """A property of the running product, seen by somebody who has signed in."""
    return stage(browser, desk.house, desk.app, "property-detail", "normal", {"id": which}, **more)


def focused_heading(view: Frame) -> Locator:
    """The heading, if it has the focus."""
    return view.locator("h1:focus")


async def choose_time(on: Stage, desk: Desk) -> datetime:
    """Choose a half hour that no other test asks for."""
    await on.press("Ask for a visit")
    day = datetime.now(INDIA).date() + timedelta(days=3 + desk.number % 50)
    await on.view.locator(".days input").first.wait_for(state="attached")
    while not await on.view.locator(f"input[value='{day}']").count():
        last = on.view.locator(".days input").last
        before = await last.get_attribute("value")
        await on.press("Later days")
        await expect(last).not_to_have_value(str(before))
    await on.view.locator(f"input[value='{day}']").check()
    await on.view.get_by_role("radio", name=TIME).check()
    return datetime.fromisoformat(f"{day}T{TIME}:00+05:30")


async def test_a_property_is_kept_and_dropped_and_the_model_is_told(browser: Browser, desk: Desk) -> None:
    kept = "select count(*) from shortlists where person_id = $1"
    async with home(browser, desk) as on:
        await on.press("Shortlist")
        await expect(
            on.view.get_by_role("status").filter(has_text="It is on your shortlist now.")
        ).to_be_visible()
        await expect(on.view.get_by_role("button", name="On your shortlist", pressed=True)).to_be_visible()
        assert await desk.value(kept) == 1
        await on.press("Undo")
        await expect(on.view.get_by_text("It is off your shortlist again.")).to_be_visible()
        await expect(on.view.get_by_role("button", name="Shortlist", pressed=False)).to_be_focused()
        assert await desk.value(kept) == 0
        assert await on.told(2) == [
            f"The person put property {HOME} on their shortlist.",
            f"The person took property {HOME} off their shortlist.",
        ]


async def test_a_visit_is_asked_for_at_a_time_that_was_picked_and_done_once_confirmed(
    browser: Browser, desk: Desk
) -> None:
    async with home(browser, desk, SEEN) as on:
        starts = await choose_time(on, desk)
        await on.press("Ask for this time")
        await expect(on.view.get_by_role("heading", name="A visit to “2 bhk flat")).to_be_visible()
        await expect(on.view.locator(".answered")).to_be_focused()
        assert await desk.visits() == 0
        await on.press("Choose another time")
        await expect(on.view.get_by_role("radio", name=f"{starts:%A}").first).to_be_visible()
        await expect(on.view.get_by_role("radio", name=TIME)).to_be_checked()
        await on.press("Ask for this time")
        await on.press("Yes, do this")
        await expect(on.view.get_by_text("You said yes, and this was done once.")).to_be_visible()
        await expect(on.view.get_by_role("button", name="Choose another time")).to_have_count(0)
    assert await desk.value("select starts from visits where person_id = $1") == starts


async def test_a_refused_time_says_why_and_keeps_what_was_picked(browser: Browser, desk: Desk) -> None:
    async with home(browser, desk, SEEN) as on:
        starts = await choose_time(on, desk)
        await desk.house.query(
            "insert into visits (person_id, property_id, starts, ends) values ($1, $2, $3, $4)",
            *(desk.person, PLOT, starts, starts + LENGTH),
        )
        await on.press("Ask for this time")
        await expect(on.view.get_by_role("alert")).to_contain_text("You are seeing a property then already")
        await expect(on.view.get_by_role("radio", name=TIME)).to_be_checked()


async def test_nothing_is_asked_before_a_time_is_picked(browser: Browser, desk: Desk) -> None:
    async with home(browser, desk) as on:
        await on.press("Ask for a visit")
        await on.press("Ask for this time")
        await expect(on.view.get_by_role("alert")).to_have_text("Choose a day and a time.")
        assert await on.calls("request_visit") == []


async def test_a_contact_is_shown_by_our_own_page_alone(browser: Browser, desk: Desk) -> None:
    async with home(browser, desk) as on:
        await on.press("Show the contact")
        await expect(on.view.get_by_role("heading", name="You are shown the")).to_be_visible()
        await expect(on.view.get_by_role("button", name="Yes, do this")).to_have_count(0)
        await on.press("Close")
        await expect(on.view.get_by_role("heading", name="You are shown the")).to_have_count(0)
        await expect(on.view.get_by_role("button", name="Show the contact")).to_be_focused()
    assert await desk.value("select count(*) from reveals where person_id = $1") == 0


async def test_a_similar_one_opens_in_place_with_a_way_back(browser: Browser, desk: Desk) -> None:
    async with home(browser, desk) as on:
        await on.press("Show similar properties")
        await on.view.locator(".similar-part .opens").first.click()
        back = on.view.get_by_role("button", name="Back to 2 BHK apartment")
        await expect(back).to_be_visible()
        await expect(focused_heading(on.view)).to_be_visible()
        (opened,) = await on.calls("get_property")
        assert await on.told(1) == [f"The person is looking at property {opened['id']} now."]
        await back.click()
        await expect(back).to_have_count(0)
        await expect(focused_heading(on.view)).to_have_text("2 BHK apartment")


async def test_a_guest_is_shown_the_way_to_sign_in(browser: Browser, house: House) -> None:
    async with hosting(browser, house) as host:
        view = await host.show("property-detail", live="guest", arguments=f'{{"id": {HOME}}}')
        await view.get_by_role("button", name="Shortlist").click()
        await expect(view.get_by_role("button", name="Sign in")).to_be_visible()
        await expect(view.get_by_role("heading", name="2 BHK apartment", exact=True)).to_be_visible()


async def test_pictures_are_turned_by_keys_buttons_and_their_small_copies(
    browser: Browser, house: House
) -> None:
    async with hosting(browser, house) as host:
        await host.page.emulate_media(reduced_motion="reduce")
        view = await host.show("property-detail")
        counter, track = view.locator(".counter"), view.locator(".track")
        await track.focus()
        await view.page.keyboard.press("ArrowRight")
        await expect(counter).to_contain_text("2 / 5")
        await view.get_by_role("button", name="Next picture").click()
        await expect(counter).to_contain_text("3 / 5")
        await view.get_by_role("button", name="Show picture 5 of 5").click()
        await expect(view.get_by_role("button", name="Next picture")).to_have_count(0)
        assert await track.evaluate("(track) => Math.round(track.scrollLeft / track.clientWidth)") == 4
        await track.evaluate("(track) => track.scrollTo({ left: track.clientWidth })")
        await expect(counter).to_contain_text("2 / 5")
        assert await host.complaints() == []


async def test_a_property_that_is_taken_out_of_a_comparison_can_be_put_back(
    browser: Browser, house: House
) -> None:
    async with hosting(browser, house) as host:
        view = await host.show("property-compare")
        columns = view.get_by_role("columnheader")
        await view.get_by_role("button", name="Remove 3 BHK apartment").click()
        await expect(columns).to_have_count(3)
        await expect(view.get_by_role("button", name="Remove")).to_have_count(0)
        put_back = view.get_by_role("button", name="Put it back")
        await expect(put_back).to_be_focused()
        await put_back.click()
        await expect(columns).to_have_count(4)
        ids = [each["id"] for each in fixture("property-compare")["answer"]["items"]]
        said = [each["content"][0]["text"] for each in await host.happened("tell", 2)]
        assert said == [
            f"The person is comparing properties {ids[0]}, {ids[1]} now. They removed {ids[2]}.",
            f"The person is comparing properties {ids[0]}, {ids[1]}, {ids[2]} now.",
        ]
        assert await host.complaints() == []


async def test_a_property_of_a_comparison_is_opened_kept_and_shut_again(browser: Browser, desk: Desk) -> None:
    ids = {"ids": [HOME, 3, 5]}
    async with stage(browser, desk.house, desk.app, "property-compare", "normal", ids) as on:
        await on.view.get_by_role("button", name="Shortlist 3 BHK builder floor").click()
        await expect(
            on.view.get_by_role("button", name="Shortlist 3 BHK builder floor", pressed=True)
        ).to_be_visible()
        assert await on.calls("shortlist_property", 1) == [{"property_id": 5}]
        await on.view.get_by_role("button", name="Details of 3 BHK builder floor").click()
        await expect(on.view.get_by_role("heading", name="3 BHK builder floor", exact=True)).to_be_focused()
        await on.press("Back to the comparison")
        await expect(on.view.get_by_role("button", name="Details of 3 BHK builder floor")).to_be_focused()
