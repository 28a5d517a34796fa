"""Bounds on request bodies, in bytes and in nesting, held while they arrive."""

import re
from collections.abc import Callable
from itertools import accumulate

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facade import problems
from servers.middleware.refusing import refuse
from tools.refusals import Refused

MOST_LEVELS = 64
"""How deep JSON may be nested: many times what any tool takes, and far from any parser's end."""

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE = bytes.maketrans(b"{}", b"[]")
_LEVEL = {ord("["): 1, ord("]"): -1}
_NO_JSON = (b"multipart/", b"application/x-www-form-urlencoded", b"application/octet-stream")


class BadContentLength(problems.BadRequest):
    """The Content-Length header must be a number."""


class TooDeep(problems.BadRequest):
    """The JSON is nested too deeply. Send it with at most 64 levels."""


class _Stopped(Exception):
    """The body broke a bound."""


class BodyLimit:
    """Refuses a body of more than `most` bytes: at once when it says so, else when they have arrived.

    What may be JSON is refused when it is whole and nested deeper than `MOST_LEVELS`. Nothing is held back.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        declared = _header(scope, b"content-length")
        if declared is not None and not declared.isdigit():
            await refuse(BadContentLength(), scope, send)
        elif declared is not None and int(declared) > self._most:
            await refuse(self._too_large(), scope, send)
        else:
            await self._bounded(scope, receive, send)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        broken = self._watch(may_be_json=not (_header(scope, b"content-type") or b"").startswith(_NO_JSON))
        refusal: Refused | None = None
        started = False

        async def watched() -> Message:
            nonlocal refusal
            message = await receive()
            refusal = refusal or broken(message)
            if refusal is not None:
                raise _Stopped
            return message

        async def answer(message: Message) -> None:
            nonlocal started
            # An application that swallowed the exception still answers with the bound, not with its guess.
            if refusal is not None and not started:
                raise _Stopped
            started = True
            await send(message)

        try:
            await self._app(scope, watched, answer)
        except _Stopped:
            await refuse(refusal or self._too_large(), scope, send)

    def _watch(self, *, may_be_json: bool) -> Callable[[Message], Refused | None]:
        """What to ask of every message of one body: the refusal once a bound is broken."""
        seen = 0
        chunks: list[bytes] = []

        def broken(message: Message) -> Refused | None:
            nonlocal seen
            chunk: bytes = message.get("body", b"")
            seen += len(chunk)
            if seen > self._most:
                return self._too_large()
            if may_be_json and chunk:
                chunks.append(chunk)
            if chunks and not message.get("more_body", False) and too_deep(b"".join(chunks)):
                return TooDeep()
            return None

        return broken

    def _too_large(self) -> Refused:
        return problems.TooLarge(f"The body is larger than {self._most:,} bytes. Send less at once.")


def too_deep(body: bytes) -> bool:
    """Whether JSON is nested deeper than `MOST_LEVELS`. What is no JSON may be called either."""
    if body.count(b"[") + body.count(b"{") <= MOST_LEVELS:
        return False
    brackets = left = _STRING.sub(b"", body).translate(_ALIKE, _NO_BRACKETS)
    for _ in range(MOST_LEVELS):
        # Taking away the innermost level costs a fraction of looking at every bracket.
        left = left.replace(b"[]", b"")
        if not left:
            return False
    return max(accumulate(map(_LEVEL.__getitem__, brackets)), default=0) > MOST_LEVELS


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)
