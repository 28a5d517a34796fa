"""Clients that are known by a metadata document: fetched, judged, kept for a while, and shown as verified."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.routing import Router

from servers.oauth.documents import fresh_for
from servers.oauth.server import OAuthServer
from servers.signin.websession import WebSessions
from tests.oauth.outside import Outside, outside
from tests.oauth.world import CALLBACK, HTML, App, World, told

pytestmark = pytest.mark.requirement("S3")
JSON = "content-type: application/json"


@pytest.fixture
async def away(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Outside]:
    async with outside(tmp_path_factory.mktemp("outside")) as running:
        yield running


@asynccontextmanager
async def beside(ghar: World, away: Outside) -> AsyncGenerator[World]:
    """The same installation, for whose authorization server every name leads to `away`."""
    runtime = ghar.runtime
    sessions = WebSessions(runtime.database, runtime.keys, secure=False)
    server = OAuthServer(runtime, sessions, away.fetcher())
    async with server.running() as made:
        await made
        transport = httpx.ASGITransport(app=Router(server.routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3600") as http:
            yield World(http, runtime)


@pytest.fixture
async def near(ghar: World, away: Outside) -> AsyncGenerator[World]:
    async with beside(ghar, away) as world:
        yield world


def document(away: Outside, path: str = "/app.json", *headers: str, **changed: Any) -> str:
    """A metadata document at `path`; gives its address, which is the client's id."""
    about: dict[str, Any] = {
        "client_id": away.url(path),
        "client_name": "Lighthouse",
        "redirect_uris": [CALLBACK, "http://127.0.0.1/cb"],
    }
    return away.serve(path, json.dumps(about | changed).encode(), JSON, *headers)


async def test_a_client_that_never_registered_is_let_in_by_its_document(near: World, away: Outside) -> None:
    app, browser = App(document(away)), await near.browser()
    page = await near.waiting(app)
    shown = await near.http.get(page, headers=HTML | browser.cookie)
    for words in ("Lighthouse", "client.example", "Known by its address"):
        assert words in shown.text
    assert "Not verified" not in shown.text
    code = told(await near.consent(browser, page))["code"]
    tokens = (await near.exchange(app, code)).json()
    assert (await near.refresh(app, tokens["refresh_token"])).status_code == 200
    assert len(away.asked) == 1


async def test_its_local_address_is_asked_for_each_time_and_its_own_is_not(
    near: World, away: Outside
) -> None:
    own, browser = App(document(away)), await near.browser()
    local = App(own.id, None, "http://127.0.0.1:5000/cb")
    for app, again in ((own, 303), (local, 200)):
        await near.tokens(app, browser)
        answer = await near.http.get(await near.waiting(app), headers=HTML | browser.cookie)
        assert answer.status_code == again


async def test_a_document_is_fetched_anew_when_it_is_no_longer_fresh(near: World, away: Outside) -> None:
    app = App(document(away, "/app.json", "cache-control: max-age=600"))
    await near.waiting(app)
    ((left,),) = await near.sql(
        "select extract(epoch from fresh_until - now()) from oauth_clients where id = :id", id=app.id
    )
    assert 590 < left <= 600
    document(away, redirect_uris=["https://app.example/moved"])
    await near.waiting(app)
    await near.change("update oauth_clients set fresh_until = now() where id = :id", id=app.id)
    assert (await near.ask(app)).status_code == 400
    await near.waiting(App(app.id, None, "https://app.example/moved"))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", timedelta(hours=1)),
        ("public, max-age=600", timedelta(minutes=10)),
        ("max-age=0", timedelta(minutes=1)),
        ("no-store", timedelta(minutes=1)),
        ("max-age=999999999", timedelta(hours=24)),
        ("max-age=99999999999999999999", timedelta(hours=1)),
        ("nonsense", timedelta(hours=1)),
    ],
)
def test_how_long_a_document_is_kept_has_bounds(said: str, kept: timedelta) -> None:
    assert fresh_for({"cache-control": said}) == kept


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "https://client.example/other.json"},
        {"client_id": None},
        {"redirect_uris": []},
        {"redirect_uris": ["http://app.example/callback"]},
        {"redirect_uris": ["https://*.example/callback"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"token_endpoint_auth_method": "client_secret_post"},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"client_secret": "shared with everybody"},
        {"grant_types": ["implicit"]},
        {"client_name": "x" * 1_000},
    ],
)
async def test_such_a_document_is_refused(near: World, away: Outside, changed: dict[str, Any]) -> None:
    answer = await near.ask(App(document(away, **changed)))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client")
    assert await near.sql("select 1 from oauth_clients where id = :id", id=away.url("/app.json")) == []


async def test_a_client_that_can_do_without_authentication_may(near: World, away: Outside) -> None:
    able: dict[str, Any] = {"token_endpoint_auth_methods_supported": ["none", "private_key_jwt"]}
    await near.waiting(App(document(away, token_endpoint_auth_method="private_key_jwt", **able)))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"<html>", b"null", b'{"a":' * 5_000, b"{}" + b" " * 65_536]
)
async def test_what_is_no_small_json_object_is_refused(near: World, away: Outside, body: bytes) -> None:
    assert (await near.ask(App(away.serve("/app.json", body, JSON)))).status_code == 400


async def test_only_json_is_read(near: World, away: Outside) -> None:
    body = json.dumps({"client_id": away.url("/page"), "redirect_uris": [CALLBACK]}).encode()
    assert (await near.ask(App(away.serve("/page", body, "content-type: text/html")))).status_code == 400


async def test_one_that_failed_is_not_asked_again_for_a_minute(near: World, away: Outside) -> None:
    app = App(away.serve("/broken.json", b"oops", JSON))
    for _ in range(3):
        assert (await near.ask(app)).status_code == 400
    assert len(away.asked) == 1


@pytest.mark.parametrize(
    "client_id",
    [
        "http://client.example/app.json",
        "https://client.example",
        "https://client.example/",
        "https://client.example/app.json#x",
        "https://client.example/app.json?x=1",
        "https://client.example/a/../app.json",
        "https://client.example/a/%2e%2e/app.json",
        "https://user@client.example/app.json",
        "https://CLIENT.example/app.json",
        "https://client.example:443/app.json",
        "https://client.example/" + "a" * 1_000,
        "https://127.1/app.json",
    ],
)
async def test_such_an_address_is_no_client_and_is_not_fetched(
    near: World, away: Outside, client_id: str
) -> None:
    assert (await near.ask(App(client_id))).status_code == 400
    assert away.resolved == []


@pytest.mark.parametrize(
    "client_id",
    [
        "https://127.0.0.1/app.json",
        "https://localhost/app.json",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/app.json",
        "https://[::ffff:127.0.0.1]/app.json",
        "https://10.0.0.1/app.json",
    ],
)
async def test_nothing_inside_can_be_reached_through_a_client_id(ghar: World, client_id: str) -> None:
    answer = await ghar.ask(App(client_id))
    assert answer.status_code == 400
    assert "public internet" in answer.text or "no client" in answer.text


async def test_tokens_need_no_fetch(near: World, away: Outside) -> None:
    app, browser = App(document(away)), await near.browser()
    tokens = await near.tokens(app, browser)
    away.answers.clear()
    await near.change("update oauth_clients set fresh_until = now() where id = :id", id=app.id)
    assert (await near.refresh(app, tokens["refresh_token"])).status_code == 200
