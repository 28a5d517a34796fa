"""Fetching from outside: the one way to read an address that a stranger has named."""

from __future__ import annotations

import asyncio
import importlib
import ipaddress
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    import ssl

Resolve = Callable[[str, int], list[str]]
"""From a host name and a port to its addresses."""

MOST_ADDRESSES = 4
SECONDS = 5.0
_AT_ONCE = 4
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSITION = tuple(ipaddress.ip_network(each) for each in ("2001::/23", "2002::/16", "3ffe::/16"))
"""IPv6 that carries IPv4 inside (Teredo, 6to4), and what was never given out."""

_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
_RELAYS = ipaddress.ip_network("192.88.99.0/24")


class Unfetchable(Exception):
    """The address may not or cannot be fetched; the text says why, without what was found there."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer with status 200."""

    headers: Mapping[str, str]
    """By name in lower case."""

    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and holds no other address inside."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip not in _RELAYS
    if ip not in _GLOBAL_UNICAST or any(ip in network for network in _TRANSITION):
        return False
    return ip.packed[8:12] not in _ISATAP


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, by the machine's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Fetcher:
    """Fetches small documents over https from public addresses only.

    A name is resolved once, every address that it has is judged, and the connection goes to one of those: a
    second answer of the name server cannot lead elsewhere. Redirects, proxies of the environment, compressed
    answers, user names and non-ASCII addresses are refused.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        may_reach: Callable[[str], bool] = is_public,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`resolve`, `may_reach` and `trust` are for tests, whose servers are on their own machine."""
        self._resolve = resolve
        self._may_reach = may_reach
        self._trust = trust
        # Threads of its own: a slow name server must not hold up what else waits for a thread.
        self._resolving = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="resolves")
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def get(self, url: str, *, limit: int, accept: str, seconds: float = SECONDS) -> Fetched:
        """The document at `url`: at most `limit` bytes, all of them within `seconds`."""
        parts = _checked(url)
        try:
            async with asyncio.timeout(seconds), self._turns:
                return await self._from_any(parts, await self._addresses(parts), limit, accept)
        except TimeoutError as error:
            raise Unfetchable("It took too long to answer") from error

    def close(self) -> None:
        """Wait for nothing, and take no more."""
        self._resolving.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _http(self) -> Any:
        return importlib.import_module("httpx")

    @cached_property
    def _context(self) -> ssl.SSLContext:
        context: ssl.SSLContext = self._trust or self._http.create_ssl_context(trust_env=False)
        return context

    async def _addresses(self, parts: SplitResult) -> list[str]:
        loop = asyncio.get_running_loop()
        host, port = parts.hostname or "", parts.port or 443
        try:
            found = await loop.run_in_executor(self._resolving, self._resolve, host, port)
        except (OSError, UnicodeError) as error:
            raise Unfetchable("Its host name is not known") from error
        if not found or not all(self._may_reach(each) for each in found):
            raise Unfetchable("Its host is not on the public internet")
        return found[:MOST_ADDRESSES]

    async def _from_any(self, parts: SplitResult, addresses: list[str], limit: int, accept: str) -> Fetched:
        reason: Exception | None = None
        for address in addresses:
            try:
                return await self._from(parts, address, limit, accept)
            except self._http.TransportError as error:
                reason = error
        raise Unfetchable("It cannot be reached") from reason

    async def _from(self, parts: SplitResult, address: str, limit: int, accept: str) -> Fetched:
        literal = f"[{address}]" if ":" in address else address
        url = f"https://{literal}:{parts.port or 443}{parts.path or '/'}"
        headers = {"host": parts.netloc, "accept": accept, "accept-encoding": "identity"}
        headers["user-agent"] = "ghar"
        async with (
            self._http.AsyncClient(verify=self._context, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "GET",
                f"{url}?{parts.query}" if parts.query else url,
                headers=headers,
                # The certificate is checked against the name, though the connection goes to an address.
                extensions={"sni_hostname": parts.hostname},
            ) as answer,
        ):
            return await _read(answer, limit)


async def _read(answer: Any, limit: int) -> Fetched:
    if answer.status_code != 200:
        raise Unfetchable(f"It answered with status {answer.status_code}")
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise Unfetchable("It answered with compressed content")
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise Unfetchable(f"It is larger than {limit:,} bytes")
    return Fetched({name.lower(): value for name, value in answer.headers.items()}, bytes(body))


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be tried."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unfetchable("It is not an address") from error
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise Unfetchable("It is not an address in plain ASCII")
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or "#" in url or port == 0:
        raise Unfetchable("It is not an https address without user name and fragment")
    return parts
