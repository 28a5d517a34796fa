"""Every write leaves one row of what it touched, whoever wrote the tool; a read leaves none."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from tests.access.arguments import valid
from tests.access.world import World
from tools.catalog import whole
from tools.consent import Preview
from tools.contract import AnyTool, Audience
from tools.dispatch import Caller

PUBLIC = sorted((tool for tool in whole() if tool.surfaces), key=lambda tool: tool.name)
WRITES = [pytest.param(tool, id=tool.name) for tool in PUBLIC if not tool.reads]
READS = [pytest.param(tool, id=tool.name) for tool in PUBLIC if tool.reads]


async def rows(world: World) -> list[Any]:
    async with world.runtime.database.reading(primary=True) as db:
        found = await db.execute(text("select id, person_id, subjects, touched from activities order by id"))
        return list(found)


async def done(world: World, tool: AnyTool, person: int, given: dict[str, Any]) -> None:
    """The tool is called by somebody, and confirmed on our own page where that is needed."""
    viewer = replace(await world.viewer(person), own=True)
    dispatcher = world.runtime.dispatcher
    answer = await dispatcher.run(tool, given, Caller("rest", viewer))
    if isinstance(answer, Preview):
        page = Caller("rest", viewer, decides=True)
        await dispatcher.run(dispatcher.catalog["confirm_action"], {"ticket": answer.ticket}, page)


async def somebody(world: World, tool: AnyTool) -> int:
    role: Audience = "member" if tool.audience == "guest" else tool.audience
    return await world.person(role)


async def personal(world: World) -> set[str]:
    """Names, phones and e-mail addresses of everybody, and titles of properties."""
    each = "select unnest(array[name, phone, email]) from people union select title from properties"
    async with world.runtime.database.reading(primary=True) as db:
        return {said for said in await db.scalars(text(each)) if said}


@pytest.mark.parametrize("tool", WRITES)
async def test_a_write_leaves_one_row_that_says_what_it_changed(world: World, tool: AnyTool) -> None:
    person = await somebody(world, tool)
    given = await valid(world, tool, person)
    before = len(await rows(world))
    await done(world, tool, person, given)
    (row,) = (await rows(world))[before:]
    assert row.person_id == person
    assert [each for each in row.touched if "how" not in each]
    assert all(f"{each['kind']}:{each['id']}" in row.subjects for each in row.touched)
    assert not any(secret in str(row) for secret in await personal(world))


@pytest.mark.parametrize("tool", READS)
async def test_a_read_leaves_none(world: World, tool: AnyTool) -> None:
    person = await somebody(world, tool)
    given = await valid(world, tool, person)
    before = len(await rows(world))
    await done(world, tool, person, given)
    assert len(await rows(world)) == before
