"""Personal data: every table that holds any, what people are given of it, and what erasing does to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, update

from storage import queue, search_index
from storage.listings import Property
from storage.people import PersonRow
from storage.personal import account, choices, deeds, homes, offers, pictures, platform, secrets, talks, told
from storage.personal.held import OWN, Held, among

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

_LATE: Final = timedelta(days=2)
"""For how long after an erasure the tables are looked through again, for what was being written meanwhile."""

_TELLS: Final = "send_notification"
"""The job whose fields say what a person is told. What other jobs hold are ids."""

HELD: Final[tuple[Held, ...]] = (
    *secrets.HELD,
    *told.HELD,
    *platform.HELD,
    *deeds.HELD,
    *talks.HELD,
    *pictures.HELD,
    *homes.HELD,
    *choices.HELD,
    *offers.HELD,
    *account.HELD,
)
"""Every table with personal data, in the order in which it is erased. A domain adds its own to one of these.

A test walks the foreign keys, and columns that are named for people: a table that leads to a person and
does not stand here fails it.
"""


async def export(db: AsyncSession, person_id: int) -> list[tuple[Held, list[dict[str, Any]]]]:
    """What is held about a person, table by table, of those that an export carries."""
    return [(held, await _rows(db, held, person_id)) for held in reversed(HELD) if held.given]


async def _rows(db: AsyncSession, held: Held, person_id: int) -> list[dict[str, Any]]:
    columns = [held.columns.c[name] for name in held.given]
    wanted = select(*columns).where(held.whose([person_id])).order_by(columns[0])
    return [dict(row) for row in (await db.execute(wanted)).mappings()]


async def erase_due(db: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """Erase the people whose grace has ended, the longest ago first; answers their ids.

    Two that run at once take different people.
    """
    due = select(PersonRow.id).where(PersonRow.deletes_at <= now).order_by(PersonRow.deletes_at).limit(limit)
    ids = (await db.scalars(due.with_for_update(skip_locked=True))).all()
    late = (await db.scalars(select(PersonRow.id).where(PersonRow.erased_at > now - _LATE))).all()
    await queue.forget_about(db, _TELLS, [*ids, *late])
    offered = (await db.scalars(select(Property.id).where(among(Property.owner_id, [*ids, *late])))).all()
    for held in HELD:
        if held.stays is not None:
            continue
        if held.anonymised is None:
            await db.execute(delete(held.table).where(held.whose([*ids, *late])))
        elif held.table is PersonRow:
            anonymised = update(held.table).where(held.whose(ids)).values(**held.anonymised)
            await db.execute(anonymised.values(erased_at=now, updated_at=now))
        else:
            await db.execute(update(held.table).where(held.whose([*ids, *late])).values(**held.anonymised))
    await search_index.forget(db, offered)
    return ids


async def count_due(db: AsyncSession, now: datetime) -> int:
    """How many people's grace has ended who are not erased yet."""
    due = select(func.count()).select_from(PersonRow).where(PersonRow.deletes_at <= now)
    return await db.scalar(due) or 0


def table() -> str:
    """Every table with personal data, as a Markdown table."""
    rows = [f"| `{held.name}` | {held.what} | {_said(held)} | {_fate(held)} |" for held in reversed(HELD)]
    head = ["| table | what it holds | in the export | when the person is erased |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _said(held: Held) -> str:
    if not held.given:
        return f"no: {held.withheld['*']}"
    secret = [f"`{name}` ({why})" for name, why in held.withheld.items() if why is not OWN]
    return "yes" + (f", without {', '.join(secret)}" if secret else "")


def _fate(held: Held) -> str:
    if held.stays is not None:
        return f"kept: {held.stays}"
    if held.anonymised is None:
        return "removed"
    gone = [f"`{name}`" for name, value in held.anonymised.items() if _is_gone(value)]
    return f"kept without {', '.join(gone)}"


def _is_gone(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, dict)) and not value)
