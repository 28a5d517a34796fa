"""The application as a whole: every surface at its address, health, and an end in good order."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from servers.app import Application
from servers.runtime import Runtime, running
from servers.settings import Settings
from servers.steps import stepwise
from storage import embedded
from tests.servers.applications import StartFailed, client_of, development_token, settings
from tools.contract import Audience

RPC = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def small(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings(demo_url, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
async def client(small: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with client_of(Application(small)) as started:
        yield started


async def bearer(chosen: Settings, role: Audience) -> dict[str, str]:
    return {"authorization": f"Bearer {await development_token(chosen, role)}"}


async def call(client: httpx.AsyncClient, path: str, tool: str, **more: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool}}
    return await client.post(path, json=body, headers=RPC | more)


async def test_a_guest_searches_over_rest(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/properties", params={"purpose": "rent", "limit": 3})
    assert answer.status_code == 200
    assert len(answer.json()["items"]) == 3


async def test_a_guest_gets_the_same_over_mcp(client: httpx.AsyncClient) -> None:
    answer = await call(client, "/mcp", "search_properties")
    told = answer.json()["result"]["structuredContent"]
    assert told == (await client.get("/api/v1/properties")).json()


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("member", 401), ("staff", 200), ("admin", 200)])
async def test_the_admin_server_is_for_staff(
    client: httpx.AsyncClient, small: Settings, role: Audience | None, status: int
) -> None:
    headers = await bearer(small, role) if role else {}
    answer = await call(client, "/mcp-admin", "database_status", **headers)
    assert answer.status_code == status


async def test_staff_see_the_state_of_the_platform(client: httpx.AsyncClient, small: Settings) -> None:
    headers = await bearer(small, "staff")
    database = (await client.get("/api/v1/admin/database", headers=headers)).json()
    assert database["live_properties"] == 2_000
    assert database["postgis"].startswith("3.")
    assert {"properties", "property_search"} <= {each["name"] for each in database["tables"]}
    catalog = (await client.get("/api/v1/admin/catalog", headers=headers)).json()
    servers = {each["name"]: each["server"] for each in catalog["tools"]}
    assert servers["search_properties"] == "user"
    assert servers["database_status"] == "admin"
    assert servers["embed_listings"] is None


async def test_a_request_for_another_host_is_no_mcp_request(client: httpx.AsyncClient) -> None:
    answer = await call(client, "/mcp", "search_properties", host="evil.example")
    assert answer.status_code in (403, 421)


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/health/live", "/pictures/plot-1-land.svg"])
async def test_every_page_is_there_with_and_without_a_slash_at_the_end(
    client: httpx.AsyncClient, path: str
) -> None:
    assert (await client.get(path)).status_code == 200
    assert (await client.get(path + "/")).status_code == 200


async def test_an_unknown_picture_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/pictures/castle-1-tower.svg")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "no_such_path"


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
async def test_a_system_that_can_answer_says_that_it_is_ready(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    health = answer.json()
    assert health.pop("tools") > 10
    degraded = health.pop("degraded")
    assert health.pop("status") == ("degraded" if degraded else "ok")
    assert health == {"database": "ok", "migrations": "ok", "embedder": "hashing-v1"}


async def test_a_database_without_migrations_is_not_ready(server: embedded.Server, tmp_path: Path) -> None:
    name = f"test_never_migrated_{os.getpid()}"
    url = await server.create_database(name)
    try:
        async with client_of(Application(settings(url, tmp_path, migrate=False))) as client:
            answer = await client.get("/health")
    finally:
        await server.drop_database(name)
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "pending"
    assert answer.headers["retry-after"] == "5"


async def test_a_lost_database_shows_in_health_while_the_process_lives(
    server: embedded.Server, tmp_path: Path
) -> None:
    name = f"test_to_be_lost_{os.getpid()}"
    url = await server.create_database(name)
    async with client_of(Application(settings(url, tmp_path))) as client:
        assert (await client.get("/health")).status_code == 200
        await server.drop_database(name)
        answer = await client.get("/health")
        assert (answer.status_code, answer.json()["database"]) == (503, "unavailable")
        assert (await client.get("/health/live")).status_code == 200
        refused = await client.get("/api/v1/properties")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")


async def test_a_database_that_is_not_there_is_a_sentence_and_no_trace(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    nowhere = settings("postgresql://nobody@127.0.0.1:1/nowhere", tmp_path)
    with pytest.raises(StartFailed):
        async with client_of(Application(nowhere)):
            pass
    (said,) = [each for each in caplog.records if each.name == "servers.app"]
    assert said.getMessage().startswith("This could not be started: ")
    assert said.exc_info is None


async def test_work_that_prepares_is_done_before_the_first_answer(small: Settings) -> None:
    seen: list[int] = []

    async def prepare(runtime: Runtime) -> None:
        seen.append(len(runtime.catalog))

    async with client_of(Application(small, prepare=prepare)) as client:
        assert seen == [(await client.get("/health")).json()["tools"]]


@pytest.mark.requirement("S8")
async def test_stop_steps_run_in_reverse_and_one_that_fails_does_not_keep_the_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stopped: list[str] = []

    async def stop(name: str) -> None:
        stopped.append(name)
        if name == "second":
            raise OSError("the second does not stop")

    with caplog.at_level(logging.ERROR):
        async with stepwise() as steps:
            for name in ("first", "second", "third"):
                steps.defer(name, lambda name=name: stop(name))
    assert stopped == ["third", "second", "first"]
    assert "stopping second failed" in caplog.text


async def test_a_runtime_leaves_no_connection_behind(server: embedded.Server, tmp_path: Path) -> None:
    name = f"test_left_clean_{os.getpid()}"
    url = await server.create_database(name)
    async with running(settings(url, tmp_path)) as runtime, runtime.database.reading():
        pass
    await server.drop_database(name)
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "vectors"]
