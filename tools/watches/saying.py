"""Saying: pieces of news in a line each, in English and Hindi."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Protocol

from tools.notice import one_line
from tools.units import rent, rupees

if TYPE_CHECKING:
    from tools.moments import Language

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "new": ("New", "नया"),
    "price_down": ("Cheaper", "सस्ता हुआ"),
    "price_up": ("Dearer", "महँगा हुआ"),
    "paused": ("Paused", "अभी रोका गया"),
    "back": ("Back again", "फिर उपलब्ध"),
    "gone": ("Gone", "अब उपलब्ध नहीं"),
}
_MEDIAN: Final = ("the middle price", "बीच की कीमत")


class News(Protocol):
    """What is known of a piece of news."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def purpose(self) -> str | None: ...
    @property
    def before(self) -> Decimal | None: ...
    @property
    def after(self) -> Decimal | None: ...


def line(news: News, language: Language) -> str:
    """A piece of news: "Cheaper: Flat 2, ₹20,000/month (was ₹25,000/month)"."""
    hindi = language == "hi"
    say = rent if news.purpose in ("rent", "pg") else rupees
    what = _MEDIAN[hindi] if news.title is None else one_line(news.title)
    price = "" if news.after is None else f", {say(news.after, hindi=hindi)}"
    before = "पहले" if hindi else "was"
    was = f" ({before} {say(news.before, hindi=hindi)})" if news.before and news.before != news.after else ""
    return f"{_WORDS[news.kind][hindi]}: {what}{price}{was}"
