"""Land: areas from one unit into others, with a range where a unit is not the same everywhere."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from tools import units
from tools.contract import Call, Model, tool
from tools.finance.assumed import Assumption, plainly, told
from tools.finance.data import table_of
from tools.finance.taken import Land
from tools.money import Number

if TYPE_CHECKING:
    from collections.abc import Iterable

Unit = Literal["sq_ft", "sq_yd", "gaj", "sq_m", "marla", "kanal", "acre", "hectare", "murabba", "bigha"]
BighaRegion = Literal["haryana", "punjab", "himachal_pradesh"]

UNITS: Final[tuple[Unit, ...]] = (
    "sq_ft", "sq_yd", "gaj", "sq_m", "marla", "kanal", "acre", "hectare", "murabba", "bigha",
)  # fmt: skip
_DIGITS: Final = 10
_GAJ: Final = Decimal(9)


class ConvertArea(Model):
    amount: Land
    """How many of `unit`."""

    unit: Unit
    """From what; a gaj is a square yard."""

    to: Unit | None = None
    """Into what; else into all."""

    region: BighaRegion | None = None
    """Whose bigha; without one all that are known."""

    bigha_gaj: Land | None = None
    """Gaj in one bigha there, where that is known."""


class Area(Model):
    """The same area in one unit; `least` and `most` differ where the unit is not the same everywhere."""

    unit: Unit
    value: Number | None
    """Null where it is a range."""

    least: Number
    most: Number


class Areas(Model):
    """One area in other units."""

    amount: Number
    unit: Unit
    areas: list[Area]
    assumptions: list[Assumption]

    def summary(self) -> str:
        same = "; ".join(_said(each) for each in self.areas)
        return told(f"{_plain(self.amount)} {_name(self.unit)} is {same}.", self.assumptions)


@tool("guest", "read", http="GET /finance/area")
async def convert_area(call: Call, ask: ConvertArea) -> Areas:
    """An area in other units of land. A bigha needs its region, or comes out as a range."""
    areas = convert(ask)
    told: list[Unit] = [each.unit for each in areas]
    return Areas(amount=ask.amount, unit=ask.unit, areas=areas, assumptions=list(_assumptions(ask, told)))


def convert(ask: ConvertArea) -> list[Area]:
    """The area in the unit that is wanted, or in all others."""
    wanted: list[Unit] = [unit for unit in UNITS if unit != ask.unit] if ask.to is None else [ask.to]
    return [_area(ask, unit) for unit in wanted]


def _area(ask: ConvertArea, unit: Unit) -> Area:
    if unit == ask.unit:
        return Area(unit=unit, value=ask.amount, least=ask.amount, most=ask.amount)
    one, other = _sq_ft(ask.unit, ask), _sq_ft(unit, ask)
    least, most = _short(ask.amount * one[0] / other[1]), _short(ask.amount * one[1] / other[0])
    return Area(unit=unit, value=least if least == most else None, least=least, most=most)


@cache
def _land() -> dict[str, Any]:
    return table_of("land.toml")


def _sq_ft(unit: Unit, ask: ConvertArea) -> tuple[Decimal, Decimal]:
    """The least and the most square feet that one of a unit is."""
    if unit == "bigha":
        gaj = _gaj_of(ask)
        return min(gaj) * _GAJ, max(gaj) * _GAJ
    known = Decimal(_land()["murabba"]["sq_ft"]) if unit == "murabba" else units.SQ_FT_IN[unit]
    return known, known


def _gaj_of(ask: ConvertArea) -> list[Decimal]:
    if ask.bigha_gaj:
        return [ask.bigha_gaj]
    bighas = _land()["bigha"]
    regions = list(bighas) if ask.region is None else [ask.region]
    return [Decimal(gaj) for region in regions for gaj in bighas[region]["gaj"]]


def _short(value: Decimal) -> Decimal:
    """To ten digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        return +value


def _assumptions(ask: ConvertArea, wanted: Iterable[Unit]) -> Iterable[Assumption]:
    concerned = {ask.unit, *wanted}
    if "marla" in concerned or "kanal" in concerned:
        text = "A marla is 272.25 sq ft, as in Haryana and most of Punjab; in some parts it is 25 gaj."
        yield plainly("marla", text, source="knowledgepublisher.com/article/1359", verify=True)
    if "bigha" in concerned:
        yield _bigha(ask)
    if concerned & {"sq_m", "hectare"}:
        yield plainly("sq_m", "A square metre is 10.7639104 sq ft.", source="international foot")


def _bigha(ask: ConvertArea) -> Assumption:
    if ask.bigha_gaj:
        return plainly("bigha_gaj", f"A bigha is {_plain(ask.bigha_gaj)} gaj.")
    bighas = _land()["bigha"]
    named = [bighas[ask.region]] if ask.region else list(bighas.values())
    each = "; ".join(f"{_sizes(one['gaj'])} gaj in {one['name']}" for one in named)
    sources = "; ".join(dict.fromkeys(one["source"] for one in named))
    return plainly("region", f"A bigha is not the same everywhere: {each}.", source=sources, verify=True)


def _sizes(gaj: list[int]) -> str:
    return " or ".join(units.grouped(each) for each in gaj)


def _said(area: Area) -> str:
    if area.value is not None:
        return f"{_plain(area.value)} {_name(area.unit)}"
    return f"{_plain(area.least)} to {_plain(area.most)} {_name(area.unit)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _name(unit: str) -> str:
    return unit.replace("_", " ")
