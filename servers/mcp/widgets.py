"""Widgets over MCP: the resource that a host renders, and what the list of tools says of it."""

import logging
from collections.abc import Mapping
from typing import Any

from fastmcp.exceptions import ResourceError
from fastmcp.resources import Resource, ResourceContent, ResourceResult, ResourceTemplate
from pydantic import PrivateAttr

from servers.mcp.viewer import CURRENT
from tools.contract import AnyTool
from tools.dispatch import admit
from tools.refusals import Refused
from widgets import MIME, Site, Widget

_RANK = ("guest", "member", "staff", "admin")


class WidgetResource(Resource):
    """A widget's content, under the address that never changes. Read by whoever may call one of its tools."""

    _widget: Widget = PrivateAttr()
    _site: Site = PrivateAttr()
    _guard: AnyTool = PrivateAttr()

    @classmethod
    def of(cls, widget: Widget, site: Site, guard: AnyTool) -> "WidgetResource":
        made = cls(
            uri=widget.uri,  # pyright: ignore[reportArgumentType] -- pydantic makes a URL of it
            name=widget.name,
            title=widget.title,
            description=widget.description,
            mime_type=MIME,
            meta=page_meta(widget, site),
        )
        made._widget, made._site, made._guard = widget, site, guard
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def _read(self) -> ResourceResult:
        return content(self._widget, self._site, self._guard)


class PinnedWidget(ResourceTemplate):
    """A widget's content under an address with a digest. An older one gives the newest: a list of tools that
    a host has kept must go on working after a release."""

    _widget: Widget = PrivateAttr()
    _site: Site = PrivateAttr()
    _guard: AnyTool = PrivateAttr()

    @classmethod
    def of(cls, widget: Widget, site: Site, guard: AnyTool) -> "PinnedWidget":
        made = cls(
            uri_template=f"{widget.uri}/{{digest}}",
            name=f"{widget.name} as of a release",
            title=widget.title,
            description=widget.description,
            mime_type=MIME,
            parameters={},
        )
        made._widget, made._site, made._guard = widget, site, guard
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def _read(self, uri: str, params: dict[str, Any]) -> ResourceResult:
        return content(self._widget, self._site, self._guard)


def content(widget: Widget, site: Site, guard: AnyTool) -> ResourceResult:
    """The page, for whoever may call `guard`."""
    try:
        admit(guard, CURRENT.get())
    except Refused as refusal:
        raise ResourceError(refusal.message, log_level=logging.DEBUG) from refusal
    return ResourceResult([ResourceContent(widget.html, mime_type=MIME, meta=page_meta(widget, site))])


def guards(tools: Mapping[str, AnyTool]) -> dict[str, AnyTool]:
    """For every widget, the tool for most people among those that it shows."""
    found: dict[str, AnyTool] = {}
    for tool in sorted(tools.values(), key=lambda each: (_RANK.index(each.audience), each.name)):
        if tool.widget is not None:
            found.setdefault(tool.widget, tool)
    return found


def page_meta(widget: Widget, site: Site) -> dict[str, Any]:
    """What a page may load, and how it wants to be framed: in the standard's words, and in ChatGPT's."""
    domains = list(site.domains)
    return {
        "ui": {"csp": {"connectDomains": [], "resourceDomains": domains}, "prefersBorder": True},
        "openai/widgetDescription": widget.description,
        "openai/widgetPrefersBorder": True,
        "openai/widgetCSP": {"connect_domains": [], "resource_domains": domains},
    }


def listed_meta(tool: AnyTool, widgets: Mapping[str, Widget]) -> dict[str, Any]:
    """What the list of tools says: the widget that shows the answer, and whether widgets may call the tool.

    A tool for widgets alone is kept from models by honest hosts, one that no widget calls from widgets.
    What a model must not do is refused by the tool itself, whoever calls it.
    """
    shown = None if tool.widget is None else widgets.get(tool.widget)
    # A widget asks its own read again where a host left out the answer.
    own = shown is not None and tool.reads
    called = tool.app_only or own or any(tool.name in each.calls for each in widgets.values())
    ui: dict[str, Any] = {"visibility": _visible(tool, called=called)}
    meta: dict[str, Any] = {"ui": ui}
    if shown is not None:
        ui["resourceUri"] = shown.pinned
        meta |= {
            "openai/outputTemplate": shown.pinned,
            "openai/toolInvocation/invoking": shown.invoking,
            "openai/toolInvocation/invoked": shown.invoked,
        }
    if called:
        meta["openai/widgetAccessible"] = True
    if tool.app_only:
        meta["openai/visibility"] = "private"
    return meta


def _visible(tool: AnyTool, *, called: bool) -> list[str]:
    if tool.app_only:
        return ["app"]
    return ["model", "app"] if called else ["model"]
