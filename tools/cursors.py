"""Cursors: where a page ended, as an opaque signed string that only this system can write."""

import base64
import hmac
import json
from hashlib import blake2b
from typing import Any, cast

from pydantic_core import to_json

from tools.refusals import Contradiction

_TAG = 9


class BadCursor(Contradiction):
    """This cursor was not given out by us for this question. Start again without a cursor."""


class Cursors:
    """Writes and reads cursors with one secret. A cursor belongs to the list that it was made for."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def write(self, purpose: str, position: dict[str, Any]) -> str:
        """A cursor for `position`, bound to `purpose` (the tool and its filters)."""
        body = to_json(position)
        return base64.urlsafe_b64encode(self._tag(purpose, body) + body).decode().rstrip("=")

    def read(self, purpose: str, cursor: str) -> dict[str, Any]:
        """The position a cursor stands for. Refuses one that was changed, or made for something else."""
        try:
            raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        except ValueError as error:
            raise BadCursor from error
        tag, body = raw[:_TAG], raw[_TAG:]
        if not hmac.compare_digest(tag, self._tag(purpose, body)):
            raise BadCursor
        return cast("dict[str, Any]", json.loads(body))

    def _tag(self, purpose: str, body: bytes) -> bytes:
        return blake2b(purpose.encode() + b"\0" + body, key=self._secret, digest_size=_TAG).digest()
