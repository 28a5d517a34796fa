"""Visits to our pages in a real browser, and what must hold of every one of them."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import httpx
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.clients import numbers

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Frames are looked through on their own: axe speaks to them under its own origin, and theirs is none.
VIOLATIONS = "axe.run(document, { iframes: false }).then((found) => found.violations)"
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}
Scheme = Literal["light", "dark"]
APP = "http://127.0.0.1:9/callback"
"""Where an app of the tests waits for its answer."""

_EXPECTED = (
    "Failed to load resource",
    # A test may type before the browser has come to the field that the page asks it to focus.
    "Autofocus processing was blocked",
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a visitor looks at the pages."""

    viewport: ViewportSize
    scheme: Scheme = "light"
    locale: str = "en-IN"
    scripts: bool = True


AT_A_DESK = Look(DESK)
WITHOUT_SCRIPTS = Look(PHONE, scripts=False)
EVERY_LOOK = [Look(viewport, locale=locale) for viewport in (PHONE, DESK) for locale in ("en-IN", "hi-IN")]
"""Whoever looks for barriers does so in either light."""


@asynccontextmanager
async def visiting(browser: Browser, url: str, look: Look = AT_A_DESK) -> AsyncGenerator[Page]:
    """A page, opened; on leaving, nothing may have been complained of or fetched from elsewhere."""
    context = await browser.new_context(
        viewport=look.viewport,
        color_scheme=look.scheme,
        locale=look.locale,
        java_script_enabled=look.scripts,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(url)
    yield page
    await context.close()
    origin = "/".join(url.split("/")[:3])
    complaints = [each for each in complaints if not any(said in each for said in _EXPECTED)]
    foreign = [asked for asked in requests if not asked.startswith((origin, APP))]
    assert not complaints, complaints
    assert not foreign, foreign


async def barriers(page: Page) -> list[str]:
    """What axe finds wrong in either light, and whether anything is wider than the screen."""
    # The policy of the page forbids scripts that are written into it, so axe comes by the debugger.
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    problems: list[str] = []
    for light in get_args(Scheme):
        await page.emulate_media(color_scheme=light)
        # What is in order is far more, and carrying it here takes longer than looking for it.
        found = await page.evaluate(VIOLATIONS)
        problems += [f"{light}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return problems + ([f"{wide} px too wide"] if wide > 0 else [])


def newcomer() -> str:
    """A phone number that nobody has signed in with."""
    return numbers.phone()


async def code_for(url: str, phone: str) -> str:
    """The newest code that was sent to a phone, as the development outbox shows it."""
    async with httpx.AsyncClient(base_url=url) as client:
        shown = (await client.get("/outbox")).text
    message = shown.split(phone, 1)[1]
    found = re.search(r"\b[0-9]{6}\b", re.sub("<[^>]+>", " ", message))
    assert found is not None, message
    return found[0]


async def sign_in(page: Page, url: str, phone: str, back: str = "/account") -> None:
    """Go through the two forms of a sign-in, and on to the page that was wanted."""
    await page.goto(f"{url}/sign-in?next={back}")
    await page.locator("#contact").fill(phone)
    await page.keyboard.press("Enter")
    await expect(page.locator("#code")).to_be_visible()
    await page.locator("#code").fill(await code_for(url, phone))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(f"{url}{back}")
    # The address is there before the page's script is, which takes what is typed.
    await page.wait_for_load_state("load")
