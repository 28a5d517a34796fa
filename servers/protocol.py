"""HTTP and WebSockets as uvicorn speaks them, with bounds on what is sent and how long it may take."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

MOST_HEAD: Final = 64 * 1024
"""Bytes of address and headers together. Proxies commonly stop at 8 to 32 KiB."""

PATIENCE: Final = 20.0
"""Seconds from a connection's or a request's first byte until its headers must be complete."""


class HeadTooLarge(ValueError):
    """The head of this request is larger than any that a client of ours would send."""


class BoundedProtocol(HttpToolsProtocol):
    """Answers 400 to a head that is too large, and closes a connection whose head does not come."""

    most_head = MOST_HEAD
    patience = PATIENCE

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._pending = False
        self._before = self._now = 0
        self._began = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn's own
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._now = len(data)
        super().data_received(data)
        if self._pending and self.parser is not None and not self.transport.is_closing():
            self._before += len(data)
            if self._before > self.most_head:
                self.send_400_response("The headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect()

    def on_headers_complete(self) -> None:
        self._pending = False
        if self._before + self._now > self.most_head and self._size() > self.most_head:
            raise HeadTooLarge
        super().on_headers_complete()

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _expect(self) -> None:
        self._pending = True
        self._before = 0
        self._began = self.loop.time()
        # One timer goes on from request to request: making one for each costs as much as parsing it.
        if self._timer is None:
            self._timer = self.loop.call_later(self.patience, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self._pending:
            return
        left = self._began + self.patience - self.loop.time()
        if left > 0:
            self._timer = self.loop.call_later(left, self._look)
        else:
            self.transport.close()


def sockets(**given: Any) -> asyncio.Protocol:
    """The protocol of one WebSocket. It is imported with the first: few processes are asked for any."""
    implementation: Any = importlib.import_module("uvicorn.protocols.websockets.websockets_sansio_impl")
    protocol: asyncio.Protocol = implementation.WebSocketsSansIOProtocol(**given)
    return protocol


SOCKETS: Final[dict[str, Any]] = {
    "ws": sockets,
    # Nothing that clients say is heeded.
    "ws_max_size": 4_096,
    # A compressor for each of thousands would cost more memory than it saves on messages of this size.
    "ws_per_message_deflate": False,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
}
"""How uvicorn serves WebSockets."""
