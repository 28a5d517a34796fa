"""Every tool of the REST surface as a route, generated from the catalog."""

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from pydantic_core import to_json
from starlette.datastructures import URLPath
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from facade import answers, bodies, problems
from facade.challenges import LOCAL, Challenges
from facade.paths import PREFIX, Binding, binding, bindings
from facade.query import Query, forms, written
from tools.blocks import JSON
from tools.clients import client_of
from tools.consent import Preview
from tools.contract import GUEST
from tools.dispatch import Caller, Dispatcher
from tools.host import NeedsInput
from tools.identity import Identify, whoever
from tools.refusals import Invalid, Refused

__all__ = ["Api", "Operation", "Resource", "binding", "routes"]

STATUS: Final = "action_status"
"""The tool that tells how something stands that waits for a person."""

_KEY = re.compile(rb"[!-~]{1,255}")
_GUEST = Caller("rest", GUEST)


def routes(
    dispatcher: Dispatcher, identify: Identify, challenges: Challenges = LOCAL, prefix: str = PREFIX
) -> list[BaseRoute]:
    """The routes of every tool in the dispatcher's catalog. Raises `Unroutable` where two would clash."""
    found = bindings(dispatcher.catalog)
    waiting = next((prefix + each.path for each in found if each.tool.name == STATUS), None)
    by_path: dict[str, list[Operation]] = {}
    for bound in found:
        by_path.setdefault(bound.path, []).append(Operation(bound, dispatcher, identify, waiting))
    return [Api(prefix, [Resource(path, each, challenges) for path, each in by_path.items()])]


