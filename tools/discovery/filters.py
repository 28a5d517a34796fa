"""The filters of a property search, as people give them and as they are read from words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, FiniteFloat, model_validator

from tools.contract import Model
from tools.discovery.understood import Facing, Floor, Furnishing, Kind, Possession, Purpose, Tenant
from tools.discovery.vocabulary import AMENITIES
from tools.money import Rupees
from tools.units import AreaUnit

INDIA: Final = (68.0, 6.0, 98.0, 38.0)
"""West, south, east and north of every place there can be listings in."""

Sort = Literal["best", "price", "price_desc", "price_per_sqft", "newest", "distance"]


def _listed(value: Any) -> Any:
    """One value alone is a list of one."""
    return [value] if isinstance(value, (str, int)) else value


Alone = BeforeValidator(_listed)
Names = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=10), Alone]
Point = Annotated[str, Field(pattern=r"^\s*-?\d{1,3}(\.\d{1,12})?\s*,\s*-?\d{1,3}(\.\d{1,12})?\s*$")]


class Filters(Model):
    """What a property must meet. A filter matches what the source says; unknown is no match."""

    purpose: Purpose | None = None
    """`buy`, `rent`, or `pg` for a bed in a shared home."""

    kinds: Annotated[tuple[Kind, ...], Field(max_length=7), Alone] = ()
    """Any of these."""

    bedrooms: Annotated[tuple[Annotated[int, Field(ge=0, le=50)], ...], Field(max_length=10), Alone] = ()
    """Any of these numbers of bedrooms (BHK); 0 is a studio."""

    budget_min: Rupees | None = None
    """Rupees; a month's rent for `rent` and `pg`."""

    budget_max: Rupees | None = None
    """Rupees; a month's rent for `rent` and `pg`. One lakh is 100000, one crore 10000000."""

    area_min: Annotated[float, Field(ge=0, le=1e9)] | None = None
    """In `area_unit`."""

    area_max: Annotated[float, Field(ge=0, le=1e9)] | None = None
    """In `area_unit`."""

    area_unit: AreaUnit = "sq_ft"
    """The unit of `area_min` and `area_max`."""

    near: Names = ()
    """Names of places, such as a metro station or an office hub; near any of them."""

    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    """With `lng`, the point to search around."""

    lng: Annotated[float, Field(ge=-180, le=180)] | None = None
    """With `lat`, the point to search around."""

    radius: Annotated[int, Field(ge=50, le=50_000)] | None = None
    """Metres around the point or the places of `near`."""

    box: Annotated[tuple[FiniteFloat, ...], Field(min_length=4, max_length=4)] | None = None
    """An area of the map in degrees: west, south, east, north."""

    polygon: Annotated[tuple[Point, ...], Field(min_length=3, max_length=60)] | None = None
    """An area of the map: its corners, each as "lat,lng"."""

    locality: Names = ()
    """Names of localities; in any of them."""

    sector: Names = ()
    """Names of sectors, such as "sector 57"; in any of them."""

    society: Names = ()
    """Names of societies or projects; in any of them."""

    metro_within: Annotated[int, Field(ge=50, le=50_000)] | None = None
    """Metres to the nearest metro station, at most."""

    furnishing: Annotated[tuple[Furnishing, ...], Field(max_length=3), Alone] = ()
    """Any of these."""

    facing: Annotated[tuple[Facing, ...], Field(max_length=8), Alone] = ()
    """Any of these."""

    amenities: Annotated[tuple[str, ...], Field(max_length=20), Alone] = ()
    """All of these; keys of `list_amenities`, such as `parking`."""

    age: Annotated[int, Field(ge=0, le=100)] | None = None
    """Years since it was built, at most."""

    floor: Annotated[tuple[Floor, ...], Field(max_length=5), Alone] = ()
    """Any of these. Sources tell low, middle and high only."""

    possession: Possession | None = None
    """Ready to move in, or still being built."""

    tenants: Annotated[tuple[Tenant, ...], Field(max_length=5), Alone] = ()
    """Somebody who must be welcome; any of these."""

    @model_validator(mode="after")
    def _of_the_vocabulary(self) -> Self:
        unknown = [key for key in self.amenities if key not in AMENITIES]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not in the vocabulary; `list_amenities` has all keys")
        return self


class Asked(Filters):
    """Filters that a person gives, which must make sense together."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name in ("budget", "area"):
            least, most = getattr(self, f"{name}_min"), getattr(self, f"{name}_max")
            if least is not None and most is not None and least > most:
                raise ValueError(f"{name}_min must not be more than {name}_max")
        return self

    @model_validator(mode="after")
    def _one_place_on_the_map(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            raise ValueError("give `lat` and `lng` together")
        if self.lat is not None and self.near:
            raise ValueError("give either `near` or a point, not both")
        if self.box is not None and self.polygon is not None:
            raise ValueError("give either `box` or `polygon`, not both")
        return self

    @model_validator(mode="after")
    def _in_india(self) -> Self:
        west, south, east, north = INDIA
        points = corners(self.polygon or ())
        if self.lat is not None and self.lng is not None:
            points.append((self.lat, self.lng))
        for lat, lng in points:
            if not (south <= lat <= north and west <= lng <= east):
                raise ValueError(f"{lat:g},{lng:g} is not in India; a point is latitude, then longitude")
        if self.box is not None:
            check_box(self.box)
        return self


def corners(polygon: Sequence[str]) -> list[tuple[float, float]]:
    """The corners of a polygon as latitude and longitude."""
    pairs = (corner.split(",") for corner in polygon)
    return [(float(lat), float(lng)) for lat, lng in pairs]


def check_box(box: Sequence[float]) -> None:
    """Refuse what is no box, or one that does not touch India."""
    west, south, east, north = box
    if west >= east or south >= north:
        raise ValueError("a box is west, south, east, north, and must have a width and a height")
    if east < INDIA[0] or west > INDIA[2] or north < INDIA[1] or south > INDIA[3]:
        raise ValueError("this box does not touch India; a box is west, south, east, north in degrees")
