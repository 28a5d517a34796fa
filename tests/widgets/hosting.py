"""A host with a widget in it, and all that is to be held against the two: messages, console, network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from playwright.async_api import expect

from widgets import DIST

if TYPE_CHECKING:
    from playwright.async_api import Browser, ConsoleMessage, Frame, Page, Request

    from tests.clients.house import House

MANIFEST: Final[Mapping[str, Mapping[str, Any]]] = json.loads((DIST / "manifest.json").read_text())
NAMES: Final = tuple(MANIFEST)
SHOWING: Final = ("apps", "chatgpt", "chatgpt-apps", "stripping", "stripping-all")
"""The hosts that show widgets."""

_NOTED: Final = """({ kind, of, least }) => {
  const every = preview.record.all.filter((each) => each.kind === kind).map((each) => each.about);
  const found = every.filter((about) => of === null || about.name === of);
  return found.length >= least && found;
}"""
_ALIVE = ("error", "warning", "assert")
_OURS = ("/preview", "/assets/", "/pictures/", "/mcp", "/favicon.ico")


def fixture(widget: str, case: str | None = None) -> dict[str, Any]:
    """A case of a widget's fixture, the first unless named."""
    cases = json.loads((DIST.parent / widget / "fixture.json").read_text())
    return cases[case or next(iter(cases))]


@dataclass
class Hosted:
    """One page with a host, which shows one widget after another."""

    page: Page
    house: House
    console: list[str] = field(default_factory=list[str])
    requests: list[str] = field(default_factory=list[str])
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def complain(self, of: str) -> None:
        self.console.append(of)
        self.news.set()

    async def complained(self, of: str) -> None:
        """Wait until the browser has complained of this, or the widget asked for what is not its business."""
        async with asyncio.timeout(15):
            while not any(of in each for each in [*self.console, *self.foreign()]):
                self.news.clear()
                await self.news.wait()

    async def show(self, widget: str, *, ready: str = "true", **choices: str) -> Frame:
        """A widget in a host that was told these choices: its frame, once it was handed all there is."""
        asked = {"bare": "1", "widget": widget, "theme": "light", "lang": "en", **choices}
        await self.page.goto(f"{self.house.url}/preview?{urlencode(asked)}")
        await expect(self.page.locator(f"body[data-ready={ready}]")).to_be_attached(timeout=25_000)
        return await self.frame()

    async def frame(self) -> Frame:
        handle = await self.page.locator("#stage iframe").element_handle()
        frame = await handle.content_frame()
        assert frame is not None
        return frame

    async def happened(self, kind: str, least: int = 0, of: str | None = None) -> list[Any]:
        """What the host noted down of a kind, the first first, once it has noted down at least so many."""
        asked = {"kind": kind, "of": of, "least": least}
        return await (await self.page.wait_for_function(_NOTED, arg=asked)).json_value()

    async def calls(self, tool: str, least: int = 0) -> list[dict[str, Any]]:
        """Every call of a tool by the widget, once there are at least so many."""
        return await self.happened("call", least, tool)

    async def answers(self, tool: str, least: int = 0) -> list[dict[str, Any]]:
        """What the widget was answered by a tool, once it was so often."""
        return [each["result"] for each in await self.happened("answer", least, tool)]

    async def instead(self, tool: str, answer: Mapping[str, Any]) -> None:
        """Let a tool answer this from now on."""
        result = {"content": [{"type": "text", "text": "Answered."}], "structuredContent": answer}
        await self.page.evaluate(
            "([tool, result]) => { preview.known.instead = { ...preview.known.instead, [tool]: result } }",
            [tool, result],
        )

    async def leave(self) -> bool:
        """Take the widget away; whether it answered that it is ready to go."""
        return await self.page.evaluate("preview.host.leave()")

    async def complaints(self) -> list[str]:
        """All that is wrong up to now: words in the console, requests too many, a host not content."""
        failures = [f"host: {each}" for each in await self.happened("failure")]
        return [*self.console, *(f"request: {each}" for each in self.foreign()), *failures]

    def foreign(self) -> list[str]:
        """Requests that went where a widget has no business, or that were made by the widget's own script."""
        return [each for each in self.requests if not self._is_ours(each)]

    def _is_ours(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme in ("data", "blob", "about"):
            return True
        return parts.port == urlsplit(self.house.url).port and parts.path.startswith(_OURS)


@asynccontextmanager
async def hosting(browser: Browser, house: House, **looks: Any) -> AsyncGenerator[Hosted]:
    """A page of a browser's own context, everything about which is noted down."""
    looks = {"viewport": {"width": 1000, "height": 900}} | looks
    context = await browser.new_context(**looks)
    hosted = Hosted(await context.new_page(), house)

    def said(message: ConsoleMessage) -> None:
        if message.type in _ALIVE:
            hosted.complain(f"console: {message.text}")

    def asked(request: Request) -> None:
        # A picture may be asked for from inside a widget, and nothing else.
        inside = request.frame.parent_frame is not None and request.resource_type not in ("document", "image")
        hosted.requests.append(f"inside:{request.url}" if inside else request.url)
        hosted.news.set()

    context.on("console", said)
    context.on("weberror", lambda error: hosted.complain(f"error: {error.error}"))
    context.on("request", asked)
    try:
        yield hosted
    finally:
        await context.close()