class Operation:
    """One tool at one address, with everything about it worked out beforehand."""

    def __init__(
        self, bound: Binding, dispatcher: Dispatcher, identify: Identify, waiting: str | None = None
    ) -> None:
        """`waiting` is where one reads how something stands that waits for a person, by its `ticket`."""
        self.binding = bound
        self.tool = bound.tool
        self._run = dispatcher.run
        self._identify = identify
        self._forms = forms(bound.tool.takes)
        self._query = Query(bound.tool.takes, bound.placeholders)
        for model in (bound.tool.takes, bound.tool.gives):
            # Built now, so that no request waits for it.
            model.model_rebuild()
        self._to_json = bound.tool.gives.__pydantic_serializer__.to_json
        self._carries = bound.tool.resource_mime != JSON
        self._paged = "next_cursor" in bound.tool.gives.model_fields
        self._waiting = waiting

    async def read(self, scope: Scope, send: Send) -> None:
        """Answer a GET or HEAD."""
        sent = dict(scope["headers"])
        caller = await self._caller(scope, sent)
        pairs = self._query.pairs(scope["query_string"])
        given = self._query.given(pairs)
        answer = await self._run(self.tool, given | self._placed(scope), caller)
        headers = answers.kept_by(self.tool, caller.viewer)
        body = answers.document(answer, headers) if self._carries else self._to_json(answer)
        headers.append((b"etag", current := answers.tag(body)))
        if self._paged and (link := answers.next_page(scope, pairs, answer)):
            headers.append(link)
        held = sent.get(b"if-none-match")
        if held is not None and answers.matches(held, current):
            return await answers.send_bare(send, 304, headers)
        return await answers.send(send, 200, headers, body, silent=scope["method"] == "HEAD")

    async def write(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a POST, PUT, PATCH or DELETE; where a person must confirm it first, 202 and a preview."""
        sent = dict(scope["headers"])
        caller = await self._caller(scope, sent, _key(sent))
        if self.binding.in_query:
            given: Any = self._query.given(self._query.pairs(scope["query_string"])) | self._placed(scope)
        else:
            given = to_json(await self._body(scope, receive, sent) | self._placed(scope))
        answer = await self._run(self.tool, given, caller)
        if isinstance(answer, Preview):
            return await self._proposed(scope, send, answer)
        return await answers.send(send, 200, list(answers.WRITTEN), self._to_json(answer))

    async def _proposed(self, scope: Scope, send: Send, preview: Preview) -> None:
        headers = list(answers.WRITTEN)
        if self._waiting is not None:
            at = scope.get("root_path", "") + self._waiting.format(ticket=preview.ticket)
            headers.append((b"location", quote(at).encode()))
        await answers.send(send, 202, headers, preview.__pydantic_serializer__.to_json(preview))

    async def _caller(self, scope: Scope, sent: dict[bytes, bytes], key: str | None = None) -> Caller:
        if b"authorization" not in sent and b"cookie" not in sent:
            return _GUEST if self.tool.per_minute is None else Caller("rest", client=client_of(scope))
        viewer = await whoever(self._identify, scope, "any")
        return Caller("rest", viewer, client=client_of(scope), key=key)

    def _placed(self, scope: Scope) -> dict[str, Any]:
        placed: dict[str, str] = scope["path_params"]
        return {name: written(self._forms.get(name), name, text) for name, text in placed.items()}

    async def _body(self, scope: Scope, receive: Receive, sent: dict[bytes, bytes]) -> dict[str, Any]:
        if scope["query_string"]:
            raise Invalid("This takes no query parameters; send its fields in the JSON body.")
        given = await bodies.read(receive, sent.get(b"content-type"), sent.get(b"content-length"))
        for name in self.binding.placeholders:
            if name in given:
                problem = "is already given in the path"
                raise Invalid(f"{name}: {problem}.", details=[{"field": name, "problem": problem}])
        return given


class Resource:
    """What is at one path: an operation for each method, and proper answers to all the others."""

    def __init__(self, path: str, operations: Sequence[Operation], challenges: Challenges) -> None:
        self.path = path
        self._challenges = challenges
        self._by_method = {each.binding.method: each for each in operations}
        allowed: set[str] = {*self._by_method, "OPTIONS"}
        if "GET" in allowed:
            allowed.add("HEAD")
        self._allow = (b"allow", ", ".join(sorted(allowed)).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._answer(scope, receive, send)
        except NeedsInput:
            await self._refuse(scope, send, problems.InputRequired())
        except Refused as refused:
            await self._refuse(scope, send, refused)
        except ClientDisconnect:
            return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        operation = self._asked(method)
        if operation is not None and operation.binding.method == "GET":
            return await operation.read(scope, send)
        if operation is not None:
            return await operation.write(scope, receive, send)
        if method == "OPTIONS":
            return await answers.send_bare(send, 204, [self._allow])
        refused = problems.MethodNotAllowed()
        headers = [*problems.headers(refused), self._allow]
        return await answers.send(send, refused.status, headers, problems.encoded(refused))

    def _asked(self, method: str) -> Operation | None:
        return self._by_method.get("GET" if method == "HEAD" else method)

    async def _refuse(self, scope: Scope, send: Send, refused: Refused) -> None:
        operation = self._asked(scope["method"])
        challenge = self._challenges.of(refused, operation and operation.tool)
        headers, body = problems.headers(refused, challenge), problems.encoded(refused)
        await answers.send(send, refused.status, headers, body, silent=scope["method"] == "HEAD")


class Api(BaseRoute):
    """All resources behind one lookup, which costs the same however many tools there are."""

    def __init__(self, prefix: str, resources: Sequence[Resource]) -> None:
        self._prefix = prefix
        self._fixed: dict[str, Resource] = {}
        self._open: dict[int, list[tuple[tuple[str, ...], Resource]]] = {}
        for resource in sorted(resources, key=lambda each: _openness(each.path)):
            if "{" in resource.path:
                parts = tuple(resource.path.split("/"))
                self._open.setdefault(len(parts), []).append((parts, resource))
            else:
                self._fixed[resource.path] = resource

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(self._prefix):
            return Match.NONE, {}
        found = self._find(path[len(self._prefix) :])
        if found is None:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": found[0], "path_params": found[1]}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["endpoint"](scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        raise NoMatchFound(name, path_params)

    def _find(self, path: str) -> tuple[Resource, dict[str, str]] | None:
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed, {}
        segments = path.split("/")
        for parts, resource in self._open.get(len(segments), ()):
            placed = _placed(parts, segments)
            if placed is not None:
                return resource, placed
        return None


def _key(sent: dict[bytes, bytes]) -> str | None:
    """The idempotency key that was sent. Refuses one that is not well-formed."""
    key = sent.get(b"idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise problems.BadIdempotencyKey
    return None if key is None else key.decode("ascii")


def _placed(parts: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    """The placeholders of `parts` filled from `segments`, or None where they differ."""
    placed: dict[str, str] = {}
    for part, segment in zip(parts, segments, strict=True):
        if part.startswith("{"):
            if not segment:
                return None
            placed[part[1:-1]] = segment
        elif part != segment:
            return None
    return placed


def _openness(path: str) -> list[bool]:
    """A sort key by which a fixed segment comes before a placeholder."""
    return [part.startswith("{") for part in path.split("/")]
