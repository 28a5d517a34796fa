"""The chat endpoints: a question or a decision in, a stream of events out.

Nothing here holds a database connection while it streams: each tool call opens and closes its own.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Literal

from starlette.responses import StreamingResponse
from starlette.routing import Route

from agent import asked
from tools.clients import client_of
from tools.dispatch import Caller
from tools.identity import whoever
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from pydantic_ai.models import Model
    from starlette.requests import Request

    from agent.concierge import Concierge
    from agent.options import ModelOptions
    from tools.dispatch import Dispatcher
    from tools.identity import Identify

log = logging.getLogger(__name__)

Protocol = Literal["vercel", "ag-ui"]
GUEST, PERSON = 10, 60
"""Questions a minute: each may cost a language model's answer."""

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class UnsupportedMediaType(Refused):
    """The body must be JSON: send it with Content-Type: application/json."""

    status = 415


class Chat:
    """The conversation as a part of the server. Agent and schemas are built once, when first needed."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        identify: Identify,
        model: ModelOptions | Callable[[], Model],
        sign_in: str = "/sign-in",
    ) -> None:
        """`model` is the keys to choose by, or a function that makes the model itself; `sign_in` is the
        address that people are sent to who must sign in first."""
        self._dispatcher = dispatcher
        self._identify = identify
        self._model = model
        self._sign_in = sign_in
        self._concierge: Concierge | None = None
        self._making = asyncio.Lock()
        self._opened = AsyncExitStack()

    def routes(self) -> list[Route]:
        """`/api/v1/chat` speaks the Vercel AI protocol, `/api/v1/chat/ag-ui` AG-UI."""
        return [
            Route("/api/v1/chat", self._vercel, methods=["POST"], name="chat"),
            Route("/api/v1/chat/ag-ui", self._ag_ui, methods=["POST"], name="chat_ag_ui"),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """For the server's lifespan: makes the agent in the background, and closes the model's clients."""
        warming = asyncio.create_task(self._ready(), name="chat warms up")
        try:
            yield
        finally:
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)
            await self._opened.aclose()
            self._concierge = None

    async def _vercel(self, request: Request) -> StreamingResponse:
        return await self._answer(request, "vercel")

    async def _ag_ui(self, request: Request) -> StreamingResponse:
        return await self._answer(request, "ag-ui")

    async def _answer(self, request: Request, protocol: Protocol) -> StreamingResponse:
        viewer = await whoever(self._identify, request.scope, "any")
        caller = Caller("agent", viewer, client=client_of(request.scope))
        await self._dispatcher.limit("chat", PERSON if viewer.id else GUEST, caller)
        question = asked.read(await _body(request))
        concierge = await self._ready()
        turn = await concierge.begin(question, caller)
        if protocol == "vercel":
            streaming = concierge.vercel(turn, caller)
        else:
            streaming = concierge.ag_ui(turn, caller, question)
        return StreamingResponse(
            streaming.events, media_type=streaming.media_type, headers=_HEADERS | streaming.headers
        )

    async def _ready(self) -> Concierge:
        async with self._making:
            if self._concierge is None:
                made = await asyncio.to_thread(self._make)
                await self._opened.enter_async_context(made.model)
                self._concierge = made
        return self._concierge

    def _make(self) -> Concierge:
        # The agent's framework takes over a second to import, and a server must answer searches before that.
        from agent.concierge import Concierge  # noqa: PLC0415
        from agent.models import model  # noqa: PLC0415

        chosen = self._model() if callable(self._model) else model(self._model)
        return Concierge(self._dispatcher, chosen, self._sign_in)


async def _body(request: Request) -> bytes:
    """The whole body, refused as soon as it is too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > asked.MAX_BODY:
            raise asked.TooLarge
    return bytes(body)
