"""Writes that are killed: the effect, its activity and its kept answer stand or fall together."""

import asyncio
import itertools
import json
import resource
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import httpx
import pytest

from tests.crash.product import Product, kill, until

pytestmark = pytest.mark.timeout(600)

LOCK: Final = 360
DONE: Final = {"shortlisted": True, "changed": True, "list": "Shortlist"}
"""What the first write of a property answers; a second says that nothing has changed."""

POINTS: Final[Mapping[str, str]] = {
    "before its key is taken": "trigger held_up before insert on kept_answers",
    "before it is done": "trigger held_up before insert on shortlists",
    "before it is recorded": "trigger held_up before insert on activities",
    "before its answer is kept": "trigger held_up before update on kept_answers",
    "while it commits": "constraint trigger held_up after insert on activities deferrable initially deferred",
}
_HOLD_UP: Final = """
create function hold_up() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(360);
    return new;
end $$"""
FULL: Final = 16 * 2**20 + 3 * 4_096
"""Room for a segment of the log, and half a page more, so that a write is cut short as on a full disk."""

_FILL: Final = """
insert into kept_answers (person_id, tool, key, given_hash, body)
select 0, 'f', $1 || ' ' || n, '', case when $2 > 1 then
    (select string_agg(sha256((n * 40 + part)::text::bytea), '') from generate_series(1, 40) part) end
from generate_series(1, $2) n"""
_WAITING: Final = "select pid from pg_stat_activity where wait_event = 'advisory'"
_FOUND: Final = """
select (select count(*) from shortlists where property_id = $1),
    (select count(*) from activities where key = $2),
    (select count(*) from kept_answers where key = $2)"""


@dataclass(frozen=True)
class Asha:
    """Somebody who shortlists properties, each with a key, and asks again until there is an answer."""

    product: Product
    token: str

    async def ask(self, which: int, key: str) -> httpx.Response:
        """One attempt. Raises `TransportError` where nothing comes back."""
        headers = {"authorization": f"Bearer {self.token}", "idempotency-key": key}
        async with httpx.AsyncClient(base_url=self.product.url, timeout=30) as http:
            return await http.put(f"/api/v1/me/shortlist/{which}", json={}, headers=headers)

    async def until_answered(self, which: int, key: str) -> dict[str, Any]:
        """The answer, once there is one; on the way there only what says that it may be asked again."""

        async def answer() -> dict[str, Any] | None:
            try:
                said = await self.ask(which, key)
            except httpx.TransportError:
                return None
            if said.status_code == 200:
                return said.json()
            assert said.status_code in (409, 503), said.text
            assert int(said.headers["retry-after"]) > 0
            return None

        return await until(f"{key} is answered", answer)


@pytest.fixture
async def asha(product: Product, few: str) -> Asha:
    await product.done("import", "listings", few)
    process = await product.ghar("token", "--as", "member", "--port", str(product.port))
    out, _ = await process.communicate()
    assert process.returncode == 0, product.said("token")
    await product.serve()
    return Asha(product, out.decode().strip())


@asynccontextmanager
async def held_up(product: Product, trigger: str) -> AsyncGenerator[None]:
    """Every write stops at this point for the length of the block."""
    async with product.connected() as db:
        await db.execute(f"create {trigger} for each row execute function hold_up()")
        await db.execute("select pg_advisory_lock($1)", LOCK)
        try:
            yield
        finally:
            # Its lock ends with it, also where all of PostgreSQL was killed.
            db.terminate()
    await until_free(product)
    table = trigger.split(" on ")[1].split()[0]
    async with product.connected() as db:
        await db.execute(f"drop trigger held_up on {table}")


async def until_free(product: Product) -> None:
    """Wait until no write is held up any more."""
    async with product.connected() as db:

        async def free() -> bool | None:
            return await db.fetchval(_WAITING) is None or None

        await until("nothing is held up", free)


async def waiting(product: Product) -> int:
    """The process id of the backend that is held up, once there is one."""
    async with product.connected() as db:

        async def found() -> int | None:
            return await db.fetchval(_WAITING)

        return await until("a write is held up", found)


async def found(product: Product, which: int, key: str) -> set[int]:
    """How many effects, activities and kept answers there are of a write."""
    async with product.connected() as db:
        row = await db.fetchrow(_FOUND, which, key)
    assert row is not None
    return set(row)


async def _the_server(product: Product, _backend: int) -> None:
    product.processes[-1].kill()
    await product.processes[-1].wait()


async def _the_backend(_product: Product, backend: int) -> None:
    kill(backend)


async def _the_postmaster(product: Product, _backend: int) -> None:
    kill(product.postmaster)


Victim = Callable[[Product, int], Awaitable[None]]
VICTIMS: Final[Mapping[str, Victim]] = {
    "the server": _the_server,
    "its backend": _the_backend,
    "the postmaster": _the_postmaster,
}


