"""HTTP as uvicorn speaks it, with bounds on how large a request's head may be and how long it may take."""

from __future__ import annotations

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
        self._head: int | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn's own
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head is not None and self.parser is not None and not self.transport.is_closing():
            self._head += len(data)
            if self._head > self.most_head:
                self.send_400_response("The headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect()

    def on_headers_complete(self) -> None:
        self._arrived()
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > self.most_head:
            raise HeadTooLarge
        super().on_headers_complete()

    def _expect(self) -> None:
        self._arrived()
        self._head = 0
        self._deadline = self.loop.call_later(self.patience, self.transport.close)

    def _arrived(self) -> None:
        self._head = None
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
