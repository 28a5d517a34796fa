"""Catalog tools as FastMCP tools: the schemas, hints and metadata of one, and its way through dispatch."""

from collections.abc import Mapping
from typing import Any, Literal

from fastmcp.tools.base import InputRequiredToolResult, ToolResult
from fastmcp.tools.base import Tool as FastTool
from mcp_types import InputRequiredResult, ToolAnnotations
from pydantic import PrivateAttr

from servers.mcp.content import answered, refused
from servers.mcp.host import McpHost, conversing
from servers.mcp.meta import idempotency_key
from servers.mcp.viewer import CLIENT, CURRENT
from servers.mcp.widgets import listed_meta
from tools import schema
from tools.contract import AnyTool, Model
from tools.dispatch import Caller, Dispatcher
from tools.refusals import Refused
from widgets import Widget

Audience = Literal["user", "admin"]


class CatalogTool(FastTool):
    """A tool of ours. Its signature is never inspected; its arguments are validated by dispatch."""

    _tool: AnyTool = PrivateAttr()
    _dispatcher: Dispatcher = PrivateAttr()

    @classmethod
    def of(cls, tool: AnyTool, dispatcher: Dispatcher, widgets: Mapping[str, Widget]) -> "CatalogTool":
        made = cls(
            name=tool.name,
            title=tool.title,
            description=tool.summary,
            parameters=schema.asked(tool.takes),
            output_schema=gives(tool),
            annotations=hints(tool),
            meta={"securitySchemes": security_schemes(tool)} | listed_meta(tool, widgets),
        )
        made._tool, made._dispatcher = tool, dispatcher
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        async def attempt(host: McpHost) -> Model:
            key = None if self._tool.reads else idempotency_key()
            caller = Caller("mcp", CURRENT.get(), host, client=CLIENT.get(), key=key)
            return await self._dispatcher.run(self._tool, arguments, caller)

        try:
            answer = await conversing(attempt)
        except Refused as refusal:
            return refused(refusal)
        if isinstance(answer, InputRequiredResult):
            return InputRequiredToolResult(answer)
        return answered(answer, self._tool.name if self._tool.widget is not None else None)


def gives(tool: AnyTool) -> dict[str, Any]:
    """The schema of what a read answers, by which a host can plan.

    What a write answers tells what was done, or is the preview of it: a host shows it and plans nothing with
    it. What widgets alone call is compiled against the tool itself. Neither is worth the room in every list.
    """
    return schema.shape(tool.gives) if tool.reads and not tool.app_only else {"type": "object"}


def hints(tool: AnyTool) -> ToolAnnotations:
    """All four hints, none left to a host's default. The title stands beside them, where hosts look first."""
    return ToolAnnotations(
        read_only_hint=tool.reads,
        destructive_hint=tool.effect == "destroy",
        idempotent_hint=tool.idempotent,
        open_world_hint=tool.open_world,
    )


def security_schemes(tool: AnyTool) -> list[dict[str, Any]]:
    """How a host may call this tool: anonymously where guests may, else only signed in with its scope."""
    signed_in: dict[str, Any] = {"type": "oauth2", "scopes": list(tool.scopes)}
    return [{"type": "noauth"}, signed_in] if tool.audience == "guest" else [signed_in]
