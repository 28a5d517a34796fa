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
from tools.refusals import Forbidden, NotFound

__all__ = [
    "Blocked",
    "Id",
    "Limit",
    "NoSuchProperty",
    "Purpose",
    "Status",
    "Words",
    "called",
    "carer",
    "named",
    "offered",
    "told",
]

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]
Status = Literal["draft", "review", "live", "paused", "rented", "sold", "archived"]
Words = tuple[str, str]
"""The same in English and Hindi."""

_WHO: Final[Words] = ("Whoever looks after it", "जो इसे सँभालते हैं")
_OWNER: Final[Words] = ("The owner", "मालिक")


class NoSuchProperty(NotFound):
    """There is no such property, or it is no longer offered."""


class Blocked(Forbidden):
    """One of you has blocked the other, so nothing more is passed on."""


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
    """Whoever looks after a property, by name where there is one: staff by all of it, owners by the first."""
    said = called(person.name, person.role)
    if person.role == "member":
        return (f"{said}, the owner", f"{said}, मालिक") if said else _OWNER
    return (f"{said}, who looks after it", f"{said}, जो इसे सँभालते हैं") if said else _WHO


def called(name: str | None, role: str = "member") -> str | None:
    """What a person is called to those who do not know them: staff by their name, others by the first."""
    first = (name or "").split()[:1]
    return name if role != "member" else first[0] if first else None
