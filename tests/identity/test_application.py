"""The application as a whole: who is told what on each surface, with real tokens, and on two replicas."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.app import Application
from servers.settings import Settings
from storage.engine import Database
from tests.identity.forging import claims
from tests.identity.provider import Provider
from tests.servers.applications import client_of, development_token, settings
from tests.servers.test_app import RPC

GUESTS = "/api/v1/amenities"
STAFFS = "/api/v1/admin/catalog"


@pytest.fixture
async def provider() -> AsyncGenerator[Provider]:
    async with Provider().running() as there:
        yield there


@pytest.fixture
def chosen(database_url: str, tmp_path: Path, provider: Provider) -> Settings:
    return settings(database_url, tmp_path, supabase_url=provider.url)


@pytest.fixture
async def client(chosen: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with client_of(Application(chosen)) as started:
        yield started


@pytest.fixture
async def other(chosen: Settings, client: httpx.AsyncClient) -> AsyncGenerator[httpx.AsyncClient]:
    """A second replica."""
    async with client_of(Application(chosen)) as started:
        yield started


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def ask(client: httpx.AsyncClient, surface: str, token: str) -> httpx.Response:
    """A guest's question on one of the surfaces, with a token."""
    if surface == "rest":
        return await client.get(GUESTS, headers=bearer(token))
    if surface == "chat":
        message = {"id": "1", "role": "user", "parts": [{"type": "text", "text": "2bhk"}]}
        body: dict[str, Any] = {"trigger": "submit-message", "id": "1", "messages": [message]}
        return await client.post("/api/v1/chat", json=body, headers=bearer(token))
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "list_amenities"}}
    return await client.post(surface, json=call, headers=RPC | bearer(token))


@pytest.mark.parametrize("surface", ["/mcp", "/mcp-admin", "rest", "chat"])
async def test_a_token_that_was_tampered_with_is_401_also_where_guests_are_welcome(
    client: httpx.AsyncClient, chosen: Settings, surface: str
) -> None:
    first, said, signature = (await development_token(chosen, "staff")).split(".")
    whole = await ask(client, surface, f"{first}.{said}.{signature}")
    assert whole.status_code == 200
    for forged in (f"{first}.{said}.{signature[::-1]}", f"{first}.{said}.", "nonsense"):
        refused = await ask(client, surface, forged)
        assert refused.status_code == 401
        assert "invalid_token" in refused.headers["www-authenticate"]


async def test_the_end_of_a_session_and_the_loss_of_a_role_count_at_once_on_both_replicas(
    client: httpx.AsyncClient, other: httpx.AsyncClient, chosen: Settings, database: Database
) -> None:
    token = await development_token(chosen, "staff")
    for each in (client, other):
        assert (await each.get(STAFFS, headers=bearer(token))).status_code == 200
    async with database.writing() as db:
        await (await db.connection()).exec_driver_sql("update people set role = 'member'")
    for each in (client, other):
        assert (await each.get(STAFFS, headers=bearer(token))).status_code == 403
    async with database.writing() as db:
        ended = f"update sessions set ended_at = now() where id = {claims(token)['sid']}"
        await (await db.connection()).exec_driver_sql(ended)
    for each in (client, other):
        for path in (GUESTS, STAFFS):
            assert (await each.get(path, headers=bearer(token))).status_code == 401


async def test_supabase_signs_people_in_over_rest_and_not_over_mcp(
    client: httpx.AsyncClient, provider: Provider
) -> None:
    me = await client.get("/api/v1/me/preferences", headers=bearer(provider.token()))
    assert me.status_code == 200
    assert (await ask(client, "rest", provider.token())).status_code == 200
    assert (await ask(client, "/mcp", provider.token())).status_code == 401


@pytest.mark.requirement("S6")
async def test_in_an_outage_of_supabase_guests_tools_answer_and_the_others_say_503(
    chosen: Settings, provider: Provider
) -> None:
    provider.state = "500"
    async with client_of(Application(chosen)) as client:
        token = provider.token()
        assert (await ask(client, "rest", token)).status_code == 200
        assert (await ask(client, "chat", token)).status_code == 200
        refused = await client.get("/api/v1/me/preferences", headers=bearer(token))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert refused.json()["error"]["code"] == "AUTH_PROVIDER_UNREACHABLE"
        assert (await ask(client, "rest", "nonsense")).status_code == 401
