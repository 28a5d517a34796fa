"""Idempotency keys: what is repeated is done once, and answered alike."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

import tools.trust.answers
import tools.trust.waiting
from servers.jobs import rounds
from storage import events, people
from storage.activities import ActivityRow
from storage.bus import person
from storage.engine import Database, DatabaseOptions
from storage.kept_answers import KeptAnswerRow
from tests.trust import marks
from tools.catalog import Catalog
from tools.consent import NotConfirmable, Preview
from tools.contract import GUEST, Model, Viewer
from tools.dispatch import Caller, Dispatcher
from tools.host import SILENT, Silent
from tools.keys import AnswerGone, KeyInFlight, KeyReused, checked, digest, of_turn
from tools.ports import Ports
from tools.refusals import InsufficientScope, Invalid, Refused

SCOPES = frozenset({"mcp:read", "mcp:write"})
CATALOG = Catalog.of([marks, tools.trust.waiting, tools.trust.answers])


@dataclass(frozen=True)
class Gate(Silent):
    """A host that holds a call up in the middle, until it is let go."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def log(self, said: str) -> None:
        self.reached.set()
        await self.open.wait()


@dataclass(frozen=True)
class Somebody:
    """A person who calls the marks' tools, in one process of the product."""

    dispatcher: Dispatcher
    database: Database
    viewer: Viewer

    async def call(self, name: str, key: str | None = None, host: Any = SILENT, /, **given: Any) -> Any:
        caller = Caller("mcp", self.viewer, host, key=key)
        return await self.dispatcher.run(self.dispatcher.catalog[name], given, caller)

    async def counts(self) -> tuple[int, int, int]:
        """How many marks, activities and kept answers there are."""
        async with self.database.reading(primary=True) as db:
            rows = [
                await db.scalar(select(func.count()).select_from(each))
                for each in (ActivityRow, KeptAnswerRow)
            ]
            return await marks.count(db), rows[0] or 0, rows[1] or 0

    async def change(self, **values: Any) -> None:
        """Change what is kept for every key."""
        async with self.database.writing() as db:
            await db.execute(update(KeptAnswerRow).values(**values))


Process = Callable[..., Awaitable[Somebody]]


@pytest.fixture
async def process(database_url: str, ports: Ports) -> AsyncGenerator[Process]:
    """Makes another process's worth of the product on the same database, with a pool of its own."""
    async with AsyncExitStack() as stack:

        async def make(pool_size: int = 5, viewer: Viewer | None = None) -> Somebody:
            database = Database(DatabaseOptions(url=database_url, pool_size=pool_size))
            stack.push_async_callback(database.close)
            if viewer is None:
                async with database.writing() as db:
                    person = await people.ensure(db, "+919812345678")
                viewer = Viewer(person.id, "member", SCOPES, session=None)
            return Somebody(Dispatcher(CATALOG, database, ports), database, viewer)

        yield make


@pytest.fixture
async def asha(process: Process) -> Somebody:
    return await process()


async def test_a_repeated_write_is_done_once_and_answered_alike(asha: Somebody) -> None:
    first = await asha.call("add_mark", "k", name="a", tags={"x": 1, "y": 2})
    assert await asha.call("add_mark", "k", name="a", tags={"y": 2, "x": 1}) == first
    assert await asha.counts() == (1, 1, 1)


async def test_without_a_key_the_same_call_is_another_call(asha: Somebody) -> None:
    assert (await asha.call("add_mark", name="a")).number != (await asha.call("add_mark", name="a")).number
    assert await asha.counts() == (2, 2, 0)


async def test_what_is_repeated_is_told_once(asha: Somebody, ports: Ports) -> None:
    hints: list[str] = []
    assert asha.viewer.id is not None
    with ports.bus.listen(hints.append):
        for _ in range(2):
            await asha.call("add_mark", "k", name="a")
    assert hints == [person(asha.viewer.id)]
    async with asha.database.reading() as db:
        assert len(await events.after(db, {asha.viewer.id: 0}, 10)) == 1


@pytest.mark.parametrize("other", [{"name": "b"}, {"name": "a", "note": "n"}, {"name": "a", "note": None}])
async def test_other_arguments_with_a_used_key_are_refused(asha: Somebody, other: dict[str, Any]) -> None:
    await asha.call("add_mark", "k", name="a")
    with pytest.raises(KeyReused):
        await asha.call("add_mark", "k", **other)
    assert await asha.counts() == (1, 1, 1)


