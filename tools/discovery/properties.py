"""Properties: one in full, and those like it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from storage import insights, listings, search
from storage import search_filters as codes
from tools import links, units
from tools.contract import Call, Model, tool
from tools.discovery import saying, vectors, vocabulary
from tools.discovery.cards import DEMO, MADE_UP, PropertyCard, card, line, made_up
from tools.discovery.locating import places
from tools.discovery.prices import ENOUGH
from tools.discovery.understood import Tenant
from tools.refusals import NotFound

if TYPE_CHECKING:
    from storage.search_places import Directory

Id = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
_WHENCE: Final = (
    "We first imported this on {first}; its source gives no listing date. Last change seen: {last}."
)


class NoSuchProperty(NotFound):
    """There is no such property, or it is no longer offered."""


class GetProperty(Model):
    id: Id


class Doubt(Model):
    """Something about a listing that may be wrong."""

    flag: str
    text: str


class Station(Model):
    """A metro station nearby."""

    name: str
    line: str | None
    distance_m: int
    """Metres, as the crow flies."""


class LocalRate(Model):
    """The price a square foot beside that of comparable properties of its locality or sector."""

    place: str
    median: int | None
    """Rupees a square foot; null when there are fewer than five."""

    n: int
    """How many comparable properties there are, this one included."""

    text: str


class Source(Model):
    """Where a listing comes from, and how fresh it is."""

    name: str
    first_imported: date
    last_changed: datetime
    text: str


class PropertyDetails(PropertyCard):
    """Everything public about a property. Null is what the source does not say."""

    description: str
    balconies: int | None
    age_years: str | None
    """A band, such as `1-5`."""

    floor_band: str | None
    building_band: str | None
    """How tall the building is: `low`, `mid` or `high`."""

    lacks: list[str]
    """Keys of amenities that the source says there are not; whatever stands in neither list is unknown."""

    tenants: list[Tenant]
    """Who is welcome, as the source says."""

    photos: list[str]
    doubts: list[Doubt]
    local_rate: LocalRate | None
    metro: list[Station]
    source: Source
    link: str
    """Its page for everybody, to be passed on."""

    note: str | None
    """Says so when this is made-up demonstration data."""

    def summary(self) -> str:
        said = [line(self)]
        if self.local_rate:
            said.append(self.local_rate.text)
        if self.metro:
            said.append(f"{self.metro[0].name} metro: {saying.metres(self.metro[0].distance_m)}.")
        said += [doubt.text for doubt in self.doubts]
        return "\n".join([*said, self.source.text, *([self.note] if self.note else [])])


@tool("guest", "read", widget="property-detail", http="GET /properties/{id}", resource="property://{id}")
async def get_property(call: Call, ask: GetProperty) -> PropertyDetails:
    """Everything public about one property: price against its locality, metro stations, doubts, source
    and freshness."""
    row = await search.one(call.db, ask.id)
    if row is None:
        raise NoSuchProperty(f"There is no property {ask.id}, or it is no longer offered.")
    known, _ = await places(call)
    shown = card(row, known)
    stations = await insights.stations(call.db, ask.id)
    return PropertyDetails(
        **dict(shown),
        description=row["description"],
        balconies=row["balconies"],
        age_years=row["age_band"],
        floor_band=row["floor_band"],
        building_band=row["building_band"],
        lacks=list(vocabulary.keys(row["amenities_no"])),
        tenants=row["tenants"],
        photos=row["photos"],
        doubts=[Doubt(flag=flag, text=str(listings.FLAGS.get(flag, flag))) for flag in row["flags"]],
        local_rate=await _local_rate(call, row, shown, known),
        metro=[Station(name=each.name, line=each.line, distance_m=each.distance) for each in stations],
        source=_source(row),
        link=_link(call, shown),
        note=MADE_UP if shown.demo else None,
    )


def _link(call: Call, shown: PropertyCard) -> str:
    places = (shown.society, shown.locality, shown.sector)
    slug = links.slug(shown.id, shown.purpose, shown.kind, shown.bedrooms, *places)
    return links.home(call.ports.url, slug)


def _source(row: Any) -> Source:
    first, last = row["listed_on"], row["updated_at"]
    return Source(
        name="demonstration data" if row["source"] == DEMO else row["source"],
        first_imported=first,
        last_changed=last,
        text=_WHENCE.format(first=f"{first:%d %B %Y}", last=f"{last:%d %B %Y}"),
    )


async def _local_rate(call: Call, row: Any, shown: PropertyCard, known: Directory) -> LocalRate | None:
    """Against the locality, else the sector; None where the property has neither, or no area."""
    if shown.price_per_sqft is None:
        return None
    local = codes.Inside(localities=(row["locality_id"],)) if row["locality_id"] else None
    wider = codes.Inside(sectors=(row["sector_id"],)) if row["sector_id"] else None
    answer: LocalRate | None = None
    for inside, place_id in ((local, row["locality_id"]), (wider, row["sector_id"])):
        if inside is None:
            continue
        filters = codes.Filters(
            purposes=(listings.PURPOSES.index(shown.purpose),),
            kinds=(listings.KINDS.index(shown.kind),),
            inside=(inside,),
        )
        found = await insights.spread(call.db, filters)
        answer = _compared(shown, known.name(place_id) or "its locality", found)
        if answer.median is not None:
            return answer
    return answer


def _compared(shown: PropertyCard, place: str, found: insights.Spread) -> LocalRate:
    if found.rates is None or found.rates_n < ENOUGH:
        text = f"Not enough data in {place} to compare its price: {found.rates_n} listed."
        return LocalRate(place=place, median=None, n=found.rates_n, text=text)
    median, rate = round(found.rates[1]), shown.price_per_sqft or 0
    share = round(100 * (rate - median) / median) if median else 0
    beside = "at" if share == 0 else f"{abs(share)} % {'above' if share > 0 else 'below'}"
    like = f"{shown.kind.replace('_', ' ')}s {saying.PURPOSES[shown.purpose]} in {place}"
    text = (
        f"₹{units.grouped(rate)} a square foot, {beside} the median of ₹{units.grouped(median)} for {like} "
        f"({found.rates_n} listed)."
    )
    return LocalRate(place=place, median=median, n=found.rates_n, text=text)


class SimilarProperties(Model):
    id: Id
    limit: Annotated[int, Field(ge=1, le=20)] = 6


class Properties(Model):
    """Properties, the likest first."""

    items: list[PropertyCard]
    demo: str | None
    """Says so when properties are made-up demonstration data."""

    def summary(self) -> str:
        said = [f"- {line(each)}" for each in self.items] or ["None is like it."]
        return "\n".join([*said, *([self.demo] if self.demo else [])])


@tool("guest", "read", widget="property-list", http="GET /properties/{id}/similar")
async def similar_properties(call: Call, ask: SimilarProperties) -> Properties:
    """Properties like this one: the same purpose and kind, close in price, size, place and description."""
    if await search.one(call.db, ask.id) is None:
        raise NoSuchProperty(f"There is no property {ask.id}, or it is no longer offered.")
    ids = await insights.similar(call.db, ask.id, await vectors.in_use(call), ask.limit)
    known, _ = await places(call)
    items = [card(row, known) for row in await search.by_ids(call.db, ids, None, ask.limit)]
    return Properties(items=items, demo=made_up(items))
