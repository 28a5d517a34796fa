"""Charge: the property that somebody wants to change, if it is in their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from storage import charges
from tools.refusals import NotFound

if TYPE_CHECKING:
    from storage.charges import Charge
    from tools.contract import Call


class NotInCharge(NotFound):
    """There is no such property among those that you offer or look after."""


Hand = Literal["owner", "admin", "carer"]


async def hand(call: Call, property_id: int, owner_id: int | None) -> Hand | None:
    """In which role the caller has a hand in a property of that owner; None for everybody else."""
    person = call.member
    if owner_id == person.id:
        return "owner"
    if person.role == "admin":
        return "admin"
    if person.role == "staff" and await charges.looks_after(call.db, person.id, property_id):
        return "carer"
    return None


async def in_charge(call: Call, property_id: int, *, hold: bool = False) -> Charge:
    """The property, if it is the caller's own, in their portfolio, or they are an admin.

    With `hold` whoever else would change it waits until this transaction ends. To everybody else it does not
    exist, so that nobody learns of drafts.
    """
    found = await charges.get(call.db, property_id, hold=hold)
    if found is None or await hand(call, found.id, found.owner_id) is None:
        raise NotInCharge
    return found
