"""One spelling for each word: variants and Devanagari forms folded into the word the rules know."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from tools.discovery.data import lines_of

_NUKTA: Final = "\u093c"
_CHANDRABINDU: Final = "\u0901"
_ANUSVARA: Final = "\u0902"
_FOLDS: Final = str.maketrans(
    {_NUKTA: None, _CHANDRABINDU: _ANUSVARA, "\u200c": None, "\u200d": None, "’": "'", "‘": "'"}
)


def fold(word: str) -> str:
    """A word without the differences of writing that mean nothing: case, width, nukta, joiners."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_FOLDS)


def spelt(word: str) -> str:
    """The word as the rules know it; an unknown word comes back folded."""
    folded = fold(word)
    return _spellings().get(folded, folded)


@cache
def known() -> frozenset[str]:
    """Every word the table knows, in all its spellings."""
    return frozenset(_spellings()) | frozenset(_spellings().values())


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lines_of("spellings.txt"):
        word, _, variants = line.partition(":")
        table.update({fold(variant): word.replace("-", " ") for variant in variants.split()})
    return table
