"""Flags: what is switched off refuses on every surface and is not listed, and is on again at once."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from fastmcp import Client
from httpx import ASGITransport, AsyncClient
from inline_snapshot import snapshot
from pydantic_ai import RunContext
from starlette.applications import Starlette

from agent.toolset import CatalogToolset
from facade.routes import routes
from servers.mcp import build
from servers.mcp.viewer import CURRENT
from storage.engine import Database, DatabaseOptions
from tests.account.conftest import Join, Somebody
from tests.street import Street, previewed
from tools.catalog import Catalog
from tools.contract import Viewer
from tools.dispatch import Caller, Dispatcher
from tools.flags import EVERYBODY, Flag, NotOpenYet, Setting, SwitchedOff, share
from tools.identity import Door
from tools.platform.flags import AlreadySo, FlagSetMeanwhile, NoSuchFlag
from tools.ports import Ports
from tools.refusals import Forbidden, Invalid
from tools.switches import Switches

OFF = {"on": False, "reason": "Too much spam."}
WATCHED = {"property_id": 1}
TRIED = Flag("tried", ("what is tried", "जो आज़माया जाता है"))


async def switch(admin: Somebody, name: str, **given: Any) -> Any:
    return await admin.call("set_flag", name=name, **{"reason": "Tried.", "on": True, **given})


async def watch(somebody: Somebody, street: Street) -> Any:
    return await somebody.call("create_watch", property_id=street.homes[0])


async def test_what_is_switched_off_refuses_until_it_is_on_again(
    admin: Somebody, asha: Somebody, street: Street
) -> None:
    await switch(admin, "watches", **OFF)
    with pytest.raises(SwitchedOff) as refused:
        await watch(asha, street)
    assert (refused.value.status, refused.value.code) == (503, "switched_off")
    assert refused.value.message == snapshot("This is switched off at the moment. Try again later.")
    assert (await asha.call("list_watches")).items == [], "what only reads goes on"
    await switch(admin, "watches", on=True, reason="The spam is over.")
    assert (await watch(asha, street)).state == "active"


async def test_what_was_asked_for_before_is_not_done_by_a_yes_after_it(
    admin: Somebody, asha: Somebody, kiran: Somebody, street: Street
) -> None:
    preview = await previewed(asha, "send_enquiry", property_id=street.homes[0], text="Is it quiet?")
    await switch(admin, "enquiries", **OFF)
    with pytest.raises(SwitchedOff):
        await asha.confirm(preview)
    assert await street.count("enquiry_messages") == 0
    await switch(admin, "enquiries")
    assert (await asha.confirm(preview)).text == "Is it quiet?"


async def test_the_person_who_confirms_reads_what_it_is_about(admin: Somebody) -> None:
    preview = await previewed(admin, "set_flag", name="enquiries", **OFF)
    assert preview.what == snapshot(
        "Enquiries and their answers: from now on switched off for everybody. It is about reply_enquiry, "
        "send_enquiry."
    )
    some = await previewed(
        admin, "set_flag", name="enquiries", on=True, roles=["admin", "staff"], percent=5, reason="Tried."
    )
    assert some.what == snapshot(
        "Enquiries and their answers: from now on open to 5 % of staff, admins. It is about reply_enquiry, "
        "send_enquiry."
    )


async def test_a_flag_can_be_for_some_roles_alone(
    admin: Somebody, asha: Somebody, kiran: Somebody, street: Street
) -> None:
    await switch(admin, "watches", roles=["staff"])
    with pytest.raises(NotOpenYet) as refused:
        await watch(asha, street)
    assert (refused.value.status, refused.value.code) == (403, "not_open_yet")
    assert (await watch(kiran, street)).state == "active"


def test_a_part_of_the_people_is_the_same_at_any_time_and_only_grows() -> None:
    people = range(1, 4_001)
    has = {
        percent: {who for who in people if not Setting(percent=percent).refusal(TRIED, Viewer(who, "member"))}
        for percent in (0, 10, 50, 100)
    }
    assert has[0] == set()
    assert has[100] == set(people)
    assert has[10] < has[50]
    assert 300 < len(has[10]) < 500
    assert 1_800 < len(has[50]) < 2_200
    other = Flag("another", TRIED.what)
    assert {who for who in people if share(other, who) < 10} != has[10], "each flag draws anew"
    assert isinstance(Setting(percent=99).refusal(TRIED, Viewer(None, "guest")), NotOpenYet)
    assert EVERYBODY.refusal(TRIED, Viewer(None, "guest")) is None


async def test_it_says_who_set_it_when_and_why_and_how_it_was(admin: Somebody) -> None:
    await switch(admin, "watches", **OFF)
    await switch(admin, "watches", roles=["staff", "admin"], percent=25)
    (shown,) = [each for each in (await admin.call("list_flags")).flags if each.name == "watches"]
    assert shown.model_dump(exclude={"since", "by"}) == snapshot(
        {
            "on": True,
            "roles": ["admin", "staff"],
            "percent": 25,
            "name": "watches",
            "what": "new watches",
            "tools": ["create_watch"],
            "reason": "Tried.",
        }
    )
    assert shown.by == admin.id
    first = await admin.call("flag_history", name="watches", limit=1)
    then = await admin.call("flag_history", name="watches", cursor=first.next_cursor)
    assert [(each.version, each.on, each.reason) for each in [*first.items, *then.items]] == [
        (2, True, "Tried."),
        (1, False, "Too much spam."),
    ]
    (last, *_) = (await admin.call("my_activity")).items
    assert last.tool == "confirm_action" or "flag" in last.model_dump_json()


async def test_nothing_is_set_that_stands_so_or_is_no_flag_or_by_whoever_may_not(
    admin: Somebody, kiran: Somebody
) -> None:
    with pytest.raises(AlreadySo):
        await switch(admin, "watches")
    with pytest.raises(NoSuchFlag):
        await switch(admin, "nothing", on=False)
    with pytest.raises(NoSuchFlag):
        await admin.call("flag_history", name="nothing")
    with pytest.raises(Invalid):
        await switch(admin, "watches", percent=101)
    with pytest.raises(Forbidden):
        await switch(kiran, "watches", on=False)


async def test_of_two_admins_at_once_one_sets_it(admin: Somebody, join: Join) -> None:
    other = await join("second@example.com", "admin")
    first = await previewed(admin, "set_flag", name="watches", **OFF)
    second = await previewed(other, "set_flag", name="watches", on=True, percent=5, reason="Tried.")
    done = await asyncio.gather(admin.confirm(first), other.confirm(second), return_exceptions=True)
    refused = [each for each in done if isinstance(each, Exception)]
    assert len(refused) == 1
    assert getattr(refused[0], "code", None) in {
        FlagSetMeanwhile.code,
        "ticket_void",
        "conflict",
    }
    assert len((await admin.call("flag_history", name="watches")).items) == 1


@dataclass
class Asking:
    """As much of a run's context as the toolset looks at."""

    deps: Caller
    tool_call_approved: bool = False


