"""Signing in, in a real browser: without scripts, in every look, and on to an app's own address."""

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.pages.visits import (
    EVERY_LOOK,
    WITHOUT_SCRIPTS,
    Look,
    barriers,
    code_for,
    newcomer,
    sign_in,
    visiting,
)


async def asked(page: Page, phone: str) -> None:
    """Go to the second step."""
    await page.locator("#contact").fill(phone)
    await page.keyboard.press("Enter")
    await expect(page.locator("#code")).to_be_focused()


async def test_a_browser_without_scripts_signs_in_and_out(browser: Browser, url: str) -> None:
    async with visiting(browser, f"{url}/sign-in", WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.goto(f"{url}/sign-out")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page).to_have_url(f"{url}/")
        await page.goto(f"{url}/account")
        await expect(page).to_have_url(f"{url}/sign-in?next=/account")


async def test_the_keyboard_suffices_and_help_comes_with_the_fields(browser: Browser, url: str) -> None:
    async with visiting(browser, f"{url}/sign-in") as page:
        phone = newcomer()
        contact = page.get_by_label("Phone number or e-mail address")
        await expect(contact).to_be_focused()
        await expect(contact).to_have_accessible_description(
            "Indian numbers need no +91. Others begin with + and the country code."
        )
        await asked(page, phone)
        code = page.get_by_label("Code", exact=True)
        await expect(code).to_have_attribute("autocomplete", "one-time-code")
        await expect(code).to_have_attribute("inputmode", "numeric")
        await code.fill("x")
        await page.keyboard.press("Enter")
        await expect(page).to_have_title("Error: Enter the code · 360 Ghar")
        await expect(code).to_be_focused()
        await expect(code).to_have_accessible_description(
            "This code is not right, or no longer valid. Check it, or ask for a new one. "
            "6 digits. It works for 10 minutes."
        )
        await page.reload()
        await code.fill(await code_for(url, phone))
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(f"{url}/")


@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_every_step_can_be_read_by_everyone(browser: Browser, url: str, look: Look) -> None:
    async with visiting(browser, f"{url}/sign-in", look) as page:
        await page.locator("#contact").fill("Asha")
        await page.keyboard.press("Enter")
        await expect(page.locator("#contact-error")).to_be_visible()
        assert await barriers(page) == []
        await asked(page, newcomer())
        assert await barriers(page) == []
        await page.locator("#code").fill("x")
        await page.keyboard.press("Enter")
        await expect(page.locator("#code-error")).to_be_visible()
        assert await barriers(page) == []


async def test_a_sign_in_goes_on_to_another_address_where_our_page_sends_it(
    browser: Browser, url: str
) -> None:
    """A browser refuses this to a form: an app that was allowed before is returned to without a page."""
    elsewhere = url.replace("localhost", "127.0.0.1") + "/health/live"
    assert elsewhere != f"{url}/health/live"

    async def onward(route: Route) -> None:
        await route.fulfill(status=302, headers={"location": elsewhere})

    context = await browser.new_context()
    page = await context.new_page()
    await page.route(f"{url}/elsewhere", onward)
    phone = newcomer()
    await page.goto(f"{url}/sign-in?next=/elsewhere")
    await asked(page, phone)
    await page.locator("#code").fill(await code_for(url, phone))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(elsewhere)
    await context.close()
