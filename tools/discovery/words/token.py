"""One token of a person's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tools.discovery.data import words_of

NUMBER_UNITS: Final = frozenset(words_of("number_units.txt"))
"""What makes the number before it a quantity, and not the end of a place's name."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in one spelling, a number in digits, or a sign, and where it stands in the original."""

    word: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.word[:1].isdecimal()

    @property
    def is_word(self) -> bool:
        return self.word[:1].isalpha()

    def spelt(self, word: str) -> Token:
        """The same token, spelt so."""
        return self if word == self.word else replace(self, word=word)
