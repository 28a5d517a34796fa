"""The host behind an MCP request: what can be told to it, and how it is asked for more."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import mcp_types as mcp
from fastmcp.server.dependencies import get_context
from mcp.shared.exceptions import MCPError, NoBackChannelError
from mcp_types.jsonrpc import MISSING_REQUIRED_CLIENT_CAPABILITY
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from tools.host import (
    CannotAsk,
    Capability,
    Declined,
    Dismissed,
    NeedsInput,
    Question,
    Request,
    Roots,
    Sampling,
)

ROUNDS = 8
Wire = mcp.ElicitRequest | mcp.CreateMessageRequest | mcp.ListRootsRequest
Reply = mcp.ElicitResult | mcp.CreateMessageResult | mcp.CreateMessageResultWithTools | mcp.ListRootsResult
Answer = TypeVar("Answer")


class McpHost:
    """The host of the request that is being served. Everything is looked up only when a tool asks for it."""

    def __init__(self, replies: Mapping[str, Reply] | None = None, state: str | None = None) -> None:
        self._replies = replies
        self._state = state

    @property
    def answers(self) -> Mapping[str, Any]:
        replies = get_context().input_responses if self._replies is None else self._replies
        return {name: answer(reply) for name, reply in (replies or {}).items()}

    @property
    def state(self) -> str | None:
        return get_context().request_state if self._replies is None else self._state

    @property
    def capabilities(self) -> frozenset[Capability]:
        session = get_context().session
        declared = session.client_capabilities
        if declared is None or not (is_modern() or session.can_send_request):
            return frozenset()
        able: dict[Capability, object] = {
            "elicitation": _forms(declared.elicitation),
            "sampling": declared.sampling,
            "roots": declared.roots,
        }
        return frozenset(name for name, declaration in able.items() if declaration is not None)

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        await get_context().session.report_progress(done, total, said)

    async def log(self, said: str) -> None:
        await get_context().info(said)


def _forms(declared: mcp.ElicitationCapability | None) -> mcp.ElicitationCapability | None:
    """What a host declared, if it shows forms. One that names no kind does; some only open links."""
    if declared is None or (declared.form is None and declared.url is not None):
        return None
    return declared


def is_modern() -> bool:
    """Whether the current request speaks 2026-07-28 or later, where a server cannot send requests."""
    context = get_context().request_context
    return context is not None and context.protocol_version in MODERN_PROTOCOL_VERSIONS


async def conversing(
    attempt: Callable[[McpHost], Awaitable[Answer]],
) -> Answer | mcp.InputRequiredResult:
    """The answer of `attempt`, or what the host must supply first.

    Where the protocol lets a server ask while a call waits, it is asked, and `attempt` is made again.
    """
    host = McpHost()
    for _ in range(ROUNDS):
        try:
            return await attempt(host)
        except NeedsInput as needs:
            missing = _wanted(needs) - host.capabilities
            if is_modern():
                return _input_required(needs, missing)
            if missing:
                raise CannotAsk from needs
            host = McpHost(await _asked(needs.requests), needs.state)
    raise CannotAsk("This asked too many questions in a row and was stopped.")


def answer(reply: Reply) -> Any:
    """What a tool gets to see of a host's reply. Refuses when the person declined, or did not answer."""
    match reply:
        case mcp.ElicitResult(action="accept"):
            return reply.content or {}
        case mcp.ElicitResult():
            raise Declined if reply.action == "decline" else Dismissed
        case mcp.ListRootsResult():
            return [str(root.uri) for root in reply.roots]
        case mcp.CreateMessageResult():
            return _text(reply.content)
        case mcp.CreateMessageResultWithTools():
            return " ".join(_text(part) for part in reply.content_as_list)


def _text(part: object) -> str:
    return part.text if isinstance(part, mcp.TextContent) else ""


def _wire(request: Request) -> Wire:
    match request:
        case Question():
            return mcp.ElicitRequest(
                params=mcp.ElicitRequestFormParams(message=request.message, requested_schema=request.schema)
            )
        case Sampling():
            said = mcp.SamplingMessage(role="user", content=mcp.TextContent(type="text", text=request.prompt))
            return mcp.CreateMessageRequest(
                params=mcp.CreateMessageRequestParams(messages=[said], max_tokens=request.max_tokens)
            )
        case Roots():
            return mcp.ListRootsRequest()


def _wanted(needs: NeedsInput) -> set[Capability]:
    wanted: set[Capability] = set()
    for request in needs.requests.values():
        wanted.add(_capability(request))
    return wanted


def _capability(request: Request) -> Capability:
    match request:
        case Question():
            return "elicitation"
        case Sampling():
            return "sampling"
        case Roots():
            return "roots"


def _input_required(needs: NeedsInput, missing: set[Capability]) -> mcp.InputRequiredResult:
    if missing:
        raise MCPError(
            code=MISSING_REQUIRED_CLIENT_CAPABILITY,
            message="Missing required client capability",
            data={"requiredCapabilities": {name: {} for name in sorted(missing)}},
        )
    return mcp.InputRequiredResult(
        input_requests={name: _wire(request) for name, request in needs.requests.items()},
        request_state=needs.state,
    )


async def _asked(requests: Mapping[str, Request]) -> dict[str, Reply]:
    """The replies of a host of the handshake era, asked one after the other."""
    try:
        return {name: await _ask(request) for name, request in requests.items()}
    except NoBackChannelError as error:
        raise CannotAsk from error


async def _ask(request: Request) -> Reply:
    session, wire = get_context().session, _wire(request)
    match wire:
        case mcp.ElicitRequest():
            return await session.send_request(wire, mcp.ElicitResult)
        case mcp.CreateMessageRequest():
            return await session.send_request(wire, mcp.CreateMessageResult)
        case mcp.ListRootsRequest():
            return await session.send_request(wire, mcp.ListRootsResult)
