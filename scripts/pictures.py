"""The pictures of widgets and of the chat in the documentation, taken from a server that runs.

make run                                        in one terminal
python -m scripts.pictures                      in another: all of them
python -m scripts.pictures --only list compare  these alone
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Browser, FloatRect, Locator, Page

IMAGES: Final = Path(__file__).parents[1] / "docs" / "images"
INTO: Final = IMAGES / "widgets"
CHROMIUM: Final = "/usr/bin/chromium"
THEN: Final = "2026-11-22T06:30:00Z"
"""When the fixtures play."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A widget in the preview, told these choices; cut off below `tallest` pixels."""

    name: str
    width: int
    choices: Mapping[str, str]
    tallest: int


def _of(name: str, width: int, tallest: int = 900, **choices: str) -> Picture:
    return Picture(name, width, {"theme": "light", "lang": "en"} | choices, tallest)


PICTURES: Final = (
    _of("list", 1000, 820, widget="property-list"),
    _of("list-narrow", 360, 900, widget="property-list", theme="dark", lang="hi", case="hindi"),
    _of("detail", 760, 980, widget="property-detail"),
    _of("detail-narrow", 360, 900, widget="property-detail", theme="dark", lang="hi", case="hindi"),
    _of("compare", 760, 760, widget="property-compare"),
    _of("costs", 760, 900, widget="cost-breakdown"),
    _of("costs-narrow", 360, 900, widget="cost-breakdown", theme="dark", lang="hi", case="loan"),
    _of("deck", 480, 900, widget="property-deck"),
    _of("deck-narrow", 360, 900, widget="property-deck", theme="dark", lang="hi", case="hindi"),
    _of("planner", 640, 900, widget="visit-planner"),
    _of("planner-narrow", 360, 900, widget="visit-planner", theme="dark", lang="hi"),
    _of("visits", 640, 900, widget="visit-list"),
    _of("visits-narrow", 360, 900, widget="visit-list", theme="dark", lang="hi"),
    _of("editor", 760, 980, widget="listing-editor"),
    _of("editor-narrow", 360, 900, widget="listing-editor", theme="dark", lang="hi", case="hindi"),
    _of("board", 760, 980, widget="owner-board", case="insights"),
    _of("board-narrow", 360, 900, widget="owner-board", theme="dark", lang="hi"),
    _of("review", 760, 1500, widget="verification-queue"),
    _of("review-narrow", 360, 900, widget="verification-queue", theme="dark", lang="hi", case="hindi"),
    _of("watches", 640, 900, widget="watch-list"),
    _of("watches-narrow", 360, 900, widget="watch-list", theme="dark", lang="hi", case="hindi"),
    _of("confirm", 480, 760, widget="confirm-action"),
    _of("confirm-dark", 480, 760, widget="confirm-action", theme="dark", lang="hi"),
    _of("activity", 640, 820, widget="activity-list"),
    _of("inbox", 640, 820, widget="inbox"),
    _of("inbox-narrow", 360, 820, widget="inbox", theme="dark", lang="hi", case="hindi"),
    _of("loading", 640, 420, widget="property-list", state="loading"),
    _of("empty", 640, 420, widget="property-list", state="empty"),
    _of("error", 480, widget="property-detail", state="error"),
    _of("signed-out", 480, widget="activity-list", state="signed-out"),
    _of("signed-out-dark", 480, widget="activity-list", state="signed-out", theme="dark", lang="hi"),
    _of("offline", 640, 420, widget="property-compare", state="offline"),
    _of("cancelled", 480, widget="property-list", state="cancelled"),
    _of("stripped", 640, 420, widget="property-compare", host="stripping"),
    _of("text-only", 640, widget="property-compare", host="stripping-all"),
    _of("text-host", 640, widget="property-compare", host="text"),
    _of("host-colours", 640, 420, widget="property-compare", theme="dark", colours="host"),
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A question on the first page, with its answer."""

    name: str
    size: tuple[int, int]
    locale: str
    words: str


CHATS: Final = (
    Chat("chat", (1160, 1000), "en-IN", "2 BHK for rent under 60k near Golf Course Road with parking"),
    Chat("chat-phone", (390, 844), "hi-IN", "गोल्फ कोर्स रोड के पास 60 हज़ार तक 2 BHK किराए पर"),
)


def ask(browser: Browser, site: str, chat: Chat) -> Path:
    """The page at `/` once a question is answered and what it shows has come."""
    width, height = chat.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=chat.locale, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site)
    page.locator("textarea").fill(chat.words)
    page.keyboard.press("Enter")
    frame = page.locator("iframe").first
    frame.wait_for(state="visible", timeout=60_000)
    frame.content_frame.locator("article").first.wait_for(timeout=60_000)
    _settled(page, frame)
    path = IMAGES / f"{chat.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def take(browser: Browser, site: str, picture: Picture) -> Path:
    """One picture, as wide as it says and as tall as what it shows, up to a point."""
    viewport = {"width": picture.width, "height": 2400}
    context = browser.new_context(
        viewport=viewport,  # pyright: ignore[reportArgumentType] -- a dict of the right shape
        reduced_motion="reduce",
        locale=f"{picture.choices['lang']}-IN",
    )
    page = context.new_page()
    page.clock.set_fixed_time(THEN)
    page.goto(f"{site}/preview?{urlencode({'bare': '1', **picture.choices})}")
    page.locator("body[data-ready]").wait_for(state="attached")
    shown = _settled(page, page.locator("#stage .box"))
    height = min(shown["height"], picture.tallest)
    path = INTO / f"{picture.name}.png"
    page.screenshot(
        path=path, clip={"x": shown["x"], "y": shown["y"], "width": shown["width"], "height": height}
    )
    context.close()
    return path


def _settled(page: Page, box: Locator) -> FloatRect:
    """Where something is, once it no longer changes its size."""
    before, shown = None, box.bounding_box()
    while shown is None or shown != before:
        page.wait_for_timeout(1_000)
        before, shown = shown, box.bounding_box()
    return shown


def main(arguments: Sequence[str]) -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default="http://localhost:3600", help="where the server is")
    parser.add_argument("--only", nargs="*", help="names of pictures")
    asked = parser.parse_args(arguments)
    site: str = asked.site
    INTO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for each in (*PICTURES, *CHATS):
            if not asked.only or each.name in asked.only:
                taken = ask(browser, site, each) if isinstance(each, Chat) else take(browser, site, each)
                sys.stderr.write(f"{taken.name} {taken.stat().st_size // 1024} KB\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
