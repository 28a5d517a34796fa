"""Answers: bytes, entity tags, what may be kept by whom, and where the next page is."""

import re
from hashlib import sha256
from urllib.parse import quote, urlencode

from starlette.types import Scope, Send

from facade.problems import JSON_TYPE, NEVER_STORED, Headers
from tools.blocks import Document
from tools.contract import AnyTool, Model, Viewer

_SAFE = re.compile(rb"[A-Za-z0-9&=+%._~*-]*")
"""A query string that can stand in a header as it came."""

_VARY = (b"vary", b"Authorization, Cookie")
_PUBLIC: Headers = [JSON_TYPE, (b"cache-control", b"public, max-age=0, must-revalidate"), _VARY]
_PRIVATE: Headers = [JSON_TYPE, (b"cache-control", b"private, max-age=0, must-revalidate"), _VARY]
WRITTEN: Headers = [JSON_TYPE, NEVER_STORED]


def tag(body: bytes) -> bytes:
    """A strong entity tag: equal exactly when the bytes are."""
    return b'"' + sha256(body).hexdigest()[:24].encode() + b'"'


def matches(if_none_match: bytes, current: bytes) -> bool:
    """Whether the client already holds this answer."""
    if if_none_match.strip() == b"*":
        return True
    return any(each.strip().removeprefix(b"W/") == current for each in if_none_match.split(b","))


def kept_by(tool: AnyTool, viewer: Viewer) -> Headers:
    """Who may keep a read: anybody what a guest was told, only the caller what a person was told."""
    return list(_PUBLIC if tool.audience == "guest" and viewer.id is None else _PRIVATE)


def document(answer: Model, headers: Headers) -> bytes:
    """The document that an answer carries, under its own type and name instead of JSON."""
    (carried,) = [block for block in answer.blocks() if isinstance(block, Document)]
    named = quote(carried.uri.rpartition("/")[2]).encode()
    headers[headers.index(JSON_TYPE)] = (b"content-type", f"{carried.mime}; charset=utf-8".encode())
    headers.append((b"content-disposition", b'inline; filename="%s"' % named))
    return carried.content.encode() if isinstance(carried.content, str) else carried.content


def next_page(scope: Scope, pairs: list[tuple[str, str]], answer: Model) -> tuple[bytes, bytes] | None:
    """The `Link` header to the page after this one, when there is one."""
    cursor: str | None = getattr(answer, "next_cursor", None)
    if cursor is None:
        return None
    asked: bytes = scope["query_string"]
    if b"cursor=" in asked or not _SAFE.fullmatch(asked):
        asked = urlencode([(name, value) for name, value in pairs if name != "cursor"]).encode()
    beside = asked + b"&" if asked else b""
    return b"link", b'<%s?%scursor=%s>; rel="next"' % (quote(scope["path"]).encode(), beside, cursor.encode())


async def send_bare(send: Send, status: int, headers: Headers) -> None:
    """Send an answer of headers alone, such as 204 or 304."""
    kept = [each for each in headers if each is not JSON_TYPE]
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": b""})


async def send(send: Send, status: int, headers: Headers, body: bytes, *, silent: bool = False) -> None:
    """Send one whole answer; a silent one has the headers of its body, and no body."""
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if silent else body})
