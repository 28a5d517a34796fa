"""Reports of bounces and complaints: signed, and about addresses that we have."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router
from starlette.types import ASGIApp

from facade import problems
from servers.hooks import PATH, TOLERANCE, Bounces, signed
from storage import people
from storage.engine import Database
from tests.senders.conftest import EMAIL, PHONE, URL, Office
from tools.dispatch import Dispatcher

SECRET = "a secret that the mail provider knows"
NOW = 1_900_000_000


def app(dispatcher: Dispatcher, secret: str | None = SECRET) -> ASGIApp:
    routes = Bounces(dispatcher, secret, now=lambda: float(NOW)).routes()
    return ExceptionMiddleware(Router(routes), handlers=problems.handlers())


def reaching(whole: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(whole), base_url=URL)


@pytest.fixture
async def client(dispatcher: Dispatcher) -> AsyncGenerator[httpx.AsyncClient]:
    async with reaching(app(dispatcher)) as opened:
        yield opened


async def report(client: httpx.AsyncClient, *reports: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps({"reports": reports}).encode()
    answer = await client.post(PATH, content=body, headers=signature(body))
    assert answer.status_code == 200, answer.text
    return answer.json()


def signature(body: bytes, at: int = NOW, secret: str = SECRET) -> dict[str, str]:
    return {"Ghar-Signature": f"t={at},v1={signed(secret.encode(), at, body)}"}


async def returned(office: Office) -> list[str]:
    return (await office.meera.call("notification_settings")).returned


async def test_a_message_or_an_address_that_bounced_ends_its_channel(
    office: Office, client: httpx.AsyncClient
) -> None:
    await office.told()
    sent = await office.sent()
    message = f"<{sent['email'].id}@ghar.example>"
    assert await report(client, {"kind": "bounced", "message": message}) == {"taken": 1, "unknown": 0}
    assert await returned(office) == ["email"]
    again = [{"kind": "bounced", "message": message}, {"kind": "complained", "address": PHONE}]
    assert await report(client, *again) == {"taken": 2, "unknown": 0}
    assert await returned(office) == ["email", "sms"]
    await office.told("account_kept")
    assert (await office.sent()).keys() == {"push"}


async def test_a_device_has_no_address_that_could_bounce(office: Office, client: httpx.AsyncClient) -> None:
    await office.told()
    push = str((await office.sent())["push"].id)
    assert await report(client, {"kind": "bounced", "message": push}) == {"taken": 0, "unknown": 1}
    assert await returned(office) == []


async def test_a_late_report_is_about_the_address_that_it_went_to(
    office: Office, client: httpx.AsyncClient, database: Database
) -> None:
    await office.told("contact_shown")
    sent = (await office.sent())["email"]
    async with database.writing() as db:
        await people.change(db, office.meera.id, email="meera@elsewhere.example")
    await report(client, {"kind": "bounced", "message": str(sent.id)})
    assert await returned(office) == []


async def test_what_we_do_not_know_is_counted_and_nothing_else(
    office: Office, client: httpx.AsyncClient
) -> None:
    unknown = [
        {"kind": "bounced", "address": "nobody@example.com"},
        {"kind": "bounced", "address": "no address"},
        {"kind": "bounced", "message": "<5a0c3a52-8f4b-5d59-9d2e-0f6a3f0c9b11@ghar.example>"},
        {"kind": "bounced", "message": "x" * 36},
        {"kind": "bounced", "message": "-" * 36},
        {"kind": "bounced"},
    ]
    assert await report(client, *unknown) == {"taken": 0, "unknown": 6}
    assert await returned(office) == []


async def test_only_what_is_signed_now_with_the_secret_is_taken(
    office: Office, client: httpx.AsyncClient, dispatcher: Dispatcher
) -> None:
    body = json.dumps({"reports": [{"kind": "bounced", "address": EMAIL}]}).encode()
    bad = [
        {},
        {"Ghar-Signature": "t=1,v1=" + "0" * 64},
        {"Ghar-Signature": signature(body)["Ghar-Signature"].upper()},
        signature(body + b" "),
        signature(body, secret="another"),
        signature(body, at=NOW - TOLERANCE - 1),
        signature(body, at=NOW + TOLERANCE + 1),
    ]
    for headers in bad:
        answer = await client.post(PATH, content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_signature")
    async with reaching(app(dispatcher, None)) as without:
        assert (await without.post(PATH, content=body, headers=signature(body))).status_code == 404
    assert await returned(office) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"reports": 1}',
        b'{"reports": [{"kind": "soft", "address": "a@b.example"}]}',
        b'{"reports": [], "more": 1}',
        b"\xff",
    ],
)
async def test_what_is_no_report_is_said(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post(PATH, content=body, headers=signature(body))
    assert answer.status_code == 422
