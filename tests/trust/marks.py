"""Small writes that are not idempotent by themselves: places, one more for every call."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from storage.places import Place
from tools.consent import Foreseen
from tools.contract import Call, Model, tool
from tools.money import Rupees
from tools.refusals import Refused


class Mark(Model):
    name: Annotated[str, Field(min_length=1, max_length=50)]
    """What to call it."""

    note: str | None = None
    """Left out it stays as it is; null removes it."""

    tags: dict[str, int] | None = None
    """Anything else."""


class Marked(Model):
    number: int
    """Of all marks, this one's."""

    name: str
    price: Rupees
    lasts: timedelta
    kind: Literal["mark"] = "mark"


class NotThat(Refused):
    """Not that one."""


async def _add(call: Call, ask: Mark) -> Marked:
    await call.host.log(ask.name)
    number = (await call.db.scalar(select(func.max(Place.id))) or 0) + 1
    call.db.add(Place(kind="locality", slug=f"{ask.name} {number}", name=ask.name))
    await call.db.flush()
    call.changed("place", number, after=ask)
    if call.viewer.id is not None:
        call.tell(call.viewer.id, "mark.added", number=number)
    return Marked(number=number, name=ask.name, price=Decimal("45000.50"), lasts=timedelta(minutes=30))


async def _foretold(call: Call, ask: Mark) -> Foreseen:
    if ask.name == await call.db.scalar(select(Place.name).limit(1)):
        raise NotThat
    return Foreseen(what=(f"Mark {ask.name}.", f"{ask.name} पर निशान लगाएँ।"))


@tool("member", "write")
async def add_mark(call: Call, ask: Mark) -> Marked:
    """Add a mark."""
    return await _add(call, ask)


@tool("member", "write")
async def add_other_mark(call: Call, ask: Mark) -> Marked:
    """Add a mark in another way."""
    return await _add(call, ask)


@tool("guest", "write")
async def add_open_mark(call: Call, ask: Mark) -> Marked:
    """Add a mark as anybody."""
    return await _add(call, ask)


@tool("member", "write")
async def add_no_mark(call: Call, ask: Mark) -> Marked:
    """Add a mark and then refuse, unless it is named `well`."""
    answer = await _add(call, ask)
    if ask.name != "well":
        raise NotThat
    return answer


@tool("member", "write", consent="host", foretell=_foretold)
async def add_asked_mark(call: Call, ask: Mark) -> Marked:
    """Add a mark that its person confirms."""
    return await _add(call, ask)


async def count(db: Any) -> int:
    """How many marks there are."""
    return await db.scalar(select(func.count()).select_from(Place)) or 0
