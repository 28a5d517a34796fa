"""Homes: what a made-up property is like and costs, by the medians of Gurugram in 2025."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from storage import listings
from tools.discovery.chance import Chance
from tools.discovery.demo.sites import Site, site

if TYPE_CHECKING:
    from collections.abc import Mapping

_Key = TypeVar("_Key")
_OFFERS: Final = {
    ("buy", "apartment"): 25, ("buy", "builder_floor"): 10, ("buy", "house"): 4, ("buy", "plot"): 6,
    ("buy", "shop"): 3, ("buy", "office"): 2,
    ("rent", "apartment"): 23, ("rent", "builder_floor"): 9, ("rent", "house"): 2, ("rent", "shop"): 3,
    ("rent", "office"): 4,
    ("pg", "pg"): 9,
}  # fmt: skip
_HOMES: Final = frozenset({"apartment", "builder_floor", "house"})
_BEDROOMS: Final = {
    "apartment": {1: 6, 2: 27, 3: 44, 4: 20, 5: 3},
    "builder_floor": {1: 6, 2: 20, 3: 46, 4: 28},
    "house": {3: 20, 4: 35, 5: 30, 6: 15},
}
_SQFT: Final = {1: 640, 2: 1_240, 3: 1_820, 4: 2_650, 5: 4_300, 6: 5_200}
_SALE: Final = {1: 45e5, 2: 110e5, 3: 190e5, 4: 360e5, 5: 592e5, 6: 700e5}
_RENT: Final = {1: 23_500, 2: 33_000, 3: 51_000, 4: 93_000, 5: 165_000, 6: 210_000}
_KIND_PRICE: Final = {"apartment": 1.0, "builder_floor": 0.97, "house": 1.35}
_FURNISHED_PRICE: Final = {"furnished": 1.16, "semi_furnished": 1.0, "unfurnished": 0.92}
_PLOT_GAJ: Final = (100, 120, 150, 180, 200, 215, 250, 300, 360, 400, 500)
_PLOT_RATE: Final = 95_000
_BUSINESS_SQFT: Final = {"shop": 320, "office": 1_400}
_BUSINESS_RATE: Final = {
    ("buy", "shop"): 17_500, ("buy", "office"): 10_500, ("rent", "shop"): 125, ("rent", "office"): 78,
}  # fmt: skip
_BED_RENT: Final = {"single": 17_500, "double": 12_000, "triple": 9_000}

_COMMON: Final = {
    "lift": 0.7, "power_backup": 0.72, "covered_parking": 0.45, "parking": 0.4, "security": 0.55,
    "cctv": 0.4, "gated": 0.35, "park_facing": 0.2, "modular_kitchen": 0.5, "wardrobes": 0.4,
    "balcony": 0.4, "vastu": 0.18, "piped_gas": 0.25, "servant_room": 0.18, "study_room": 0.15,
    "pooja_room": 0.12, "store_room": 0.1, "pet_friendly": 0.12, "intercom": 0.2,
    "rain_water_harvesting": 0.08, "ac": 0.2,
}  # fmt: skip
_OF_SOCIETIES: Final = {"gym": 0.5, "swimming_pool": 0.45, "club_house": 0.45, "kids_play_area": 0.35}
_OF_PG: Final = {
    "meals": 0.7, "wifi": 0.75, "housekeeping": 0.6, "attached_bathroom": 0.5, "power_backup": 0.6, "ac": 0.5,
    "washing_machine": 0.45, "cctv": 0.4, "geyser": 0.4, "refrigerator": 0.3, "tv": 0.25,
}  # fmt: skip
_OF_BUSINESS: Final = {
    "lift": 0.5,
    "power_backup": 0.6,
    "parking": 0.5,
    "cctv": 0.4,
    "security": 0.4,
    "ac": 0.3,
}
_OF_PLOTS: Final = {"corner": 0.2, "park_facing": 0.2, "gated": 0.4, "security": 0.3}
_OFTEN_LACKING: Final = ("lift", "power_backup", "parking", "servant_room", "swimming_pool", "gym")
_LACKING: Final = 0.1


@dataclass(frozen=True, slots=True)
class Home:
    """A made-up property. Money in whole rupees, areas in square feet; None where it says nothing."""

    number: int
    purpose: str
    kind: str
    site: Site
    bedrooms: int | None
    area: int | None
    price: int
    balconies: int | None
    furnishing: str | None
    facing: str | None
    age_band: str | None
    floor_band: str | None
    building_band: str | None
    possession: str | None
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    tenants: tuple[str, ...]
    sharing: str | None


def home(seed: int, number: int) -> Home:
    """Property `number` of this seed: the same on every machine, however many are made."""
    random = Chance(f"{seed}/{number}")
    purpose, kind = _drawn(random, _OFFERS)
    where = site(random, seed, number, in_society=kind == "apartment")
    bedrooms = _drawn(random, _BEDROOMS[kind]) if kind in _HOMES else None
    furnishing = _furnishing(random, purpose, kind)
    sharing = _drawn(random, {"single": 3, "double": 5, "triple": 2}) if kind == "pg" else None
    area = _area(random, kind, bedrooms)
    rate = where.dearness * random.lognormvariate(0, 0.13)
    price = (
        _price(purpose, kind, bedrooms, area, sharing) * rate * _FURNISHED_PRICE.get(furnishing or "", 1.0)
    )
    building = "high" if where.society else _drawn(random, {"low": 3, "mid": 6, "high": 1})
    has, lacks = _amenities(random, kind, in_society=where.society is not None)
    is_built = kind != "plot"
    new = is_built and purpose == "buy" and random.random() < 0.12
    return Home(
        number=number,
        purpose=purpose,
        kind=kind,
        site=where,
        bedrooms=bedrooms,
        area=area,
        price=_rounded(price, purpose),
        balconies=min(random.randint(1, 4), bedrooms or 1) if kind in _HOMES else None,
        furnishing=furnishing,
        facing=random.choice(listings.FACINGS) if random.random() < 0.8 else None,
        age_band=None
        if new or not is_built
        else _drawn(random, {"0-1": 25, "1-5": 35, "5-10": 25, "10+": 15}),
        floor_band=_drawn(random, {"low": 4, "mid": 4, "high": 3})
        if kind in {"apartment", "office"}
        else None,
        building_band=building if is_built and kind != "house" else None,
        possession=None if not is_built else "under_construction" if new else "ready",
        has=has,
        lacks=lacks,
        tenants=_tenants(random, purpose),
        sharing=sharing,
    )


def _drawn(random: Chance, weights: Mapping[_Key, float]) -> _Key:
    return random.choices([*weights], [*weights.values()])[0]


def _furnishing(random: Chance, purpose: str, kind: str) -> str | None:
    if kind == "plot":
        return None
    likely = (2, 5, 3) if purpose == "buy" else (4, 5, 2)
    return random.choices(listings.FURNISHINGS, likely)[0]


def _area(random: Chance, kind: str, bedrooms: int | None) -> int | None:
    if kind == "pg":
        return None
    if kind == "plot":
        return random.choice(_PLOT_GAJ) * 9
    usual = _SQFT[bedrooms] if bedrooms else _BUSINESS_SQFT[kind]
    return round(usual * random.lognormvariate(0, 0.17 if bedrooms else 0.5) / 5) * 5


def _price(purpose: str, kind: str, bedrooms: int | None, area: int | None, sharing: str | None) -> float:
    """What it costs where the median is paid, in rupees."""
    if sharing is not None:
        return _BED_RENT[sharing]
    assert area is not None
    if kind == "plot":
        return area / 9 * _PLOT_RATE
    if bedrooms is None:
        return area * _BUSINESS_RATE[purpose, kind]
    usual = (_SALE if purpose == "buy" else _RENT)[bedrooms]
    return usual * (area / _SQFT[bedrooms]) ** 0.8 * _KIND_PRICE[kind]


def _rounded(price: float, purpose: str) -> int:
    step = 50_000 if purpose == "buy" else 500
    return max(step, round(price / step) * step)


def _amenities(random: Chance, kind: str, *, in_society: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the property says that it has, and what it says that it lacks. Of the rest it says nothing."""
    likely = {"pg": _OF_PG, "plot": _OF_PLOTS, "shop": _OF_BUSINESS, "office": _OF_BUSINESS}.get(
        kind, _COMMON
    )
    if in_society:
        likely = likely | _OF_SOCIETIES
    drawn = [key for key, chance in likely.items() if random.random() < chance]
    has = tuple(key for key in drawn if key != "parking" or "covered_parking" not in drawn)
    if kind not in _HOMES:
        return has, ()
    said = {*has, *(("parking",) if "covered_parking" in has else ())}
    return has, tuple(key for key in _OFTEN_LACKING if key not in said and random.random() < _LACKING)


def _tenants(random: Chance, purpose: str) -> tuple[str, ...]:
    if purpose == "pg":
        return (_drawn(random, {"girls": 5, "boys": 5}),)
    if purpose == "rent" and random.random() < 0.5:
        return _drawn(
            random, {("family",): 5, ("family", "bachelors"): 3, ("bachelors",): 1, ("company",): 1}
        )
    return ()
