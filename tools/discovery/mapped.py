"""The map: metro lines and places with their points, from which a widget draws one without any tiles."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self
from weakref import WeakKeyDictionary

from pydantic import Field, FiniteFloat, model_validator

from storage.search_areas import areas
from tools.contract import Call, Model, tool
from tools.discovery import locating
from tools.discovery.data import lines_of
from tools.discovery.filters import check_box
from tools.discovery.understood import PlaceRef
from tools.discovery.words.names import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.search_areas import Areas
    from storage.search_places import Directory
    from tools.discovery.gazetteer import Gazetteer, Place

MOST: Final = 150
"""Places on one map: more names than this are not read but waded through."""

_drawn: WeakKeyDictionary[Directory, tuple[Areas, list[MappedPlace]]] = WeakKeyDictionary()


class MapPlaces(Model):
    """What to draw."""

    box: Annotated[tuple[FiniteFloat, ...], Field(min_length=4, max_length=4)] | None = None
    """Only what touches this area, in degrees: west, south, east, north. Without it everything."""

    @model_validator(mode="after")
    def _in_india(self) -> Self:
        if self.box is not None:
            check_box(self.box)
        return self


class MetroStop(Model):
    name: str
    lat: float
    lng: float


class MetroLine(Model):
    """A metro line, with the stations that we know the places of."""

    name: str
    stations: list[MetroStop]
    """In running order. A line that closes a loop comes back to a station."""


class MappedPlace(Model):
    """A place with its point."""

    kind: Literal["locality", "sector", "hub"]
    name: str
    lat: float
    lng: float
    count: int
    """Properties that a search inside it finds today; 0 for office hubs, which have surroundings only."""


class MappedPlaces(Model):
    """What a map shows beside properties."""

    lines: list[MetroLine]
    places: list[MappedPlace]
    """Office hubs, then localities and sectors with properties, those with most first."""

    def summary(self) -> str:
        lines = "; ".join(f"{each.name}: {len(each.stations)} stations" for each in self.lines)
        most = ", ".join(f"{each.name} ({each.count})" for each in self.places if each.count)
        return f"{lines or 'No metro line here'}. {most[:600] or 'No properties here'}."


@tool("guest", "read", http="GET /places/map", surfaces=frozenset({"mcp", "rest"}), app_only=True)
async def map_places(call: Call, ask: MapPlaces) -> MappedPlaces:
    """What a map is drawn from: metro lines with their stations in order, office hubs, and localities and
    sectors with their number of properties."""
    known, gazetteer = await locating.places(call)
    counted = await areas(call.db)
    box = ask.box or (-180.0, -90.0, 180.0, 90.0)
    pointed = _pointed(gazetteer, known, counted)
    return MappedPlaces(
        lines=[line for line in _lines(gazetteer) if _touches(box, line.stations)],
        places=[each for each in pointed if _within(box, each.lat, each.lng)][:MOST],
    )


def _pointed(gazetteer: Gazetteer, known: Directory, counted: Areas) -> list[MappedPlace]:
    """The same as before while neither places nor counts were read anew."""
    drawn = _drawn.get(known)
    if drawn is None or drawn[0] is not counted:
        drawn = _drawn[known] = counted, _ranked(gazetteer, known, counted)
    return drawn[1]


def _ranked(gazetteer: Gazetteer, known: Directory, counted: Areas) -> list[MappedPlace]:
    """Every place to show: hubs first, then those with most properties."""
    shown: list[MappedPlace] = []
    for place in gazetteer.places:
        if place.kind not in ("locality", "sector", "hub") or place.lat is None or place.lng is None:
            continue
        count = 0 if place.kind == "hub" else _listed(place, known, counted)
        if count or (place.kind == "hub" and gazetteer.get("sector", place.slug) is None):
            shown.append(
                MappedPlace(kind=place.kind, name=place.name, lat=place.lat, lng=place.lng, count=count)
            )
    return sorted(shown, key=lambda each: (each.kind != "hub", -each.count, each.name))


def _listed(place: Place, known: Directory, counted: Areas) -> int:
    """The properties that a search inside this place finds."""
    meant = PlaceRef(place.kind, place.name, place.slug, place.lat, place.lng, parts=place.parts)
    ids = locating.inside([meant], known)
    return sum(
        n for (locality, sector), n in counted.items() if locality in ids.localities or sector in ids.sectors
    )


def _lines(gazetteer: Gazetteer) -> Iterator[MetroLine]:
    for name, stations in metro_lines().items():
        stops = (gazetteer.get("metro", slug_of(station)) for station in stations)
        yield MetroLine(
            name=name,
            stations=[
                MetroStop(name=stop.name, lat=stop.lat, lng=stop.lng)
                for stop in stops
                if stop is not None and stop.lat is not None and stop.lng is not None
            ],
        )


@cache
def metro_lines() -> dict[str, tuple[str, ...]]:
    """The names of the stations of every line, in running order."""
    told = (line.partition(":") for line in lines_of("metro_lines.txt"))
    return {name: tuple(each.strip() for each in stations.split(",")) for name, _, stations in told}


def _within(box: Sequence[float], lat: float, lng: float) -> bool:
    west, south, east, north = box
    return west <= lng <= east and south <= lat <= north


def _touches(box: Sequence[float], stations: Sequence[MetroStop]) -> bool:
    """Whether a line runs through a box, by the boxes around each stretch between two stations."""
    west, south, east, north = box
    return any(
        max(one.lng, other.lng) >= west
        and min(one.lng, other.lng) <= east
        and max(one.lat, other.lat) >= south
        and min(one.lat, other.lat) <= north
        for one, other in pairwise(stations)
    )
