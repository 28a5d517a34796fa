"""The table of hosts: how each wants to hear that somebody must sign in, and what it is sent."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from inline_snapshot import snapshot

from facade.challenges import Challenges
from servers.hosts import HOSTS, challenge, table
from servers.mcp import build, http_app
from servers.settings import BadSettings, load
from tests.bearers import asked_for
from tests.servers.serving import dispatcher, identify
from tests.servers.small import small
from tests.servers.wire import ERAS, Wire, wired

BOOK: dict[str, Any] = {"name": "book_visit", "arguments": {"id": 3}}
HELLO: dict[str, Any] = {"name": "say_hello", "arguments": {}}
CHATGPT = ("openai-mcp/1.0.0", "openai-mcp/1.0.0 (Codex)", "OpenAI-MCP/2")
OTHERS = ("Claude-User", "claude-code/2.1.0 (cli)", "python-httpx2/1", "Cursor/1.0.0", "not openai-mcp", "")


@pytest.fixture(params=ERAS)
async def wire(request: pytest.FixtureRequest) -> AsyncGenerator[Wire]:
    """The user server of an installation that has configured one more host."""
    endpoint = http_app(
        build(dispatcher(small()), "user"),
        "/mcp",
        identify=identify,
        challenges=Challenges("https://ghar.in"),
        hosts=table(["Odd Host/=result"]),
    )
    async with wired(endpoint, request.param) as opened:
        yield opened


@pytest.mark.requirement("S7")
@pytest.mark.parametrize("agent", [*CHATGPT, "odd host/7"])
async def test_such_hosts_are_asked_to_sign_in_by_a_failed_result(wire: Wire, agent: str) -> None:
    response = await wire.ask("tools/call", BOOK, user_agent=agent)
    assert response.status_code == 200
    assert "www-authenticate" not in response.headers
    result = response.json()["result"]
    (asked,) = result["_meta"].pop("mcp/www_authenticate")
    assert asked_for(asked) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:write visits:write",
            "error": "insufficient_scope",
            "error_description": "Sign in to do this.",
        }
    )
    assert result.pop("resultType", None) == ("complete" if wire.era == "2026-07-28" else None)
    assert result == snapshot(
        {
            "content": [{"type": "text", "text": "Sign in to do this."}],
            "isError": True,
            "_meta": {
                "error": {"code": "sign_in_required", "message": "Sign in to do this.", "details": None}
            },
        }
    )


@pytest.mark.requirement("S7")
@pytest.mark.parametrize("agent", OTHERS)
async def test_all_others_are_asked_to_sign_in_by_401(wire: Wire, agent: str) -> None:
    response = await wire.ask("tools/call", BOOK, user_agent=agent)
    assert response.status_code == 401
    assert asked_for(response) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:write visits:write",
        }
    )


@pytest.mark.parametrize(("agent", "status"), [(CHATGPT[0], 200), (OTHERS[0], 403)])
async def test_each_hears_of_a_missing_scope_in_its_way(wire: Wire, agent: str, status: int) -> None:
    response = await wire.ask("tools/call", BOOK, "narrow", user_agent=agent)
    assert response.status_code == status
    said = response if status == 403 else response.json()["result"]["_meta"]["mcp/www_authenticate"][0]
    assert asked_for(said)["error"] == "insufficient_scope"
    assert asked_for(said)["scope"] == "mcp:write visits:write"


@pytest.mark.parametrize("agent", [CHATGPT[0], OTHERS[0], ""])
@pytest.mark.parametrize("params", [HELLO, BOOK])
async def test_a_bad_token_is_401_for_every_host(wire: Wire, params: dict[str, Any], agent: str) -> None:
    response = await wire.ask("tools/call", params, "forged", user_agent=agent)
    assert (response.status_code, asked_for(response)["error"]) == (401, "invalid_token")


@pytest.mark.parametrize("agent", [CHATGPT[0], OTHERS[0]])
async def test_a_resource_is_asked_for_by_401_since_it_has_no_failed_result(wire: Wire, agent: str) -> None:
    response = await wire.ask("resources/read", {"uri": "visits://3"}, user_agent=agent)
    assert response.status_code == 401


def test_what_is_configured_goes_before_what_is_known() -> None:
    hosts = table(["openai-mcp=http", "claude-code=result"])
    assert challenge("openai-mcp/1.0.0", hosts) == "http"
    assert challenge("claude-code/2", hosts) == "result"
    assert challenge("Claude-User", hosts) == "http"


def test_every_row_says_where_it_comes_from() -> None:
    assert all("https://" in host.source for host in HOSTS)
    assert all(host.user_agent == host.user_agent.lower() for host in HOSTS)


@pytest.mark.parametrize("value", ["openai-mcp", "openai-mcp=maybe", "=http", "a=http,b"])
def test_a_setting_that_says_no_way_is_refused(value: str) -> None:
    with pytest.raises(BadSettings, match="GHAR_HOST_CHALLENGES: each must be"):
        load(host_challenges=value)