async def test_keys_belong_to_a_person_and_a_tool(asha: Somebody, process: Process) -> None:
    async with asha.database.writing() as db:
        other = await people.ensure(db, "ravi@example.com")
    ravi = await process(viewer=Viewer(other.id, "member", SCOPES))
    said = [
        await asha.call("add_mark", "k", name="a"),
        await asha.call("add_other_mark", "k", name="b"),
        await ravi.call("add_mark", "k", name="c"),
    ]
    assert [each.name for each in said] == ["a", "b", "c"]
    assert await asha.counts() == (3, 3, 3)


async def test_keys_of_guests_are_ignored(process: Process) -> None:
    guest = await process(viewer=GUEST)
    await guest.call("add_open_mark", "k", name="a")
    await guest.call("add_open_mark", "k", name="b")
    assert await guest.counts() == (2, 2, 0)


async def test_what_was_refused_leaves_its_key_free(asha: Somebody) -> None:
    with pytest.raises(marks.NotThat):
        await asha.call("add_no_mark", "k", name="a")
    assert await asha.counts() == (0, 0, 0)
    await asha.call("add_no_mark", "k", name="well")
    assert await asha.counts() == (1, 1, 1)


async def test_what_is_malformed_does_not_touch_its_key(asha: Somebody) -> None:
    with pytest.raises(Invalid):
        await asha.call("add_mark", "k", name="")
    await asha.call("add_mark", "k", name="a")
    assert await asha.counts() == (1, 1, 1)


async def test_whoever_lost_the_permission_is_not_answered_from_what_is_kept(asha: Somebody) -> None:
    await asha.call("add_mark", "k", name="a")
    less = replace(asha, viewer=replace(asha.viewer, scopes=frozenset({"mcp:read"})))
    with pytest.raises(InsufficientScope):
        await less.call("add_mark", "k", name="a")


async def test_many_at_once_in_several_processes_are_one(asha: Somebody, process: Process) -> None:
    both = [asha, await process()]
    said = await asyncio.gather(*(both[each % 2].call("add_mark", "k", name="a") for each in range(60)))
    assert all(each == said[0] for each in said)
    assert await asha.counts() == (1, 1, 1)


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_what_stays_under_way_is_refused_with_a_time_and_then_answered(
    asha: Somebody, process: Process, elsewhere: bool
) -> None:
    gate = Gate()
    first = asyncio.create_task(asha.call("add_mark", "k", gate, name="a"))
    await gate.reached.wait()
    again = await process() if elsewhere else asha
    with pytest.raises(KeyInFlight) as refused:
        await again.call("add_mark", "k", name="a")
    assert (refused.value.status, refused.value.retry_after) == (409, 1)
    gate.open.set()
    assert await again.call("add_mark", "k", name="a") == await first
    assert await asha.counts() == (1, 1, 1)


async def test_what_was_cancelled_in_the_middle_leaves_nothing_and_its_key_free(asha: Somebody) -> None:
    gate = Gate()
    first = asyncio.create_task(asha.call("add_mark", "k", gate, name="a"))
    await gate.reached.wait()
    waiting = asyncio.create_task(asha.call("add_mark", "k", name="a"))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert (await waiting).name == "a"
    assert await asha.counts() == (1, 1, 1)


async def test_repeats_do_not_use_up_the_connections(process: Process) -> None:
    asha = await process(pool_size=2)
    gate = Gate()
    first = asyncio.create_task(asha.call("add_mark", "k", gate, name="a"))
    await gate.reached.wait()
    repeats = [asyncio.create_task(asha.call("add_mark", "k", name="a")) for _ in range(50)]
    for number in range(10):
        await asha.call("add_other_mark", f"k{number}", name="b")
    assert not any(each.done() for each in repeats)
    gate.open.set()
    assert set(map(_written, await asyncio.gather(*repeats))) == {_written(await first)}


def _written(answer: Model) -> bytes:
    return answer.model_dump_json().encode()


async def test_after_two_days_a_key_is_new(asha: Somebody) -> None:
    await asha.call("add_mark", "k", name="a")
    await asha.change(made_at=text("now() - interval '47 hours 59 minutes'"))
    with pytest.raises(KeyReused):
        await asha.call("add_mark", "k", name="b")
    await asha.change(made_at=text("now() - interval '48 hours 1 minute'"))
    new = await asha.call("add_mark", "k", name="b")
    assert await asha.call("add_mark", "k", name="b") == new
    assert await asha.counts() == (2, 2, 1)


