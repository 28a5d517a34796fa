"""Approvals on the first page: what waits is shown, and done only when the person says so."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.clients.house import House
from tests.pages.test_page import ask, settled
from tests.pages.visits import EVERY_LOOK, Look, barriers, newcomer, sign_in, visiting

SEARCH = "2 bhk in sector 57 under 40k"
KEEP = "shortlist the first one"

pytestmark = pytest.mark.requirement("U2")


async def begun(page: Page, url: str) -> None:
    """Somebody has signed in, searched, and asked for the first result to be kept."""
    await sign_in(page, url, newcomer(), back="/")
    await ask(page, SEARCH)
    await ask(page, KEEP)


async def kept(house: House) -> int:
    """How many properties were put on a shortlist within the last minute by whoever signed in last."""
    (row,) = await house.query(
        "select count(*) as n from shortlists where person_id = (select max(person_id) from sessions)"
    )
    return row["n"]


async def test_a_change_is_shown_and_done_once_it_is_approved(
    browser: Browser, url: str, house: House
) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        card = page.get_by_role("region", name="Waiting for you")
        await expect(card).to_contain_text("Shortlist property")
        await expect(card).to_contain_text("Nothing")
        await expect(page.get_by_role("status")).to_have_text("Waiting for you")
        assert await kept(house) == 0

        await card.get_by_role("button", name="Approve").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")
        await expect(card).to_contain_text("You approved this.")
        await expect(card.get_by_role("button")).to_have_count(0)
        assert await kept(house) == 1


async def test_a_change_that_is_denied_is_not_done(browser: Browser, url: str, house: House) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        card = page.get_by_role("region", name="Waiting for you")
        await card.get_by_label("Why not?").fill("later")
        await card.get_by_role("button", name="Do not do it").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("nothing was done")
        await expect(card).to_contain_text("You said no to this.")
        assert await kept(house) == 0
        (row,) = await house.query("select outcome, reason from tickets order by made_at desc limit 1")
        assert row == {"outcome": "declined", "reason": "later"}


async def test_what_did_not_reach_the_server_can_be_decided_again(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        await page.route("**/api/v1/chat", lambda route: route.abort())
        approve = page.get_by_role("button", name="Approve")
        await approve.click()
        await expect(page.locator(".failed")).to_contain_text("The connection was lost.")
        await page.unroute("**/api/v1/chat")
        await approve.click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")


async def test_it_is_shown_in_hindi(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer(), back="/")
        await page.get_by_role("button", name="हिन्दी").click()
        for question in ("सेक्टर 57 में 40 हज़ार तक 2 BHK", "पहला वाला शॉर्टलिस्ट करो"):
            await page.get_by_label("आपका सवाल").fill(question)
            await page.keyboard.press("Enter")
            await settled(page)
        card = page.get_by_role("region", name="आपकी हाँ का इंतज़ार है")
        await expect(card).to_contain_text("पसंद की सूची में रखें।")
        await expect(card).to_contain_text("प्रॉपर्टी")
        await card.get_by_role("button", name="मंज़ूर है").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("शॉर्टलिस्ट में है")


@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_an_approval_has_no_barriers(browser: Browser, url: str, look: Look) -> None:
    async with visiting(browser, url, look) as page:
        await sign_in(page, url, newcomer(), back="/")
        label = "आपका सवाल" if look.locale == "hi-IN" else "Your question"
        for question in (SEARCH, KEEP):
            await page.get_by_label(label).fill(question)
            await page.keyboard.press("Enter")
            await settled(page)
        await expect(page.locator(".approval")).to_be_visible()
        assert await barriers(page) == []
