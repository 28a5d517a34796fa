"""Wording: what people write for everybody, and somebody should read before everybody does."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tools.refusals import Refused

_INSULTS: Final = (
    r"fuck\w*", r"shit\w*", r"bitch\w*", r"bastard\w*", r"asshole\w*", r"whore\w*", r"slut\w*", r"porn\w*",
    r"sex", r"escort\w*", r"madarchod", r"behenchod", r"bhenchod", r"bhosd\w*", r"chutiya\w*", r"gaandu?",
    r"randi", r"harami", r"चूतिया", r"मादरचोद", r"बहनचोद", r"भोसड़ी\w*", r"रंडी", r"हरामी",
)  # fmt: skip
_MONEY_FIRST: Final = (
    r"(?:token|advance|deposit|booking|registration|gate ?pass|visiting) (?:amount|money|fees?|charges?)?"
    r"\s?(?:before|prior to|first|pehle|पहले)",
    r"(?:pay|send|transfer|bhejo|भेजो)\b.{0,30}\b(?:before|to (?:see|visit|hold|block)|pehle|पहले)",
    r"g ?pay|google ?pay|phone ?pe|paytm|upi|western union|bitcoin|crypto|usdt|gift ?cards?",
    r"(?:posted|transferred|settled) abroad|army (?:officer|man|personnel)",
    r"keys? (?:by|through) (?:courier|post)",
)
_DOUBTFUL: Final = re.compile(rf"(?<!\w)(?:{'|'.join((*_INSULTS, *_MONEY_FIRST))})(?!\w)")
_SPACES: Final = re.compile(r"[\s_.*\-]+")


class DoubtfulWords(Refused):
    """Say it without insults, and without asking for money before a visit."""


def doubtful(*texts: str | None) -> bool:
    """Whether texts hold insults, or what is mostly said by people who want money before a visit."""
    folded = unicodedata.normalize("NFKC", "\n".join(filter(None, texts))).casefold()
    return _DOUBTFUL.search(_SPACES.sub(" ", folded)) is not None


def decent(*texts: str | None) -> None:
    """Refuse texts that somebody would have to read first, where nobody reads them."""
    if doubtful(*texts):
        raise DoubtfulWords
