"""Every tool by every kind of caller on every surface: what was declared, and nothing else."""

import pytest

from tests.access import callers
from tests.access.arguments import OWNED, Arguments, missing, valid
from tests.access.surfaces import SURFACES, Surface, called, declared
from tests.access.world import World
from tools.catalog import Catalog
from tools.contract import Audience

AUDIENCES: tuple[Audience, ...] = ("guest", "member", "staff", "admin")
NOWHERE = 2**40
NO_TICKET = "00000000-0000-4000-8000-000000000000"


def nothing_like(given: Arguments) -> Arguments:
    """The same arguments, but what they name is nowhere."""
    nothing = dict(given)
    nothing |= {name: NOWHERE for name, value in given.items() if isinstance(value, int)}
    nothing |= {name: [NOWHERE] for name, value in given.items() if isinstance(value, list)}
    return nothing | {name: NO_TICKET for name in given if name == "ticket"}


def test_of_every_tool_it_is_known_how_to_call_it(catalog: Catalog) -> None:
    assert [said for tool in catalog if (said := missing(tool))] == []


def test_what_is_for_staff_needs_a_scope_that_tokens_of_the_user_server_never_carry(catalog: Catalog) -> None:
    for_members = {scope for tool in catalog for scope in tool.scopes if tool.audience == "member"}
    staff = [tool for tool in catalog if tool.audience in ("staff", "admin") and tool.surfaces]
    assert [tool.name for tool in staff if set(tool.scopes) <= for_members] == []


@pytest.mark.timeout(240)
@pytest.mark.requirement("S7")
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("surface", SURFACES)
async def test_nobody_gets_past_a_refusal_and_a_refusal_changes_nothing(
    world: World, surface: Surface, audience: Audience
) -> None:
    who = [*await callers.sound(world, surface), *await callers.unsound(world, surface)]
    victim = await world.person("staff")
    wrong: list[str] = []
    for tool in [each for each in world.tools if each.audience == audience]:
        given = await valid(world, tool, victim)
        before = await world.contents()
        for each in who:
            due = declared(tool, each, surface)
            if due == "ok":
                continue
            came, said = await called(world, surface, tool, given, each)
            if came != due:
                wrong.append(f"{tool.name} by {each.kind}: {came}, not {due}: {said[:300]}")
        changed = {name for name, rows in (await world.contents()).items() if rows != before[name]}
        if changed:
            wrong.append(f"{tool.name}: refused, yet {sorted(changed)} changed")
    assert wrong == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("surface", SURFACES)
async def test_whoever_may_call_a_tool_is_answered(
    world: World, surface: Surface, audience: Audience
) -> None:
    wrong: list[str] = []
    for tool in [each for each in world.tools if each.audience == audience]:
        for role in AUDIENCES:
            who = callers.Who("guest") if role == "guest" else await callers.fresh(world, surface, role, role)
            if declared(tool, who, surface) != "ok":
                continue
            came, said = await called(world, surface, tool, await valid(world, tool, who.id), who)
            if came != "ok":
                wrong.append(f"{tool.name} by {role}: {came}: {said[:300]}")
    assert wrong == []


@pytest.mark.parametrize("surface", [each for each in SURFACES if each != "agent"])
@pytest.mark.parametrize("name", OWNED)
async def test_what_somebody_else_owns_is_as_if_it_did_not_exist(
    world: World, surface: Surface, name: str
) -> None:
    tool = world.runtime.catalog[name]
    owner = await callers.fresh(world, surface, "owner", "staff" if tool.audience == "staff" else "member")
    stranger = await callers.fresh(world, surface, "stranger", owner.role)
    if declared(tool, owner, surface) != "ok":
        return
    theirs = await OWNED[name](world, owner.id)
    nothing = nothing_like(theirs)
    before = await world.contents()
    hidden = await called(world, surface, tool, theirs, stranger)
    absent = await called(world, surface, tool, nothing, stranger)
    assert hidden == absent
    assert hidden[0] not in ("ok", "invalid")
    assert await world.contents() == before
    assert (await called(world, surface, tool, theirs, owner))[0] == "ok"
