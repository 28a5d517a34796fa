"""Staff: what members of staff say of themselves, the areas they know, and who of them has time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    DateTime,
    ForeignKey,
    Index,
    Text,
    delete,
    func,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage import places
from storage.base import Base
from storage.people import PersonRow
from storage.places import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class StaffProfileRow(Base):
    """What a member of staff says of themselves. Whoever has said nothing is at work, and knows no area."""

    __tablename__ = "staff_profiles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    bio: Mapped[str] = mapped_column(server_default="")
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    rera_number: Mapped[str | None]
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    """Whether they are given anything new."""

    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class StaffAreaRow(Base):
    """A locality, sector or society that a member of staff knows."""

    __tablename__ = "staff_areas"
    __table_args__ = (Index("staff_areas_place_id_idx", "place_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="cascade"), primary_key=True)


@dataclass(frozen=True, slots=True)
class Area:
    """A place that somebody knows."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of staff who could see to a property."""

    person_id: int
    name: str | None
    nearness: int
    """3: knows its society; 2: its sector or locality; 1: an area within 5 km of it; 0: none of these."""

    load: int
    """Visits ahead and open leads, with one more for every twenty properties."""


_CANDIDATES: Final = text("""
with home as (
  select id, society_id, sector_id, locality_id, geog from properties where id = :property_id
), able as (
  select s.id, s.name from people s left join staff_profiles p on p.person_id = s.id
  where (s.role = 'staff' or (s.role = 'admin' and p.person_id is not null))
    and coalesce(p.active, true) and s.erased_at is null and s.deletes_at is null
    and num_nonnulls(s.phone, s.email) > 0 and s.id <> all(cast(:but as bigint[]))
)
select able.id, able.name, coalesce(near.level, 0),
  (select count(*) / 20 from portfolios f where f.staff_id = able.id)
  + (select count(*) from enquiries e where e.carer_id = able.id and e.ended_at is null)
  + (select count(*) from visits v where v.host_id = able.id and v.status in ('requested', 'confirmed')
     and v.starts > :now) as load
from home cross join able
left join lateral (
  select max(case when a.place_id = home.society_id then 3
                  when a.place_id in (home.sector_id, home.locality_id) then 2
                  when ST_DWithin(l.geog, home.geog, 5000) then 1 else 0 end) as level
  from staff_areas a join places l on l.id = a.place_id where a.staff_id = able.id
) near on true
order by 3 desc, 4, able.id
limit :limit""")


async def candidates(
    db: AsyncSession, property_id: int, now: datetime, *, but: Collection[int] = (), limit: int = 20
) -> Sequence[Candidate]:
    """Staff at work who could see to a property, and not `but` these.

    Those who know its surroundings best come first, of these the ones with the least to do.
    """
    given = {"property_id": property_id, "now": now, "but": list(but), "limit": limit}
    return [Candidate(*row) for row in await db.execute(_CANDIDATES, given)]


async def get(db: AsyncSession, person_id: int) -> tuple[PersonRow, StaffProfileRow | None] | None:
    """A member of staff, with their profile if they have written one; None where it is no staff."""
    wanted = (
        select(PersonRow, StaffProfileRow)
        .outerjoin(StaffProfileRow, StaffProfileRow.person_id == PersonRow.id)
        .where(PersonRow.id == person_id, PersonRow.role != "member", PersonRow.erased_at.is_(None))
    )
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else (row[0], row[1])


async def write(db: AsyncSession, person_id: int, **values: Any) -> None:
    """Change what stands in somebody's profile, which is made if there is none."""
    made = insert(StaffProfileRow).values(person_id=person_id, **values)
    changed = {**values, "updated_at": func.now()}
    await db.execute(made.on_conflict_do_update(index_elements=["person_id"], set_=changed))


async def areas(db: AsyncSession, person_id: int) -> Sequence[Area]:
    """The places that somebody knows, by name."""
    known = select(Place.id, Place.kind, Place.name).join(StaffAreaRow, StaffAreaRow.place_id == Place.id)
    rows = await db.execute(known.where(StaffAreaRow.staff_id == person_id).order_by(Place.name, Place.id))
    return [Area(*row) for row in rows]


async def set_areas(db: AsyncSession, person_id: int, place_ids: Collection[int]) -> None:
    """Let somebody know these places, instead of those before."""
    await db.execute(delete(StaffAreaRow).where(StaffAreaRow.staff_id == person_id))
    if place_ids:
        meant = await places.meant_ids(db, place_ids)
        rows = [{"staff_id": person_id, "place_id": each} for each in sorted(meant)]
        await db.execute(insert(StaffAreaRow).values(rows))
