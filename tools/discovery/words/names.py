"""What makes a proper name of a place, and how it is written as a slug."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tools.discovery.data import words_of
from tools.discovery.words.scan import BREAK, fold, normalised, tokens_of
from tools.discovery.words.spellings import known

_GENERIC: Final = frozenset(words_of("generic_names.txt"))
_PLAIN_SHORT: Final = 4
_LETTERED: Final = re.compile(r"(?<=\bsector )(\d+) ([a-z])(?= |$)")
_OF_PLACES: Final = frozenset({"sector", "phase", "road", "extension", "expressway", "gurugram", "sohna"})


def slug_of(name: str) -> str:
    """The name as it is stored and compared: `sector 57`, `sector 37d`, `dlf phase 2`, `emaar palm hills`."""
    tokens = [token for token in tokens_of(name) if token.word not in {BREAK, "-"}]
    text, end = "", -1
    for token in tokens:
        plain = (
            token.word if token.is_number or token.word in _OF_PLACES else fold(name[token.start : token.end])
        )
        glued = token.start == end and text.rsplit(" ", 1)[-1] not in _OF_PLACES
        text += plain if glued or not text else f" {plain}"
        end = token.end
    return _LETTERED.sub(r"\1\2", text)


@cache
def is_name(name: str) -> bool:
    """Whether a society's name is one, and not words of any listing, such as "luxury builder floor"."""
    words = normalised(name).split()
    if not 0 < len(words) <= 7:
        return False
    proper = [word for word in words if _is_proper(word)]
    if len(words) == 1:
        return bool(proper) and len(words[0]) > _PLAIN_SHORT
    return any(len(word) > 2 for word in proper) or len(proper) > 1


def _is_proper(word: str) -> bool:
    return word.isalpha() and word not in _GENERIC and word not in known()
