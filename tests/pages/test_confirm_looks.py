"""The page of what waits for a person, in every look: it fits, has no barriers, and needs no mouse."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.clients.house import House
from tests.pages.asking import deletion, expired, visit
from tests.pages.connecting import connect
from tests.pages.visits import EVERY_LOOK, Look, barriers, newcomer, sign_in, visiting


async def asking(page: Page, house: House, name: str = "Ghar Helper") -> dict[str, str]:
    """What an app sends along that somebody new has connected."""
    await sign_in(page, house.url, newcomer())
    app = await connect(page, house.url, name)
    return {"Authorization": f"Bearer {app.token}"}


@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_every_state_fits_and_has_no_barriers(browser: Browser, house: House, look: Look) -> None:
    async with visiting(browser, f"{house.url}/sign-in", look) as page:
        app = await asking(page, house)
        for path, decision in (
            (await visit(house, app), "confirm"),
            (await deletion(house, app), "decline"),
            (await deletion(house, app), None),
        ):
            await page.goto(f"{house.url}{path}")
            assert await barriers(page) == [], path
            if decision is None:
                await expired(house, path)
                await page.reload()
            else:
                await page.locator(f"button[value={decision}]").click()
                await expect(page.locator(f"button[value={decision}]")).to_have_count(0)
            assert await barriers(page) == [], (path, decision)
        for path in ("/confirm/missing", "/account"):
            await page.goto(f"{house.url}{path}")
            assert await barriers(page) == [], path


async def test_the_keyboard_is_enough_and_no_field_sends_a_yes(browser: Browser, house: House) -> None:
    async with visiting(browser, f"{house.url}/sign-in") as page:
        app = await asking(page, house)
        path = await deletion(house, app)
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
