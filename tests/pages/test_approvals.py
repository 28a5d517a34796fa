"""Approvals on the first page: what waits is shown, and done only when the person says so."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.clients.house import House
from tests.pages.probing import called, found, heard, planted
from tests.pages.test_page import ask, seen, settled
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


def ticket(page: Page) -> Locator:
    """What waits, as its view shows it."""
    return seen(page, "confirm-action").locator("section.ticket")


async def test_a_change_is_shown_and_done_once_it_is_approved(
    browser: Browser, url: str, house: House
) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        await expect(ticket(page)).to_contain_text("Shortlist property")
        await expect(page.locator("#status")).to_have_text("Waiting for you")
        assert await kept(house) == 0

        await ticket(page).get_by_role("button", name="Yes, do this").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")
        await expect(ticket(page)).to_contain_text("You said yes, and this was done once.")
        await expect(ticket(page).get_by_role("button", name="Yes, do this")).to_have_count(0)
        assert await kept(house) == 1


async def test_a_change_that_is_denied_is_not_done(browser: Browser, url: str, house: House) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        await ticket(page).get_by_role("button", name="No", exact=True).click()
        await ticket(page).get_by_label("Why not?").fill("later")
        await ticket(page).get_by_role("button", name="Say no").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("nothing was done")
        await expect(ticket(page)).to_contain_text("You said no")
        assert await kept(house) == 0
        (row,) = await house.query("select outcome, reason from tickets order by made_at desc limit 1")
        assert row == {"outcome": "declined", "reason": "later"}


async def test_what_did_not_reach_the_server_can_be_decided_again(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await begun(page, url)
        await page.route("**/api/v1/chat", lambda route: route.abort())
        approve = ticket(page).get_by_role("button", name="Yes, do this")
        await approve.click()
        await expect(page.locator(".failed")).to_contain_text("The connection was lost.")
        await page.unroute("**/api/v1/chat")
        await approve.click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")


async def test_only_what_was_given_the_right_to_say_yes_can_say_it(
    browser: Browser, url: str, house: House
) -> None:
    async with visiting(browser, url) as page:
        await planted(page, "confirm-action")
        await begun(page, url)
        probe = await found(page, "confirm-action")
        (result,) = await heard(probe, "ui/notifications/tool-result")
        preview, nonce = result["structuredContent"], result["_meta"]["360ghar.com/nonce"]
        assert nonce not in str(preview)
        for wrong in ("guessed", None, ""):
            refused = await called(probe, "confirm_action", ticket=preview["ticket"], nonce=wrong)
            assert (refused["isError"], refused["_meta"]["error"]["code"]) == (True, "not_confirmable")
        other = "00000000-0000-4000-8000-000000000000"
        refused = await called(probe, "confirm_action", ticket=other, nonce=nonce)
        assert (refused["isError"], refused["_meta"]["error"]["code"]) == (True, "no_such_ticket")
        assert (await called(probe, "action_status", ticket=preview["ticket"]))["structuredContent"][
            "state"
        ] == ("waiting")
        assert await kept(house) == 0

        done = await called(probe, "confirm_action", ticket=preview["ticket"], nonce=nonce)
        assert done["structuredContent"]["state"] == "done"
        assert await kept(house) == 1
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")


async def test_what_was_decided_on_its_own_page_lets_the_answer_go_on(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, "confirm-action")
        await begun(page, url)
        probe = await found(page, "confirm-action")
        (result,) = await heard(probe, "ui/notifications/tool-result")
        waits = result["structuredContent"]
        other = await page.context.new_page()
        await other.goto(waits["confirm_url"])
        await other.locator("button[value=confirm]").click()
        await expect(other.locator("button[value=confirm]")).to_have_count(0)
        standing = await called(probe, "action_status", ticket=waits["ticket"])
        assert standing["structuredContent"]["state"] == "done"
        await expect(page.locator(".words").last).to_contain_text("is on your shortlist")


async def test_it_is_shown_in_hindi(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer(), back="/")
        await page.get_by_role("button", name="हिन्दी").click()
        for question in ("सेक्टर 57 में 40 हज़ार तक 2 BHK", "पहला वाला शॉर्टलिस्ट करो"):
            await page.get_by_label("आपका सवाल").fill(question)
            await page.keyboard.press("Enter")
            await settled(page)
        await expect(page.get_by_title("आपकी हाँ के लिए")).to_be_visible()
        await ticket(page).get_by_role("button", name="हाँ, यह करें").click()
        await settled(page)
        await expect(page.locator(".words").last).to_contain_text("शॉर्टलिस्ट में है")
        await expect(ticket(page)).to_contain_text("आपने हाँ कहा")


@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_an_approval_has_no_barriers(browser: Browser, url: str, look: Look) -> None:
    async with visiting(browser, url, look) as page:
        await sign_in(page, url, newcomer(), back="/")
        label = "आपका सवाल" if look.locale == "hi-IN" else "Your question"
        for question in (SEARCH, KEEP):
            await page.get_by_label(label).fill(question)
            await page.keyboard.press("Enter")
            await settled(page)
        await expect(ticket(page)).to_be_visible()
        assert await barriers(page) == []
