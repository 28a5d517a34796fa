"""The gate before an MCP server: who is asking, what for, and whether a sign-in has to come first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from mcp_types.jsonrpc import PARSE_ERROR
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facade.challenges import LOCAL, Challenges
from facade.problems import BadRequest, MalformedJson, TooLarge, UnsupportedMediaType
from servers.hosts import HOSTS, KnownHost, challenge
from servers.mcp import replies, toolsets
from servers.mcp.server import GharServer
from servers.mcp.viewer import CURRENT
from tools.contract import AnyTool, Viewer
from tools.dispatch import admit
from tools.identity import Identify, whoever
from tools.refusals import AuthProviderUnreachable, Forbidden, InsufficientScope, Refused, SignInRequired

LIMIT = 1024 * 1024
STAFF = frozenset({"staff", "admin"})


@dataclass(frozen=True, slots=True)
class GateOptions:
    """How the gate of one server is set."""

    path: str
    identify: Identify
    challenges: Challenges = LOCAL
    hosts: Sequence[KnownHost] = HOSTS


class NotOneMessage(BadRequest):
    """Send one JSON-RPC message per request, as a JSON object."""


class BadId(BadRequest):
    """The id of a JSON-RPC request is a string or a number."""


class Gate:
    """Identifies the viewer of every request, and answers with a challenge where its tool asks for more."""

    def __init__(self, app: ASGIApp, server: GharServer, options: GateOptions) -> None:
        self._app = app
        self._server = server
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = {**scope, "headers": [(name, value.strip(b" \t")) for name, value in scope["headers"]]}
        headers = Headers(scope=scope)
        try:
            viewer = await whoever(self._options.identify, scope, self._server.audience)
            if self._server.audience == "admin":
                _staff_only(viewer)
            listed = toolsets.listed(scope["query_string"], self._server.toolsets)
        except Refused as refusal:
            await replies.refusal(refusal, challenged=self._challenge(refusal))(scope, receive, send)
            return
        if scope["method"] == "POST":
            body = await self._body(headers, receive)
            answer = body if isinstance(body, Response) else self._judged(body, headers, viewer)
            if answer is not None:
                await answer(scope, receive, send)
                return
            receive = _replayed(cast("bytes", body), receive)
        token, narrowed = CURRENT.set(viewer), toolsets.LISTED.set(listed)
        try:
            await self._app(scope, receive, send)
        finally:
            CURRENT.reset(token)
            toolsets.LISTED.reset(narrowed)

    def _challenge(
        self, refusal: Refused, tool: AnyTool | None = None, *, explicit: bool = False
    ) -> str | None:
        return self._options.challenges.of(refusal, tool, server=self._options.path, explicit=explicit)

    async def _body(self, headers: Headers, receive: Receive) -> bytes | Response:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return replies.refusal(UnsupportedMediaType())
        declared = headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > LIMIT:
            return replies.refusal(TooLarge())
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return Response(status_code=400)
            body += message.get("body", b"")
            if len(body) > LIMIT:
                return replies.refusal(TooLarge())
            if not message.get("more_body", False):
                return bytes(body)

    def _judged(self, body: bytes, headers: Headers, viewer: Viewer) -> Response | None:
        """What to answer instead of passing the request on, or None."""
        try:
            message = from_json(body, allow_inf_nan=False)
        except ValueError:
            return replies.refusal(MalformedJson(), code=PARSE_ERROR)
        if not isinstance(message, dict):
            return replies.refusal(NotOneMessage())
        asked = cast("dict[str, Any]", message)
        if not isinstance(asked.get("id", 0), str | int):
            return replies.refusal(BadId())
        tool = self._wanted(asked)
        if tool is None:
            return None
        try:
            admit(tool, viewer)
        except (SignInRequired, InsufficientScope, AuthProviderUnreachable) as refusal:
            return self._refused(refusal, tool, asked, headers)
        except Forbidden:
            # Signing in again would not help: the tool itself says no, in the words of every surface.
            return None
        return None

    def _refused(
        self, refusal: Refused, tool: AnyTool, asked: Mapping[str, Any], headers: Headers
    ) -> Response:
        request_id, host = asked.get("id"), headers.get("user-agent", "")
        by_result = asked["method"] == "tools/call" and challenge(host, self._options.hosts) == "result"
        challenged = self._challenge(refusal, tool, explicit=by_result)
        if challenged is not None and by_result:
            modern = replies.is_modern(headers)
            return replies.failed_result(refusal, challenged, request_id=request_id, modern=modern)
        return replies.refusal(refusal, request_id=request_id, challenged=challenged)

    def _wanted(self, message: Mapping[str, Any]) -> AnyTool | None:
        """The tool behind a request, if it is for one of ours."""
        params: Any = message.get("params")
        if not isinstance(params, dict):
            return None
        match message.get("method"):
            case "tools/call":
                return self._server.tool_named(cast("dict[str, Any]", params).get("name"))
            case "resources/read" | "resources/subscribe":
                return self._server.tool_read(cast("dict[str, Any]", params).get("uri"))
            case _:
                return None


def _staff_only(viewer: Viewer) -> None:
    if viewer.unchecked:
        raise AuthProviderUnreachable
    if viewer.id is None:
        raise SignInRequired("Sign in as staff to use this server.")
    if viewer.role not in STAFF:
        raise Forbidden("This server is for staff.")


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was already read, then whatever follows it."""
    waiting = True

    async def replay() -> Message:
        nonlocal waiting
        if waiting:
            waiting = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return replay
