"""The `Authorization` header of a request, for tests whose people are known by their tokens."""

from collections.abc import Mapping
from typing import Any

from tools.contract import READ_SCOPE, WRITE_SCOPE

DOOR = frozenset({READ_SCOPE, WRITE_SCOPE})


def bearer(scope: Mapping[str, Any]) -> str | None:
    """What the request says of who is asking."""
    return next((value.decode() for name, value in scope["headers"] if name == b"authorization"), None)