async def test_no_surface_lists_or_does_what_is_switched_off(
    admin: Somebody, asha: Somebody, street: Street
) -> None:
    dispatcher, viewer = asha.dispatcher, replace(asha.viewer, own=True)
    toolset = CatalogToolset(dispatcher)
    context = cast("RunContext[Caller]", Asking(Caller("agent", viewer)))
    before = await toolset.get_tools(context)
    await switch(admin, "watches", **OFF)
    assert before.keys() - (await toolset.get_tools(context)).keys() == {"create_watch"}
    token = CURRENT.set(viewer)
    try:
        async with Client(build(dispatcher, "user")) as client:
            listed = {each.name for each in await client.list_tools()}
            called = await client.call_tool("create_watch", WATCHED, raise_on_error=False)
    finally:
        CURRENT.reset(token)
    assert "create_watch" not in listed
    assert "list_watches" in listed
    assert called.is_error
    assert "switched off" in str(called.content)

    async def identify(_scope: Any, _door: Door) -> Viewer:
        return viewer

    transport = ASGITransport(Starlette(routes=routes(dispatcher, identify)))
    async with AsyncClient(transport=transport, base_url="http://ghar.test") as http:
        bearer = {"authorization": "Bearer x"}
        answer = await http.post("/api/v1/me/watches", json=WATCHED, headers=bearer)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "switched_off")
    assert answer.headers["retry-after"] == "300"


async def test_another_process_hears_of_it_at_once_and_without_hints_within_seconds(
    admin: Somebody, asha: Somebody, street: Street, catalog: Catalog, ports: Ports, database_url: str
) -> None:
    opened = Database(DatabaseOptions(url=database_url, pool_size=2, background_pool_size=1))
    hearing = Dispatcher(catalog, opened, ports)
    deaf = Switches(opened, ports.clock, fresh=0.1)
    tool, viewer = catalog["create_watch"], asha.viewer
    try:
        async with hearing.switches.listening(ports.bus):
            for each in (hearing.switches, deaf):
                assert await each.closed(catalog, viewer) == frozenset()
            await switch(admin, "watches", **OFF)
            with pytest.raises(SwitchedOff):
                await hearing.run(tool, WATCHED, Caller("rest", viewer))
        async with asyncio.timeout(30):
            while not await deaf.closed(catalog, viewer):
                await asyncio.sleep(0.02)
        with pytest.raises(SwitchedOff):
            await deaf.admit(tool, viewer)
    finally:
        await opened.close()


async def test_a_database_that_is_away_closes_nothing_in_a_list(catalog: Catalog, ports: Ports) -> None:
    nowhere = Dispatcher(catalog, Database(DatabaseOptions("postgresql://nobody@127.0.0.1:1/none")), ports)
    assert await nowhere.switches.closed(catalog, Viewer(None, "guest")) == frozenset()


def test_every_flag_is_about_something_that_writes(catalog: Catalog) -> None:
    for name, (flag, tools) in catalog.flags.items():
        assert flag.name == name
        assert [tool for tool in tools if catalog[tool].reads or not catalog[tool].surfaces] == []
