"""Which local person somebody is who was proven elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class Linked(NamedTuple):
    """A local person whom a provider knows."""

    person_id: int
    role: str
    has_phone: bool


_ONE_AT_A_TIME: Final = "select pg_advisory_xact_lock(hashtextextended(:supabase_id, 360360))"
_BY_SUPABASE: Final = """
select id, role, phone is not null from people where supabase_id = $1 and erased_at is null"""
_BY_PHONE: Final = """
insert into people (phone, supabase_id) values (:phone, :supabase_id)
on conflict (phone) do update set supabase_id = excluded.supabase_id, updated_at = now()
returning id, role, true"""
_ALONE: Final = """
insert into people (supabase_id) values (:supabase_id)
on conflict (supabase_id) do update set updated_at = people.updated_at
returning id, role, phone is not null"""
_ADD_PHONE: Final = """
update people set phone = :phone, updated_at = now()
where supabase_id = :supabase_id and phone is null
  and not exists (select from people as other where other.phone = :phone)
returning id, role, true"""


async def by_supabase(db: AsyncSession, supabase_id: str) -> Linked | None:
    """The person who is linked with this account of Supabase."""
    found = await (await driver(db)).fetchrow(_BY_SUPABASE, supabase_id)
    return None if found is None else Linked(*found)


async def link_supabase(db: AsyncSession, supabase_id: str, phone: str | None) -> Linked:
    """The person with this account of Supabase: found by it, else by the phone, else a new member.

    A phone that is proven there is added where the person has none and nobody else has it.
    """
    given = {"supabase_id": supabase_id, "phone": phone}
    # An insert can wait for one of the two unique columns only, and first requests come several at once.
    await db.execute(text(_ONE_AT_A_TIME), {"supabase_id": supabase_id})
    there = await by_supabase(db, supabase_id)
    if there is None:
        made = text(_ALONE if phone is None else _BY_PHONE)
        return Linked(*(await db.execute(made, given)).one())
    if phone is None or there.has_phone:
        return there
    try:
        async with db.begin_nested():
            added = (await db.execute(text(_ADD_PHONE), given)).one_or_none()
    except IntegrityError:
        # Somebody else got the phone at this moment.
        return there
    return there if added is None else Linked(*added)