async def test_old_answers_are_forgotten_and_others_stay(asha: Somebody) -> None:
    for key in ("k1", "k2", "k3"):
        await asha.call("add_mark", key, name="a")
    await asha.change(made_at=text("now() - interval '49 hours'"))
    await asha.call("add_mark", "k4", name="a")
    told = [each async for each in rounds(asha.dispatcher, "forget_old_answers", {"limit": 2})]
    assert [(each.done, each.remaining) for each in told] == [(2, 1), (1, 0)]
    assert await asha.counts() == (4, 4, 1)


@pytest.mark.parametrize("body", [b'{"number": 1}', b"", b"null"])
async def test_an_answer_that_no_longer_fits_is_not_done_again(asha: Somebody, body: bytes) -> None:
    await asha.call("add_mark", "k", name="a")
    await asha.change(body=body)
    with pytest.raises(AnswerGone):
        await asha.call("add_mark", "k", name="a")
    assert await asha.counts() == (1, 1, 1)


async def test_a_preview_is_shown_again_and_its_button_gets_a_new_secret(asha: Somebody) -> None:
    first: Preview = await asha.call("add_asked_mark", "k", name="a")
    again: Preview = await asha.call("add_asked_mark", "k", name="a")
    assert _written(again) == _written(first)
    assert again.nonce != first.nonce
    with pytest.raises(NotConfirmable):
        await asha.call("confirm_action", ticket=first.ticket, nonce=first.nonce)
    done = await asha.call("confirm_action", ticket=first.ticket, nonce=again.nonce)
    assert done.state == "done"
    assert _written(await asha.call("add_asked_mark", "k", name="a")) == _written(first)
    assert await asha.counts() == (1, 1, 1)


async def test_a_preview_is_shown_again_even_where_a_new_one_would_be_refused(asha: Somebody) -> None:
    first = await asha.call("add_asked_mark", "k", name="a")
    await asha.call("add_mark", name="a")
    with pytest.raises(marks.NotThat):
        await asha.call("add_asked_mark", "other", name="a")
    assert _written(await asha.call("add_asked_mark", "k", name="a")) == _written(first)


async def test_another_app_does_not_see_a_preview_by_its_key(asha: Somebody) -> None:
    await asha.call("add_asked_mark", "k", name="a")
    other = replace(asha, viewer=replace(asha.viewer, session=5))
    with pytest.raises(Refused):
        await other.call("add_asked_mark", "k", name="a")


async def test_a_confirmation_can_be_repeated(asha: Somebody) -> None:
    shown = await asha.call("add_asked_mark", name="a")
    given = {"ticket": shown.ticket, "nonce": shown.nonce}
    said = await asyncio.gather(*(asha.call("confirm_action", "k", **given) for _ in range(20)))
    assert len({each.model_dump_json() for each in said}) == 1
    assert await asha.counts() == (1, 1, 1)


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é", "a\n", "a\0", "\x7f", 5, None, ["k"], b"k"])
def test_what_is_no_key_is_refused(key: object) -> None:
    with pytest.raises(Invalid):
        checked(key)


def test_a_key_is_any_visible_ascii() -> None:
    every = "".join(map(chr, range(0x21, 0x7F)))
    assert checked(every) == every
    assert checked("x" * 255)


def test_a_tool_calls_id_is_a_key_within_its_turn() -> None:
    known = [
        of_turn("t1", "call_1"),
        of_turn("t2", "call_1"),
        of_turn("t1", "call_2"),
        of_turn("t1", "\ud800\0"),
    ]
    assert len({checked(each) for each in known}) == 4
    assert of_turn("t1", "call_1") == known[0]


def test_arguments_are_told_apart_exactly() -> None:
    given: list[dict[str, Any]] = [
        {"name": "a"},
        {"name": "a", "note": None},
        {"name": "a", "note": ""},
        {"name": "a", "tags": {"x": 1}},
        {"name": "a", "tags": {"x": 1, "y": 2}},
    ]
    assert len({digest(marks.Mark(**each)) for each in given}) == len(given)
    assert digest(marks.Mark(name="a", tags={"y": 2, "x": 1})) == digest(marks.Mark(**given[-1]))
