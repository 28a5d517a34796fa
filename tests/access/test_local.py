"""Programs on this machine: `ghar call` and `ghar stdio` refuse as every surface does, and say what to do."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import TextContent

from servers.cli import main
from tests.access import callers
from tests.access.arguments import valid
from tests.access.surfaces import declared
from tests.access.world import URL, Who, World
from tests.surfaces.callers import GHAR
from tests.surfaces.serving import environment

HOW = "Say who is calling with --token TOKEN; `ghar token` prints one."
START = "Start `ghar stdio` with --token TOKEN; `ghar token` prints one."


@pytest.fixture(scope="session")
def env(world: World, world_url: str) -> Mapping[str, str]:
    """What a program on the same installation is started with."""
    home: Path = world.runtime.settings.home
    found = dict(environment(world_url, home)) | {"GHAR_PUBLIC_URL": URL}
    del found["GHAR_SECRET"]
    return found


async def ghar(env: Mapping[str, str], *words: str) -> tuple[int, str]:
    """How a command ends, and what it says; commands bring a loop of their own."""
    result = await asyncio.to_thread(lambda: CliRunner().invoke(main, words, env=dict(env)))
    return result.exit_code, result.stderr.strip().splitlines()[-1] if result.exit_code else result.stdout


@pytest.mark.parametrize(
    ("kind", "tool", "said"),
    [
        ("guest", "list_sessions", f"sign_in_required: Sign in to do this. {HOW}"),
        (
            "member without scope",
            "list_sessions",
            f"insufficient_scope: This connection lacks the permission 'account:read'. {HOW}",
        ),
        ("member", "catalog_status", "forbidden: You may not do this."),
        (
            "revoked session",
            "list_amenities",
            f"invalid_token: This sign-in is not valid or has expired. Sign in again. {HOW}",
        ),
    ],
)
async def test_the_command_line_refuses_and_says_how_to_sign_in(
    world: World, env: Mapping[str, str], kind: str, tool: str, said: str
) -> None:
    everybody = [*await callers.sound(world, "rest"), *await callers.unsound(world, "rest")]
    (who,) = [each for each in everybody if each.kind == kind]
    token = ("--token", who.token) if who.token else ()
    before = await world.contents()
    assert await ghar(env, "call", tool, *token) == (1, said)
    assert await world.contents() == before


async def test_the_command_line_answers_whoever_may_ask(world: World, env: Mapping[str, str]) -> None:
    who = await callers.fresh(world, "rest", "member", "member")
    code, said = await ghar(env, "call", "list_sessions", "--token", str(who.token), "--output", "json")
    assert (code, "a test" in said) == (0, True)


async def over_stdio(world: World, env: Mapping[str, str], who: Who) -> dict[str, tuple[str, str]]:
    """What came of every tool, called by somebody who started the user server for themselves."""
    token = ["--token", who.token] if who.token else []
    process = StdioServerParameters(command=GHAR, args=["stdio", *token], env=dict(env))
    found: dict[str, tuple[str, str]] = {}
    async with stdio_client(process) as streams, ClientSession(*streams) as session:
        await session.initialize()
        for tool in world.tools:
            if declared(tool, who, "mcp") == "ok" and not tool.reads:
                continue
            given = await valid(world, tool, who.id or await world.person())
            before = await world.contents()
            result = await session.call_tool(tool.name, given)
            assert await world.contents() == before, tool.name
            (said,) = [each.text for each in result.content[:1] if isinstance(each, TextContent)]
            code = (result.meta or {})["error"]["code"] if result.is_error else "ok"
            found[tool.name] = (code.replace("unknown_tool", "not there"), said)
    return found


@pytest.mark.parametrize("kind", ["guest", "member without scope"])
async def test_stdio_refuses_as_declared_and_says_how_to_sign_in(
    world: World, env: Mapping[str, str], kind: str
) -> None:
    (who,) = [each for each in await callers.sound(world, "mcp") if each.kind == kind]
    found = await over_stdio(world, env, who)
    assert {name: code for name, (code, _) in found.items()} == {
        name: declared(world.runtime.catalog[name], who, "mcp") for name in found
    }
    advised = {said.endswith(START) for code, said in found.values() if code.endswith(("required", "scope"))}
    assert advised == {True}


async def test_stdio_does_not_start_with_a_token_that_is_worth_nothing(
    world: World, env: Mapping[str, str]
) -> None:
    (who,) = [each for each in await callers.unsound(world, "mcp") if each.kind == "revoked session"]
    code, said = await ghar(env, "stdio", "--token", str(who.token))
    assert code == 1
    assert said == f"invalid_token: This sign-in is not valid or has expired. Sign in again. {HOW}"


async def test_the_admin_server_starts_for_nobody_but_staff(world: World, env: Mapping[str, str]) -> None:
    who = await callers.fresh(world, "rest", "member", "member")
    told = [
        await ghar(env, "stdio", "--server", "admin", *more) for more in ((), ("--token", str(who.token)))
    ]
    assert told == [
        (1, "forbidden: The admin server is for staff: pass a token of a staff member or an admin."),
        (1, f"invalid_token: This sign-in is not valid or has expired. Sign in again. {HOW}"),
    ]
