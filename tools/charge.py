"""Charge: the property that somebody wants to change, if it is in their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import charges
from tools.refusals import NotFound

if TYPE_CHECKING:
    from storage.charges import Charge
    from tools.contract import Call


class NotInCharge(NotFound):
    """There is no such property among those that you offer or look after."""


async def in_charge(call: Call, property_id: int, *, hold: bool = False) -> Charge:
    """The property, if it is the caller's own, in their portfolio, or they are an admin.

    With `hold` whoever else would change it waits until this transaction ends. To everybody else it does not
    exist, so that nobody learns of drafts.
    """
    who = call.member
    found = await charges.charge(
        call.db, property_id, who.id, staff=who.role != "member", admin=who.role == "admin", hold=hold
    )
    if found is None:
        raise NotInCharge
    return found
