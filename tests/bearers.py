"""The `Authorization` header of a request, for tests whose people are known by their tokens."""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from tools.contract import READ_SCOPE, WRITE_SCOPE

DOOR = frozenset({READ_SCOPE, WRITE_SCOPE})


def bearer(scope: Mapping[str, Any]) -> str | None:
    """What the request says of who is asking."""
    return next((value.decode() for name, value in scope["headers"] if name == b"authorization"), None)


def asked_for(answer: httpx.Response | str) -> dict[str, str]:
    """The parameters of a Bearer challenge, or of the one that a response carries."""
    challenge = answer if isinstance(answer, str) else answer.headers["www-authenticate"]
    assert re.fullmatch(r'Bearer \w+="[^"]*"(, \w+="[^"]*")*', challenge), challenge
    return dict(re.findall(r'(\w+)="([^"]*)"', challenge))
