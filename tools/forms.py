"""Forms: what somebody says of a property that they offer, and that form once it has been read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from tools.amenities import AMENITIES
from tools.contract import Model
from tools.features import Age, Facing, Furnishing, Kind, Possession, Purpose, Rise, Tenant
from tools.money import MOST_RUPEES, Rupees
from tools.units import AreaUnit


def _of_the_vocabulary(keys: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [key for key in keys if key not in AMENITIES]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not in the vocabulary; `list_amenities` has all keys")
    return tuple(key for key in AMENITIES if key in keys)


Keys = Annotated[
    tuple[str, ...],
    Field(max_length=len(AMENITIES)),
    AfterValidator(_of_the_vocabulary),
    WithJsonSchema(
        {"type": "array", "items": {"type": "string", "enum": list(AMENITIES)}, "maxItems": len(AMENITIES)}
    ),
]
Price = Annotated[
    Rupees,
    Field(gt=0),
    WithJsonSchema({"type": "number", "minimum": 0.01, "maximum": MOST_RUPEES}),
]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class Form(Model):
    """What is offered. Null is what nobody has said."""

    purpose: Purpose | None = None
    """`buy` sells it, `rent` lets it, `pg` is beds in a shared home."""

    kind: Kind | None = None
    """What it is."""

    price: Price | None = None
    """Rupees: whole to sell, by the month otherwise."""

    bedrooms: Annotated[int, Field(ge=0, le=50)] | None = None
    """BHK; 0 is a studio."""

    balconies: Annotated[int, Field(ge=0, le=20)] | None = None
    """How many."""

    area: Annotated[float, Field(ge=1, le=1e8)] | None = None
    """In `area_unit`."""

    area_unit: AreaUnit = "sq_ft"
    """The unit of `area`."""

    locality: Name | None = None
    sector: Name | None = None
    society: Name | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lng: Annotated[float, Field(ge=-180, le=180)] | None = None
    furnishing: Furnishing | None = None
    """How furnished."""

    facing: Facing | None = None
    """Where it faces."""

    age: Age | None = None
    """Years since it was built."""

    floor: Rise | None = None
    """Up to the third is `low`, from the tenth on `high`."""

    possession: Possession | None = None
    """Ready, or being built."""

    available_from: date | None = None
    """The first day it can be had."""

    amenities: Keys = ()
    """Keys of `list_amenities`."""

    tenants: Annotated[tuple[Tenant, ...], Field(max_length=5)] = ()
    """Who is welcome."""

    title: Annotated[str, Field(max_length=200)] | None = None
    """Made from the rest where it is not given."""

    description: Annotated[str, Field(max_length=5000)] = ""
    """No phone numbers, addresses or links."""

    @model_validator(mode="after")
    def _a_point_has_both(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            raise ValueError("`lat` and `lng` are given together")
        return self


class ReadOffer(Form):
    """A form, and words from which to fill what it leaves open."""

    words: str | None = None
    """What the person says of it, in plain words."""


class Somewhere(Model):
    """A place that a form names."""

    kind: str
    slug: str
    name: str
    lat: float | None
    lng: float | None
    detail: str | None


class FilledForm(Model):
    """A form that has been read: its places are known, and what is doubtful about it is told."""

    form: Form
    read: list[str]
    """The fields that were filled from the words."""

    unread: list[str]
    """What was not understood, as written."""

    notes: list[str]
    """What was taken for granted, in a sentence each."""

    locality: Somewhere | None
    sector: Somewhere | None
    society: Somewhere | None
    lat: float | None
    lng: float | None
    """Where it stands on the map: as it was said, else where its society, sector or locality is."""

    flags: list[str]
    """What may be doubtful; keys of `storage.listings.FLAGS`."""

    language: Literal["en", "hi", "hinglish"]
