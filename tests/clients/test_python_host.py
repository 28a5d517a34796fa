"""The official Python SDK finds the sign-in by itself and goes the whole way, at both servers."""

from typing import Any

import mcp_types
import pytest

from tests.clients.crowd import People
from tests.clients.flows import call, path_of
from tests.clients.house import House
from tests.clients.python_host import Host, Mode, scopes_asked
from tools.contacts import masked

pytestmark = pytest.mark.requirement("S3")
MODES: list[Mode] = ["2026-07-28", "legacy"]


def told(result: mcp_types.CallToolResult) -> dict[str, Any]:
    assert result.structured_content is not None
    return result.structured_content


@pytest.mark.parametrize("mode", MODES)
async def test_a_guest_becomes_a_member_when_a_tool_asks_for_it(
    house: House, people: People, mode: Mode
) -> None:
    person = await people.stranger()
    host = Host(house.user, person)
    async with host.connected(mode) as client:
        await client.call_tool("list_amenities", {})
        assert host.asked == []
        before = await client.call_tool("who_am_i", {})
        result = await client.call_tool("list_sessions", {})
        after = await client.call_tool("who_am_i", {})
    assert not result.is_error
    assert told(before)["signed_in"] is False
    assert told(after)["phone"] == masked(person.contact)
    assert len(host.asked) == 1
    assert scopes_asked(host.asked[0]) == {"mcp:read", "account:read"}


@pytest.mark.parametrize("mode", MODES)
async def test_staff_sign_in_before_anything_else_at_the_admin_server(
    house: House, people: People, mode: Mode
) -> None:
    person = await people.staff()
    host = Host(house.admin, person)
    async with host.connected(mode) as client:
        listed = await client.list_tools()
        assert len(host.asked) == 1
        result = await client.call_tool("database_status", {})
    assert "database_status" in [tool.name for tool in listed.tools]
    assert not result.is_error


@pytest.mark.parametrize("method", ["none", "client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("audience", ["user", "admin"])
async def test_a_token_is_renewed_once_it_has_expired_and_ends_with_its_revocation(
    house: House, people: People, audience: str, method: str
) -> None:
    url = house.user if audience == "user" else house.admin
    tool = "list_sessions" if audience == "user" else "database_status"
    host = Host(url, await people.staff(), token_endpoint_auth_method=method)
    async with host.connected() as client:
        await client.call_tool(tool, {})
        first = host.kept.tokens
        host.lets_its_token_expire()
        result = await client.call_tool(tool, {})
        second = host.kept.tokens
    assert not result.is_error
    assert first is not None
    assert second is not None
    assert (second.access_token, second.refresh_token) != (first.access_token, first.refresh_token)
    assert len(host.asked) == 1

    kept = host.kept.client
    metadata = host.auth.context.oauth_metadata
    assert kept is not None
    assert metadata is not None
    assert kept.token_endpoint_auth_method == method
    form = {"token": second.refresh_token or "", "client_id": kept.client_id}
    if kept.client_secret:
        form["client_secret"] = kept.client_secret
    assert (await house.http.post(str(metadata.revocation_endpoint), data=form)).status_code == 200
    bearer = {"authorization": f"Bearer {second.access_token}"}
    assert (await call(house, url, bearer, tool)).status_code == 401


async def test_a_host_that_was_revoked_sends_its_person_to_sign_in_again(
    house: House, people: People
) -> None:
    host = Host(house.user, await people.stranger())
    async with host.connected() as client:
        await client.call_tool("list_sessions", {})
        await house.query("update sessions set ended_at = now() where client_id = $1", host.client_id)
        result = await client.call_tool("list_sessions", {})
    assert not result.is_error
    assert [path_of(url) for url in host.asked] == ["/authorize", "/authorize"]


async def test_a_host_with_too_small_a_scope_asks_for_the_larger_one(house: House, people: People) -> None:
    person = await people.stranger()
    host = Host(house.user, person)
    async with host.connected() as client:
        await client.call_tool("list_sessions", {})
        result = await client.call_tool("update_profile", {"name": "Asha"})
    assert not result.is_error
    assert scopes_asked(host.asked[1]) == {"mcp:read", "account:read", "mcp:write", "account:write"}
