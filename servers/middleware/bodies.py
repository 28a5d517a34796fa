"""Bounds on request bodies, in bytes and in nesting, held while they arrive."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


Broken = Callable[[Message], Refused | None]


@dataclass(frozen=True, slots=True)
class Files:
    """Which addresses take files, and how large a body may be there."""

    paths: re.Pattern[str]
    most: int


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

    def __init__(self, app: ASGIApp, most: int, files: Sequence[Files] = ()) -> None:
        """`files` are the addresses that take files instead: their bodies have bounds of their own."""
        self._app = app
        self._most = most
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        files = next((each for each in self._files if each.paths.fullmatch(scope["path"])), None)
        most = self._most if files is None else files.most
        declared = _header(scope, b"content-length")
        if declared is not None and not declared.isdigit():
            await refuse(BadContentLength(), scope, send)
        elif declared is not None and int(declared) > most:
            await refuse(_too_large(most), scope, send)
        else:
            kind = _header(scope, b"content-type") or b""
            may_be_json = files is None and not kind.startswith(_NO_JSON)
            await self._bounded(scope, receive, send, _watch(most, may_be_json=may_be_json))

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, broken: Broken) -> None:
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
            await refuse(refusal or _too_large(self._most), scope, send)


def _watch(most: int, *, may_be_json: bool) -> Broken:
    """What to ask of every message of one body: the refusal once a bound is broken."""
    seen = 0
    chunks: list[bytes] = []

    def broken(message: Message) -> Refused | None:
        nonlocal seen
        chunk: bytes = message.get("body", b"")
        seen += len(chunk)
        if seen > most:
            return _too_large(most)
        if may_be_json and chunk:
            chunks.append(chunk)
        if chunks and not message.get("more_body", False) and too_deep(b"".join(chunks)):
            return TooDeep()
        return None

    return broken


def _too_large(most: int) -> Refused:
    return problems.TooLarge(f"The body is larger than {most:,} bytes. Send less at once.")


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
