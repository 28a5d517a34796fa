"""Segments: whom a campaign is for, by what is known of people, in fields and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from storage.campaigns import Segment
from tools.contract import Model
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Role = Literal["member", "staff", "admin"]
Language = Literal["en", "hi"]
Purpose = Literal["buy", "rent", "pg"]
Place = Annotated[str, Field(min_length=1, max_length=80)]
Days = Annotated[int, Field(ge=1, le=730)]
Said = tuple[str, str]
"""English, Hindi."""

_NAMES: Final[Mapping[str, Said]] = {
    "member": ("members", "सदस्य"),
    "staff": ("staff", "कर्मचारी"),
    "admin": ("admins", "प्रशासक"),
    "en": ("English", "अंग्रेज़ी"),
    "hi": ("Hindi", "हिन्दी"),
    "buy": ("to buy", "ख़रीदना"),
    "rent": ("to rent", "किराए पर लेना"),
    "pg": ("a PG", "पीजी"),
}
_HAVE: Final[Mapping[tuple[str, bool], Said]] = {
    ("shortlist", True): ("who have a shortlist", "जिनकी पसंद की सूची है"),
    ("shortlist", False): ("without a shortlist", "जिनकी पसंद की सूची नहीं है"),
    ("visited", True): ("who have visited a property", "जो कोई प्रॉपर्टी देख चुके हैं"),
    ("visited", False): ("who have not visited a property", "जिन्होंने कोई प्रॉपर्टी नहीं देखी"),
}


class Whom(Model):
    """Whom a campaign is for. What is left out asks for nothing."""

    roles: list[Role] = Field(default_factory=list[Role], max_length=3)
    """Any of these; everybody by default."""

    languages: list[Language] = Field(default_factory=list[Language], max_length=2)
    """Of the person, any of these."""

    localities: list[Place] = Field(default_factory=list[Place], max_length=20)
    """Any of these among the places of the person's preferences."""

    purpose: Purpose | None = None
    """What the person's preferences say that they want."""

    seen_within_days: Days | None = None
    """Only people who came within so many days."""

    unseen_for_days: Days | None = None
    """Only people who did not come for so many days."""

    has_shortlist: bool | None = None
    """Whether the person has a shortlist."""

    has_visited: bool | None = None
    """Whether the person has visited a property."""


def segment(whom: Whom) -> Segment:
    """What is asked of people. Refuses what nobody can be."""
    recent, long = whom.seen_within_days, whom.unseen_for_days
    if recent is not None and long is not None and recent <= long:
        raise Contradiction("Nobody came within seen_within_days and stayed away for unseen_for_days.")
    given: dict[str, Any] = whom.model_dump(include=set(Segment._fields))
    places = sorted({each.strip().lower() for each in whom.localities})
    return Segment(**given)._replace(localities=places)


def told(asked: Segment) -> Said:
    """A segment in words: "members who read Hindi, with Sector 57 among their places"."""
    english, hindi = zip(*_parts(asked), strict=True)
    return ", ".join(english), ", ".join(hindi)


def _parts(asked: Segment) -> Iterator[Said]:
    yield _listed(asked.roles) if asked.roles else ("everybody", "सभी")
    if asked.languages:
        english, hindi = _listed(asked.languages)
        yield f"who read {english}", f"जो {hindi} में पढ़ते हैं"
    if asked.localities:
        places = ", ".join(each.title() for each in asked.localities)
        yield f"with {places} among their places", f"जिनकी जगहों में {places} है"
    if asked.purpose:
        english, hindi = _NAMES[asked.purpose]
        yield (
            f"looking for {english}" if asked.purpose == "pg" else f"looking {english}",
            f"जो {hindi} चाहते हैं",
        )
    if asked.seen_within_days:
        days = asked.seen_within_days
        yield f"who came within {days} days", f"जो पिछले {days} दिनों में आए"
    if asked.unseen_for_days:
        days = asked.unseen_for_days
        yield f"who did not come for {days} days", f"जो {days} दिनों से नहीं आए"
    for what, wanted in (("shortlist", asked.has_shortlist), ("visited", asked.has_visited)):
        if wanted is not None:
            yield _HAVE[what, wanted]


def _listed(names: Sequence[str]) -> Said:
    english, hindi = zip(*(_NAMES[each] for each in names), strict=True)
    return " or ".join(english), " या ".join(hindi)
