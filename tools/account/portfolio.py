"""The portfolio: the properties that a member of staff looks after. Staff see their own, admins all."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import portfolios
from tools.account.sessions import Id, Limit
from tools.activity import Undo
from tools.contract import Call, Model, Page, tool
from tools.money import Rupees
from tools.offers import Purpose, Status
from tools.refusals import NotFound


class NoSuchPortfolio(NotFound):
    """There is no such portfolio."""


class NotAssigned(NotFound):
    """That property is not in this portfolio."""


class NoSuchProperty(NotFound):
    """There is no such property."""


class AssignProperty(Model):
    staff_id: Id
    """Who is to look after it: somebody in the role `staff` or `admin`."""

    property_id: Id
    """Which property."""


class UnassignProperty(Model):
    staff_id: Id
    """Whose portfolio it leaves."""

    property_id: Id
    """Which property."""


class Assignment(Model):
    staff_id: int
    property_id: int
    assigned: bool


class ListPortfolio(Model):
    staff_id: Id | None = None
    """Whose portfolio; by default one's own. Only admins see those of others."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class AssignedProperty(Model):
    property_id: int
    title: str
    purpose: Purpose
    price: Rupees
    """The whole price to buy, or a month's rent."""

    status: Status
    assigned_at: datetime


@tool(
    "admin",
    "write",
    scope="people:write",
    http="PUT /admin/people/{staff_id}/portfolio/{property_id}",
    idempotent=True,
    refuses={"portfolios_property_id_fkey": NoSuchProperty},
    undo=Undo("unassign_property", within=timedelta(days=7)),
)
async def assign_property(call: Call, ask: AssignProperty) -> Assignment:
    """Let a member of staff look after a property. Several can look after one."""
    if not await portfolios.hold(call.db, ask.staff_id):
        raise NoSuchPortfolio
    new = await portfolios.assign(call.db, ask.staff_id, ask.property_id)
    _record(call, ask, before=not new, after=True)
    return Assignment(staff_id=ask.staff_id, property_id=ask.property_id, assigned=True)


@tool(
    "admin",
    "destroy",
    scope="people:write",
    http="DELETE /admin/people/{staff_id}/portfolio/{property_id}",
    undo=Undo("assign_property", within=timedelta(days=7)),
)
async def unassign_property(call: Call, ask: UnassignProperty) -> Assignment:
    """Take a property out of the portfolio of a member of staff."""
    if not await portfolios.unassign(call.db, ask.staff_id, ask.property_id):
        raise NotAssigned
    _record(call, ask, before=True, after=False)
    return Assignment(staff_id=ask.staff_id, property_id=ask.property_id, assigned=False)


@tool("staff", "read", scope="portfolio:read", http="GET /admin/portfolio")
async def list_portfolio(call: Call, ask: ListPortfolio) -> Page[AssignedProperty]:
    """The properties that a member of staff looks after: one's own, or for admins anybody's."""
    whose = await _seen(call, ask.staff_id)
    purpose = f"list_portfolio:{whose}"
    after = call.ports.cursors.read(purpose, ask.cursor)["after"] if ask.cursor else None
    found = await portfolios.of(call.db, whose, after=after, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [AssignedProperty.model_validate(each) for each in found[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"after": items[-1].property_id}) if has_more else None
    return Page[AssignedProperty](items=items, next_cursor=on, has_more=has_more)


def _record(call: Call, ask: AssignProperty | UnassignProperty, *, before: bool, after: bool) -> None:
    """What has changed. It rests on the role: whoever is a member again has no portfolio."""
    which = f"{ask.staff_id}/{ask.property_id}"
    was, is_now = {"assigned": before}, {"assigned": after}
    call.changed("assignment", which, before=was, after=is_now, whose=ask.staff_id)
    if after:
        call.rests_on("role", ask.staff_id)
    if before != after:
        call.undo_with(staff_id=ask.staff_id, property_id=ask.property_id)


async def _seen(call: Call, staff_id: int | None) -> int:
    """Whose portfolio is meant, if the one who asks may see it. Another's is as if it were not there."""
    own = call.member.id
    if staff_id is None or staff_id == own:
        return own
    if call.member.role != "admin" or not await portfolios.can_have_one(call.db, staff_id):
        raise NoSuchPortfolio
    return staff_id
