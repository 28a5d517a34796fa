"""The words cut into tokens, spelt in one way, and a board on which rules claim what they have read."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tools.discovery.understood import Span
from tools.discovery.words.numbers import merged
from tools.discovery.words.spellings import fold, spelt
from tools.discovery.words.token import NUMBER_UNITS, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

BREAK: Final = ";"
_CLAIMED: Final = "\0"
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    "|(?P<word>[\u0900-\u0963\u0970-\u097f\u200c\u200d]+|[^\\W\\d_]+(?:['’][^\\W\\d_]+)*)"
    r"|(?P<sign>[^\s\w]|_)"
)
_AS_WORDS: Final = {
    "₹": "rs",
    "&": "and",
    "~": "around",
    "<": "under",
    ">": "above",
    "+": "+",
    "/": "/",
    "%": "%",
}
_HYPHENS: Final = frozenset("-–—‑")
_ABBREVIATED: Final = frozenset(
    {"sq", "ft", "gaj", "rs", "sector", "phase", "no", "mt", "rd", "road", "sqft", "st", "dr", "extension"}
)
_SCALES: Final = {"l": "lakh", "ke": "thousand"}
_AFTER_KE: Final = frozenset(
    {"paas", "nazdeek", "kareeb", "aaspaas", "aas", "andar", "liye", "saath", "niche", "samne", "beech"}
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def tokens_of(words: str) -> list[Token]:
    """The words as tokens in one spelling, numbers in digits, hyphens only where they mean a range."""
    raw = [_token(found) for found in _TOKEN.finditer(words)]
    return merged(_tidied([token for token in raw if token.word]))


def normalised(name: str) -> str:
    """A name in the one spelling in which names are compared: "DLF Ph-II" is "dlf phase 2"."""
    return " ".join(token.word for token in tokens_of(name) if token.word != BREAK)


def _token(found: re.Match[str]) -> Token:
    text = found.group()
    if found.lastgroup == "number":
        digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text if sign != ",")
        return Token(digits, found.start(), found.end())
    if found.lastgroup == "word":
        return Token(spelt(text), found.start(), found.end())
    sign = "-" if text in _HYPHENS else _AS_WORDS.get(text, BREAK)
    return Token(sign, found.start(), found.end())


def _tidied(raw: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for at, token in enumerate(raw):
        before = kept[-1] if kept else None
        after = raw[at + 1] if at + 1 < len(raw) else None
        if token.word == "-" and not _is_range(before, after):
            continue
        if token.word == BREAK and before is not None and _abbreviates(before, token, after):
            continue
        kept.append(token.spelt(_in_context(token, before, after)))
    return kept


def _is_range(before: Token | None, after: Token | None) -> bool:
    if before is None or after is None or not after.is_number:
        return False
    return before.is_number or before.word in NUMBER_UNITS or before.word in _SCALES


def _abbreviates(before: Token, sign: Token, after: Token | None) -> bool:
    glued = before.end == sign.start
    inside = glued and after is not None and sign.end == after.start and before.is_word and after.is_word
    return inside or (glued and before.word in _ABBREVIATED)


def _in_context(token: Token, before: Token | None, after: Token | None) -> str:
    if before is None:
        return token.word
    if before.is_number and _is_scale(token, before, after):
        return _SCALES[token.word]
    if before.word == "phase" and token.word in _ROMAN:
        return _ROMAN[token.word]
    if before.is_number and token.word == "b" and after is not None and after.word == "h":
        return "bhk"
    return token.word


def _is_scale(token: Token, before: Token, after: Token | None) -> bool:
    """Whether "k" or "l" after a number counts thousands or lakhs; "sector 57 k paas" is "ke paas"."""
    if token.word not in _SCALES or token.end - token.start > 1:
        return False
    return before.end == token.start or after is None or after.word not in _AFTER_KE


@dataclass(slots=True)
class Board:
    """The text under the rules: `text` is the tokens in one spelling; the claimed ones are blanked out."""

    words: str
    tokens: list[Token]
    text: str = ""
    starts: list[int] = field(default_factory=list[int])
    taken: list[bool] = field(default_factory=list[bool])
    spans: list[Span] = field(default_factory=list[Span])
    notes: list[str] = field(default_factory=list[str])

    @classmethod
    def of(cls, words: str) -> Board:
        """A fresh board over these words."""
        board = cls(words, tokens_of(words))
        board.lay(board.tokens)
        return board

    def lay(self, tokens: list[Token]) -> None:
        """Put these tokens on the board, nothing claimed yet."""
        self.tokens, self.taken, self.starts = tokens, [False] * len(tokens), []
        at = 0
        for token in tokens:
            self.starts.append(at)
            at += len(token.word) + 1
        self.text = " ".join(token.word for token in tokens)

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match in what is not claimed yet, also when the caller claims on the way."""
        at = 0
        while found := pattern.search(self.text, at):
            yield found
            at = max(found.end(), at + 1)

    def claim(self, field_name: str, start: int, end: int) -> None:
        """Take this part of `text` out of the reading of later rules; it was read as `field_name`."""
        first, last = self.index(start), self.index(max(start, end - 1))
        self.claim_tokens(field_name, first, last + 1)

    def claim_tokens(self, field_name: str, first: int, last: int) -> None:
        """Claim the tokens `first` up to but not including `last`."""
        while first < last and self.tokens[last - 1].word == BREAK:
            last -= 1
        if first >= last:
            return
        start, end = self.starts[first], self.starts[last - 1] + len(self.tokens[last - 1].word)
        self.text = self.text[:start] + _CLAIMED * (end - start) + self.text[end:]
        self.taken[first:last] = [True] * (last - first)
        self.spans.append(Span(field_name, self.tokens[first].start, self.tokens[last - 1].end))

    def index(self, at: int) -> int:
        """Which token stands at this offset of `text`."""
        return bisect_right(self.starts, at) - 1

    def note(self, sentence: str) -> None:
        """Tell the person something about how the words were read, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def said(self, first: int, last: int) -> str:
        """The words as they were written, from one token up to another."""
        return self.words[self.tokens[first].start : self.tokens[last - 1].end]


__all__ = ["BREAK", "Board", "fold", "normalised", "tokens_of"]
