"""Access: the listing that a call is about, and in which role the caller has a hand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import listing_forms
from tools.charge import hand
from tools.refusals import Conflict, NotFound

if TYPE_CHECKING:
    from storage.listing_forms import Kept
    from tools.contract import Call
    from tools.listings.life import Who


class NoSuchListing(NotFound):
    """You look after no such listing."""


class Outdated(Conflict):
    """This listing was changed meanwhile. Look at it again, then say what you want changed."""


async def own(
    call: Call, property_id: int, *, hold: bool = False, version: int | None = None
) -> tuple[Kept, Who]:
    """A listing that the caller has a hand in, and in which role. To anybody else there is none.

    `version` refuses one that was changed since it was read.
    """
    kept = await listing_forms.one(call.db, property_id, hold=hold)
    who = None if kept is None else await hand(call, kept.id, kept.owner_id)
    if kept is None or who is None:
        raise NoSuchListing
    if version is not None and version != kept.version:
        raise Outdated(details={"version": kept.version})
    return kept, who
