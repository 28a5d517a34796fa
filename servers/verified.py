"""What was found about tokens lately, so that a signature is not checked with every request."""

import hashlib
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_CHARACTERS = 8_192
"""The longest token that is looked at. Ours have some 500 characters, Supabase's some 1,500."""

SECONDS = 60.0
"""How long what was found is believed without another look at the signature."""


class Verified(Generic[T]):
    """Findings by token, at most `most` of them: those that were not asked for the longest go first."""

    def __init__(self, most: int = 5_000) -> None:
        self._most = most
        self._found: OrderedDict[bytes, tuple[float, T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._found)

    def get(self, token: str, now: float) -> T | None:
        """What is known about a token now (in seconds)."""
        digest = hashlib.sha256(token.encode()).digest()
        held = self._found.get(digest)
        if held is None:
            return None
        if now >= held[0]:
            del self._found[digest]
            return None
        self._found.move_to_end(digest)
        return held[1]

    def put(self, token: str, found: T, now: float, ends: float) -> None:
        """Keep what was found, for a minute or until the token ends."""
        self._found[hashlib.sha256(token.encode()).digest()] = (min(now + SECONDS, ends), found)
        if len(self._found) > self._most:
            self._found.popitem(last=False)

    def clear(self) -> None:
        """Know nothing."""
        self._found.clear()
