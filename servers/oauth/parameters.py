"""Parameters of OAuth requests: each at most once, bounded, and absent when empty (RFC 6749, section 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES = 32_768
MOST_FIELDS = 50
FORM = "application/x-www-form-urlencoded"


class BadParameters(Exception):
    """The parameters cannot be read; the text says why."""


class Parameters(dict[str, str]):
    """The parameters of one request, by name."""

    repeated: frozenset[str] = frozenset()
    """Names that came more than once; such a request is refused."""

    def check_once(self) -> None:
        """Refuse a request in which something came twice."""
        if self.repeated:
            raise BadParameters(f"Sent more than once: {', '.join(sorted(self.repeated))}")


def of_query(request: Request) -> Parameters:
    """The parameters of an address."""
    return _read(request.scope["query_string"])


async def of_form(request: Request) -> Parameters:
    """The parameters of a form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise BadParameters(f"Send the parameters as {FORM}")
    return _read(await request.body())


def _read(raw: bytes) -> Parameters:
    if len(raw) > MOST_BYTES:
        raise BadParameters(f"Send at most {MOST_BYTES:,} bytes")
    try:
        pairs = parse_qsl(raw.decode("ascii"), errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadParameters("The parameters are not well-formed") from error
    if any("\x00" in name or "\x00" in value for name, value in pairs):
        raise BadParameters("The parameters are not well-formed")
    found = Parameters(pairs)
    names = [name for name, _ in pairs]
    found.repeated = frozenset(name for name in found if names.count(name) > 1)
    return found
