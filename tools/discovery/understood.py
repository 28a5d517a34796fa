"""What was read from a person's words: the answer of the phrase parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tools.features import Facing, Furnishing, Kind, Possession, Purpose, Tenant

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "Facing", "Floor", "Furnishing", "Kind", "Language", "PlaceKind", "PlaceRef", "Possession", "Purpose",
    "Relation", "Sharing", "Sort", "Span", "Tenant", "Understood",
]  # fmt: skip

Floor = Literal["ground", "low", "mid", "high", "top"]
Sharing = Literal["single", "double", "triple"]
Sort = Literal["price", "price_per_sq_ft", "newest", "distance"]
Language = Literal["en", "hi", "hinglish"]
PlaceKind = Literal["locality", "sector", "society", "metro", "hub", "city"]
Relation = Literal["in", "near"]


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place of the gazetteer as somebody asked for it.

    `lat` and `lng` are None where the place is known by name only. `parts` are the slugs of the
    localities and sectors that belong to it (blocks of a phase, sectors of an area), itself included.
    """

    kind: PlaceKind
    name: str
    slug: str
    lat: float | None
    lng: float | None
    relation: Relation = "in"
    radius_m: int | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the words a field was read: `words[start:end]`."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything read from the words. Empty and None mean: not said.

    Money is in rupees (per month for rent and PG), areas in square feet, distances in metres, ages in years.
    An amount without a bound ("50 lakh") is the most to pay; an area without one ("200 gaj") is a band of
    ten percent around it. `budget_about` and `area_about` mark such bands.
    """

    words: str
    purpose: Purpose | None = None
    kinds: tuple[Kind, ...] = ()
    bedrooms: tuple[int, ...] = ()
    """0 is a studio or 1 RK."""
    budget_min: int | None = None
    budget_max: int | None = None
    budget_about: bool = False
    area_min: Decimal | None = None
    area_max: Decimal | None = None
    area_about: bool = False
    places: tuple[PlaceRef, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Places named that the catalog does not cover, as written."""
    near_metro: bool = False
    metro_within_m: int | None = None
    furnishing: tuple[Furnishing, ...] = ()
    facing: tuple[Facing, ...] = ()
    floors: tuple[Floor, ...] = ()
    possession: Possession | None = None
    age_max: int | None = None
    amenities: tuple[str, ...] = ()
    """Keys of `tools.amenities.AMENITIES`, all of them wanted."""
    tenants: tuple[Tenant, ...] = ()
    sharing: Sharing | None = None
    sort: Sort | None = None
    wishes: tuple[str, ...] = ()
    """Soft words for text and vector search, such as "spacious"."""
    unread: tuple[str, ...] = ()
    """What was not understood, as written."""
    notes: tuple[str, ...] = ()
    """Sentences about what was read with doubt, or refused, and why."""
    language: Language = "en"
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The soft wishes and the unread words as one line, for text and vector search."""
        return " ".join((*self.wishes, *self.unread))
