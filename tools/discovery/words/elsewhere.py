"""Places people ask for that lie outside the catalog's area, so that the answer can say so."""

from __future__ import annotations

from functools import cache

from tools.discovery.data import words_of
from tools.discovery.words.spellings import fold


@cache
def names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in words_of("elsewhere.txt"):
        words = tuple(fold(word) for word in entry.split("-"))
        table.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}
