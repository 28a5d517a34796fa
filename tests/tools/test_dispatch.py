"""Dispatch: what it promises of every tool, whoever calls it from wherever."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from storage import events
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from storage.events import Event
from tests import templates
from tests.tools import examples
from tools.catalog import Catalog
from tools.contract import GUEST, Model, Viewer
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports
from tools.refusals import (
    Forbidden,
    InsufficientScope,
    Invalid,
    Refused,
    SignInRequired,
    TimedOut,
    Unavailable,
    UnknownTool,
)

MEMBER = Viewer(7, "member", frozenset({"mcp:read", "mcp:write", "places:write"}))


class Calling:
    """Calls tools as somebody, and looks up what members are told."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def told(self, person_id: int) -> list[Event]:
        async with self._dispatcher.database.reading() as db:
            return await events.after(db, {person_id: 0}, 10)

    async def __call__(self, name: str, viewer: Viewer = GUEST, **given: Any) -> Model:
        tool = self._dispatcher.catalog[name]
        return await self._dispatcher.run(tool, given, Caller("rest", viewer))

    async def count(self) -> int:
        answer = await self("count_places")
        assert isinstance(answer, examples.Count)
        return answer.places


@pytest.fixture
async def bus() -> LocalBus:
    return LocalBus()


@pytest.fixture
async def call(database_url: str, ports: Ports, bus: LocalBus) -> AsyncGenerator[Calling]:
    await templates.people(database_url, 7)
    database = Database(DatabaseOptions(url=database_url, pool_size=2, read_timeout=300))
    yield Calling(Dispatcher(Catalog.of([examples]), database, replace(ports, bus=bus)))
    await database.close()


async def test_a_write_is_kept_and_its_events_are_told_after_it(call: Calling, bus: LocalBus) -> None:
    hints: list[str] = []
    with bus.listen(hints.append):
        await call("name_place", MEMBER, slug="asha nagar")
    assert hints == ["person:7"]
    (event,) = await call.told(7)
    assert (event.name, event.about) == ("place.named", {"slug": "asha nagar"})
    assert await call.count() == 1


async def test_a_refusal_leaves_nothing_behind_and_tells_nobody(call: Calling, bus: LocalBus) -> None:
    hints: list[str] = []
    with bus.listen(hints.append), pytest.raises(Refused, match="Not today"):
        await call("name_place_in_vain", MEMBER, slug="asha nagar")
    assert not hints
    assert await call.told(7) == []
    assert await call.count() == 0


async def test_what_is_written_past_sqlalchemy_is_in_the_same_transaction(call: Calling) -> None:
    with pytest.raises(Refused, match="Not today"):
        await call("name_place_quickly_in_vain", MEMBER, slug="asha nagar")
    assert await call.count() == 0


async def test_a_constraint_that_fails_is_the_refusal_that_the_tool_declares(call: Calling) -> None:
    await call("name_place", MEMBER, slug="asha nagar")
    with pytest.raises(examples.PlaceTaken) as refused:
        await call("name_place", MEMBER, slug="asha nagar")
    assert refused.value.body() == {
        "error": {
            "code": "place_taken",
            "message": "There is a place of that name already.",
            "details": None,
        }
    }
    assert await call.count() == 1


async def test_a_read_that_writes_fails_in_the_database(call: Calling) -> None:
    with pytest.raises(DBAPIError, match="read-only transaction"):
        await call("write_in_a_read", slug="asha nagar")
    assert await call.count() == 0


async def test_a_quick_read_that_writes_fails_in_the_database(call: Calling) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await call("write_in_a_quick_read")


async def test_a_write_for_which_no_connection_is_free_asks_to_come_back(
    call: Calling, database_url: str, ports: Ports
) -> None:
    database = Database(DatabaseOptions(url=database_url, pool_size=1))
    busy = Calling(Dispatcher(Catalog.of([examples]), database, ports))
    async with database.writing() as db:
        await db.connection()
        with pytest.raises(Unavailable):
            await busy("name_place", MEMBER, slug="asha nagar")
    await busy("name_place", MEMBER, slug="asha nagar")
    await database.close()


async def test_a_read_that_takes_too_long_is_stopped_with_a_sentence(call: Calling) -> None:
    with pytest.raises(TimedOut, match="took too long"):
        await call("dawdle_over_a_read")


@pytest.mark.requirement("S20")
@pytest.mark.parametrize("read", ["count_places", "count_places_quickly"])
async def test_a_read_survives_the_loss_of_its_connections(
    call: Calling, database_url: str, read: str
) -> None:
    before = await call(read)
    other = await asyncpg.connect(database_url)
    await other.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    await other.close()
    assert await call(read) == before


async def test_a_guest_is_asked_to_sign_in(call: Calling) -> None:
    with pytest.raises(SignInRequired):
        await call("name_place", slug="asha nagar")


async def test_a_connection_without_the_scope_is_told_which(call: Calling) -> None:
    with pytest.raises(InsufficientScope) as refused:
        await call("name_place", Viewer(7, "member", frozenset({"mcp:write"})), slug="asha nagar")
    assert refused.value.details == {"scope": "mcp:write places:write"}


async def test_a_role_below_the_audience_may_not(call: Calling, dispatcher: Dispatcher) -> None:
    tool = dispatcher.catalog["database_status"]
    with pytest.raises(Forbidden):
        await dispatcher.run(tool, {}, Caller("rest", MEMBER))


async def test_every_wrong_field_is_named_and_nothing_that_was_sent_is_repeated(call: Calling) -> None:
    with pytest.raises(Invalid) as refused:
        await call("name_place", MEMBER, slugg="a secret")
    assert refused.value.message == "slug: is required; slugg: is not a field of this tool."
    assert "secret" not in str(refused.value.details)


async def test_an_unknown_tool_is_refused_by_name(call: Calling) -> None:
    with pytest.raises(UnknownTool, match="'fly_away'"):
        await call("fly_away")


def test_two_tools_of_one_name_are_no_catalog() -> None:
    twin = replace(examples.count_places, summary="Another one.")
    with pytest.raises(ValueError, match="count_places"):
        Catalog([examples.count_places, twin])
