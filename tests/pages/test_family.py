"""The pages behind links to a shared list and to a watch, in a real browser, in every look."""

from typing import Any

from playwright.async_api import Browser, expect

from tests.clients.crowd import People
from tests.clients.house import House
from tests.pages.asking import bearer, properties
from tests.pages.visits import EVERY_LOOK, PHONE, Look, barriers, visiting


async def called(house: House, who: dict[str, str], method: str, path: str, **given: Any) -> Any:
    answer = await house.http.request(method, f"{house.url}/api/v1{path}", headers=who, json=given)
    assert answer.status_code < 300, answer.text
    return answer.json()


async def shared(house: House, people: People) -> str:
    """A link to a list of two homes, with a note and a comment."""
    who = await bearer(house, await people.member())
    first, second, *_ = await properties(house)
    note = "Near the school. " * 8
    await called(house, who, "PUT", f"/me/shortlist/{first}", list="For Mummy", note=note)
    await called(house, who, "PUT", f"/me/shortlist/{second}", list="For Mummy")
    link = await called(
        house, who, "POST", "/me/shortlist-links", list="For Mummy", may="comment", with_notes=True
    )
    await called(house, who, "POST", "/me/shortlist-comments", text="Shall we go?", property_id=first)
    return link["url"]


async def test_nobody_meets_a_barrier_on_a_shared_list(
    browser: Browser, house: House, people: People
) -> None:
    at = await shared(house, people)
    for look in EVERY_LOOK:
        async with visiting(browser, at, look) as page:
            await expect(page.locator(".homes > li")).to_have_count(2)
            await page.locator(".homes details > summary").first.click()
            assert await barriers(page) == []


async def test_a_grandmother_says_something_on_her_phone(
    browser: Browser, house: House, people: People
) -> None:
    at = await shared(house, people)
    async with visiting(browser, at, Look(PHONE, locale="hi-IN")) as page:
        await page.locator(".homes details > summary").first.click()
        await page.get_by_label("आपका नाम").first.fill("नानी")
        await page.get_by_label("आप क्या सोचते हैं?").first.fill("अच्छा घर है")
        await page.get_by_role("button", name="भेजें").first.click()
        await expect(page.locator(".thread").first).to_contain_text("अच्छा घर है")
        assert await barriers(page) == []


async def test_nobody_meets_a_barrier_on_the_page_of_a_watch(
    browser: Browser, house: House, people: People
) -> None:
    who = await bearer(house, await people.member())
    (home, *_) = await properties(house)
    watch = await called(house, who, "POST", "/me/watches", property_id=home)
    news = "insert into watch_changes (watch_id, property_id, kind, before, after, at) "
    await house.query(news + "values ($1, $2, 'price_down', 30000, 25000, now())", watch["id"], home)
    token = house.runtime.ports.cursors.write("watch", {"w": watch["id"]})
    for look in EVERY_LOOK[::3]:
        async with visiting(browser, f"{house.url}/watch/{token}", look) as page:
            await expect(page.locator(".list .item")).to_have_count(1)
            assert await barriers(page) == []
    async with visiting(browser, f"{house.url}/watch/{token}") as page:
        await page.get_by_role("button", name="Stop telling me").click()
        await expect(page.get_by_role("status")).to_have_text("You are no longer told of this.")
        assert await barriers(page) == []
