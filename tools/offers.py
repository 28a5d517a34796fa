"""Offers: the property that a call is about, and who looks after it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from storage import listings, portfolios
from storage.listings import Offer
from storage.people import PersonRow
from tools import units
from tools.contract import Call
from tools.features import Purpose
from tools.refusals import NotFound

__all__ = ["Id", "Limit", "NoSuchProperty", "Purpose", "Status", "Words", "carer", "named", "offered", "told"]

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]
Status = Literal["draft", "review", "live", "paused", "rented", "sold", "archived"]
Words = tuple[str, str]
"""The same in English and Hindi."""

_WHO: Final[Words] = ("Whoever looks after it", "जो इसे सँभालते हैं")


class NoSuchProperty(NotFound):
    """There is no such property, or it is no longer offered."""


async def offered(call: Call, property_id: int, *, hold: bool = False) -> Offer:
    """The property, if it is offered; with `hold` it stays so until the transaction ends."""
    found = await listings.offered(call.db, property_id, hold=hold)
    if found is None:
        raise NoSuchProperty
    return found


async def carer(call: Call, property_id: int) -> PersonRow | None:
    """Whom the person who asks can turn to about a property: staff, else its owner, and never themselves."""
    return await portfolios.carer(call.db, property_id, but=call.member.id)


def told(offer: Offer) -> Words:
    """A property by its title and its price."""
    say = units.rupees if offer.purpose == "buy" else units.rent
    return (
        f"“{offer.title}” ({say(offer.price)})",
        f"“{offer.title}” ({say(offer.price, hindi=True)})",
    )


def named(person: PersonRow) -> Words:
    """Whoever looks after a property, by name where there is one."""
    if person.name is None:
        return _WHO
    return f"{person.name}, who looks after it", f"{person.name}, जो इसे सँभालते हैं"
