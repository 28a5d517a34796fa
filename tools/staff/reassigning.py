"""Reassigning: all that somebody looks after goes to another member of staff, as when they leave."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from storage import enquiries, people, portfolios, staff_work
from tools.consent import Foreseen
from tools.contract import Call, Model, Round, tool
from tools.jobs import job, later
from tools.notices import notify
from tools.offers import Id
from tools.refusals import Contradiction, Refused
from tools.staff.profile import NotOfStaff

AT_ONCE: Final = 200
"""Properties that are moved in one transaction."""


class NothingToHandOn(Refused):
    """They look after no property, so there is nothing to hand on."""


class ReassignPortfolio(Model):
    from_id: Id
    """Who looks after them now."""

    to_id: Id
    """Who is to: somebody in the role `staff` or `admin`."""


class Reassigning(Model):
    from_id: int
    to_id: int
    properties: int
    """How many there were when it began."""

    job_id: int
    """The work, which `job_status` follows."""

    def summary(self) -> str:
        return f"{self.properties} properties are on their way; job {self.job_id}."


class MovePortfolio(ReassignPortfolio):
    limit: Annotated[int, Field(ge=1, le=1_000)] = AT_ONCE


async def _foretell(call: Call, ask: ReassignPortfolio) -> Foreseen:
    count = await _checked(call, ask)
    giver, taker = [await people.get(call.db, each) for each in (ask.from_id, ask.to_id)]
    old, new = [(each and each.name) or f"{who}" for each, who in ((giver, ask.from_id), (taker, ask.to_id))]
    return Foreseen(
        what=(
            f"{new} looks after the {count} properties of {old} from now on, answers what is asked about "
            "them, and shows them where they are free.",
            f"{old} की {count} प्रॉपर्टी अब से {new} सँभालेंगे, उनके बारे में पूछे गए का जवाब देंगे, और ख़ाली हों तो उन्हें "
            "दिखाएँगे।",
        ),
        whom=(new, new),
        state={"from": ask.from_id, "to": ask.to_id, "count": count},
    )


@tool(
    "admin",
    "write",
    scope="people:write",
    http="POST /admin/people/{from_id}/portfolio/reassign",
    consent="page",
    foretell=_foretell,
)
async def reassign_portfolio(call: Call, ask: ReassignPortfolio) -> Reassigning:
    """Hand all that somebody looks after, with its open leads, to another member of staff, once confirmed."""
    count = await _checked(call, ask)
    given = ask.model_dump()
    job_id = await later(
        call, "move_portfolio", given, key=f"{ask.from_id} to {ask.to_id}", owner=call.member.id
    )
    call.changed(
        "portfolio", ask.from_id, before={"properties": count}, after={"to": ask.to_id}, whose=ask.from_id
    )
    call.rests_on("role", ask.to_id)
    await notify(call, ask.to_id, "leads_given", job=str(job_id), properties=count)
    return Reassigning(from_id=ask.from_id, to_id=ask.to_id, properties=count, job_id=job_id)


@job()
async def move_portfolio(call: Call, ask: MovePortfolio) -> Round:
    """Move the properties of one portfolio to another with their open leads. Repeat until nothing remains."""
    if not await portfolios.hold(call.db, ask.to_id):
        raise NotOfStaff
    moved = await staff_work.hand_on(call.db, ask.from_id, ask.to_id, ask.limit)
    if moved:
        leads = await enquiries.move(call.db, ask.from_id, ask.to_id, moved)
        given = {"from_id": ask.from_id, "to_id": ask.to_id}
        await later(call, "hand_on_visits", given, key=f"{ask.from_id} to {ask.to_id}")
        after = {"properties": len(moved), "leads": leads}
        call.changed("portfolio", ask.to_id, before={"from": ask.from_id}, after=after, whose=ask.to_id)
    return Round(done=len(moved), remaining=await portfolios.count(call.db, ask.from_id))


async def _checked(call: Call, ask: ReassignPortfolio) -> int:
    """How many properties there are to hand on; refuses where it cannot be done."""
    if ask.from_id == ask.to_id:
        raise Contradiction("from_id and to_id are the same person.")
    if not await portfolios.can_have_one(call.db, ask.to_id):
        raise NotOfStaff
    count = await portfolios.count(call.db, ask.from_id)
    if count == 0:
        raise NothingToHandOn
    return count
