"""Telling: what the other side of a visit hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from storage import staff, visits
from tools.notices import notify
from tools.visits.rules import Visit, shown, side

if TYPE_CHECKING:
    from storage.visits import Seen
    from tools.contract import Call

_ASKED: Final = 3
"""Members of staff who are told of a visit that nobody shows yet."""


async def held(call: Call, visit_id: int) -> Seen:
    """A visit that is held by this transaction, as it has become."""
    visit = await visits.held(call.db, visit_id)
    assert visit is not None, "it is held"
    return visit


async def as_it_is(call: Call, visit: Seen) -> Visit:
    """A visit as it has become, for the person who asks."""
    return shown(await held(call, visit.id), side(visit, call.member.id), call.now())


def across(visit: Seen, person_id: int) -> int | None:
    """Who is on the other side of a visit."""
    return visit.host_id if person_id == visit.person_id else visit.person_id


async def look_for_somebody(call: Call, visit: Seen) -> None:
    """Tell those of the staff who are nearest that a visit waits for somebody to show it."""
    near = await staff.candidates(call.db, visit.property_id, call.now(), but=[visit.person_id], limit=_ASKED)
    for each in near:
        await tell(call, visit, each.person_id, None, "visit_unassigned")


async def tell(
    call: Call, visit: Seen, whom: int | None, event: str | None, notice: str, **about: Any
) -> None:
    """Tell somebody of a visit: their devices that listen of an event, and their inbox."""
    if whom is None:
        return
    if event is not None:
        call.tell(whom, event, visit_id=visit.id, property_id=visit.property_id)
    given = {
        "visit_id": visit.id, "title": visit.title, "starts": visit.starts, "revision": visit.revision,
    }  # fmt: skip
    await notify(call, whom, notice, **given, **about)
