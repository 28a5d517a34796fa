"""Moments as people read them: in India's time, in English and Hindi."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language = Literal["en", "hi"]
INDIA: Final = timezone(timedelta(hours=5, minutes=30), "IST")
"""One time for all of India, summer and winter; a fixed one is quicker to reckon with than a zone's rules."""

_MONTHS: Final[Mapping[str, Sequence[str]]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    "hi": (
        "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर",
        "दिसंबर",
    ),
}  # fmt: skip
_WEEKDAYS: Final[Mapping[str, Sequence[str]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "hi": ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"),
}


def day(moment: date, lang: str) -> str:
    """A day: "22 November 2026"."""
    there = moment.astimezone(INDIA) if isinstance(moment, datetime) else moment
    return f"{there.day} {_MONTHS[lang][there.month - 1]} {there.year}"


def said(moment: datetime, lang: str) -> str:
    """A day and the time: "22 November 2026, 12:05"."""
    return f"{day(moment, lang)}, {moment.astimezone(INDIA):%H:%M}"


def appointment(starts: datetime, ends: datetime, lang: str) -> str:
    """When to be somewhere: "Sunday, 22 November 2026, 12:00-12:30"."""
    there = starts.astimezone(INDIA)
    hours = f"{there:%H:%M}-{ends.astimezone(INDIA):%H:%M}"
    return f"{_WEEKDAYS[lang][there.weekday()]}, {day(starts, lang)}, {hours}"
