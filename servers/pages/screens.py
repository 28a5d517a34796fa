"""Widgets for pages of our own: each under its address, with nothing to reach beyond its pictures."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from widgets import DIST, Site, built

if TYPE_CHECKING:
    from starlette.requests import Request


def policy(site: Site) -> str:
    """What a host must allow a widget, and no more. The sandbox holds where somebody opens it alone, too."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'unsafe-inline'",
            "style-src 'unsafe-inline'",
            f"img-src data: {' '.join(site.domains)}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "sandbox allow-scripts",
        )
    )


def routes(site: Site) -> list[Route]:
    """`/widgets/{name}.html`, the list of them, and the script of the pages that show them."""
    headers = {"Content-Security-Policy": policy(site)}

    async def widget(request: Request) -> Response:
        found = built(site).get(request.path_params["name"])
        if found is None:
            raise NoSuchPath("There is no such widget.")
        return _answer(request, found.html.encode(), "text/html", f'"{found.digest}"', headers)

    return [
        Route("/widgets/{name}.html", widget, methods=["GET"], name="widget"),
        Route("/widgets/manifest.json", _manifest, methods=["GET"]),
        Route("/assets/widgets.js", _script, methods=["GET"]),
    ]


@cache
def _built(name: str) -> tuple[bytes, str]:
    content = (DIST / name).read_bytes()
    return content, f'"{blake2b(content, digest_size=12).hexdigest()}"'


async def _script(request: Request) -> Response:
    content, tag = _built("host.js")
    return _answer(request, content, "text/javascript", tag, {})


async def _manifest(request: Request) -> Response:
    content, tag = _built("manifest.json")
    return _answer(request, content, "application/json", tag, {})


def _answer(request: Request, content: bytes, kind: str, tag: str, headers: dict[str, str]) -> Response:
    headers = {"ETag": tag, "Cache-Control": "no-cache", **headers}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)
