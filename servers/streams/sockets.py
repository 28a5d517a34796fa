"""Events and jobs over WebSockets: what is told goes out as JSON, and nothing that comes in is heeded."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from facade.streams import SCOPES
from servers.streams.opening import asked_for
from storage import bus
from tools.callers import Caller, allow
from tools.contract import Viewer
from tools.refusals import Invalid, Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from servers.streams.hub import Stream, Why
    from servers.streams.opening import Opening
    from servers.streams.tickets import Tickets
    from tools.contract import Model
    from tools.dispatch import Dispatcher

PROTOCOL: Final = "ghar"
"""The subprotocol that is spoken. A page that sends a token offers it beside the token."""

BEARER: Final = "ghar.bearer."
"""What stands before an access token among the subprotocols that are offered."""

REFUSED: Final = 4_000
"""A refusal closes with this and its status: 4401, 4403, 4404, 4429."""

NOT_ALLOWED: Final = 1_008
RESTART: Final = 1_012
DONE: Final = 1_000

CLOSES: Final[dict[Why, int]] = {
    "signed_out": 4_401,
    "too_many": 4_429,
    "stopping": RESTART,
    "renew": RESTART,
}

MOST_SAID: Final = 60
"""Messages that a client may send in a minute, such as pings of its own. Whoever sends more is cut off."""

JOB_SECONDS: Final = 5.0
"""How often a job is looked at without a hint."""

JOB_PACE: Final = 0.2
"""Seconds between two looks at a job at least."""

NO_EVENTS: Final = 2**63 - 1
"""As the last event of a stream: it is told none."""

ENDED: Final = frozenset({"done", "failed", "cancelled"})


class Sockets:
    """The endpoints."""

    def __init__(self, dispatcher: Dispatcher, opening: Opening, tickets: Tickets) -> None:
        self._dispatcher = dispatcher
        self._opening = opening
        self._tickets = tickets

    async def notifications(self, socket: WebSocket) -> None:
        """`/ws/notifications`: how much is unread, and then every event."""
        await self._open(socket, self._notify)

    async def job(self, socket: WebSocket) -> None:
        """`/ws/jobs/{id}`: how far a job of the person is, until it ends."""
        await self._open(socket, self._follow)

    async def _open(self, socket: WebSocket, talk: Any) -> None:
        if not self._opening.ours(socket.headers):
            # Not accepted at all: 403.
            await socket.close(NOT_ALLOWED)
            return
        spoken = PROTOCOL if PROTOCOL in socket.scope["subprotocols"] else None
        try:
            await socket.accept(spoken)
            await _while_open(socket, talk(socket, await self._viewer(socket)))
        except Refused as refused:
            await _close(socket, REFUSED + refused.status, refused.code)
        except WebSocketDisconnect:
            return

    async def _viewer(self, socket: WebSocket) -> Viewer:
        """Whose socket it is: by a ticket, a token among the subprotocols, a header or a cookie."""
        ticket = socket.query_params.get("ticket")
        offered: list[str] = socket.scope["subprotocols"]
        token = next((each.removeprefix(BEARER) for each in offered if each.startswith(BEARER)), None)
        if ticket is not None:
            viewer = await self._tickets.redeemed(ticket)
        elif token is not None:
            header = (b"authorization", f"Bearer {token}".encode("latin-1"))
            viewer = await self._opening.whoever({**socket.scope, "headers": [header]})
        else:
            viewer = await self._opening.whoever(socket.scope)
        allow(viewer, SCOPES)
        return viewer

    async def _notify(self, socket: WebSocket, viewer: Viewer) -> None:
        assert viewer.id is not None
        last, reset = await self._opening.start(viewer.id, asked_for(socket))
        with self._opening.hub.opened(viewer.id, viewer.session, last) as stream:
            unread = await self._answer("count_unread", {}, viewer)
            await _say(socket, "unread", last, unread.model_dump())
            if reset:
                await _say(socket, "reset", last, {})
            while told := await stream.next():
                for each in told:
                    await socket.send_text(each.json)
            await _goodbye(socket, stream)

    async def _follow(self, socket: WebSocket, viewer: Viewer) -> None:
        assert viewer.id is not None
        asked = _number(socket.path_params["id"])
        hub = self._opening.hub
        with (
            hub.opened(viewer.id, viewer.session, NO_EVENTS) as stream,
            hub.topics.watched(bus.job(asked), stream.news),
        ):
            said = ""
            while stream.ended is None:
                stream.news.clear()
                now = await self._job(asked, viewer, said)
                if now != said:
                    said = now
                    await socket.send_text(said)
                if json.loads(said)["state"] in ENDED:
                    await _close(socket, DONE, "ended")
                    return
                await asyncio.sleep(JOB_PACE)
                with suppress(TimeoutError):
                    async with asyncio.timeout(JOB_SECONDS):
                        await stream.news.wait()
            await _goodbye(socket, stream)

    async def _job(self, asked: int, viewer: Viewer, said: str) -> str:
        """How a job stands, or what was said of it last while that cannot be looked up."""
        try:
            return (await self._answer("job_status", {"id": asked}, viewer)).model_dump_json()
        except Unavailable:
            if not said:
                raise
            return said

    async def _answer(self, name: str, given: dict[str, Any], viewer: Viewer) -> Model:
        tool = self._dispatcher.catalog[name]
        return await self._dispatcher.run(tool, given, Caller("rest", viewer))


async def _while_open(socket: WebSocket, talk: Coroutine[Any, Any, None]) -> None:
    """Talk until that ends, or the client has gone or said too much."""
    talking = asyncio.create_task(talk)
    listening = asyncio.create_task(_until_gone(socket))
    try:
        await asyncio.wait((talking, listening), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (talking, listening):
            task.cancel()
        ended = await asyncio.gather(talking, listening, return_exceptions=True)
    for each in ended:
        if isinstance(each, Exception):
            raise each


async def _until_gone(socket: WebSocket) -> None:
    said, since = 0, time.monotonic()
    while (await socket.receive())["type"] != "websocket.disconnect":
        said += 1
        if time.monotonic() - since > 60:
            said, since = 0, time.monotonic()
        elif said > MOST_SAID:
            await _close(socket, NOT_ALLOWED, "too_much_said")
            return


async def _say(socket: WebSocket, name: str, last: int, about: dict[str, Any]) -> None:
    await socket.send_text(json.dumps({"id": last, "name": name, "about": about}))


async def _goodbye(socket: WebSocket, stream: Stream) -> None:
    if stream.ended is not None:
        await _close(socket, CLOSES[stream.ended], stream.ended)


async def _close(socket: WebSocket, code: int, why: str) -> None:
    """Close, unless that was done."""
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code, why)


def _number(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 18:
        raise Invalid("A job's id is a whole number.")
    return int(asked)
