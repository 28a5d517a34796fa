"""Filters of the property search, in the codes of the search index, and the SQL conditions they make."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

from storage.search_index import CELL_ROW, CELLS_A_DEGREE

MOST_CELLS: Final = 4096
"""An area that touches more cells than this is compared by coordinates alone."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius` metres of a point."""

    lat: float
    lng: float
    radius: float

    @property
    def scale(self) -> tuple[float, float]:
        """Metres in a degree of latitude and of longitude here, on the WGS84 ellipsoid."""
        phi = math.radians(self.lat)
        north = 111_132.954 - 559.822 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
        east = 111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
        return north, east

    @property
    def box(self) -> Box:
        """The smallest box around it, with a metre to spare."""
        north, east = self.scale
        tall, wide = (self.radius + 1) / north, (self.radius + 1) / east
        return Box(self.lng - wide, self.lat - tall, self.lng + wide, self.lat + tall)


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees: the west, south, east and north edges of an area on the map."""

    west: float
    south: float
    east: float
    north: float

    def cells(self) -> list[int] | None:
        """The cells it touches, or None when they are too many to list."""
        rows = range(math.floor(self.south * CELLS_A_DEGREE), math.floor(self.north * CELLS_A_DEGREE) + 1)
        columns = range(math.floor(self.west * CELLS_A_DEGREE), math.floor(self.east * CELLS_A_DEGREE) + 1)
        if len(rows) * len(columns) > MOST_CELLS:
            return None
        return [row * CELL_ROW + column for row in rows for column in columns]


@dataclass(frozen=True, slots=True)
class Inside:
    """Ids of places, any of which will do."""

    localities: tuple[int, ...] = ()
    sectors: tuple[int, ...] = ()
    societies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What every answer must meet. Numbers are codes of the search index; empty and None mean: any."""

    purposes: tuple[int, ...] = (0, 1, 2)
    kinds: tuple[int, ...] = ()
    bedrooms: tuple[int, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    area_min: int | None = None
    area_max: int | None = None
    circles: tuple[Circle, ...] = ()
    """Within any of these."""

    box: Box | None = None
    polygon: tuple[tuple[float, float], ...] = ()
    """Corners as latitude and longitude."""

    inside: tuple[Inside, ...] = ()
    """Inside every one of these."""

    metro_max: int | None = None
    furnishings: tuple[int, ...] = ()
    facings: tuple[int, ...] = ()
    ages: tuple[int, ...] | None = None
    """Bands of age; an empty tuple matches nothing."""

    floors: tuple[int, ...] = ()
    possession: int | None = None
    amenities: int = 0
    """Bits that must all be set."""

    tenants: int = 0
    """Bits of which one must be set."""

    @property
    def boxes(self) -> list[Box]:
        """The boxes around everything that bounds the map, any of which will do; empty for the whole map."""
        if self.circles:
            return [circle.box for circle in self.circles]
        if self.polygon:
            lats, lngs = [lat for lat, _ in self.polygon], [lng for _, lng in self.polygon]
            return [Box(min(lngs), min(lats), max(lngs), max(lats))]
        return [self.box] if self.box else []

    def cells(self) -> list[int] | None:
        """Every cell that a match can lie in, or None for no bound worth listing."""
        found: set[int] = set()
        boxes = self.boxes
        for box in boxes:
            cells = box.cells()
            if cells is None:
                return None
            found.update(cells)
        return sorted(found) if boxes else None


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their parameters in order."""

    params: list[Any] = field(default_factory=list[Any])
    clauses: list[str] = field(default_factory=list[str])

    def value(self, value: Any, kind: str) -> str:
        """A placeholder for this value."""
        self.params.append(value)
        return f"${len(self.params)}::{kind}"

    def any_of(self, column: str, values: tuple[int, ...], kind: str) -> None:
        if len(values) == 1:
            self.clauses.append(f"{column} = {self.value(values[0], kind)}")
        elif values:
            self.clauses.append(f"{column} = any({self.value(list(values), kind + '[]')})")

    def between(self, column: str, least: int | None, most: int | None, kind: str) -> None:
        if least is not None:
            self.clauses.append(f"{column} >= {self.value(least, kind)}")
        if most is not None:
            self.clauses.append(f"{column} <= {self.value(most, kind)}")

    def __str__(self) -> str:
        return " and ".join(self.clauses) or "true"


def conditions(filters: Filters, where: Where) -> None:
    """Add every condition but the purpose and the list of cells, which each plan puts in its own way."""
    where.any_of("kind", filters.kinds, "int2")
    where.any_of("bedrooms", filters.bedrooms, "int2")
    where.between("price", filters.price_min, filters.price_max, "int8")
    where.between("area", filters.area_min, filters.area_max, "int4")
    where.between("metro", None, filters.metro_max, "int4")
    where.any_of("furnishing", filters.furnishings, "int2")
    where.any_of("facing", filters.facings, "int2")
    where.any_of("floor", filters.floors, "int2")
    if filters.ages is not None:
        where.clauses.append(f"age = any({where.value(list(filters.ages), 'int2[]')})")
    if filters.possession is not None:
        where.any_of("possession", (filters.possession,), "int2")
    if filters.amenities:
        bits = where.value(filters.amenities, "int8")
        where.clauses.append(f"amenities & {bits} = {bits}")
    if filters.tenants:
        where.clauses.append(f"tenants & {where.value(filters.tenants, 'int2')} <> 0")
    for inside in filters.inside:
        where.clauses.append(_inside(inside, where))
    _on_the_map(filters, where)


def matching(filters: Filters, where: Where) -> str:
    """The table and condition of everything that matches, by cells where there are any to go by."""
    where.clauses = []
    where.any_of("purpose", filters.purposes, "int2")
    cells = filters.cells()
    if cells is not None:
        where.clauses.append(f"cell = any({where.value(cells, 'int4[]')})")
    conditions(filters, where)
    return f"property_search where {where}"


def distance(circle: Circle, where: Where) -> str:
    """The squared distance in metres from the centre, on the plane that touches the earth there.

    Within 50 km it differs from the distance on the ellipsoid by less than one part in ten thousand, at a
    hundredth of the cost.
    """
    north, east = circle.scale
    lat, lng = where.value(circle.lat, "float8"), where.value(circle.lng, "float8")
    tall, wide = where.value(north, "float8"), where.value(east, "float8")
    down, across = f"((lat - {lat}) * {tall})", f"((lng - {lng}) * {wide})"
    return f"({down} * {down} + {across} * {across})"


def _on_the_map(filters: Filters, where: Where) -> None:
    if filters.circles:
        rings = [
            f"{distance(circle, where)} <= {where.value(circle.radius**2, 'float8')}"
            for circle in filters.circles
        ]
        where.clauses.append(f"({' or '.join(rings)})")
    if filters.box:
        box = filters.box
        south, north = where.value(box.south, "float8"), where.value(box.north, "float8")
        west, east = where.value(box.west, "float8"), where.value(box.east, "float8")
        where.clauses.append(f"lat between {south} and {north} and lng between {west} and {east}")
    if filters.polygon:
        ring = ",".join(f"{lng} {lat}" for lat, lng in (*filters.polygon, filters.polygon[0]))
        shape = where.value(f"SRID=4326;POLYGON(({ring}))", "text")
        where.clauses.append(f"ST_Covers((select {shape}::geometry), geog::geometry)")


def _inside(inside: Inside, where: Where) -> str:
    """One condition over up to three columns; an inside without ids matches nothing."""
    either = [
        f"{column} = any({where.value(list(ids), 'int4[]')})"
        for column, ids in (
            ("locality_id", inside.localities),
            ("sector_id", inside.sectors),
            ("society_id", inside.societies),
        )
        if ids
    ]
    return f"({' or '.join(either)})" if either else "false"
