"""Answers and refusals of tools, in MCP's words."""

from base64 import b64encode
from contextvars import ContextVar
from typing import Any

import mcp_types as mcp
from fastmcp.exceptions import FastMCPError
from fastmcp.tools.base import ToolResult
from mcp.shared.exceptions import MCPError
from mcp_types.jsonrpc import INTERNAL_ERROR, INVALID_PARAMS

from facade.problems import ServerError
from tools.blocks import Audio, Block, Document, Image, Text
from tools.consent import Preview
from tools.contract import Model
from tools.refusals import InsufficientScope, Refused, SignInRequired
from tools.trust.waiting import Action

ADVICE: ContextVar[str] = ContextVar("advice", default="")
"""How to sign in where no gate can challenge: set once per process by stdio."""

NONCE = "360ghar.com/nonce"
"""Where the nonce of a preview is, in the `_meta` of the answer."""

TOOL = "360ghar.com/tool"
"""Where the name of the tool is, for a widget that shows the answers of several: not every host tells it."""

HINDI = "360ghar.com/hindi"
"""Where a preview's sentences are in Hindi, likewise."""

Content = mcp.TextContent | mcp.ImageContent | mcp.AudioContent | mcp.EmbeddedResource


def content(block: Block) -> Content:
    """One block of an answer or of a prompt."""
    match block:
        case Text():
            return mcp.TextContent(type="text", text=block.text)
        case Image():
            return mcp.ImageContent(type="image", data=_base64(block.data), mime_type=block.mime)
        case Audio():
            return mcp.AudioContent(type="audio", data=_base64(block.data), mime_type=block.mime)
        case Document():
            return mcp.EmbeddedResource(type="resource", resource=_resource(block))


class Result(ToolResult):
    """A finished result that is sent as it is: FastMCP's own class would serialise it a second time."""

    def __init__(self, wire: mcp.CallToolResult) -> None:
        super(ToolResult, self).__init__(
            content=wire.content,
            structured_content=wire.structured_content,
            meta=wire.meta,
            is_error=bool(wire.is_error),
        )
        self._raw_mcp_result = wire


def answered(answer: Model, shown_as: str | None = None) -> Result:
    """The model as structured content, and beside it what a person reads or looks at.

    `shown_as` is the name of the tool, where a widget shows its answers.
    """
    return Result(
        mcp.CallToolResult.model_construct(
            content=[content(block) for block in answer.blocks()],
            structured_content=answer.model_dump(mode="json"),
            is_error=False,
            meta=_beside(answer, shown_as),
        )
    )


def _beside(answer: Model, shown_as: str | None) -> dict[str, Any] | None:
    """What is for widgets: hosts show `_meta` to them, and not to their models."""
    told: dict[str, Any] = {TOOL: shown_as}
    shown = answer.preview if isinstance(answer, Action) else answer
    if isinstance(shown, Preview):
        told |= {NONCE: shown.nonce, HINDI: shown.hindi}
    return {name: value for name, value in told.items() if value is not None} or None


def refused(refusal: Refused) -> Result:
    """A failed result: the sentence to read, and the code and details in `_meta`.

    They are not structured content: clients check that against the tool's output schema, failed or not.
    """
    said = mcp.TextContent(type="text", text=_sentence(refusal))
    return Result(mcp.CallToolResult(content=[said], is_error=True, _meta=refusal.body()))


def failure(error: FastMCPError, **about: str) -> MCPError:
    """The protocol error for a resource or prompt that failed, by the refusal behind `error`."""
    refusal = error.__cause__ if isinstance(error.__cause__, Refused) else ServerError()
    code = INVALID_PARAMS if refusal.status < ServerError.status else INTERNAL_ERROR
    return MCPError(code=code, message=_sentence(refusal), data={**about, **refusal.body()})


def _sentence(refusal: Refused) -> str:
    mended = isinstance(refusal, SignInRequired | InsufficientScope)
    return f"{refusal.message} {ADVICE.get()}".strip() if mended else refusal.message


def _resource(document: Document) -> mcp.TextResourceContents | mcp.BlobResourceContents:
    if isinstance(document.content, str):
        return mcp.TextResourceContents(uri=document.uri, mime_type=document.mime, text=document.content)
    return mcp.BlobResourceContents(uri=document.uri, mime_type=document.mime, blob=_base64(document.content))


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
