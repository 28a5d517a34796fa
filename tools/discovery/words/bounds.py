"""The words that make an amount a least, a most, or a rough figure."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

_MOST_BEFORE: Final = (
    r"under|up to|max|less than|lesser than|not more than|no more than|at most|within|in|till|only"
)
_LEAST_BEFORE: Final = (
    r"above|over|more than|greater than|at least|atleast|min|starting(?: from| at)?|"
    r"starts from|from|kam se kam|not less than|beyond"
)
_ABOUT_BEFORE: Final = r"around|about|nearly|near|lagbhag|kareeb|close to"
_MOST_AFTER: Final = r"tak|se kam|ke andar|ke niche|se niche|max|or less|ya kam|se zyada nahi|ke under|under"
_LEAST_AFTER: Final = (
    r"se zyada|se upar|ya (?:us ?se )?zyada|or more|and above|onwards|min|\+|plus|se shuru|above"
)
_ABOUT_AFTER: Final = r"ke (?:aas ?paas|aaspaas|kareeb|lagbhag|around)|around|kareeb"

BEFORE: Final = rf"(?:{_ABOUT_BEFORE}|{_LEAST_BEFORE}|{_MOST_BEFORE})"
AFTER: Final = (
    rf"(?:se zyada nahi|{_ABOUT_AFTER}|{_LEAST_AFTER}|{_MOST_AFTER})(?: (?:ka|ki|ke|mein|wala|hi)\b)?"
)

_LEAST: Final = re.compile(rf"\s*(?:{_LEAST_BEFORE}|{_LEAST_AFTER})(?!.*nahi)\b|\s*\+")
_ABOUT: Final = re.compile(rf"\s*(?:{_ABOUT_BEFORE}|{_ABOUT_AFTER})\b")


class Bound(Enum):
    """Which side of an amount is meant."""

    LEAST = auto()
    MOST = auto()
    ABOUT = auto()


def bound_of(before: str | None, after: str | None) -> Bound | None:
    """What the words around an amount make of it; None when they say nothing."""
    said = [words for words in (before, after) if words]
    if not said:
        return None
    if any(_LEAST.match(words) for words in said):
        return Bound.LEAST
    return Bound.ABOUT if any(_ABOUT.match(words) for words in said) else Bound.MOST
