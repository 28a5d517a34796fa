"""Tickets and strangers: what one app asked for is nobody else's, nor another app's of the same person."""

import pytest

from tests.access import callers
from tests.access.arguments import OWNED, proposed
from tests.access.surfaces import SURFACES, Surface, called, declared
from tests.access.test_matrix import nothing_like
from tests.access.world import Who, World

TOOLS = ("action_status", "confirm_action", "decline_action")


@pytest.mark.parametrize("surface", [each for each in SURFACES if each != "agent"])
@pytest.mark.parametrize("name", TOOLS)
async def test_to_another_app_of_the_same_person_a_ticket_does_not_exist(
    world: World, surface: Surface, name: str
) -> None:
    tool = world.runtime.catalog[name]
    asked = await callers.fresh(world, surface, "the app that asked", "member")
    if declared(tool, asked, surface) != "ok":
        return
    theirs = await OWNED[name](world, asked.id)
    other = await another(world, asked)
    before = await world.contents()
    hidden = await called(world, surface, tool, theirs, other)
    assert hidden == await called(world, surface, tool, nothing_like(theirs), other)
    assert hidden[0] == "no_such_ticket"
    assert await world.contents() == before
    assert (await called(world, surface, tool, theirs, asked))[0] == "ok"


async def test_an_app_lists_only_what_it_asked_for_itself(world: World) -> None:
    tool = world.runtime.catalog["list_waiting_actions"]
    asked = await callers.fresh(world, "rest", "the app that asked", "member")
    preview = await proposed(world, asked.id, "rest")
    other = await another(world, asked)
    assert preview.ticket in (await called(world, "rest", tool, {}, asked))[1]
    assert preview.ticket not in (await called(world, "rest", tool, {}, other))[1]


@pytest.mark.parametrize("kind", ["page", "host"])
async def test_whoever_has_the_token_of_an_app_cannot_confirm_without_the_widgets_secret(
    world: World, kind: str
) -> None:
    catalog = world.runtime.catalog
    asked = await callers.fresh(world, "mcp", "the app that asked", "member")
    if kind == "host":
        ticket = (await proposed(world, asked.id, "mcp")).ticket
    else:
        await called(world, "rest", catalog["delete_my_account"], {}, asked)
        waiting = (await called(world, "rest", catalog["list_waiting_actions"], {}, asked))[1]
        ticket = waiting.partition('"ticket":"')[2].partition('"')[0]
    surfaces: tuple[Surface, ...] = ("mcp", "mcp 2025", "rest")
    for surface in surfaces:
        for guess in (None, "", "0" * 32, ticket):
            given = {"ticket": ticket, "nonce": guess}
            came, said = await called(world, surface, catalog["confirm_action"], given, asked)
            assert came == "not_confirmable", said


async def another(world: World, who: Who) -> Who:
    """Another app that the same person has connected, with all that the first may do."""
    return await world.connected("another app", who.id, who.role, "user", who.scopes)
