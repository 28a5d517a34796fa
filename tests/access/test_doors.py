"""The doors of the real application: bad tokens before anything else, cookies, and what is no tool."""

from typing import Any

import pytest

from servers.signin.websession import WebSessions
from tests.access import callers
from tests.access.surfaces import Surface
from tests.access.world import PATHS, Server, Who, World
from tests.bearers import asked_for

ADMIN, USER = PATHS["admin"], PATHS["user"]
MINE = "/api/v1/me/sessions"
EVERYWHERE = "/api/v1/me/sign-out-everywhere"
METHODS = ("initialize", "ping", "tools/list", "resources/list", "prompts/list", "server/discover")
INITIALIZE: dict[str, Any] = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "a host", "version": "1"},
}


async def ask(world: World, path: str, method: str, headers: dict[str, str]) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": INITIALIZE}
    accept = {"accept": "application/json, text/event-stream"}
    async with world.client(world.app) as client:
        return await client.post(path, json=body, headers=accept | headers)


@pytest.mark.parametrize("door", ["user", "admin"])
async def test_a_bad_token_is_401_in_front_of_everything(world: World, door: Server) -> None:
    surface: Surface = "mcp" if door == "user" else "mcp admin"
    for who in await callers.unsound(world, surface):
        for method in METHODS:
            answer = await ask(world, PATHS[door], method, who.headers)
            assert (answer.status_code, asked_for(answer)["error"]) == (401, "invalid_token"), (
                who.kind,
                method,
            )
        async with world.client(world.app) as client:
            for verb in ("GET", "DELETE", "OPTIONS", "HEAD"):
                answer = await client.request(verb, PATHS[door], headers=who.headers)
                assert answer.status_code == 401, (who.kind, verb)


@pytest.mark.parametrize("method", METHODS)
async def test_the_admin_server_has_nothing_to_say_to_guests_and_members(world: World, method: str) -> None:
    member = await world.signed_in("member", "member", "admin", world.reach("admin"))
    asked, refused = await ask(world, ADMIN, method, {}), await ask(world, ADMIN, method, member.headers)
    assert asked.status_code == 401
    assert asked_for(asked)["resource_metadata"].endswith("/oauth-protected-resource/mcp-admin")
    assert (refused.status_code, refused.headers.get("www-authenticate")) == (403, None)


async def cookie_of(world: World, who: Who) -> tuple[str, str]:
    """The cookie of a browser in which somebody signed in, and its CSRF token."""
    runtime = world.runtime
    web = WebSessions(runtime.database, runtime.keys, secure=runtime.settings.url.startswith("https://"))
    cookie = (await web.begin(who.id, "a browser")).partition(";")[0]
    found = web.presented({"headers": [(b"cookie", cookie.encode())]})
    assert found is not None
    return cookie, found[1]


async def test_a_cookie_signs_in_to_rest_and_a_change_needs_its_token(world: World) -> None:
    cookie, csrf = await cookie_of(world, await callers.fresh(world, "rest", "member", "member"))
    async with world.client(world.app) as client:
        read = await client.get(MINE, headers={"cookie": cookie})
        bare = await client.post(EVERYWHERE, headers={"cookie": cookie}, json={})
        wrong = await client.post(EVERYWHERE, headers={"cookie": cookie, "x-csrf-token": "guess"}, json={})
        right = await client.post(EVERYWHERE, headers={"cookie": cookie, "x-csrf-token": csrf}, json={})
    assert [each.status_code for each in (read, bare, wrong, right)] == [200, 403, 403, 200]
    assert "cookie" in read.headers["vary"].lower()


async def test_a_cookie_is_nobody_to_the_mcp_servers(world: World) -> None:
    who = await callers.fresh(world, "mcp admin", "admin", "admin")
    cookie, csrf = await cookie_of(world, who)
    sent = {"cookie": cookie, "x-csrf-token": csrf, "origin": world.runtime.settings.url}
    assert (await ask(world, ADMIN, "tools/list", sent)).status_code == 401
    body: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    body["params"] = {"name": "list_sessions", "arguments": {}}
    accept = {"accept": "application/json, text/event-stream"}
    async with world.client(world.app) as client:
        answer = await client.post(USER, json=body, headers=accept | sent)
    assert (answer.status_code, asked_for(answer)["scope"]) == (401, "mcp:read account:read")


async def test_a_token_counts_before_a_cookie_and_a_bad_one_is_not_mended_by_it(world: World) -> None:
    who = await callers.fresh(world, "rest", "member", "member")
    cookie, _ = await cookie_of(world, who)
    async with world.client(world.app) as client:
        answer = await client.get(MINE, headers={"cookie": cookie, "authorization": "Bearer nonsense"})
    assert (answer.status_code, asked_for(answer)["error"]) == (401, "invalid_token")


async def test_a_token_of_the_user_server_does_nothing_of_an_admins_over_rest(world: World) -> None:
    scopes = world.reach("admin")
    admin = await world.signed_in("admin", "admin", "user", scopes)
    async with world.client(world.app) as client:
        answer = await client.get("/api/v1/admin/catalog", headers=admin.headers)
    assert (answer.status_code, asked_for(answer)["error"]) == (403, "insufficient_scope")
    assert asked_for(answer)["resource_metadata"].endswith("/mcp-admin")
