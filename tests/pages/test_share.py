"""The page of a property for everybody, in a real browser: in both languages and lights, small and large."""

import httpx
from playwright.async_api import Browser, expect

from tests.clients.house import House
from tests.pages.visits import EVERY_LOOK, PHONE, Look, barriers, visiting


async def link(url: str) -> str:
    """Where the page of the first home is, on the server under test."""
    async with httpx.AsyncClient(base_url=url) as client:
        told = (await client.get("/api/v1/properties/1")).json()["link"]
    return f"{url}/h/{told.rpartition('/')[2]}"


async def test_nobody_meets_a_barrier_on_the_page_of_a_home(browser: Browser, url: str) -> None:
    there = await link(url)
    for look in EVERY_LOOK:
        async with visiting(browser, there, look) as page:
            await expect(page.locator(".price")).to_be_visible()
            assert await barriers(page) == []


async def test_what_is_gone_says_so_without_a_barrier(browser: Browser, url: str, house: House) -> None:
    rented = "insert into properties (source, source_id, purpose, kind, title, description, price, status)"
    rented += (
        " values ('test', gen_random_uuid(), 'rent', 'apartment', 'A flat', '', 20000, 'rented') returning id"
    )
    (home,) = await house.query(rented)
    async with visiting(browser, f"{url}/h/flat-{home['id']}", Look(PHONE, locale="hi-IN")) as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("अब उपलब्ध नहीं")
        assert await barriers(page) == []


async def test_the_way_on_brings_a_question_along_that_the_person_sends(browser: Browser, url: str) -> None:
    async with visiting(browser, await link(url)) as page:
        await page.get_by_role("link", name="Ask about it in 360 Ghar").click()
        await expect(page.locator("#question")).to_have_value("Tell me more about property 1")
        await expect(page.locator(".answer")).to_have_count(0)
