"""Who is asking, handed from the door of a connection to the tools behind it."""

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

from tools.clients import client_of
from tools.contract import GUEST, Viewer

CURRENT: ContextVar[Viewer] = ContextVar("viewer", default=GUEST)
"""Set per HTTP request by the gate, and once per process by stdio."""

CLIENT: ContextVar[str] = ContextVar("client", default="")
"""What a guest's calls are counted by; empty over stdio, where there is one caller only."""


class Addressed:
    """Notes the address of every request, for the tools behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            CLIENT.set(client_of(scope))
        await self._app(scope, receive, send)
