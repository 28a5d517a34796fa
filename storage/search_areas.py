"""How many properties are listed in every pair of locality and sector, held in this process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

FRESH: Final = 60.0
"""Seconds that the counts are used before they are read again: a map is moved more often than it changes."""

Areas = Mapping[tuple[int | None, int | None], int]
"""Live properties by the ids of their locality and of their sector."""

_held: WeakKeyDictionary[Any, tuple[float, Areas]] = WeakKeyDictionary()


async def areas(db: AsyncSession) -> Areas:
    """The counts of this database, read once a minute."""
    engine = db.get_bind()
    until, held = _held.get(engine, (0.0, None))
    if held is None or until < time.monotonic():
        connection = await driver(db)
        held = {(locality, sector): n for locality, sector, n in await connection.fetch(_AREAS)}
        _held[engine] = time.monotonic() + FRESH, held
    return held


_AREAS: Final = """
select locality_id, sector_id, count(*) from property_search
where locality_id is not null or sector_id is not null group by locality_id, sector_id"""
