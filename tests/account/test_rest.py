"""The account over REST, with real tokens: what is ended or taken away is gone with the next request."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.app import Application
from servers.development import DevelopmentSignIns
from servers.runtime import Runtime, running
from storage import people
from storage.personal import HELD
from tests.servers.applications import client_of, settings
from tools.contract import Audience, Viewer
from tools.dispatch import Caller

GIVEN = {held.name for held in HELD if held.given}


@dataclass(frozen=True)
class House:
    """The application, and people who sign in to it."""

    http: httpx.AsyncClient
    runtime: Runtime

    async def join(self, contact: str, role: Audience = "member") -> tuple[int, Mapping[str, str]]:
        """Somebody's id and what their requests carry; each time with another session."""
        async with self.runtime.database.writing() as db:
            person = await people.ensure(db, contact)
            if person.role != role:
                await people.change(db, person.id, role=role)
        signing_in = DevelopmentSignIns(self.runtime.database, self.runtime.signer, self.runtime.catalog)
        return person.id, {"authorization": f"Bearer {await signing_in.token(person.id)}"}

    async def confirm(self, person: int, ticket: str) -> None:
        """Somebody confirms something on our own page."""
        dispatcher = self.runtime.dispatcher
        scopes = frozenset(scope for tool in dispatcher.catalog for scope in tool.scopes)
        page = Caller("rest", Viewer(person, "member", scopes, own=True), decides=True)
        await dispatcher.run(dispatcher.catalog["confirm_action"], {"ticket": ticket}, page)

    async def __call__(
        self, method: str, path: str, who: Mapping[str, str], **body: Any
    ) -> tuple[int, dict[str, Any]]:
        answer = await self.http.request(method, f"/api/v1{path}", headers=dict(who), json=body or None)
        return answer.status_code, answer.json()


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncGenerator[House]:
    chosen = settings(database_url, tmp_path)
    async with running(chosen) as runtime, client_of(Application(chosen)) as http:
        yield House(http, runtime)


async def test_a_guest_is_told_that_and_a_person_who_they_are(house: House) -> None:
    status, body = await house("GET", "/me", {})
    assert (status, body["signed_in"]) == (200, False)
    asha, hers = await house.join("+919876543210")
    status, body = await house("PATCH", "/me", hers, name="Asha Rao", language="hi")
    assert (status, body["id"], body["name"], body["phone"]) == (200, asha, "Asha Rao", "+91 98••••••10")
    assert (await house("GET", "/me", hers))[1]["language"] == "hi"
    assert (await house("PATCH", "/me", {}, name="Nobody"))[0] == 401


async def test_a_revoked_sign_in_is_worth_nothing_with_the_next_request(house: House) -> None:
    _, phone = await house.join("+919876543210")
    _, laptop = await house.join("+919876543210")
    assert (await house("GET", "/me/preferences", phone))[0] == 200
    listed = (await house("GET", "/me/sessions", laptop))[1]["items"]
    (other,) = [each["id"] for each in listed if not each["current"]]
    assert (await house("DELETE", f"/me/sessions/{other}", laptop))[0] == 200
    assert (await house("GET", "/me/preferences", phone))[0] == 401
    assert (await house("GET", "/me/preferences", laptop))[0] == 200


async def test_a_role_is_gained_and_lost_with_the_next_request_of_the_same_token(house: House) -> None:
    _, admin = await house.join("admin@example.com", "admin")
    kiran, theirs = await house.join("kiran@example.com", "staff")
    assert (await house("GET", "/admin/portfolio", theirs))[0] == 200
    granted = await house("PUT", "/admin/people/role", admin, id=kiran, role="member")
    assert (granted[0], granted[1]["before"]) == (200, "staff")
    assert (await house("GET", "/admin/portfolio", theirs))[0] == 403
    await house("PUT", "/admin/people/role", admin, contact="kiran@example.com", role="staff")
    assert (await house("GET", "/admin/portfolio", theirs))[0] == 200


async def test_an_account_is_exported_left_and_kept(house: House) -> None:
    asha, hers = await house.join("+919876543210")
    status, export = await house("GET", "/me/export", hers)
    assert (status, {each["name"] for each in export["tables"]}) == (200, GIVEN)
    assert export["tables"][0]["rows"][0]["phone"] == "+919876543210"
    status, preview = await house("DELETE", "/me", hers)
    assert (status, (await house("GET", "/me", hers))[1]["deletes_at"]) == (202, None)
    assert (await house("POST", f"/actions/{preview['ticket']}/confirm", hers))[0] == 403
    await house.confirm(asha, preview["ticket"])
    assert (await house("GET", "/me", hers))[1]["deletes_at"] is not None
    assert (await house("POST", "/me/keep", hers))[1] == {"deletes_at": None}


async def test_the_last_admin_is_refused_over_rest_as_everywhere(house: House) -> None:
    admin, theirs = await house.join("admin@example.com", "admin")
    for refused in (
        await house("PUT", "/admin/people/role", theirs, id=admin, role="member"),
        await house("DELETE", "/me", theirs),
    ):
        assert (refused[0], refused[1]["error"]["code"]) == (409, "last_admin")
