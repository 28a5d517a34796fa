"""The door of the whole application: the same before REST, MCP, OAuth and pages."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from servers.app import Application
from servers.middleware.limits import TIGHTER
from servers.oauth.server import PATHS
from servers.signin import pages
from tests.servers.applications import client_of, settings

ORIGIN = "https://app.ghar.example"
RPC = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
EVERYWHERE = [
    ("GET", "/api/v1/amenities"),
    ("GET", "/api/v1/nothing-here"),
    ("POST", "/api/v1/properties"),
    ("GET", "/health/live"),
    ("GET", "/docs"),
    ("GET", "/sign-in"),
    ("GET", "/.well-known/oauth-authorization-server"),
    ("POST", "/token"),
    ("POST", "/mcp"),
    ("POST", "/mcp-admin"),
    ("GET", "/"),
]

pytestmark = [pytest.mark.requirement("S5"), pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
async def production(
    demo_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[httpx.AsyncClient]:
    chosen = settings(
        demo_url,
        tmp_path_factory.mktemp("home"),
        environment="production",
        secret="a secret of at least 32 characters",
        public_url="https://ghar.example",
        allowed_hosts="localhost:3600",
        allowed_origins=ORIGIN,
    )
    async with client_of(Application(chosen)) as client:
        yield client


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
async def test_every_answer_in_production_has_passed_the_door(
    production: httpx.AsyncClient, method: str, path: str
) -> None:
    sent = RPC | {"origin": ORIGIN, "x-request-id": "of-this-request"}
    answer = await production.request(method, path, headers=sent, json=LIST if method == "POST" else None)
    assert answer.headers["x-request-id"] == "of-this-request"
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers.get_list("x-frame-options") == ["DENY"]
    assert len(answer.headers.get_list("content-security-policy")) == 1
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "cache-control" in answer.headers
    assert "referrer-policy" in answer.headers


async def test_a_small_limit_holds_over_rest_mcp_and_pages_together(demo_url: str, tmp_path: Path) -> None:
    chosen = settings(demo_url, tmp_path, requests_per_minute=6)
    async with client_of(Application(chosen)) as client:
        mcp = [await client.post("/mcp", json=LIST, headers=RPC) for _ in range(3)]
        rest = [await client.get("/api/v1/amenities") for _ in range(3)]
        last = [await client.post("/mcp", json=LIST, headers=RPC), await client.get("/")]
    assert {each.status_code for each in [*mcp, *rest]} == {200}
    assert [each.status_code for each in last] == [429, 429]
    assert last[0].json()["error"]["data"]["error"]["code"] == "too_many"
    assert all(int(each.headers["retry-after"]) > 0 for each in last)


async def test_deep_json_is_a_sentence_at_every_address_that_takes_json(
    production: httpx.AsyncClient,
) -> None:
    deep = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    for path in ("/mcp", "/api/v1/chat", "/register", "/token", "/api/v1/visits"):
        answer = await production.post(path, content=deep, headers=RPC)
        assert answer.status_code in (400, 401, 404), path
        assert "error" in answer.json()


def test_every_tighter_limit_is_of_an_address_that_is_there() -> None:
    ours = {*PATHS, pages.SIGN_IN, pages.CODE}
    assert TIGHTER.keys() == ours
