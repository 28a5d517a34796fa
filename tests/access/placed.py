"""Arguments for the tools that name and merge places: societies of their own, in which nothing stands."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import text

from tests.access.world import World

Arguments = dict[str, Any]
Make = Callable[[World, int], Awaitable[Arguments]]

_numbers = itertools.count(1)
_ADD = "insert into places (kind, slug, name) values ('society', :slug, :name) returning id"
_ALSO = "insert into places (kind, slug, name, same_as) values ('society', :slug, :name, :id)"


def _fresh() -> str:
    return f"Kadamba Court {next(_numbers)}"


async def _society(world: World, _person: int) -> Arguments:
    name = _fresh()
    async with world.runtime.database.writing() as db:
        return {"id": await db.scalar(text(_ADD), {"slug": name.lower(), "name": name})}


async def _to_name(world: World, person: int) -> Arguments:
    return {**await _society(world, person), "name": _fresh()}


async def _also_named(world: World, person: int) -> Arguments:
    made = await _to_name(world, person)
    async with world.runtime.database.writing() as db:
        await db.execute(text(_ALSO), {**made, "slug": made["name"].lower()})
    return made


async def _twins(world: World, person: int) -> Arguments:
    return {**await _society(world, person), "into_id": (await _society(world, person))["id"]}


PLACED: Mapping[str, Make] = {
    "add_place_name": _to_name,
    "get_place": _society,
    "merge_places": _twins,
    "remove_place_name": _also_named,
    "rename_place": _to_name,
}
PLACED_SHARED: Mapping[str, str] = {
    "get_place": "places are the platform's, and all staff see them",
    **dict.fromkeys(
        ("add_place_name", "merge_places", "remove_place_name", "rename_place"),
        "places are the platform's, and all admins name them",
    ),
}
