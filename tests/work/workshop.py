"""A workshop: jobs of the tests' own, over a table of their own, and workers that do them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from servers.jobs import operator
from servers.runtime import Runtime, running
from servers.settings import load
from servers.work import Worker, stopped
from storage import queue
from storage.engine import driver
from storage.queue import Standing, State
from tools.catalog import Catalog
from tools.contract import Call, Model, Round
from tools.dispatch import Dispatcher
from tools.jobs import job, later
from tools.platform import queue as tools_of_queue
from tools.refusals import NotFound, Unavailable

PATIENCE = 30.0
"""Seconds after which what a test waits for is taken not to come."""

tries: Counter[str] = Counter()
"""How often each thing was begun."""

gates: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
"""What work on a thing waits for."""

at_work: Counter[str] = Counter()
most_at_work: Counter[str] = Counter()


class Thing(Model):
    thing: str = "a chair"
    times: int = 0


class Made(Model):
    made: str

    def summary(self) -> str:
        return f"Made {self.made}."


async def _put(call: Call, thing: str) -> None:
    await call.db.execute(text("insert into made (thing) values (:thing)"), {"thing": thing})


@job()
async def paint(call: Call, ask: Thing) -> Made:
    """Make a thing at once."""
    await _put(call, ask.thing)
    tries[ask.thing] += 1
    return Made(made=ask.thing)


@job(attempts=3)
async def stumble(call: Call, ask: Thing) -> Made:
    """Make a thing, and fail the first `times` times after that."""
    await _put(call, ask.thing)
    tries[ask.thing] += 1
    if tries[ask.thing] <= ask.times:
        raise RuntimeError("the paint is +919800000000")
    return Made(made=ask.thing)


@job()
async def seek(call: Call, ask: Thing) -> Made:
    """Be refused for good."""
    tries[ask.thing] += 1
    raise NotFound("There is no such thing.")


@job()
async def order(call: Call, ask: Thing) -> Made:
    """Be put off for a minute."""
    raise Unavailable("The shop is closed.", retry_after=60)


@job(minutes=1)
async def polish(call: Call, ask: Thing) -> Made:
    """Make a thing, tell of it, and wait at its gate."""
    await _put(call, ask.thing)
    tries[ask.thing] += 1
    await call.host.progress(1, 2, "Half of it shines.")
    await gates[ask.thing].wait()
    return Made(made=ask.thing)


@job(minutes=1)
async def scrub(call: Call, ask: Thing) -> Made:
    """Make a thing, and tell of it again and again."""
    await _put(call, ask.thing)
    tries[ask.thing] += 1
    while not gates[ask.thing].is_set():
        await call.host.progress(1, 2)
        await asyncio.sleep(0.05)
    return Made(made=ask.thing)


@job(at_once=2)
async def carve(call: Call, ask: Thing) -> Made:
    """Work that two can do at the same time."""
    at_work["carve"] += 1
    most_at_work["carve"] = max(most_at_work["carve"], at_work["carve"])
    await asyncio.sleep(0.05)
    at_work["carve"] -= 1
    await _put(call, ask.thing)
    return Made(made=ask.thing)


@job()
async def sand(call: Call, ask: Thing) -> Round:
    """One of `times` rounds; each but the first waits at a gate of its own."""
    tries[ask.thing] += 1
    done = await call.db.scalar(text("select count(*) from made where thing = :thing"), {"thing": ask.thing})
    assert isinstance(done, int)
    if done:
        await gates[f"{ask.thing} {done}"].wait()
    await _put(call, ask.thing)
    return Round(done=1, remaining=ask.times - done - 1)


@job(attempts=2)
async def plane(call: Call, ask: Thing) -> Round:
    """One of three rounds; every second try fails."""
    tries[ask.thing] += 1
    if tries[ask.thing] % 2:
        raise Unavailable
    await _put(call, ask.thing)
    return Round(done=1, remaining=3 - tries[ask.thing] // 2)


@job(minutes=0.002)
async def doze(call: Call, ask: Thing) -> Made:
    """Take longer than it may."""
    await gates["nobody opens this"].wait()
    return Made(made=ask.thing)


@job()
async def hand_on(call: Call, ask: Thing) -> Made:
    """Put another job into the queue, and fail where there is something to fail for."""
    await later(call, "paint", {"thing": ask.thing}, key=ask.thing)
    if ask.times:
        raise NotFound
    return Made(made=ask.thing)


JOBS = (paint, stumble, seek, order, polish, scrub, carve, sand, plane, doze, hand_on)


@dataclass(frozen=True)
class Workshop:
    """The workshop, over one database."""

    runtime: Runtime

    async def put(self, name: str, thing: str, times: int = 0, **how: Any) -> int:
        """Put a job into the queue, in a transaction of its own."""
        given = Thing(thing=thing, times=times).model_dump_json().encode()
        async with self.runtime.database.writing() as db:
            return await queue.put(db, name, given, **how)

    async def standing(self, id_: int) -> Standing:
        """How a job stands."""
        async with self.runtime.database.reading(primary=True) as db:
            found = await queue.get(db, id_)
        assert found is not None
        return found

    async def until(self, id_: int, state: State, **more: Any) -> Standing:
        """How a job stands once it is in a state, and what else is asked of it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.standing(id_)
                if found.state == state and all(getattr(found, key) == value for key, value in more.items()):
                    return found
                await asyncio.sleep(0.02)

    async def made(self) -> list[str]:
        """What was made, in that order."""
        async with self.runtime.database.reading(primary=True) as db:
            return [row[0] for row in await (await driver(db)).fetch("select thing from made order by id")]

    async def sql(self, query: str, *given: Any) -> list[Any]:
        """The rows of a statement."""
        async with self.runtime.database.writing() as db:
            return list(await (await driver(db)).fetch(query, *given))

    async def hurry(self) -> None:
        """Let what waits for its time wait no longer."""
        await self.sql("update pgqueuer set execute_after = now() where status = 'queued'")

    async def tool(self, name: str, /, **given: Any) -> Any:
        """What a tool of admins answers."""
        tool = self.runtime.catalog[name]
        answer = await self.runtime.dispatcher.run(tool, given, operator(tool))
        return answer.model_dump(mode="json")

    async def clear(self) -> None:
        """Begin anew."""
        await self.sql("truncate made, jobs, pgqueuer, pgqueuer_log, kept_answers restart identity")

    @asynccontextmanager
    async def worker(self) -> AsyncGenerator[Worker]:
        """Somebody who works, until the block ends."""
        worker = Worker(self.runtime)
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            await stopped(worker, task, 0.2)

    async def drain(self) -> None:
        """Do all that is due."""
        async with asyncio.timeout(PATIENCE):
            await Worker(self.runtime).run(drain=True)


async def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def workshop(url: str, home: Path, **settings: Any) -> AsyncGenerator[Workshop]:
    """A workshop over an empty database."""
    chosen: Mapping[str, Any] = {"database_url": url, "home": home, "embedder": "hashing", **settings}
    async with running(load(**chosen)) as runtime:
        whole = Catalog([*JOBS, *Catalog.of([tools_of_queue])])
        mine = replace(runtime, catalog=whole, dispatcher=Dispatcher(whole, runtime.database, runtime.ports))
        shop = Workshop(mine)
        await shop.sql("create table if not exists made (id bigint generated always as identity, thing text)")
        yield shop
