"""A person with a real browser: the whole way of a sign-in, in a window that a host has opened."""

import json

import pytest
from playwright.async_api import Browser, Page

from tests.clients import numbers
from tests.clients.flows import call
from tests.clients.house import House
from tests.clients.people import code_in
from tests.clients.relying import registered, tokens
from tests.clients.windows import site_of

pytestmark = pytest.mark.requirement("S3")
CALLBACK_PAGE = """<!doctype html><title>Back</title><script>
opener.postMessage(Object.fromEntries(new URLSearchParams(location.search)), "*");
</script>"""


def host_page(address: str) -> str:
    """A host that opens a window, and shows what it hears from there."""
    return f"""<!doctype html><title>Host</title><button>Connect</button><output></output><script>
    addEventListener("message", (event) => {{
      document.querySelector("output").textContent = JSON.stringify(event.data);
    }});
    document.querySelector("button").onclick = () => window.open({json.dumps(address)});
    </script>"""


async def signs_in(window: Page, house: House, contact: str) -> None:
    """Answer the two pages that ask who is there."""
    await window.locator("#contact").fill(contact)
    await window.locator("main form .button").first.click()
    await window.locator("#code").wait_for()
    assert house.runtime.outbox is not None
    sent = next(each for each in house.runtime.outbox.messages if each.to == contact)
    await window.locator("#code").fill(code_in(sent.text))
    await window.locator("main form .button").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
async def test_a_person_signs_in_and_allows_an_app_in_the_window_that_it_opened(
    house: House, browser: Browser, script: bool
) -> None:
    contact = numbers.phone()
    pages = {"callback": CALLBACK_PAGE}
    async with site_of(pages) as base:
        party = await registered(house.url, house.http, redirect_uris=[f"{base}/callback"])
        pages["host"] = host_page(party.authorization(house.user))
        context = await browser.new_context(java_script_enabled=script)
        page = await context.new_page()
        if script:
            await page.goto(f"{base}/host")
            async with page.expect_popup() as opening:
                await page.get_by_role("button").click()
            window = await opening.value
        else:
            window = page
            await window.goto(party.authorization(house.user))
        await signs_in(window, house, contact)
        await window.locator("button[value=allow]").click()
        if script:
            output = page.locator("output")
            await output.filter(has_text="code").wait_for()
            told = json.loads(await output.inner_text())
        else:
            await window.wait_for_url(f"{base}/callback?*")
            told = dict(pair.split("=") for pair in window.url.partition("?")[2].split("&"))
        await context.close()
    assert told["state"] == party.state
    mine = tokens(await party.exchange(told["code"], house.user))
    assert (await call(house, house.user, mine.bearer)).status_code == 200
