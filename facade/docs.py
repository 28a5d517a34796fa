"""The document at `/openapi.json`, and Swagger UI at `/docs` from files installed with the product."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from facade import answers, openapi, problems
from tools.catalog import Catalog

_ASSETS = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_START = """\
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    displayOperationId: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});
"""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>360 Ghar: the REST interface</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript. The document is at <a href="/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""


def routes(
    catalog: Catalog, version: str = openapi.VERSION, *, beside: Mapping[str, openapi.Document] | None = None
) -> list[BaseRoute]:
    """`/openapi.json`, `/docs` and its files. Nothing is loaded from elsewhere, and no script is inline."""
    document = openapi.text(catalog, version, beside=beside or {}).encode()
    return [
        Route("/openapi.json", _held(document, "application/json"), name="openapi"),
        Route("/docs", _page, name="docs"),
        Route("/docs/start.js", _held(_START.encode(), "text/javascript"), name="docs-start"),
        Route("/docs/{name}", _asset, name="docs-asset"),
    ]


def _held(body: bytes, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers with `body`, or with 304 to whoever holds it."""
    current = answers.tag(body)
    headers = {"ETag": current.decode(), "Cache-Control": "public, max-age=0, must-revalidate"}

    async def endpoint(request: Request) -> Response:
        if answers.matches(request.headers.get("if-none-match", "").encode("latin-1"), current):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=kind, headers=headers)

    return endpoint


async def _page(request: Request) -> Response:
    return Response(_PAGE, media_type="text/html", headers={"Content-Security-Policy": _POLICY})


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        return problems.response(problems.NoSuchPath())
    headers = {"Cache-Control": "public, max-age=86400"}
    return FileResponse(_assets() / name, media_type=_ASSETS[name], headers=headers)


@cache
def _assets() -> Path:
    """The folder of Swagger UI's files. The package is found, not imported, which would load more."""
    found = find_spec("swagger_ui")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static"
