"""Pictures of made-up properties, drawn when asked for."""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from tools.discovery import pictures

KEPT = 256
_HEADERS = {
    # The name says everything about a picture, so it never changes.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


def routes() -> list[Route]:
    """`/pictures/{name}.svg`."""
    return [Route("/pictures/{name}.svg", _picture, methods=["GET"], name="picture")]


@lru_cache(KEPT)
def _drawn(name: str) -> bytes | None:
    return pictures.picture(name)


async def _picture(request: Request) -> Response:
    drawn = _drawn(request.path_params["name"])
    if drawn is None:
        raise NoSuchPath("There is no such picture.")
    return Response(drawn, media_type="image/svg+xml", headers=_HEADERS)
