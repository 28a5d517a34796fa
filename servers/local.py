"""Whether whoever asks sits at this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

LOOPBACK = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def is_local(request: Request) -> bool:
    """Whether this comes from this machine, under a name of this machine, with nobody between."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    address = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in FORWARDED)
    return host in LOOPBACK and address in LOOPBACK and not passed_on
