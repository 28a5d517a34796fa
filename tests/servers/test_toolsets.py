"""Toolsets: a host that names domains in its address is listed those, and may call whatever there is."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from facade.challenges import Challenges
from servers.mcp import Audience, build, http_app
from servers.oauth.audiences import Audiences
from tests.servers.serving import dispatcher, identify, listening
from tests.servers.wire import ERAS, Era, Wire, held
from tools.catalog import Catalog

PATHS: dict[Audience, str] = {"user": "/mcp", "admin": "/mcp-admin"}


@asynccontextmanager
async def served(catalog: Catalog, audience: Audience, era: Era) -> AsyncGenerator[Wire]:
    """The whole product's server over real HTTP."""
    server = build(dispatcher(catalog), audience)
    endpoint = http_app(server, PATHS[audience], identify=identify, challenges=Challenges("https://ghar.in"))
    async with (
        held(endpoint.lifespan()),
        listening(endpoint.asgi) as base,
        httpx.AsyncClient(base_url=base) as http,
    ):
        yield Wire(http, PATHS[audience], era, {})


async def names(wire: Wire, token: str | None) -> list[str]:
    return [tool["name"] for tool in (await wire.result("tools/list", token=token))["tools"]]


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("audience", "token", "domains"),
    [("user", None, ("visits", "account")), ("admin", "admin", ("platform", "notifications"))],
)
async def test_a_host_is_listed_the_toolsets_that_it_asks_for(
    catalog: Catalog, audience: Audience, token: str | None, domains: tuple[str, str], era: Era
) -> None:
    async with served(catalog, audience, era) as wire:
        whole = await names(wire, token)
        sets = build(dispatcher(catalog), audience).toolsets
        both = await names(replace(wire, path=f"{wire.path}?toolsets={','.join(domains)}"), token)
        one = await names(replace(wire, path=f"{wire.path}?toolsets={domains[0]}"), token)
        assert await names(wire, token) == whole, "nothing stays of what another asked for"
        odd = replace(wire, path=f"{wire.path}?toolsets={domains[0]},nonsense")
        refused = await odd.ask("tools/list", token=token)
    assert both == [name for name in whole if name in sets[domains[0]] | sets[domains[1]]]
    assert one == [name for name in whole if name in sets[domains[0]]]
    own = {tool.name for tool in catalog.on("mcp") if tool.domain == domains[0]} & set(whole)
    assert own <= set(one) < set(whole)
    assert refused.status_code == 400
    error = refused.json()["error"]
    assert error["data"]["error"]["code"] == "no_such_toolset"
    assert "'nonsense'" in error["message"]
    assert set(error["data"]["error"]["details"]["toolsets"]) == sets.keys()


@pytest.mark.parametrize("era", ERAS)
async def test_what_is_not_listed_can_be_called_and_asks_for_the_same_sign_in(
    catalog: Catalog, era: Era
) -> None:
    async with served(catalog, "user", era) as wire:
        narrow = replace(wire, path="/mcp?toolsets=visits")
        assert "list_amenities" not in await names(narrow, None)
        answer = await narrow.call("list_amenities")
        assert answer["isError"] is False
        ask: dict[str, Any] = {"name": "list_sessions", "arguments": {}}
        for each in (wire, narrow):
            refused = await each.ask("tools/call", ask)
            challenge = refused.headers["www-authenticate"]
            assert refused.status_code == 401
            assert 'resource_metadata="https://ghar.in/.well-known/oauth-protected-resource/mcp"' in challenge


def test_the_address_with_toolsets_names_the_same_server_to_oauth() -> None:
    audiences = Audiences("https://ghar.in")
    for path, server in (("/mcp", "user"), ("/mcp-admin", "admin")):
        asked = f"https://ghar.in{path}?toolsets=visits,discovery"
        assert audiences.server(asked) == server
        assert audiences.of(server) == f"https://ghar.in{path}"
    assert audiences.server("https://ghar.in/mcp?other=1") is None
    assert audiences.server("https://evil.in/mcp?toolsets=visits") is None
