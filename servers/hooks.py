"""What providers tell us: signed reports of messages that did not arrive, at `/api/v1/hooks/bounces`."""

from __future__ import annotations

import hmac
import re
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse
from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.jobs import operator
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from tools.dispatch import Dispatcher

PATH: Final = "/api/v1/hooks/bounces"
HEADER: Final = "ghar-signature"
TOOL: Final = "record_bounces"
TOLERANCE: Final = 300
"""Seconds by which the clock of whoever signs may differ; an older signature is a repeated one."""

_FORM: Final = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class BadSignature(Refused):
    """This report is not signed as it has to be."""

    status = 401


class Bounces:
    """Takes reports that are signed with the secret of the settings; without one there is no such address."""

    def __init__(
        self, dispatcher: Dispatcher, secret: str | None, *, now: Callable[[], float] = time.time
    ) -> None:
        self._dispatcher = dispatcher
        self._secret = None if secret is None else secret.encode()
        self._now = now

    def routes(self) -> list[Route]:
        """`POST /api/v1/hooks/bounces`."""
        return [Route(PATH, self._take, methods=["POST"], name="bounces")]

    async def _take(self, request: Request) -> Response:
        if self._secret is None:
            raise NoSuchPath
        body = await request.body()
        self._check(self._secret, request.headers.get(HEADER, ""), body)
        tool = self._dispatcher.catalog[TOOL]
        answer = await self._dispatcher.run(tool, body, operator(tool))
        return JSONResponse(answer.model_dump(), headers={"Cache-Control": "no-store"})

    def _check(self, secret: bytes, signature: str, body: bytes) -> None:
        given = _FORM.fullmatch(signature.replace(" ", ""))
        if given is None or abs(self._now() - int(given[1])) > TOLERANCE:
            raise BadSignature
        if not hmac.compare_digest(given[2], signed(secret, int(given[1]), body)):
            raise BadSignature


def signed(secret: bytes, at: int, body: bytes) -> str:
    """The signature of a body that was sent at this second: HMAC-SHA256 of `<at>.<body>`, in hex."""
    return hmac.digest(secret, b"%d.%b" % (at, body), sha256).hex()
