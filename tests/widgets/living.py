"""Widgets over the real tools: the preview calls them in the name of a person of the test."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.widgets.hosting import hosting

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from playwright.async_api import Browser, Frame, Page, Route

    from tests.clients.house import House
    from tests.widgets.hosting import Hosted

Before: TypeAlias = "Callable[[Page], Awaitable[Any]]"
"""What is done to a page before it is opened."""

Change: TypeAlias = "Callable[[dict[str, Any]], None]"
"""Changes what a tool answers, in place."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A widget in the preview, and what happened between the two."""

    host: Hosted
    view: Frame

    @property
    def page(self) -> Page:
        return self.host.page

    async def press(self, name: str) -> None:
        await self.view.get_by_role("button", name=name, exact=True).click()

    async def calls(self, tool: str, least: int = 0) -> list[dict[str, Any]]:
        """The arguments of every call of a tool by the widget, once there are at least so many."""
        return [each["arguments"] for each in await self.host.calls(tool, least)]

    async def told(self, least: int) -> list[str]:
        """What the model was let know, once it was so often."""
        return [each["content"][0]["text"] for each in await self.host.happened("tell", least)]

    async def cut_off(self, tool: str) -> None:
        """From now on calls of a tool do not arrive."""

        async def cut(route: Route) -> None:
            await (route.abort() if asked(route)["name"] == tool else route.fallback())

        await self.page.route("**/mcp", cut)


def asked(route: Route) -> dict[str, Any]:
    """The call that a request makes."""
    return json.loads(route.request.post_data or "{}")["params"]


async def altered(page: Page, tool: str, change: Change) -> None:
    """From now on change what a tool answers."""

    async def alter(route: Route) -> None:
        if asked(route)["name"] != tool:
            await route.fallback()
            return
        answer = await route.fetch()
        body = await answer.json()
        change(body["result"])
        await route.fulfill(response=answer, json=body)

    await page.route("**/mcp", alter)


@asynccontextmanager
async def stage(
    browser: Browser,
    house: House,
    token: str,
    widget: str,
    case: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    before: Before | None = None,
    expected: str | None = None,
    **choices: str,
) -> AsyncGenerator[Stage]:
    """A widget over the tool of a case of its fixture; on leaving, nobody else may have complained."""
    async with hosting(browser, house, reduced_motion="reduce") as host:
        await host.page.route("**/preview/token*", lambda route: route.fulfill(json={"token": token}))
        if before is not None:
            await before(host.page)
        given = {} if arguments is None else {"arguments": json.dumps(arguments)}
        yield Stage(host, await host.show(widget, **({"case": case, "live": "member"} | given | choices)))
        found = [each for each in await host.complaints() if expected is None or expected not in each]
        assert not found, found
