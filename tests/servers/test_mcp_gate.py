"""The gate before the MCP servers: who is let through, who must sign in first, and what is no request."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from inline_snapshot import snapshot

from facade.challenges import Challenges
from servers.mcp import Audience, build, http_app
from tests.bearers import asked_for
from tests.servers.serving import dispatching, identify
from tests.servers.small import small
from tests.servers.wire import ERAS, Wire, wired

VISIT: dict[str, Any] = {"name": "get_visit", "arguments": {"id": 3}}
BOOK: dict[str, Any] = {"name": "book_visit", "arguments": {"id": 3}}
HELLO: dict[str, Any] = {"name": "say_hello", "arguments": {}}
COUNT: dict[str, Any] = {"name": "count_visits", "arguments": {}}
CLIENT: dict[str, Any] = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "a host", "version": "1"},
}


async def gate(audience: Audience, era: Any, url: str) -> AsyncGenerator[Wire]:
    path = "/mcp" if audience == "user" else "/mcp-admin"
    async with dispatching(small(), url) as found:
        endpoint = http_app(
            build(found, audience),
            path,
            identify=identify,
            allowed_origins=["https://chatgpt.com"],
            challenges=Challenges("https://ghar.in"),
        )
        async with wired(endpoint, era) as wire:
            yield wire


@pytest.fixture(params=ERAS)
async def user(request: pytest.FixtureRequest, peopled_url: str) -> AsyncGenerator[Wire]:
    async for wire in gate("user", request.param, peopled_url):
        yield wire


@pytest.fixture(params=ERAS)
async def admin(request: pytest.FixtureRequest, peopled_url: str) -> AsyncGenerator[Wire]:
    async for wire in gate("admin", request.param, peopled_url):
        yield wire


async def test_a_guest_calls_a_guests_tool(user: Wire) -> None:
    response = await user.ask("tools/call", HELLO)
    assert response.status_code == 200
    assert response.json()["result"]["isError"] is False


@pytest.mark.requirement("S7")
async def test_a_guest_who_calls_a_members_tool_is_asked_to_sign_in(user: Wire) -> None:
    response = await user.ask("tools/call", BOOK)
    assert response.status_code == 401
    assert asked_for(response.headers["www-authenticate"]) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:write visits:write",
        }
    )
    assert response.json() == snapshot(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "error": {
                "code": -32600,
                "message": "Sign in to do this.",
                "data": {
                    "error": {"code": "sign_in_required", "message": "Sign in to do this.", "details": None}
                },
            },
        }
    )


async def test_a_member_calls_a_members_tool(user: Wire) -> None:
    result = await user.call("book_visit", "member", id=3)
    assert result["structuredContent"] == {"id": 3}


async def test_too_small_a_scope_is_told_which_is_missing(user: Wire) -> None:
    response = await user.ask("tools/call", BOOK, "narrow")
    assert response.status_code == 403
    assert asked_for(response.headers["www-authenticate"]) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:write visits:write",
            "error": "insufficient_scope",
            "error_description": "This connection lacks the permission 'visits:write'.",
        }
    )
    assert response.json()["error"]["data"] == snapshot(
        {
            "error": {
                "code": "insufficient_scope",
                "message": "This connection lacks the permission 'visits:write'.",
                "details": {"scope": "mcp:write visits:write"},
            }
        }
    )


@pytest.mark.parametrize("params", [HELLO, BOOK])
async def test_a_bad_token_is_refused_to_everybody(user: Wire, params: dict[str, Any]) -> None:
    response = await user.ask("tools/call", params, "forged")
    assert response.status_code == 401
    assert asked_for(response.headers["www-authenticate"]) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "error": "invalid_token",
            "error_description": "This sign-in is not valid or has expired. Sign in again.",
        }
    )
    assert response.json()["error"]["data"]["error"]["code"] == "invalid_token"


@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS"])
async def test_a_bad_token_is_refused_whatever_the_method(user: Wire, method: str) -> None:
    response = await user.http.request(method, user.path, headers={"authorization": "Bearer forged"})
    assert response.status_code == 401


async def test_a_members_resource_asks_for_a_sign_in_as_its_tool_does(user: Wire) -> None:
    response = await user.ask("resources/read", {"uri": "visits://3"})
    assert response.status_code == 401
    assert 'scope="mcp:read visits:read"' in response.headers["www-authenticate"]


@pytest.mark.parametrize("method", ["initialize", "tools/list", "resources/list", "prompts/list"])
async def test_a_bad_token_is_refused_in_front_of_what_is_open_to_guests(user: Wire, method: str) -> None:
    assert (await user.ask(method, CLIENT, "forged")).status_code == 401


async def test_guests_tools_work_while_sign_ins_cannot_be_checked(user: Wire) -> None:
    assert (await user.call("who_am_i", "outage"))["structuredContent"] == {"id": None, "role": "guest"}
    assert (await user.result("tools/list", {}, "outage"))["tools"]


@pytest.mark.parametrize("agent", ["openai-mcp/1.0.0", "Claude-User"])
async def test_a_sign_in_that_cannot_be_checked_is_no_fault_of_the_caller(user: Wire, agent: str) -> None:
    response = await user.ask("tools/call", BOOK, "outage", user_agent=agent)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.json()["error"]["data"]["error"]["code"] == "AUTH_PROVIDER_UNREACHABLE"
    assert "www-authenticate" not in response.headers


async def test_the_admin_server_waits_until_sign_ins_can_be_checked(admin: Wire) -> None:
    assert (await admin.ask("tools/list", {}, "outage")).status_code == 503


@pytest.mark.parametrize("host", ["localhost", "evil.example", 'localhost"'])
async def test_where_to_sign_in_is_never_taken_from_the_request(user: Wire, host: str) -> None:
    response = await user.ask("tools/call", BOOK, host=host, x_forwarded_host="evil.example")
    assert "evil" not in str(response.headers)


@pytest.mark.parametrize("method", ["tools/list", "resources/list", "prompts/list", "ping", "initialize"])
async def test_the_admin_server_answers_nothing_to_a_guest(admin: Wire, method: str) -> None:
    response = await admin.ask(method, CLIENT)
    assert response.status_code == 401
    assert asked_for(response.headers["www-authenticate"]) == snapshot(
        {"resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp-admin"}
    )


@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS"])
async def test_the_admin_server_has_nothing_for_a_guest_by_any_method(admin: Wire, method: str) -> None:
    assert (await admin.http.request(method, admin.path)).status_code == 401


async def test_the_admin_server_refuses_a_member_without_sending_them_to_sign_in_again(admin: Wire) -> None:
    response = await admin.ask("tools/list", token="member")
    assert response.status_code == 403
    assert "www-authenticate" not in response.headers
    assert response.json()["error"]["message"] == "This server is for staff."


async def test_staff_call_staff_tools(admin: Wire) -> None:
    assert (await admin.call("count_visits", "staff"))["isError"] is False


async def test_staff_are_refused_an_admins_tool_by_the_tool(admin: Wire) -> None:
    result = await admin.call("drop_visits", "staff")
    assert result["isError"] is True
    assert result["_meta"]["error"]["code"] == "forbidden"


async def test_an_admin_calls_an_admins_tool(admin: Wire) -> None:
    assert (await admin.call("drop_visits", "admin"))["isError"] is False


async def test_every_call_is_made_on_behalf_of_its_own_caller(user: Wire) -> None:
    tokens = ["member", None, "staff", "other"] * 5
    results = await asyncio.gather(*(user.call("who_am_i", token) for token in tokens))
    assert [result["structuredContent"]["id"] for result in results] == [7, None, 10, 8] * 5


NO_REQUESTS = {
    "half": b'{"jsonrpc": "2.0"',
    "nothing": b"",
    "not utf-8": b'{"a": "\xff"}',
    "not a number": b'{"a": NaN}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "batch": b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]',
    "string": b'"ping"',
    "null": b"null",
}


@pytest.mark.parametrize("body", NO_REQUESTS.values(), ids=NO_REQUESTS.keys())
async def test_what_is_no_request_is_refused_with_a_sentence(user: Wire, body: bytes) -> None:
    response = await post(user, body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] in (-32700, -32600)
    assert error["data"]["error"]["message"].endswith(".")


ODD_REQUESTS = {
    "no method": b'{"jsonrpc": "2.0", "id": 1}',
    "method is a number": b'{"jsonrpc": "2.0", "id": 1, "method": 7}',
    "unknown method": b'{"jsonrpc": "2.0", "id": 1, "method": "tools/destroy"}',
    "params is a list": b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}',
    "name is a list": b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": ["a"]}}',
    "arguments is text": b'{"jsonrpc":"2.0","id":1,"method":"tools/call",'
    b'"params":{"name":"say_hello","arguments":"x"}}',
    "id is an object": b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}',
    "huge number": b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"a": ' + b"9" * 5_000 + b"}}",
    "uri is a number": b'{"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": 7}}',
    "surrogate": b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "\\ud800"}}',
}


@pytest.mark.parametrize("body", ODD_REQUESTS.values(), ids=ODD_REQUESTS.keys())
async def test_an_odd_request_is_a_protocol_error_and_never_a_crash(user: Wire, body: bytes) -> None:
    response = await post(user, body)
    assert response.status_code < 500, response.text
    assert "error" in response.json() or response.json()["result"]["isError"]


async def test_a_body_that_is_not_json_by_its_type_is_refused(user: Wire) -> None:
    response = await post(user, b"<ping/>", "text/xml")
    assert response.status_code == 415
    assert response.json()["error"]["data"]["error"]["code"] == "unsupported_media_type"


async def test_a_body_over_the_limit_is_refused(user: Wire) -> None:
    response = await post(user, b'{"a": "' + b"x" * 1024 * 1024 + b'"}')
    assert response.status_code == 413


async def test_a_body_over_the_limit_is_refused_though_it_hides_its_length(user: Wire) -> None:
    async def pieces() -> AsyncGenerator[bytes]:
        for _ in range(40):
            yield b" " * 64 * 1024

    headers = {"content-type": "application/json"}
    response = await user.http.post(user.path, content=pieces(), headers=headers)
    assert response.status_code == 413


async def test_a_foreign_host_is_refused(user: Wire) -> None:
    assert (await user.ask("tools/call", HELLO, host="evil.example")).status_code == 421


async def test_a_foreign_origin_is_refused_and_a_known_one_is_not(user: Wire) -> None:
    assert (await user.ask("tools/call", HELLO, origin="https://evil.example")).status_code == 403
    assert (await user.ask("tools/call", HELLO, origin="https://chatgpt.com")).status_code == 200


@pytest.mark.parametrize("era", ["2026-07-28"])
async def test_a_request_that_names_another_tool_in_its_header_is_refused(era: str, peopled_url: str) -> None:
    async for wire in gate("user", era, peopled_url):
        response = await wire.ask("tools/call", BOOK, mcp_name="say_hello")
        assert response.status_code in (400, 401)
        mismatched = await wire.ask("tools/call", HELLO, mcp_name="book_visit")
        assert mismatched.json()["error"]["code"] == -32020


async def post(wire: Wire, body: bytes, kind: str = "application/json") -> Any:
    headers = {
        "content-type": kind,
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": wire.era,
    }
    return await wire.http.post(wire.path, content=body, headers=headers)
