"""The hub: everybody gets their events in order and once, whoever else is slow, and whatever gets lost."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from servers.streams.hub import BATCH, EACH, Crowded, Hub, Stream, TooManyStreams
from storage import events, people, signins
from storage.bus import EVERYTHING, LocalBus, person
from storage.engine import Database, DatabaseOptions

PATIENCE = 30.0
SOON = 0.1
_ERASED = text("update people set erased_at = now(), phone = null, email = null, name = null where id = :id")
_CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and query like '%as wanted (person, last)%' and pid <> pg_backend_pid()"""


@pytest.fixture(scope="module")
async def home(peopled_url: str) -> AsyncGenerator[Database]:
    opened = Database(DatabaseOptions(url=peopled_url, pool_size=5, background_pool_size=2))
    yield opened
    await opened.close()


@asynccontextmanager
async def hub(database: Database, *, every: float = 60.0, most: int = 5_000) -> AsyncGenerator[Hub]:
    made = Hub(database, LocalBus(), every=every, most=most)
    async with made.running():
        yield made


async def somebody(database: Database) -> int:
    async with database.writing() as db:
        return (await people.ensure(db, f"{uuid4().hex}@ghar.test")).id


async def tell(database: Database, whom: int, count: int = 1) -> None:
    async with database.writing() as db:
        await events.add(db, [(whom, "visit.requested", {"which": each}) for each in range(count)])


async def taken(stream: Stream, count: int) -> list[int]:
    """The ids of the next events."""
    found: list[int] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            found += [told.id for told in await stream.next()]
            assert stream.ended is None
    return found


async def ended(stream: Stream) -> str | None:
    async with asyncio.timeout(PATIENCE):
        while stream.ended is None:
            await stream.next()
    return stream.ended


async def test_events_come_in_order_and_once_however_they_are_hinted_at(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home) as here:
        with here.opened(whom, None, 0) as stream:
            for _ in range(20):
                await tell(home, whom, random.randint(1, 5))
                here.look(whom)
            await tell(home, whom)
            here.look(whom)
            found = await taken(stream, 21)
        assert found == sorted(set(found))


async def test_a_stream_that_takes_nothing_holds_up_nobody_and_misses_nothing(home: Database) -> None:
    slow, quick = await somebody(home), await somebody(home)
    many = 3 * BATCH + 7
    async with hub(home) as here:
        with (
            here.opened(slow, None, 0) as stuck,
            here.opened(slow, None, 0) as beside,
            here.opened(quick, None, 0) as other,
        ):
            await tell(home, slow, many)
            await tell(home, quick, many)
            here.look(slow)
            here.look(quick)
            assert len(await taken(other, many)) == many
            by_now = await taken(beside, many)
            # What was told meanwhile is not kept for it twice, and not kept in memory.
            await tell(home, slow, 5)
            here.look(slow)
            assert len(await taken(beside, 5)) == 5
            late = await taken(stuck, many + 5)
        assert late[:many] == by_now
        assert late == sorted(set(late))


async def test_streams_of_one_person_go_on_from_where_each_of_them_is(home: Database) -> None:
    whom = await somebody(home)
    await tell(home, whom, 2 * BATCH)
    chance = random.Random(5)
    async with home.reading(primary=True) as db:
        every = [event.id for event in await events.after(db, {whom: 0}, 10_000)]
    async with hub(home) as here:
        with ExitStack() as open_:
            starts = [0, every[-1], *chance.sample(every, 5)]
            streams = [open_.enter_context(here.opened(whom, None, start)) for start in starts]
            taking = [
                asyncio.create_task(taken(stream, sum(id_ > start for id_ in every) + 50))
                for stream, start in zip(streams, starts, strict=True)
            ]
            for _ in range(10):
                await tell(home, whom, 5)
                here.look(whom)
            got = await asyncio.gather(*taking)
    async with home.reading(primary=True) as db:
        every = [event.id for event in await events.after(db, {whom: 0}, 10_000)]
    assert got == [[id_ for id_ in every if id_ > start] for start in starts]


