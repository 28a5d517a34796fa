"""The page at `/`: where a newcomer asks a question and sees properties."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".webmanifest": "application/manifest+json"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
    )
)
"""Everything comes from our own origin, and nothing written into the page can run."""


def routes() -> list[Route]:
    """The page, and the files that it needs."""
    return [
        Route("/", _page, methods=["GET"], name="page"),
        Route("/favicon.ico", _icon, methods=["GET"]),
        *(
            Route(f"/assets/{path.name}", _asset, methods=["GET"])
            for path in sorted(_STATIC.iterdir())
            if path.suffix != ".html"
        ),
    ]


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    tag: str


@cache
def _read(name: str) -> _File:
    path = _STATIC / name
    content = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _File(content, kind, f'"{blake2b(content, digest_size=12).hexdigest()}"')


async def _page(request: Request) -> Response:
    return _answer(request, _read("index.html"))


async def _icon(request: Request) -> Response:
    return _answer(request, _read("icon.svg"))


async def _asset(request: Request) -> Response:
    return _answer(request, _read(request.url.path.rpartition("/")[2]))


def _answer(request: Request, file: _File) -> Response:
    headers = {
        "ETag": file.tag,
        # A new release must not meet yesterday's scripts, so browsers ask each time and mostly get 304.
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY,
    }
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)
