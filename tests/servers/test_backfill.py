"""Vectors in the background: made by the queue after edits, and of another model when it is wanted."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from servers import backfill, work
from servers.jobs import operator
from servers.runtime import Runtime, running
from storage import status, vectors
from tests.account.conftest import Clock
from tests.servers.applications import settings
from tools.contract import GUEST
from tools.discovery.demo.load import load_demo
from tools.discovery.vectors import CannotEmbed
from tools.dispatch import Caller, Dispatcher
from tools.ports import Embedder

PROPERTIES = 80


@pytest.fixture
async def runtime(database_url: str, tmp_path: Path) -> AsyncGenerator[Runtime]:
    async with running(settings(database_url, tmp_path, vectors=True)) as started:
        await load_demo(started.database, PROPERTIES)
        yield started


async def with_vector(runtime: Runtime, model: str | None = None) -> int:
    async with runtime.database.reading() as db:
        return (await status.listed(db, model or runtime.ports.embedder.model)).with_vector


async def models(runtime: Runtime) -> vectors.Models:
    async with runtime.database.reading(primary=True) as db:
        return await vectors.models(db)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.05)


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


@pytest.mark.requirement("S16")
async def test_workers_make_the_vectors_of_what_is_loaded_beside_them(
    runtime: Runtime, database_url: str, tmp_path: Path
) -> None:
    async def all_made() -> bool:
        return await with_vector(runtime) == PROPERTIES + 10

    async with (
        running(settings(database_url, tmp_path, vectors=True)) as other,
        work.working(runtime),
        work.working(other),
        backfill.wanting(runtime),
    ):
        await load_demo(runtime.database, PROPERTIES + 10)
        await until(all_made)


class OtherEmbedder:
    """A model with vectors of its own, that counts what it is asked."""

    dimensions = 384

    def __init__(self, model: str) -> None:
        self.model = model
        self.asked: list[str] = []

    async def query(self, text: str) -> list[float]:
        self.asked.append(text)
        return [1.0] + [0.0] * 383

    async def passages(self, texts: Any) -> list[list[float]]:
        return [[1.0] + [0.0] * 383 for _ in texts]


def with_embedder(runtime: Runtime, embedder: Embedder, *others: Embedder, clock: Any = None) -> Runtime:
    """The same system, as it is after a restart with another model."""
    known = {each.model: each for each in others}
    ports = replace(
        runtime.ports, embedder=embedder, embedder_of=known.get, clock=clock or runtime.ports.clock
    )
    return replace(runtime, ports=ports, dispatcher=Dispatcher(runtime.catalog, runtime.database, ports))


async def search(runtime: Runtime) -> None:
    answer: Any = await runtime.dispatcher.run(
        runtime.catalog["search_properties"], {"words": "sunny quiet garden"}, Caller("rest", GUEST)
    )
    assert answer.items


@pytest.mark.requirement("S16")
async def test_vectors_of_another_model_are_used_all_at_once_when_the_last_one_is_there(
    runtime: Runtime,
) -> None:
    old, new, clock = OtherEmbedder("old"), OtherEmbedder("new"), Clock()
    before = with_embedder(runtime, old)
    assert await backfill.want(before)
    await backfill.fill(before, unheard)
    after = with_embedder(runtime, new, old, clock=clock)
    assert await backfill.want(after)
    assert not await backfill.want(after)
    assert await models(after) == ("old", "new")
    embed = after.catalog["embed_listings"]
    await after.dispatcher.run(embed, {"limit": PROPERTIES - 1}, operator(embed))
    await search(after)
    assert (len(old.asked), len(new.asked), await with_vector(after, "new")) == (1, 0, PROPERTIES - 1)
    await after.dispatcher.run(embed, {"limit": 10}, operator(embed))
    assert await models(after) == ("new", "new")

    async def asks_the_new_one() -> bool:
        await search(after)
        return bool(new.asked)

    await until(asks_the_new_one)
    forget = after.catalog["forget_old_vectors"]
    assert str(await after.dispatcher.run(forget, {}, operator(forget))) == "done=0 remaining=0"
    clock.pass_(vectors.KEPT + timedelta(minutes=1))
    rounds = [await after.dispatcher.run(forget, {"limit": 60}, operator(forget)) for _ in range(2)]
    assert [str(each) for each in rounds] == ["done=60 remaining=20", "done=20 remaining=0"]
    assert (await with_vector(after, "old"), await with_vector(after, "new")) == (0, PROPERTIES)


async def test_where_the_model_in_use_cannot_be_asked_words_alone_find(runtime: Runtime) -> None:
    old, new = OtherEmbedder("old"), OtherEmbedder("new")
    before, after = with_embedder(runtime, old), with_embedder(runtime, new)
    await backfill.want(before)
    await backfill.fill(before, unheard)
    await backfill.want(after)
    await search(after)
    assert (old.asked, new.asked) == ([], [])
    embed = before.catalog["embed_listings"]
    with pytest.raises(CannotEmbed):
        await before.dispatcher.run(embed, {}, operator(embed))


async def test_whoever_goes_back_to_the_model_in_use_leaves_the_half_made_one(runtime: Runtime) -> None:
    old, new = OtherEmbedder("old"), OtherEmbedder("new")
    await backfill.want(with_embedder(runtime, old))
    await backfill.want(with_embedder(runtime, new))
    assert await backfill.want(with_embedder(runtime, old))
    assert await models(runtime) == ("old", "old")
    async with runtime.database.reading() as db:
        left = (await db.execute(text("select model from vector_models where left_at is not null"))).all()
    assert [row[0] for row in left] == ["new"]
