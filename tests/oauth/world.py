"""The application in process, people with browsers, and clients that ask them for access."""

import base64
import hashlib
import itertools
import os
import re
import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import text

from servers.app import Application
from servers.runtime import Runtime
from servers.signin.websession import WebSessions
from storage import embedded
from storage.people import PersonRow
from tests.servers.applications import client_of, settings

URL = "http://localhost:3600"
USER, ADMIN = f"{URL}/mcp", f"{URL}/mcp-admin"
CALLBACK = "https://app.example/callback"
HTML = {"accept": "text/html"}
RPC = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
_numbers = itertools.count(1)


def pkce() -> tuple[str, str]:
    """A verifier and its challenge."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def told(answer: httpx.Response) -> dict[str, str]:
    """The parameters of a redirect, each of which comes once."""
    found = parse_qs(urlsplit(answer.headers["location"]).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class Browser:
    """A person who is signed in."""

    id: int
    cookie: dict[str, str]


@dataclass(frozen=True, slots=True)
class App:
    """A client that has registered."""

    id: str
    secret: str | None = None
    redirect_uri: str = CALLBACK
    verifier: str = field(default_factory=lambda: pkce()[0])

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class World:
    """The application, and what people and clients do with it."""

    def __init__(self, http: httpx.AsyncClient, runtime: Runtime) -> None:
        self.http = http
        self.runtime = runtime
        self._sessions = WebSessions(runtime.database, runtime.keys, secure=False)

    async def register(self, **more: Any) -> httpx.Response:
        given = {"redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none", "client_name": "Lantern"}
        return await self.http.post("/register", json=given | more)

    async def app(self, redirect_uri: str = CALLBACK, **more: Any) -> App:
        """A client that has just registered."""
        answer = await self.register(redirect_uris=[redirect_uri], **more)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return App(made["client_id"], made.get("client_secret"), redirect_uri)

    async def browser(self, role: str = "member", name: str | None = None) -> Browser:
        """Somebody new, signed in."""
        phone = f"+9198{next(_numbers):08d}"
        async with self.runtime.database.writing() as db:
            person = PersonRow(phone=phone, role=role, name=name)
            db.add(person)
            await db.flush()
            number = person.id
        cookie = await self._sessions.begin(number, "Test browser")
        return Browser(number, {"cookie": cookie.partition(";")[0]})

    async def ask(self, app: App, **changed: Any) -> httpx.Response:
        """An authorization request; a parameter of None is left out."""
        given: dict[str, Any] = {
            "response_type": "code",
            "client_id": app.id,
            "redirect_uri": app.redirect_uri,
            "code_challenge": app.challenge,
            "code_challenge_method": "S256",
            "state": "a state",
            "resource": USER,
        }
        wanted = {name: value for name, value in (given | changed).items() if value is not None}
        return await self.http.get("/authorize", params=wanted)

    async def waiting(self, app: App, **changed: Any) -> str:
        """The address of the consent page for a request that was accepted."""
        answer = await self.ask(app, **changed)
        assert answer.status_code == 302, answer.text
        where: str = answer.headers["location"]
        assert where.startswith("/consent?request="), where
        return where

    async def consent(self, browser: Browser, page: str, decision: str = "allow") -> httpx.Response:
        """The answer to a consent page, given by its buttons."""
        shown = await self.http.get(page, headers=HTML | browser.cookie)
        assert shown.status_code == 200, shown.headers.get("location") or shown.text
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
        assert f'value="{decision}"' in shown.text
        return await self.http.post("/consent", data=form | {"decision": decision}, headers=browser.cookie)

    async def code(self, app: App, browser: Browser, **changed: Any) -> str:
        """A code that the person allows, or has allowed before."""
        page = await self.waiting(app, **changed)
        answer = await self.http.get(page, headers=HTML | browser.cookie)
        if answer.status_code == 200:
            answer = await self.consent(browser, page)
        assert answer.status_code == 303, answer.text
        return told(answer)["code"]

    async def exchange(self, app: App, brought: str, **changed: Any) -> httpx.Response:
        """A code brought to the token endpoint."""
        given: dict[str, Any] = {
            "grant_type": "authorization_code",
            "code": brought,
            "redirect_uri": app.redirect_uri,
            "client_id": app.id,
            "client_secret": app.secret,
            "code_verifier": app.verifier,
            "resource": None,
        }
        return await self.post("/token", given | changed)

    async def refresh(self, app: App, token: str, **changed: Any) -> httpx.Response:
        """A refresh token brought to the token endpoint."""
        given: dict[str, Any] = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": app.id,
            "client_secret": app.secret,
        }
        return await self.post("/token", given | changed)

    async def post(self, path: str, given: Mapping[str, Any], **headers: str) -> httpx.Response:
        """A form, without what is None."""
        data = {name: value for name, value in given.items() if value is not None}
        return await self.http.post(path, data=data, headers=headers)

    async def tokens(self, app: App, browser: Browser, **changed: Any) -> dict[str, Any]:
        """Tokens that the person has allowed."""
        answer = await self.exchange(app, await self.code(app, browser, **changed))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def works(self, access_token: str, path: str = "/mcp") -> int:
        """The status of a request with that token at an MCP server."""
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = RPC | {"authorization": f"Bearer {access_token}"}
        return (await self.http.post(path, json=body, headers=headers)).status_code

    async def sql(self, statement: str, **values: Any) -> list[Any]:
        """Rows of a statement on the database behind the application."""
        async with self.runtime.database.writing() as db:
            return list((await db.execute(text(statement), values)).all())

    async def change(self, statement: str, **values: Any) -> None:
        """A statement that gives no rows."""
        async with self.runtime.database.writing() as db:
            await db.execute(text(statement), values)


@asynccontextmanager
async def world(server: embedded.Server, template: str, home: Path, **more: Any) -> AsyncGenerator[World]:
    """A started application on an empty database of its own."""
    name = f"oauth_{os.getpid()}_{next(_numbers)}_{datetime.now(UTC):%H%M%S%f}"
    url = await server.create_database(name, template)
    made: list[Runtime] = []

    async def look(runtime: Runtime) -> None:
        made.append(runtime)

    try:
        async with client_of(Application(settings(url, home, **more), prepare=look)) as http:
            yield World(http, made[0])
    finally:
        await server.drop_database(name)
