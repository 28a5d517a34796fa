"""What every request passes on its way in and out, outermost first: raw ASGI, and nothing is held back."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, ip_network
from typing import Any

from starlette.types import ASGIApp

from servers.middleware.bodies import BodyLimit, Files
from servers.middleware.cors import Cors
from servers.middleware.failures import Failures
from servers.middleware.headers import CacheControl, SecurityHeaders
from servers.middleware.limits import RateLimit, TurnedAway
from servers.middleware.requests import RequestIds, RequestLog
from servers.middleware.slashes import NoTrailingSlash
from tools.ports import UNLIMITED, Limiter


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """How the door of one installation is set."""

    limiter: Limiter = UNLIMITED
    max_body_bytes: int = 1 << 20
    files: tuple[Files, ...] = ()
    """Where files are taken, and how large they may be."""

    secure: bool = False
    """Whether people reach us over https."""

    origins: Sequence[str] | None = None
    """Web origins whose pages may call with cookies; None lets every page call without them."""

    proxies: Sequence[str] = ()
    """Networks whose word on the client's address is believed."""

    shared: Sequence[str] = ()
    """Networks in which one address speaks for many people."""


def wrapped(app: ASGIApp, door: FrontDoor) -> ASGIApp:
    """`app` behind all of them."""
    app = TurnedAway(Failures(BodyLimit(app, door.max_body_bytes, door.files)))
    app = NoTrailingSlash(RequestIds(RequestLog(app)))
    app = SecurityHeaders(CacheControl(app), secure=door.secure)
    app = Cors(RateLimit(app, door.limiter, shared=door.shared, proxied=bool(door.proxies)), door.origins)
    return _behind_proxies(app, door.proxies) if door.proxies else app


def _behind_proxies(app: ASGIApp, proxies: Sequence[str]) -> ASGIApp:
    proxy_headers: Any = importlib.import_module("uvicorn.middleware.proxy_headers")
    networks = [each for given in proxies for each in _written(given)]
    believing: ASGIApp = proxy_headers.ProxyHeadersMiddleware(app, trusted_hosts=networks)
    return believing


def _written(network: str) -> list[str]:
    """A network as its addresses appear on a socket of IPv4 and on one of both versions."""
    given = ip_network(network)
    if not isinstance(given, IPv4Network):
        return [str(given)]
    return [str(given), f"::ffff:{given.network_address}/{96 + given.prefixlen}"]
