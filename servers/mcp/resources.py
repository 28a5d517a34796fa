"""Catalog tools that are also resources: read by URI, through dispatch."""

import logging
from typing import Any

from fastmcp.exceptions import ResourceError
from fastmcp.resources import Resource, ResourceContent, ResourceResult, ResourceTemplate
from fastmcp.resources.base import InputRequiredResourceResult
from mcp_types import InputRequiredResult
from pydantic import PrivateAttr

from servers.mcp.host import McpHost, conversing
from servers.mcp.viewer import CLIENT, CURRENT
from tools.blocks import Document
from tools.contract import AnyTool, Model
from tools.dispatch import Caller, Dispatcher
from tools.refusals import Refused


class CatalogResource(Resource):
    """A read tool without arguments, under a URI of its own."""

    _tool: AnyTool = PrivateAttr()
    _dispatcher: Dispatcher = PrivateAttr()

    @classmethod
    def of(cls, tool: AnyTool, uri: str, dispatcher: Dispatcher) -> "CatalogResource":
        made = cls(
            uri=uri,  # pyright: ignore[reportArgumentType] -- pydantic makes a URL of it
            name=tool.name,
            title=tool.title,
            description=tool.summary,
            mime_type=tool.resource_mime,
        )
        made._tool, made._dispatcher = tool, dispatcher
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def _read(self) -> ResourceResult:
        return await read(self._tool, str(self.uri), {}, self._dispatcher)


class CatalogTemplate(ResourceTemplate):
    """A read tool whose arguments stand in the URI."""

    _tool: AnyTool = PrivateAttr()
    _dispatcher: Dispatcher = PrivateAttr()

    @classmethod
    def of(cls, tool: AnyTool, template: str, dispatcher: Dispatcher) -> "CatalogTemplate":
        made = cls(
            uri_template=template,
            name=tool.name,
            title=tool.title,
            description=tool.summary,
            mime_type=tool.resource_mime,
            parameters={},
        )
        made._tool, made._dispatcher = tool, dispatcher
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def _read(self, uri: str, params: dict[str, Any]) -> ResourceResult:
        return await read(self._tool, uri, params, self._dispatcher)


async def read(tool: AnyTool, uri: str, given: dict[str, Any], dispatcher: Dispatcher) -> ResourceResult:
    """The answer as JSON, or the documents that it carries under this URI."""

    async def attempt(host: McpHost) -> Model:
        return await dispatcher.run(tool, given, Caller("mcp", CURRENT.get(), host, client=CLIENT.get()))

    try:
        answer = await conversing(attempt)
    except Refused as refusal:
        raise ResourceError(refusal.message, log_level=logging.DEBUG) from refusal
    if isinstance(answer, InputRequiredResult):
        return InputRequiredResourceResult(answer)
    carried = [block for block in answer.blocks() if isinstance(block, Document) and block.uri == uri]
    if carried:
        return ResourceResult([ResourceContent(block.content, mime_type=block.mime) for block in carried])
    return ResourceResult([ResourceContent(answer.model_dump_json(), mime_type="application/json")])
