"""What a notification type is: how urgent, where it may go, and its words in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, cast

from pydantic import AfterValidator

from tools import moments
from tools.contract import Model
from tools.units import rupees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.moments import Language

Category = Literal["transactional", "system", "marketing"]
Channel = Literal["in_app", "push", "email", "sms"]
Outward = Literal["push", "email", "sms"]
Priority = Literal["high", "normal", "low"]
Said = tuple[str, str]
"""A title and a text."""

LANGUAGES: Final[tuple[Language, ...]] = ("en", "hi")
LONGEST_LINE: Final = 120
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of text, so that a name seems another."""


class BadNotice(ValueError):
    """A notification type that is not what it has to be, or one that is asked for what it is not."""


def one_line(text: str) -> str:
    """A text that others wrote, as part of a sentence: on one line, and not long."""
    line = _HIDDEN.sub("", " ".join(text.split()))
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


Line = Annotated[str, AfterValidator(one_line)]
"""A text that others wrote, such as the title of a property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A type of notification. Placeholders of its words, link and key are fields of `takes`."""

    category: Category
    takes: type[Model]
    """What must be known to say it."""

    english: Said
    hindi: Said
    once: str
    """What it is about, such as `{visit_id}`: nobody is told twice of the same."""

    channels: tuple[Channel, ...]
    lives: timedelta
    """For how long it is worth being sent. The inbox keeps it."""

    priority: Priority = "normal"
    """`high` does not wait for the end of quiet hours."""

    link: str | None = None
    """A page of ours, from the slash on."""

    per_day: int | None = None
    per_week: int | None = None
    over: Literal["digest", "drop"] = "digest"
    """What becomes of one that is too many."""

    opt_in: str | None = None
    """Which field of a person's settings must be on, where nobody gets it unasked."""

    words: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """How values that are words of ours are said in English and Hindi."""

    def __post_init__(self) -> None:
        known = set(self.takes.model_fields)
        texts = (*self.english, *self.hindi, self.once, self.link or "")
        unknown = {name for text in texts for name in _placeholders(text)} - known
        if unknown:
            raise BadNotice(f"{self.takes.__name__} has no {', '.join(sorted(unknown))}")
        if self.link is not None and (not self.link.startswith("/") or self.link.startswith("//")):
            raise BadNotice(f"{self.link!r} is no page of ours")
        if self.category == "marketing" and (self.opt_in is None or self.priority == "high"):
            raise BadNotice("marketing is asked for, and can wait")
        if not self.channels:
            raise BadNotice("it goes nowhere")

    def key(self, about: Model) -> str:
        """What a notification is about, within its type."""
        return self.once.format_map(dict(about))

    def page(self, about: Model) -> str | None:
        """The page that a notification leads to."""
        return None if self.link is None else self.link.format_map(dict(about))

    def said(self, about: Model) -> dict[Language, Said]:
        """The title and the text in each language."""
        return {lang: self._in(about, lang) for lang in LANGUAGES}

    def _in(self, about: Model, lang: Language) -> Said:
        title, text = self.english if lang == "en" else self.hindi
        values = {name: self._word(value, lang) for name, value in about}
        return title.format_map(values), text.format_map(values)

    def _word(self, value: Any, lang: Language) -> str:
        if isinstance(value, datetime):
            return moments.said(value, lang)
        if isinstance(value, date):
            return moments.day(value, lang)
        if isinstance(value, Decimal):
            return rupees(value, hindi=lang == "hi")
        if isinstance(value, list):
            return "\n".join(cast("list[str]", value))
        return self.words[value][lang == "hi"] if value in self.words else str(value)


def _placeholders(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(text) if name is not None)
