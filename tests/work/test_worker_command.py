"""`ghar worker`: jobs are done in a process that serves nobody, until it is asked to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from storage import queue
from storage.engine import Database
from tests.surfaces.serving import environment

GHAR = Path(sys.executable).parent / "ghar"
PATIENCE = 60.0


async def ended(database: Database, id_: int) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.reading(primary=True) as db:
                found = await queue.get(db, id_)
            assert found is not None
            if found.ended_at is not None:
                return found.state
            await asyncio.sleep(0.05)


async def test_a_worker_does_what_waits_and_ends_when_it_is_asked_to(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    async with database.writing() as db:
        waiting = await queue.put(db, "forget_old_jobs", b"{}")
    process = await asyncio.create_subprocess_exec(
        *(GHAR, "worker", "--jobs", "2", "--no-schedule"),
        env={**os.environ, **environment(database_url, tmp_path)},
        stderr=asyncio.subprocess.PIPE,
    )
    assert await ended(database, waiting) == "done"
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, said.decode()
