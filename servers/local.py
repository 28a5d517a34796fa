"""Whether whoever asks sits at this machine, and asks from a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

LOOPBACK = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def is_local(request: Request) -> bool:
    """Whether this comes from this machine, under a name of this machine, with nobody between.

    A page of another site that is open in a browser here does not count: in development every origin may read
    answers, and what is told here opens accounts.
    """
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    address = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in FORWARDED)
    return host in LOOPBACK and address in LOOPBACK and not passed_on and not _from_elsewhere(request)


def _from_elsewhere(request: Request) -> bool:
    """Whether a page of another origin would read the answer. Following a link reads nothing."""
    headers = request.headers
    origin, own = headers.get("origin"), f"{request.url.scheme}://{headers.get('host', '')}"
    reads = headers.get("sec-fetch-mode", "navigate") != "navigate"
    elsewhere = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    return (origin is not None and origin != own) or (reads and elsewhere)
