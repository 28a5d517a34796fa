"""Sessions: a person sees where they are signed in and ends it; nobody else can."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.oauth import AuthorizationCodeRow, ClientRow
from storage.signins import SessionRow
from tests.account.conftest import Somebody
from tools.account.sessions import NoSuchSession

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def begin(database: Database, somebody: Somebody, **told: Any) -> int:
    """Another session of somebody; its id."""
    about: dict[str, Any] = {"kind": "web", "label": "Chrome", "expires_at": datetime(2099, 1, 1, tzinfo=UTC)}
    async with database.writing() as db:
        session = SessionRow(person_id=somebody.id, **about | told)
        db.add(session)
        await db.flush()
        return session.id


async def standing(database: Database, somebody: Somebody) -> list[int]:
    async with database.reading() as db:
        wanted = select(SessionRow.id).where(
            SessionRow.person_id == somebody.id, SessionRow.ended_at.is_(None)
        )
        return sorted((await db.scalars(wanted)).all())


async def test_a_person_sees_where_they_are_signed_in_and_which_is_this(
    asha: Somebody, ravi: Somebody, database: Database
) -> None:
    async with database.writing() as db:
        db.add(ClientRow(id="c1", kind="registered", metadata_={"client_name": "Claude"}))
    app = await begin(database, asha, kind="oauth", label="Claude", client_id="c1", audience="user")
    await begin(database, asha, ended_at=LONG_AGO)
    await begin(database, asha, expires_at=LONG_AGO)
    answer = await asha.call("list_sessions")
    assert [(each.id, each.kind, each.label, each.audience, each.current) for each in answer.items] == [
        (app, "oauth", "Claude", "user", False),
        (asha.session, "web", "Firefox on Android", None, True),
    ]
    assert [each.id for each in (await ravi.call("list_sessions")).items] == [ravi.session]


async def test_sessions_come_in_pages(asha: Somebody, database: Database) -> None:
    newer = [await begin(database, asha) for _ in range(4)]
    seen: list[int] = []
    cursor = None
    while True:
        page = await asha.call("list_sessions", limit=2, cursor=cursor)
        seen += [each.id for each in page.items]
        if not page.has_more:
            break
        cursor = page.next_cursor
    assert seen == [*reversed(newer), asha.session]


async def test_a_session_that_is_revoked_has_ended_and_no_other(asha: Somebody, database: Database) -> None:
    other = await begin(database, asha)
    answer = await asha.call("revoke_session", id=other)
    assert (answer.id, answer.current) == (other, False)
    assert await standing(database, asha) == [asha.session]
    assert (await asha.call("revoke_session", id=other)).id == other
    assert (await asha.call("revoke_session", id=asha.session)).current


async def test_another_persons_session_answers_as_one_that_does_not_exist(
    asha: Somebody, ravi: Somebody, database: Database
) -> None:
    refusals: list[Any] = []
    for wanted in (ravi.session, 999_999_999):
        with pytest.raises(NoSuchSession) as refused:
            await asha.call("revoke_session", id=wanted)
        refusals.append(refused.value.body())
    assert refusals[0] == refusals[1]
    assert await standing(database, ravi) == [ravi.session]


async def test_signing_out_everywhere_leaves_only_where_it_was_asked(
    asha: Somebody, ravi: Somebody, database: Database
) -> None:
    await begin(database, asha)
    await begin(database, asha, expires_at=LONG_AGO)
    assert (await asha.call("sign_out_everywhere")).ended == 1
    assert await standing(database, asha) == [asha.session]
    assert await standing(database, ravi) == [ravi.session]
    elsewhere = replace(asha, viewer=replace(asha.viewer, session=None))
    assert (await elsewhere.call("sign_out_everywhere")).ended == 1
    assert await standing(database, asha) == []


async def test_a_code_that_an_app_has_not_redeemed_is_worth_nothing_afterwards(
    asha: Somebody, database: Database
) -> None:
    async with database.writing() as db:
        db.add(ClientRow(id="c1", kind="registered", metadata_={}))
        await db.flush()
        db.add(
            AuthorizationCodeRow(
                code_hash=b"hash",
                client_id="c1",
                person_id=asha.id,
                audience="user",
                scopes=["mcp:read"],
                code_challenge="x",
                redirect_uri="https://app.example/back",
                redirect_uri_given=True,
                expires_at=datetime(2099, 1, 1, tzinfo=UTC),
            )
        )
    await asha.call("sign_out_everywhere")
    async with database.reading() as db:
        assert (await db.scalars(select(AuthorizationCodeRow.client_id))).all() == []
