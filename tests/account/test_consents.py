"""Consents: a person sees what apps were allowed and takes it back; nobody else can."""

from datetime import UTC, datetime
from typing import Any

import pytest
from inline_snapshot import snapshot

from storage import oauth
from storage.engine import Database
from storage.oauth import ClientRow
from storage.signins import SessionRow
from tests.account.conftest import Somebody
from tools.account.consents import NoSuchConsent


async def allow(database: Database, somebody: Somebody, client: str = "c1") -> int:
    """Somebody allows an app to read; the id of the session that the app then has."""
    async with database.writing() as db:
        await db.merge(ClientRow(id=client, kind="registered", metadata_={"client_name": "Claude"}))
        await oauth.remember(db, somebody.id, client, "user", ["mcp:read"])
        session = SessionRow(
            person_id=somebody.id,
            kind="oauth",
            label="Claude",
            client_id=client,
            audience="user",
            expires_at=datetime(2099, 1, 1, tzinfo=UTC),
        )
        db.add(session)
        await db.flush()
        return session.id


async def test_a_person_sees_what_they_allowed_and_only_that(
    asha: Somebody, ravi: Somebody, database: Database
) -> None:
    await allow(database, asha)
    (allowed,) = (await asha.call("list_consents")).items
    assert allowed.model_dump(exclude={"id", "created_at", "used_at"}) == snapshot(
        {"client_id": "c1", "client": "Claude", "audience": "user", "scopes": ["mcp:read"]}
    )
    assert (await ravi.call("list_consents")).items == []


async def test_what_is_taken_back_signs_that_app_out_and_nothing_else(
    asha: Somebody, database: Database
) -> None:
    await allow(database, asha)
    other = await allow(database, asha, "c2")
    (_, first) = (await asha.call("list_consents")).items
    await asha.call("withdraw_consent", id=first.id)
    assert [each.client_id for each in (await asha.call("list_consents")).items] == ["c2"]
    assert {each.id for each in (await asha.call("list_sessions")).items} == {asha.session, other}


async def test_another_persons_consent_answers_as_one_that_does_not_exist(
    asha: Somebody, ravi: Somebody, database: Database
) -> None:
    await allow(database, ravi)
    (theirs,) = (await ravi.call("list_consents")).items
    refusals: list[Any] = []
    for wanted in (theirs.id, 999_999_999):
        with pytest.raises(NoSuchConsent) as refused:
            await asha.call("withdraw_consent", id=wanted)
        refusals.append(refused.value.body())
    assert refusals[0] == refusals[1]
    assert (await ravi.call("list_consents")).items == [theirs]
