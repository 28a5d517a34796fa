"""Vectors in the background: made once, by one process, and gone on with after any interruption."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from servers import backfill
from servers.runtime import Runtime, running
from storage import status
from tests.servers.applications import settings
from tools.discovery.demo.load import load_demo

PROPERTIES = 80


@pytest.fixture
async def runtime(database_url: str, tmp_path: Path) -> AsyncGenerator[Runtime]:
    async with running(settings(database_url, tmp_path)) as started:
        await load_demo(started.database, PROPERTIES)
        yield started


async def with_vector(runtime: Runtime) -> int:
    async with runtime.database.reading() as db:
        return (await status.listed(db, runtime.ports.embedder.model)).with_vector


def unheard(_made: int, _remaining: int) -> None:
    pass


@pytest.mark.requirement("S16")
async def test_every_property_gets_its_vector_once(runtime: Runtime) -> None:
    told: list[tuple[int, int]] = []
    assert await backfill.fill(runtime, lambda made, remaining: told.append((made, remaining))) == PROPERTIES
    assert told == [(32, 48), (64, 16), (80, 0)]
    assert await backfill.fill(runtime, unheard) == 0
    assert await with_vector(runtime) == PROPERTIES


async def test_what_was_made_before_an_interruption_stays(runtime: Runtime) -> None:
    def interrupt(_made: int, _remaining: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await backfill.fill(runtime, interrupt)
    assert await with_vector(runtime) == backfill.BATCH
    assert await backfill.fill(runtime, unheard) == PROPERTIES - backfill.BATCH


async def test_a_running_server_notices_what_is_loaded_beside_it(runtime: Runtime) -> None:
    done = asyncio.Event()

    def report(_made: int, remaining: int) -> None:
        if remaining == 0:
            done.set()

    async with asyncio.timeout(30), backfill.following(runtime, report):
        await done.wait()
        assert await with_vector(runtime) == PROPERTIES
        done.clear()
        await load_demo(runtime.database, PROPERTIES + 10)
        await backfill.announce(runtime.direct_url)
        await done.wait()
    assert await with_vector(runtime) == PROPERTIES + 10


async def test_of_several_servers_one_does_the_work(
    runtime: Runtime, database_url: str, tmp_path: Path
) -> None:
    done = asyncio.Event()
    made: list[int] = []

    def report(so_far: int, remaining: int) -> None:
        if remaining == 0:
            made.append(so_far)
            done.set()

    async with (
        asyncio.timeout(30),
        running(settings(database_url, tmp_path)) as other,
        backfill.following(runtime, report),
        backfill.following(other, report),
    ):
        await done.wait()
    assert sum(made) == await with_vector(runtime) == PROPERTIES
