"""The page of what waits for a person, in every look: it fits, has no barriers, and needs no mouse."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.people import Person
from tests.pages.asking import bearer, deletion, expired, visit
from tests.pages.visits import EVERY_LOOK, Look, barriers, visiting


async def as_(person: Person, page: Page) -> None:
    """Let a page be the person's, who is signed in elsewhere."""
    (cookie,) = [each for each in person.http.cookies.jar if each.name == "ghar"]
    await page.context.add_cookies([{"name": "ghar", "value": cookie.value or "", "url": person.base}])


@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_every_state_fits_and_has_no_barriers(
    browser: Browser, house: House, people: People, look: Look
) -> None:
    person = await people.member()
    app = await bearer(house, person)
    declined, late, done = await deletion(house, app), await deletion(house, app), await visit(house, app)
    await expired(house, late)
    async with visiting(browser, f"{house.url}/sign-in", look) as page:
        await as_(person, page)
        for path, decision in ((done, "confirm"), (declined, "decline")):
            await page.goto(f"{house.url}{path}")
            if path == done:
                assert await barriers(page) == []
            await page.locator(f"button[value={decision}]").click()
            await expect(page.locator(f"button[value={decision}]")).to_have_count(0)
            assert await barriers(page) == [], decision
        await deletion(house, app)
        for path in (late, "/confirm/missing", "/account"):
            await page.goto(f"{house.url}{path}")
            assert await barriers(page) == [], path


async def test_the_keyboard_is_enough_and_no_field_sends_a_yes(
    browser: Browser, house: House, people: People
) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    async with visiting(browser, f"{house.url}/sign-in") as page:
        await as_(person, page)
        await page.goto(f"{house.url}{path}")
        yes = page.get_by_role("button", name="Yes, do this")
        await expect(yes).to_have_accessible_description(
            "Your account and everything in it will be erased after 30 days."
        )
        await page.get_by_label("Why not?").focus()
        await page.keyboard.type("No")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Do you want this?")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="No, do not do this")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Declined")
