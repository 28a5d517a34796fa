"""Masking: what tells how somebody can be reached past us, hidden in what people write to each other."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tools.refusals import Refused

HIDDEN: Final = "•••"
LONGEST: Final = 1_000
"""Characters of a message."""

_WORDS: Final = (
    ("zero", "shunya", "oh", "शून्य", "ज़ीरो"),
    ("one", "ek", "एक", "वन"),
    ("two", "do", "दो", "टू"),
    ("three", "teen", "तीन", "थ्री"),
    ("four", "char", "chaar", "चार", "फोर"),
    ("five", "paanch", "panch", "पाँच", "पांच", "फाइव"),
    ("six", "chhe", "che", "छह", "छः", "सिक्स"),
    ("seven", "saat", "sat", "सात", "सेवन"),
    ("eight", "aath", "ath", "आठ", "एट"),
    ("nine", "nau", "नौ", "नाइन"),
)
_DIGITS: Final = {unicodedata.normalize("NFKC", word): str(n) for n, row in enumerate(_WORDS) for word in row}
_TIMES: Final = {"double": 2, "triple": 3, "डबल": 2, "ट्रिपल": 3}

_WORD: Final = "|".join(sorted((*_DIGITS, *_TIMES), key=len, reverse=True))
_UNIT: Final = rf"(?:\d|(?<![^\W\d_])(?:{_WORD})(?![^\W\d_]))"
_BETWEEN: Final = r"[\s().,*_/|~:•·\-\u2010-\u2015]{0,3}"
_RUN: Final = re.compile(rf"\+?{_UNIT}(?:{_BETWEEN}{_UNIT}){{6,}}", re.IGNORECASE)
_SAID: Final = re.compile(rf"\d|{_WORD}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:00|0)?(?:91)?[6-9]\d{9}|(?:0091|91|0)[1-8]\d{9}")
"""A mobile number, or a landline with its code, as they are dialled in India."""

_MOST_DIGITS: Final = 14
_PLAIN: Final = re.compile(
    r"(?<!\d)\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?(?!\d)"  # an amount, 1,20,00,000
    r"|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d)?(?!\d)"  # a day
    r"|(?<!\d)[0-3]?\d[/.-][01]?\d[/.-](?:19|20)?\d\d(?!\d)"
)
_MOST_OF_AMOUNTS: Final = 9
"""Digits of an amount: below a hundred crore."""

_FEWEST_ABROAD: Final = 8
_DOMAIN: Final = r"(?:com|in|net|org|io|me|co|app|link|ly|xyz|info|biz|online|site|gg|page|dev)"
# Nothing repeats without a bound: what people write is read where everybody waits for it.
_S: Final = r"\s{0,4}"
_AT: Final = rf"(?:{_S}(?:@|[\[({{]{_S}at{_S}[\])}}]){_S}|\s{{1,4}}at\s{{1,4}})"
_DOT: Final = rf"(?:{_S}(?:\.|[\[({{]{_S}dot{_S}[\])}}]){_S}|\s{{1,4}}dot\s{{1,4}})"
_LABEL: Final = r"[\w-]{1,63}"
_ADDRESSES: Final = re.compile(
    rf"[\w.+-]{{1,64}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,6}}{_DOT}{_DOMAIN}\b"  # an e-mail address
    r"|[\w.+-]{2,64}@[a-z]{2,}\b"  # a payment address, name@bank
    r"|(?:[a-z][a-z0-9+.-]{0,20}://|www\.)\S+"  # a link
    rf"|\b{_LABEL}(?:\.{_LABEL}){{0,6}}\.{_DOMAIN}\b(?:/\S*)?"
    r"|(?<![\w@])@[\w.]{3,}",  # a name on another service
    re.IGNORECASE,
)
_MOST_OF_A_SIGN: Final = 4
"""Letters that one sign stands for. A few ligatures are whole sentences, and no way to reach anybody."""

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class ContactInText(Refused):
    """Leave phone numbers, e-mail addresses and links out of the texts: people reach you here."""


def shown_to_all(*texts: str | None) -> None:
    """Refuse texts for everybody that tell how somebody can be reached past us."""
    if masked("\n".join(filter(None, texts)))[1]:
        raise ContactInText


def masked(text: str) -> tuple[str, bool]:
    """The text with phone numbers, addresses and links hidden, and whether there were any.

    Numbers count however they are written: in words, in Devanagari, with dots between. Amounts, days and
    areas stay as they are.
    """
    plain = _UNSEEN.sub("", _plain(text))
    hidden = _ADDRESSES.sub(HIDDEN, plain)
    hidden = _RUN.sub(_hide, hidden)
    # What hides nothing is passed on exactly as it was written.
    return (text, False) if hidden == plain else (hidden, True)


def _plain(text: str) -> str:
    """The text in plain letters and digits, never many times as long."""
    signs = (" " if len(unicodedata.normalize("NFKC", each)) > _MOST_OF_A_SIGN else each for each in text)
    return unicodedata.normalize("NFKC", "".join(signs))


def _hide(run: re.Match[str]) -> str:
    """A run of digits, without what is or holds a number that can be dialled."""
    said = run.group()
    groups = _groups(said)
    if said.startswith("+") and sum(map(len, groups)) >= _FEWEST_ABROAD:
        return HIDDEN
    pieces = _pieces(said)
    kept = [HIDDEN if n % 2 == 0 and _dialled(_groups(piece)) else piece for n, piece in enumerate(pieces)]
    if kept != pieces:
        return "".join(kept)
    # An amount or a day may also be how somebody writes the beginning of a number.
    rest = any(_groups(piece) for piece in pieces[::2])
    return HIDDEN if rest and _dialled(groups) else said


def _pieces(said: str) -> list[str]:
    """A run of digits, parted by what is plainly an amount or a day: every other piece is one."""
    pieces: list[str] = []
    end = 0
    for found in _PLAIN.finditer(said):
        if sum(map(str.isdigit, found.group())) <= _MOST_OF_AMOUNTS or "-" in found.group():
            pieces += [said[end : found.start()], found.group()]
            end = found.end()
    return [*pieces, said[end:]]


def _dialled(groups: list[str]) -> bool:
    """Whether some of these digits are a number: whole groups of them, so that no two prices make one."""
    if any(_NUMBER.search(each) for each in groups):
        return True
    for first in range(len(groups)):
        joined = ""
        for each in groups[first:]:
            joined += each
            if _NUMBER.fullmatch(joined):
                return True
            if len(joined) > _MOST_DIGITS:
                break
    return False


def _groups(said: str) -> list[str]:
    """The digits that are said, as they stand together, with 98 double 7 read as 98 and 77."""
    groups: list[str] = []
    times, end = 1, -1
    for found in _SAID.finditer(said):
        word = found.group().lower()
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digits = (_DIGITS.get(word) or str(int(word))) * times
        if found.start() == end and word.isdecimal():
            groups[-1] += digits
        else:
            groups.append(digits)
        times, end = 1, found.end()
    return groups
