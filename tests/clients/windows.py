"""A site on another origin: it opens windows, frames pages and sends forms, as hosts and attackers do."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.homes import served


@asynccontextmanager
async def site_of(pages: Mapping[str, str]) -> AsyncGenerator[str]:
    """A site with these pages of HTML by name, on 127.0.0.1; the house is on localhost, another site."""

    async def page(request: Request) -> Response:
        found = pages.get(request.path_params["name"])
        return Response(status_code=404) if found is None else HTMLResponse(found)

    async with served(Starlette(routes=[Route("/{name}", page)])) as url:
        yield url