async def outcome(asking: asyncio.Task[httpx.Response]) -> int | None:
    """The status that came back, or None where nothing did."""
    try:
        return (await asking).status_code
    except httpx.TransportError:
        return None


async def again(product: Product) -> None:
    """Start the server, if it was that which was killed."""
    if product.processes[-1].returncode is not None:
        await product.serve()


@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_write_that_is_killed_anywhere_stands_or_falls_whole(asha: Asha, victim: str):
    product = asha.product
    async with product.connected() as db:
        await db.execute(_HOLD_UP)
    for which, (point, trigger) in enumerate(POINTS.items(), start=1):
        key = f"key-{which}"
        async with held_up(product, trigger):
            asking = asyncio.create_task(asha.ask(which, key))
            await VICTIMS[victim](product, await waiting(product))
            assert await outcome(asking) in (None, 503), point
        await again(product)
        assert await found(product, which, key) in ({0}, {1}), point
        assert await asha.until_answered(which, key) == {"property_id": which} | DONE, point
        assert await asha.until_answered(which, key) == {"property_id": which} | DONE, point
        assert await found(product, which, key) == {1}, point
    assert "Traceback" not in product.said("serve")


async def test_a_write_that_was_done_and_never_answered_is_answered_to_whoever_repeats_it(asha: Asha):
    product = asha.product
    async with product.connected() as db:
        await db.execute(_HOLD_UP)
    async with held_up(product, POINTS["while it commits"]):
        asking = asyncio.create_task(asha.ask(1, "key"))
        backend = await waiting(product)
        # Frozen, it does not hear of the commit that goes on without it.
        product.processes[-1].send_signal(signal.SIGSTOP)

    async def committed() -> bool | None:
        return await found(product, 1, "key") == {1} or None

    await until("the write is committed", committed)
    await _the_server(product, backend)
    assert await outcome(asking) is None
    await again(product)
    assert await asha.until_answered(1, "key") == {"property_id": 1} | DONE
    assert await found(product, 1, "key") == {1}


async def test_nothing_is_lost_or_done_twice_while_everything_dies_now_and_then(asha: Asha):
    product, numbers = asha.product, itertools.count(1)
    answers: dict[str, str] = {}

    async def write() -> None:
        while (which := next(numbers)) <= 200:
            said = await asha.until_answered(which, f"key-{which}")
            answers[f"key-{which}"] = json.dumps(said, sort_keys=True)

    async def done(count: int) -> None:
        async def so_many() -> bool | None:
            return len(answers) >= count or None

        await until(f"{count} writes are answered", so_many)

    async def die() -> None:
        for count, victim in (
            (30, "the server"),
            (70, "the postmaster"),
            (110, "the server"),
            (150, "its backend"),
        ):
            await done(count)
            await VICTIMS[victim](product, await product.backend("kept_answers"))
            await again(product)

    await asyncio.gather(die(), *(write() for _ in range(8)))
    assert len(answers) == 200
    assert all(json.loads(said)["changed"] for said in answers.values())
    async with product.connected() as db:
        for table in ("shortlists", "activities", "kept_answers"):
            assert await db.fetchval(f"select count(*) from {table}") == 200, table
        assert await db.fetchval("select count(distinct key) from activities") == 200
    for key in list(answers)[::10]:
        said = await asha.until_answered(int(key.partition("-")[2]), key)
        assert json.dumps(said, sort_keys=True) == answers[key]


async def fill(db: "asyncpg.Connection[asyncpg.Record]", rows: int) -> None:
    """Keep on writing so many rows at once."""
    for number in range(20_000):
        await db.execute(_FILL, f"{rows} {number}", rows)


async def test_a_full_disk_is_said_and_leaves_nothing_half_done(asha: Asha):
    product = asha.product
    await product.end()
    product.largest = FULL
    await product.serve()
    async with product.connected() as db:
        # Ever smaller pieces, for what is left of the last page and of those that were given back.
        for rows in (500, 20, 1):
            with pytest.raises(asyncpg.DiskFullError):
                await fill(db, rows)
    said = await asha.ask(1, "key")
    assert (said.status_code, said.json()["error"]["code"]) == (503, "unavailable")
    assert int(said.headers["retry-after"]) > 0
    assert await found(product, 1, "key") == {0}
    async with httpx.AsyncClient(base_url=product.url) as http:
        assert (await http.get("/api/v1/properties", params={"limit": 5})).status_code == 200
    await product.end()
    product.largest = resource.RLIM_INFINITY
    await product.serve()
    assert await asha.until_answered(1, "key") == {"property_id": 1} | DONE
    assert await found(product, 1, "key") == {1}
    assert "Traceback" not in product.said("serve")
