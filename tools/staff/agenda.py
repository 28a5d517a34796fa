"""The agenda: what a member of staff has to do, and how they did."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from storage import enquiries, portfolios, staff_work
from tools.contract import Call, Model, tool
from tools.moments import INDIA
from tools.offers import Id
from tools.staff.profile import NotOfStaff


class MyDay(Model):
    pass


class Day(Model):
    visits_today: int
    visits_ahead: int
    visits_to_confirm: int
    """Visits that wait for their word."""

    leads_waiting: int
    """Enquiries that wait for their answer."""

    leads_open: int
    leads: dict[Literal["new", "contacted", "visiting", "negotiating", "won", "lost"], int]
    properties: int

    def summary(self) -> str:
        return (
            f"Today: {self.visits_today} visits, {self.visits_to_confirm} to confirm, {self.leads_waiting} "
            f"enquiries to answer. In hand: {self.leads_open} leads, {self.visits_ahead} visits ahead, "
            f"{self.properties} properties."
        )


class StaffStatistics(Model):
    id: Id | None = None
    """Whose; by default one's own. Only admins see those of others."""

    days: Annotated[int, Field(ge=1, le=365)] = 30
    """What began within so many days."""


class Statistics(Model):
    id: int
    days: int
    leads: int
    answered_within_an_hour: Annotated[float, Field(ge=0, le=1)] | None
    """The share of those who asked something; null where nobody did."""

    median_answer_minutes: float | None
    """Half of those answered waited no longer."""

    won: int
    lost: int
    conversion: Annotated[float, Field(ge=0, le=1)] | None
    """The share of leads that were won, of those that ended; null where none did."""

    visits_shown: int
    visits_missed: int

    def summary(self) -> str:
        fast = (
            "" if self.answered_within_an_hour is None else f", {self.answered_within_an_hour:.0%} answered "
        )
        fast += "within an hour" if fast else ""
        won = "" if self.conversion is None else f", {self.conversion:.0%} of those that ended won"
        return f"In {self.days} days: {self.leads} leads{fast}{won}; {self.visits_shown} visits shown."


@tool("staff", "read", scope="staff:read", http="GET /admin/me/day", fresh=True)
async def my_day(call: Call, ask: MyDay) -> Day:
    """What one has to do as staff: today's visits, what waits for an answer, and what is in hand."""
    me, now = call.member.id, call.now()
    load = await staff_work.load(call.db, me, now, today(now))
    stages, waiting = await enquiries.count(call.db, me)
    return Day.model_validate(
        {
            "visits_today": load.today,
            "visits_ahead": load.visits,
            "visits_to_confirm": load.unconfirmed,
            "leads_waiting": waiting,
            "leads_open": load.leads,
            "leads": stages,
            "properties": load.properties,
        }
    )


@tool("staff", "read", scope="staff:read", http="GET /admin/staff/statistics")
async def staff_statistics(call: Call, ask: StaffStatistics) -> Statistics:
    """How soon a member of staff answers, and what becomes of leads: one's own, or for admins anybody's."""
    whose = await _seen(call, ask.id)
    found = await staff_work.record(call.db, whose, call.now() - timedelta(days=ask.days))
    return Statistics(
        id=whose,
        days=ask.days,
        leads=found.leads,
        answered_within_an_hour=_share(found.within_an_hour, found.asked),
        median_answer_minutes=None if found.median_seconds is None else round(found.median_seconds / 60, 1),
        won=found.won,
        lost=found.lost,
        conversion=_share(found.won, found.won + found.lost),
        visits_shown=found.shown,
        visits_missed=found.missed,
    )


def today(now: datetime) -> tuple[datetime, datetime]:
    """From when to when it is today in India."""
    day = now.astimezone(INDIA).date()
    begins = datetime.combine(day, time(), INDIA)
    return begins, datetime.combine(day + timedelta(days=1), time(), INDIA)


def _share(part: int, whole: int) -> float | None:
    return None if whole == 0 else round(part / whole, 3)


async def _seen(call: Call, person_id: int | None) -> int:
    """Whose statistics are meant, if the one who asks may see them. Another's are as if there were none."""
    own = call.member.id
    if person_id is None or person_id == own:
        return own
    if call.member.role != "admin" or not await portfolios.can_have_one(call.db, person_id):
        raise NotOfStaff
    return person_id
