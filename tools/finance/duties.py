"""Duties: what a state takes when a home is bought, from dated figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from tools.finance.assumed import Assumption
from tools.finance.data import table_of
from tools.finance.loans import paisa
from tools.refusals import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Duty:
    """Stamp duty and registration for one purchase."""

    place: str
    rate: Decimal
    """Percent."""

    stamp: Decimal
    registration: Decimal
    assumption: Assumption


@cache
def regions() -> Mapping[str, Any]:
    """What each region takes, by its key."""
    return table_of("duties.toml")


class UnknownRegion(Invalid):
    """We have no duties of that state."""

    status = 404


@cache
def _named() -> Mapping[str, str]:
    """The key of each region by everything that it is called."""
    return {_plain(name): key for key, about in regions().items() for name in (key, *about.get("also", ()))}


def known(region: str) -> str:
    """The key of the region that is called so. Refuses with the names of those that are known."""
    found = _named().get(_plain(region))
    if found is None:
        raise UnknownRegion(f"We have no duties of {region!r}, but of {', '.join(regions())}.")
    return found


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", " ")


def duty(region: str, buyer: str, value: Decimal) -> Duty:
    """What is due on a value: the price, or the government's value where that is higher."""
    about = regions()[region]
    rate = _rate(about, buyer, value)
    return Duty(
        place=about["name"],
        rate=rate,
        stamp=paisa(value * rate / 100),
        registration=_registration(about, buyer, value),
        assumption=_assumption(about, region, buyer),
    )


def _rate(about: Mapping[str, Any], buyer: str, value: Decimal) -> Decimal:
    limit = about.get(f"{buyer}_up_to")
    if limit is not None and value > limit:
        return Decimal(about["male"])
    return Decimal(about.get(buyer, about["male"]))


def _registration(about: Mapping[str, Any], buyer: str, value: Decimal) -> Decimal:
    if about.get("registration_waived_for") == buyer:
        return Decimal(0)
    fees = about["registration"] if "registration" in about else _fees_of(about["registration_of"])
    for limit, fee in fees.get("slabs", ()):
        if value <= limit:
            return Decimal(fee)
    return Decimal(fees["above"]) if "above" in fees else _by_share(fees, value)


def _fees_of(region: str) -> Mapping[str, Any]:
    return regions()[region]["registration"]


def _by_share(fees: Mapping[str, Any], value: Decimal) -> Decimal:
    return paisa(value * fees["percent"] / 100) + fees.get("fixed", 0)


def _assumption(about: Mapping[str, Any], region: str, buyer: str) -> Assumption:
    doubt = about.get(f"{buyer}_verify")
    notes = [each for each in (about.get("note"), doubt) if each]
    return Assumption(
        name="region",
        value=None,
        text=" ".join([f"Stamp duty and registration of {about['name']}.", *notes]),
        source=about["source"],
        as_of=about["as_of"],
        verify=bool(about.get("verify") or doubt),
    )
