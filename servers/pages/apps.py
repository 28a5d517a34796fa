"""Which apps open our links: the two documents that Android and iOS read under `/.well-known/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from tools import links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

OPENED: Final = (f"{links.HOMES}/*", "/s/*", "/confirm/*")
"""The pages that an app shows instead of a browser."""

_HEADERS: Final = {"Cache-Control": "public, max-age=3600"}


class AppLinks:
    """Says so for the apps of the settings; without any there are no such documents."""

    def __init__(self, android: Sequence[str], apple: Sequence[str]) -> None:
        """`android`: `package:fingerprint` each; `apple`: `TEAMID.bundle` each."""
        self._android = [_android(each) for each in android]
        self._apple = _apple(apple)

    def routes(self) -> list[Route]:
        """Both documents."""
        return [
            Route("/.well-known/assetlinks.json", self._for_android, methods=["GET"]),
            Route("/.well-known/apple-app-site-association", self._for_apple, methods=["GET"]),
        ]

    async def _for_android(self, request: Request) -> Response:
        return _answer(self._android)

    async def _for_apple(self, request: Request) -> Response:
        return _answer(self._apple)


def _answer(told: Any) -> Response:
    if not told:
        raise NoSuchPath
    return JSONResponse(told, headers=_HEADERS)


def _android(app: str) -> dict[str, Any]:
    package, _, fingerprint = app.partition(":")
    return {
        "relation": ["delegate_permission/common.handle_all_urls"],
        "target": {
            "namespace": "android_app",
            "package_name": package,
            "sha256_cert_fingerprints": [fingerprint.upper()],
        },
    }


def _apple(apps: Sequence[str]) -> dict[str, Any] | None:
    if not apps:
        return None
    components = [{"/": path} for path in OPENED]
    return {"applinks": {"details": [{"appIDs": list(apps), "components": components}]}}
