"""Arguments of the tools of files of listings: what staff send, and have imported."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from storage import import_files, imports
from tests.access.world import World

Make = Callable[[World, int], Awaitable[dict[str, Any]]]
_numbers = itertools.count(1)
_COUNTED = {"read": 1, "added": 1, "changed": 0, "unchanged": 0, "refused": 0}


async def _new(_world: World, _person: int) -> dict[str, Any]:
    return {"source": f"partner-{next(_numbers)}"}


async def _sent(world: World, person: int) -> dict[str, Any]:
    async with world.runtime.database.writing() as db:
        number = next(_numbers)
        row = await import_files.add(db, person, f"partner-{number}", "listings.csv")
        assert await import_files.arrived(db, row.id, f"listings/{number}", 10)
        return {"id": row.id}


async def _checked(world: World, person: int) -> dict[str, Any]:
    given, now = await _sent(world, person), datetime.now(UTC)
    async with world.runtime.database.writing() as db:
        row = await import_files.get(db, given["id"])
        assert row is not None
        times = {"started_at": now, "ended_at": now}
        trial = imports.Import(source=row.source, file=row.file, trial=True, **times, **_COUNTED)
        kept = await imports.save(db, trial, {})
        await import_files.change(db, row.id, state="checked", trial_id=kept.id)
    return given


IMPORTED: Mapping[str, Make] = {
    "begin_import": _new,
    "check_import": _sent,
    "discard_import": _sent,
    "import_file": _sent,
    "import_listings": _checked,
}
IMPORTED_OWNED: Mapping[str, Make] = {name: make for name, make in IMPORTED.items() if name != "begin_import"}
