"""Audiences: the two servers that tokens are for, by the addresses that clients name them with (RFC 8707)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servers.oauth.scopes import Server

PATHS: dict[Server, str] = {"user": "/mcp", "admin": "/mcp-admin"}
_TOOLSETS = re.compile(r"\?toolsets=[A-Za-z_,%0-9]*$")
"""With which a host narrows what it is listed: the server, and its tokens, are the same."""

_PORTS = {"https": ":443", "http": ":80"}


def named(audience: str) -> Server:
    """The server that is stored under this name."""
    return "admin" if audience == "admin" else "user"


class Audiences:
    """The servers of one installation."""

    def __init__(self, url: str) -> None:
        """`url` is the installation's public address."""
        self._of: dict[Server, str] = {server: f"{url}{path}" for server, path in PATHS.items()}
        self._servers: Mapping[str, Server] = {_normal(self._of[server]): server for server in PATHS}

    @property
    def listed(self) -> str:
        return " and ".join(self._of.values())

    def of(self, server: str) -> str:
        """The `aud` of tokens for a server, and its `resource`."""
        return self._of[named(server)]

    def server(self, resource: str | None) -> Server | None:
        """Which server a `resource` names; the user server without one, None for any other address."""
        return "user" if resource is None else self._servers.get(_normal(_TOOLSETS.sub("", resource)))


def _normal(uri: str) -> str:
    """The address as RFC 3986 (section 6.2) compares it: case and default port do not matter."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri
    authority = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))
    rest = uri.partition("://")[2][len(parts.netloc) :]
    return f"{parts.scheme}://{authority}{rest.removesuffix('/')}"