async def test_what_no_hint_told_is_found_all_the_same(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home, every=SOON) as here:
        with here.opened(whom, None, 0) as stream:
            await tell(home, whom)
            assert len(await taken(stream, 1)) == 1


async def test_after_an_outage_of_the_bus_everybody_is_looked_at(home: Database) -> None:
    whom = await somebody(home)
    bus = LocalBus()
    here = Hub(home, bus, every=60.0)
    async with here.running():
        with here.opened(whom, None, 0) as stream:
            await tell(home, whom)
            await bus.publish({"job:1", person(whom + 1), EVERYTHING})
            assert len(await taken(stream, 1)) == 1


async def test_streams_go_on_after_the_database_cut_their_connection(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home, every=SOON) as here:
        with here.opened(whom, None, 0) as stream:
            await tell(home, whom)
            await taken(stream, 1)
            connection = await asyncpg.connect(home.options.url)
            assert await connection.fetch(_CUT)
            await connection.close()
            await tell(home, whom)
            await taken(stream, 1)


async def test_the_end_of_a_sign_in_ends_its_streams_and_no_others(home: Database) -> None:
    whom = await somebody(home)
    async with home.writing() as db:
        one = await signins.begin_web(db, whom, uuid4().bytes, "one", timedelta(hours=1))
        other = await signins.begin_web(db, whom, uuid4().bytes, "other", timedelta(hours=1))
    async with hub(home, every=SOON) as here:
        with here.opened(whom, one, 0) as gone, here.opened(whom, other, 0) as stays:
            async with home.writing() as db:
                await signins.end(db, one)
            assert await ended(gone) == "signed_out"
            await tell(home, whom)
            await taken(stays, 1)
            assert stays.ended is None


async def test_an_erased_person_hears_no_more(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home, every=SOON) as here:
        with here.opened(whom, None, 0) as stream:
            async with home.writing() as db:
                await db.execute(_ERASED, {"id": whom})
            assert await ended(stream) == "signed_out"


async def test_the_oldest_stream_makes_room_for_one_more(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home) as here:
        with ExitStack() as open_:
            streams = [open_.enter_context(here.opened(whom, None, 0)) for _ in range(EACH + 1)]
            assert [stream.ended for stream in streams] == ["too_many", *[None] * EACH]
        assert len(here) == 0


async def test_streams_that_nobody_takes_from_are_not_opened_without_end(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home) as here:
        with ExitStack() as open_:
            for _ in range(2 * EACH):
                open_.enter_context(here.opened(whom, None, 0))
            with pytest.raises(TooManyStreams):
                open_.enter_context(here.opened(whom, None, 0))


class Faulty(LocalBus):
    """A bus with a defect that shows once."""

    well = False

    @property
    def carries(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride] - it is what fails
        if not self.well:
            self.well = True
            raise RuntimeError("a defect")
        return True


async def test_a_defect_is_told_and_streams_go_on(home: Database, caplog: pytest.LogCaptureFixture) -> None:
    whom = await somebody(home)
    here = Hub(home, Faulty(), every=60.0)
    async with here.running():
        with here.opened(whom, None, 0) as stream:
            await tell(home, whom)
            assert len(await taken(stream, 1)) == 1
    assert "looking for events failed" in caplog.text


async def test_a_full_process_takes_nobody_in(home: Database) -> None:
    whom, other = await somebody(home), await somebody(home)
    async with hub(home, most=1) as here:
        with here.opened(whom, None, 0), pytest.raises(Crowded), here.opened(other, None, 0):
            pass
        with here.opened(other, None, 0):
            assert len(here) == 1


async def test_the_end_of_the_hub_ends_every_stream(home: Database) -> None:
    whom = await somebody(home)
    async with hub(home) as here:
        with here.opened(whom, None, 0) as stream:
            here.stop()
            assert await ended(stream) == "stopping"
        with pytest.raises(Crowded), here.opened(whom, None, 0):
            pass
