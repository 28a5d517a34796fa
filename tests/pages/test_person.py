"""Who is signed in, on the first page: the menu, the chat, and the way to the sign-in."""

import httpx
from playwright.async_api import Browser, Page, Request, expect

from tests.pages.test_page import ask
from tests.pages.visits import EVERY_LOOK, barriers, newcomer, sign_in, visiting

OWN = "show my account"
"""The model without keys answers it from the person's own sign-ins."""


async def test_a_guest_sees_where_to_sign_in_and_comes_back_to_the_page(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        entrance = page.get_by_role("banner").get_by_role("link", name="Sign in")
        assert await entrance.get_attribute("href") == "/sign-in?next=/"
        await sign_in(page, url, newcomer(), back="/")
        await expect(entrance).to_be_hidden()
        await expect(page.get_by_role("banner")).to_contain_text("You")


async def test_the_menu_names_the_person_and_leads_to_the_account(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await named(page, url, "Asha <b>Rao</b>")
        menu = page.get_by_text("Asha <b>Rao</b>")
        await menu.click()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("link", name="Account")).to_be_hidden()
        await menu.click()
        await page.get_by_role("link", name="Account").click()
        await expect(page).to_have_url(f"{url}/account")


async def test_the_menu_signs_out(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await named(page, url, "Asha")
        await page.get_by_text("Asha").click()
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
        assert (await page.request.get(f"{url}/session")).ok
        assert await (await page.request.get(f"{url}/session")).json() == {
            "signed_in": False,
            "name": None,
            "csrf": None,
        }


async def named(page: Page, url: str, name: str) -> None:
    """Sign in somebody of this name, and come to the first page."""
    await sign_in(page, url, newcomer())
    await page.get_by_label("Name").fill(name)
    await page.get_by_role("button", name="Save profile").click()
    await expect(page).to_have_url(f"{url}/account?done=profile")
    await page.goto(url)


async def test_the_chat_tells_a_guest_where_to_sign_in(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await ask(page, OWN)
        door = page.get_by_role("link", name="Sign in to do this")
        await expect(door).to_have_count(1)
        await door.click()
        await expect(page).to_have_url(f"{url}/sign-in?next=%2F")


async def test_the_chat_knows_who_is_signed_in(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer(), back="/")
        await ask(page, OWN)
        await expect(page.locator(".words")).to_contain_text("You are signed in")
        await expect(page.get_by_role("link", name="Sign in to do this")).to_have_count(0)


async def test_a_sign_in_in_another_tab_does_not_break_this_ones_chat(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        other = await page.context.new_page()
        await sign_in(other, url, newcomer())
        sent: list[str | None] = []

        def remember(request: Request) -> None:
            if request.url.endswith("/api/v1/chat"):
                sent.append(request.headers.get("x-csrf-token"))

        page.on("request", remember)
        await ask(page, OWN)
        await expect(page.locator(".words")).to_contain_text("You are signed in")
        assert sent[0] is None
        assert sent[1] is not None
        assert len(sent) == 2


async def test_the_chat_takes_no_change_from_another_site(browser: Browser, url: str) -> None:
    question = {
        "id": "c",
        "trigger": "submit-message",
        "messages": [{"id": "m", "role": "user", "parts": [{"type": "text", "text": OWN}]}],
    }
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer())
        cookies = {each.get("name", ""): each.get("value", "") for each in await page.context.cookies()}
    async with httpx.AsyncClient(base_url=url, cookies=cookies) as client:
        refused = await client.post("/api/v1/chat", json=question)
        known = (await client.get("/session")).json()
        taken = await client.post("/api/v1/chat", json=question, headers={"X-CSRF-Token": known["csrf"]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf_token_required")
    assert taken.status_code == 200
    assert "You are signed in" in taken.text


async def test_the_menu_fits_and_has_no_barriers(browser: Browser, url: str) -> None:
    for look in EVERY_LOOK[:2]:
        async with visiting(browser, url, look) as page:
            await sign_in(page, url, newcomer())
            await page.locator("#name").fill("Venkatanarasimharajuvaripeta Rajeshwari")
            await page.locator("form[action='/account/profile'] button").click()
            await expect(page).to_have_url(f"{url}/account?done=profile")
            await page.goto(url)
            await page.locator("#me summary").click()
            assert await barriers(page) == []
