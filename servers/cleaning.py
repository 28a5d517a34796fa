"""Cleaning up: the jobs that forget what has ended, run every hour while a server runs."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from servers.jobs import rounds
from tools.faults import DATABASE_ERRORS
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from servers.runtime import Runtime

log = logging.getLogger(__name__)

JOBS: Final = (
    "clean_up_sign_ins",
    "forget_old_answers",
    "forget_old_tickets",
    "forget_old_turns",
    "forget_undos",
)
EVERY_SECONDS: Final = 3_600.0


async def clean(runtime: Runtime) -> None:
    """Delete what has expired and is kept no longer. What one job cannot do keeps no other from its work."""
    for name in JOBS:
        if name not in runtime.catalog.tools:
            continue
        try:
            async for _ in rounds(runtime.dispatcher, name, {}):
                pass
        except (Refused, *DATABASE_ERRORS) as error:
            log.warning("%s: %s", name, type(error).__name__)


@asynccontextmanager
async def hourly(runtime: Runtime) -> AsyncGenerator[None]:
    """Clean up at once and every hour, while the block lasts."""
    cleaning = asyncio.create_task(_forever(runtime), name="cleans up")
    try:
        yield
    finally:
        cleaning.cancel()
        await asyncio.gather(cleaning, return_exceptions=True)


async def _forever(runtime: Runtime) -> None:
    while True:
        await clean(runtime)
        await asyncio.sleep(EVERY_SECONDS)
