"""How many live properties say that they have, or lack, what each bit of an amenity stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from storage.listings import Property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class Said(NamedTuple):
    """How many live properties say one thing of an amenity, and how many the other."""

    has: int
    lacks: int


async def said(db: AsyncSession, bits: Sequence[int]) -> list[Said]:
    """For each of these bits, in one walk over what is live; what neither says is unknown."""
    columns = (Property.amenities_yes, Property.amenities_no)
    counts = [func.count().filter(column.bitwise_and(1 << bit) != 0) for bit in bits for column in columns]
    row = (await db.execute(select(*counts).where(Property.status == "live"))).one()
    return [Said(row[at], row[at + 1]) for at in range(0, len(row), 2)]
