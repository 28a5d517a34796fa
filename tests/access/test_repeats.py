"""Every write of the catalog, repeated with its key: done once, and answered with the same bytes."""

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from facade.paths import PREFIX, binding
from tests.access import callers
from tests.access.arguments import valid
from tests.access.callers import Who
from tests.access.world import World
from tools.catalog import whole
from tools.contract import AnyTool, Audience

WRITES = [
    pytest.param(tool, id=tool.name)
    for tool in sorted(whole(), key=lambda tool: tool.name)
    if not tool.reads and tool.surfaces
]


async def _sent(world: World, tool: AnyTool, given: dict[str, Any], who: Who, key: str) -> httpx.Response:
    bound = binding(tool)
    path = bound.path.format(**{name: given[name] for name in bound.placeholders})
    body = {name: value for name, value in given.items() if name not in bound.placeholders}
    async with world.client(world.app) as http:
        return await http.request(
            bound.method,
            f"{PREFIX}{path}",
            headers=who.headers | {"idempotency-key": key, "content-type": "application/json"},
            content=json.dumps(body),
        )


async def _records(world: World, who: Who) -> int:
    async with world.runtime.database.reading(primary=True) as db:
        said = await db.scalar(text("select count(*) from activities where person_id = :id"), {"id": who.id})
        return said or 0


@pytest.mark.parametrize("tool", WRITES)
async def test_a_repeated_write_is_answered_with_the_same_bytes_and_done_once(
    world: World, tool: AnyTool
) -> None:
    role: Audience = "member" if tool.audience == "guest" else tool.audience
    who = await callers.fresh(world, "rest", role, role)
    given = await valid(world, tool, who.id)
    first = await _sent(world, tool, given, who, "k")
    assert first.status_code == (200 if tool.consent is None else 202), first.text
    done = await _records(world, who)
    after = await world.contents()
    again = await _sent(world, tool, given, who, "k")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert await _records(world, who) == done
    changed = {name for name, rows in (await world.contents()).items() if rows != after[name]}
    assert changed == set()
