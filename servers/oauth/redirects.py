"""Redirect addresses: which a client may register and use, and how an answer is put into one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from pydantic import AnyUrl, ConfigDict, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
HOST_SCHEMES = frozenset({"cursor", "vscode", "vscode-insiders", "windsurf"})
"""Schemes of well-known MCP hosts, which have no dot in them.

Cursor: github.com/modelcontextprotocol/python-sdk/issues/897. VS Code and its kin: `vscode.env.uriScheme`.
"""

MOST_CHARACTERS = 2_000
_PRIVATE = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+")
"""A private-use scheme is a domain name in reverse (RFC 8252, section 7.1), so it has a dot."""

_ANSWERS = frozenset({"code", "state", "iss", "error", "error_description", "error_uri"})
_PLAIN = re.compile(r"[\x21-\x7E]+")
_URL = TypeAdapter(AnyUrl, config=ConfigDict(url_preserve_empty_path=True))


class BadRedirect(Exception):
    """A redirect address that cannot be registered; the text says why."""


def check(uri: str) -> AnyUrl:
    """The address, if a client may register it; it then reads exactly as it was given."""
    if len(uri) > MOST_CHARACTERS or not _PLAIN.fullmatch(uri):
        raise BadRedirect(f"A redirect URI has at most {MOST_CHARACTERS} characters, all of them plain ASCII")
    try:
        url, parts = _URL.validate_python(uri), urlsplit(uri)
    except (ValidationError, ValueError) as error:
        raise BadRedirect("A redirect URI is an absolute URI") from error
    if str(url) != uri:
        # Comparing strings is then comparing addresses, and no two parsers can disagree about them.
        raise BadRedirect(f"Register the redirect URI in its normal form: {url}")
    if "#" in uri or "@" in parts.netloc or "*" in unquote(uri) or "\\" in unquote(uri):
        raise BadRedirect("A redirect URI has no fragment, no user name, no wildcard and no backslash")
    if any(name in _ANSWERS for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise BadRedirect("A redirect URI has none of the parameters of our answers")
    _check_scheme(parts.scheme, parts.hostname)
    return url


def _check_scheme(scheme: str, host: str | None) -> None:
    if scheme == "https":
        if not host:
            raise BadRedirect("A redirect URI names a host")
    elif scheme == "http":
        if host not in LOOPBACK:
            raise BadRedirect("A redirect URI to another machine is https; plain http is for loopback only")
    elif scheme not in HOST_SCHEMES and not _PRIVATE.fullmatch(scheme):
        raise BadRedirect("A private scheme is a domain name in reverse, such as com.example.app:/callback")


def registered(uri: str, known: Iterable[str]) -> bool:
    """Whether an address is one of the registered ones: the same string, or another port of this machine."""
    known = list(known)
    if uri in known:
        return True
    portless = _portless(uri)
    return portless is not None and any(_portless(each) == portless for each in known)


def _portless(uri: str) -> str | None:
    """A loopback address without its port (RFC 8252, section 7.3); None for every other."""
    try:
        url = check(uri)
    except BadRedirect:
        return None
    if url.scheme != "http":
        return None
    rest = uri.removeprefix("http://")
    authority, slash, path = rest.partition("/")
    authority, question, query = authority.partition("?")
    host = authority[: authority.index("]") + 1] if authority.startswith("[") else authority.partition(":")[0]
    return f"{host}{question}{query}{slash}{path}"


def leads_elsewhere(uri: str) -> bool:
    """Whether nobody but its owner can receive what is sent there: true of https only (RFC 8252, 8.6)."""
    return uri.startswith("https://")


def answered(uri: str, answer: Mapping[str, str | None]) -> str:
    """The address with an answer in its query; what it held before stays as it is."""
    given = urlencode({name: value for name, value in answer.items() if value is not None})
    mark = "" if uri.endswith(("?", "&")) else "&" if "?" in uri else "?"
    return f"{uri}{mark}{given}"
