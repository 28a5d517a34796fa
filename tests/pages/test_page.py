"""The page at `/`, used as people use it."""

import httpx
import pytest
from playwright.async_api import Browser, FrameLocator, Page, Route, expect

from tests.pages.visits import EVERY_LOOK, Look, barriers, visiting

QUESTION = "2 bhk in sector 57 under 40k"


async def ask(page: Page, question: str) -> None:
    await page.get_by_label("Your question").fill(question)
    await page.keyboard.press("Enter")
    await settled(page)


async def settled(page: Page) -> None:
    """Wait until the answer is whole."""
    await expect(page.locator("#talk")).to_have_attribute("aria-busy", "false")
    await expect(page.locator("#talk > .answer .progress")).to_have_count(0)


def seen(page: Page, widget: str = "property-list") -> FrameLocator:
    """The newest view of this widget."""
    return page.locator(f".view.{widget} iframe").last.content_frame


async def test_a_question_is_answered_in_words_and_a_view(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await ask(page, QUESTION)
        await expect(page.locator(".words")).to_contain_text("I found 2 properties")
        await expect(page.get_by_title("Properties")).to_be_visible()
        homes = seen(page).locator("main")
        await expect(homes).to_contain_text("₹35,000/month")
        await expect(homes).to_contain_text("2 BHK apartment")
        await expect(page.locator("#status")).to_have_text("2 properties shown.")


async def test_an_example_asks_itself(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await page.get_by_role("button", name="3 BHK builder floor in Sector 57").click()
        await settled(page)
        await expect(seen(page).locator("main")).to_contain_text("₹1.65 Cr")


async def test_the_second_one_is_that_of_the_question_before(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await ask(page, "2 bhk in sector 57 under 32k")
        await ask(page, "3 bhk builder floor in sector 57")
        await ask(page, "tell me about the first one")
        await expect(seen(page, "property-detail").locator("main")).to_contain_text("₹1.65 Cr")
        # What was only looked up once more on the way is not shown once more.
        await expect(page.locator(".view")).to_have_count(3)


async def test_the_page_speaks_hindi_and_remembers_it(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await page.get_by_role("button", name="हिन्दी").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("घर, आपके अपने शब्दों में।")
        await page.reload()
        await page.get_by_label("आपका सवाल").fill("सेक्टर 57 में 40 हज़ार तक 2 BHK")
        await page.keyboard.press("Enter")
        await settled(page)
        await expect(page.locator(".words")).to_contain_text("2 संपत्तियाँ मिलीं")
        await expect(page.get_by_title("संपत्तियाँ")).to_be_visible()
        await expect(seen(page).locator("main")).to_contain_text("किराए पर")
        assert await page.locator("html").get_attribute("lang") == "hi"


async def test_everything_works_from_the_keyboard(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("Your question")).to_be_focused()
        await page.keyboard.type("2 bhk")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("in sector 57")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await settled(page)
        await expect(page.locator(".words")).to_contain_text("I found 3 properties")


async def test_text_from_a_listing_never_becomes_markup(browser: Browser, url: str) -> None:
    poison = "<img src=x onerror=alert(1)>"
    async with visiting(browser, url) as page:
        await ask(page, f"2 bhk in sector 57 {poison}")
        await expect(page.locator(".asked")).to_contain_text(poison)
        await expect(page.locator("#talk img")).to_have_count(0)
        await expect(seen(page).locator("img[src=x]")).to_have_count(0)


async def test_a_server_that_is_gone_is_told_in_a_sentence(browser: Browser, url: str) -> None:
    context = await browser.new_context(locale="en-IN")
    page = await context.new_page()
    await page.goto(url)
    await page.route("**/api/v1/chat", lambda route: route.abort())
    await ask(page, QUESTION)
    await expect(page.locator(".failed")).to_have_text(
        "The connection was lost. Check the network and ask again."
    )
    await expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    await context.close()


async def test_a_refusal_and_an_error_in_mid_stream_show_the_servers_sentence(
    browser: Browser, url: str
) -> None:
    async def refuse(route: Route) -> None:
        body = {"error": {"code": "too_many", "message": "Wait a little.", "details": None}}
        await route.fulfill(status=409, json=body)

    async def break_off(route: Route) -> None:
        events = ['{"type":"start","messageId":"1"}', '{"type":"error","errorText":"Nothing was changed."}']
        stream = "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"])
        await route.fulfill(content_type="text/event-stream", body=stream)

    context = await browser.new_context(locale="en-IN")
    page = await context.new_page()
    await page.goto(url)
    await page.route("**/api/v1/chat", refuse)
    await ask(page, QUESTION)
    await page.route("**/api/v1/chat", break_off)
    await ask(page, QUESTION)
    await expect(page.locator(".failed")).to_have_text(["Wait a little.", "Nothing was changed."])
    await context.close()


@pytest.mark.parametrize("look", [look for look in EVERY_LOOK if look.locale == "en-IN"], ids=str)
async def test_it_fits_and_has_no_barriers(browser: Browser, url: str, look: Look) -> None:
    async with visiting(browser, url, look) as page:
        assert await barriers(page) == []
        await ask(page, "2 bhk for rent in sector 57 under 32k")
        await ask(page, "3 bhk in sector 57")
        await ask(page, "tell me about the first one")
        await expect(page.get_by_title("Property", exact=True)).to_be_visible()
        assert await barriers(page) == []


async def test_files_are_ours_alone_and_asked_for_again_cheaply(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as client:
        page = await client.get("/")
        again = await client.get("/", headers={"if-none-match": page.headers["etag"]})
        script = await client.get("/assets/page.js")
        other = await client.get("/assets/index.html")

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert other.status_code == 404
