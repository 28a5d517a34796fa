"""Which pages of other origins may call, and what they may read."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from servers import middleware
from servers.settings import BadSettings, load
from tests.door.asking import coming_from, small

OURS = "https://app.ghar.example"
FOREIGN = "https://elsewhere.example"
MCP_HEADERS = (
    "authorization, content-type, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id"
)

pytestmark = pytest.mark.requirement("S5")


@pytest.fixture
async def development() -> AsyncGenerator[httpx.AsyncClient]:
    async with coming_from(middleware.wrapped(small(), middleware.FrontDoor())) as client:
        yield client


@pytest.fixture
async def production() -> AsyncGenerator[httpx.AsyncClient]:
    async with coming_from(middleware.wrapped(small(), middleware.FrontDoor(origins=(OURS,)))) as client:
        yield client


def preflight(origin: str, method: str = "POST", headers: str = "authorization") -> dict[str, str]:
    return {
        "origin": origin,
        "access-control-request-method": method,
        "access-control-request-headers": headers,
    }


async def test_in_development_every_page_may_read_but_never_with_cookies(
    development: httpx.AsyncClient,
) -> None:
    answer = await development.get("/hello", headers={"origin": FOREIGN, "cookie": "session=1"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_in_production_listed_origins_may_call_with_cookies(production: httpx.AsyncClient) -> None:
    answer = await production.get("/hello", headers={"origin": OURS})
    assert answer.headers["access-control-allow-origin"] == OURS
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "origin",
    [FOREIGN, "null", "https://app.ghar.example.evil.test", "http://app.ghar.example", f"{OURS}:8443"],
)
async def test_in_production_no_other_origin_may_read_or_ask(
    production: httpx.AsyncClient, origin: str
) -> None:
    answer = await production.get("/hello", headers={"origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    refused = await production.options("/hello", headers=preflight(origin))
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "origin_not_allowed"
    assert "access-control-allow-origin" not in refused.headers
    assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
async def test_pages_may_send_what_rest_and_mcp_take(production: httpx.AsyncClient, method: str) -> None:
    mcp = await production.options("/mcp", headers=preflight(OURS, method, MCP_HEADERS))
    rest = await production.options(
        "/hello",
        headers=preflight(
            OURS, method, "content-type, idempotency-key, if-none-match, x-csrf-token, x-request-id"
        ),
    )
    assert (mcp.status_code, rest.status_code) == (200, 200)
    assert mcp.headers["access-control-allow-origin"] == OURS
    assert mcp.headers["access-control-allow-credentials"] == "true"


async def test_pages_may_send_nothing_else(production: httpx.AsyncClient) -> None:
    asked = [
        preflight(OURS, "TRACE"),
        preflight(OURS, "POST", "x-forwarded-for"),
        preflight(OURS, "POST", "*"),
    ]
    statuses = [(await production.options("/hello", headers=each)).status_code for each in asked]
    assert statuses == [400, 400, 400]


async def test_pages_may_read_the_headers_that_answers_are_explained_by(
    production: httpx.AsyncClient,
) -> None:
    answer = await production.get("/hello", headers={"origin": OURS})
    readable = {each.strip().lower() for each in answer.headers["access-control-expose-headers"].split(",")}
    assert readable >= {
        "link",
        "etag",
        "retry-after",
        "x-request-id",
        "www-authenticate",
        "mcp-session-id",
        "mcp-protocol-version",
    }


@pytest.mark.parametrize("headers", [{}, {"origin": OURS}, {"origin": FOREIGN}])
async def test_caches_are_told_that_answers_differ_by_origin_beside_what_they_say_themselves(
    production: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await production.get("/varied", headers=headers)
    assert {each.strip() for each in answer.headers["vary"].split(",")} == {"Authorization", "Origin"}


@pytest.mark.parametrize(
    "origin", ["*", "null", "app.ghar.example", "https://app.ghar.example/page", "https://*.ghar.example"]
)
def test_only_whole_origins_can_be_allowed(origin: str) -> None:
    with pytest.raises(BadSettings, match="GHAR_ALLOWED_ORIGINS"):
        load(allowed_origins=origin)
