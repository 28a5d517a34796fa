"""Moments as our pages say them: in India's time, in English and Hindi."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

INDIA: Final = ZoneInfo("Asia/Kolkata")
_MONTHS: Final = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "hi": ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"],
}


def day(moment: date, lang: str) -> str:
    """A day: "22 November 2026"."""
    there = moment.astimezone(INDIA) if isinstance(moment, datetime) else moment
    return f"{there.day} {_MONTHS[lang][there.month - 1]} {there.year}"


def said(moment: datetime, lang: str) -> str:
    """A day and the time: "22 November 2026, 12:05"."""
    return f"{day(moment, lang)}, {moment.astimezone(INDIA):%H:%M}"


def read(written: str) -> datetime:
    """A moment from its ISO form."""
    return datetime.fromisoformat(written)
