"""The session of a browser: its cookie, its end, and the tokens that its forms bring along."""

from http.cookies import SimpleCookie
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from servers.keys import Keys
from servers.signin.websession import StaleForm, WebSession, WebSessions
from storage.engine import Database

KEYS = Keys(b"a secret of the tests")


def scope(set_cookie: str | None = None, **cookies: str) -> dict[str, Any]:
    """A request that brings back a cookie that was set, or these."""
    if set_cookie is not None:
        cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"type": "http", "headers": [(b"cookie", sent.encode())] if sent else []}


@pytest.fixture
def sessions(database: Database) -> WebSessions:
    return WebSessions(database, KEYS, secure=True)


@pytest.fixture
async def person(database: Database) -> int:
    return await made(database, "+919876543210")


async def made(database: Database, phone: str) -> int:
    async with database.writing() as db:
        row = await db.execute(
            text("insert into people (phone) values (:phone) returning id"), {"phone": phone}
        )
        return row.scalar_one()


async def signed_in(sessions: WebSessions, person: int) -> tuple[str, WebSession]:
    cookie = await sessions.begin(person, "Firefox on Linux")
    session = await sessions.current(scope(cookie))
    assert session is not None
    return cookie, session


async def test_a_cookie_stands_for_its_person(sessions: WebSessions, person: int) -> None:
    _, session = await signed_in(sessions, person)
    assert session.person_id == person
    assert await sessions.current(scope()) is None


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    sessions: WebSessions, database: Database, person: int
) -> None:
    name, *attributes = (await sessions.begin(person, "Firefox")).split("; ")
    assert name.startswith("__Host-ghar=")
    assert attributes == ["Max-Age=2592000", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"]
    plain = await WebSessions(database, KEYS, secure=False).begin(person, "Firefox")
    assert plain.startswith("ghar=")
    assert "Secure" not in plain


async def test_every_sign_in_has_a_secret_of_its_own_and_only_its_hash_is_kept(
    sessions: WebSessions, person: int, db: AsyncSession
) -> None:
    cookies = [await sessions.begin(person, "Firefox") for _ in range(3)]
    secrets = {cookie.partition(";")[0].partition("=")[2] for cookie in cookies}
    assert len(secrets) == 3
    assert {len(secret) for secret in secrets} == {43}, "256 bits in base64"
    rows = str((await db.execute(text("select * from sessions"))).all())
    assert all(secret not in rows for secret in secrets)


async def test_an_ended_session_is_ended_at_once(sessions: WebSessions, person: int) -> None:
    cookie, session = await signed_in(sessions, person)
    other, _ = await signed_in(sessions, person)
    taken_away = await sessions.end(session)
    assert taken_away.startswith("__Host-ghar=; Max-Age=0; ")
    assert await sessions.current(scope(cookie)) is None
    assert await sessions.current(scope(other)) is not None


@pytest.mark.parametrize(
    "change",
    [
        "update sessions set expires_at = now() - interval '1 second'",
        "update sessions set ended_at = now()",
        "update sessions set kind = 'development'",
        "update people set erased_at = now(), phone = null, name = null",
        "delete from people",
    ],
)
async def test_a_session_stands_while_it_and_its_person_do(
    sessions: WebSessions, database: Database, person: int, change: str
) -> None:
    cookie, _ = await signed_in(sessions, person)
    async with database.writing() as db:
        await db.execute(text(change))
    assert await sessions.current(scope(cookie)) is None


async def test_who_asked_for_deletion_can_still_use_the_session(
    sessions: WebSessions, database: Database, person: int
) -> None:
    cookie, _ = await signed_in(sessions, person)
    async with database.writing() as db:
        await db.execute(text("update people set deletes_at = now() + interval '3 days'"))
    assert await sessions.current(scope(cookie)) is not None


@pytest.mark.parametrize("value", ["", "guessed", "a" * 5_000, '"', "%00", "नमस्ते"])
async def test_a_cookie_that_was_not_given_out_stands_for_nobody(
    sessions: WebSessions, person: int, value: str
) -> None:
    await sessions.begin(person, "Firefox")
    assert await sessions.current(scope(**{"__Host-ghar": value})) is None


async def test_a_cookie_without_the_prefix_is_not_taken_over_https(
    sessions: WebSessions, person: int
) -> None:
    """Another host under our domain could plant it."""
    cookie = await sessions.begin(person, "Firefox")
    assert await sessions.current(scope(cookie.removeprefix("__Host-"))) is None


async def test_use_is_noted_to_about_a_minute(sessions: WebSessions, database: Database, person: int) -> None:
    cookie, _ = await signed_in(sessions, person)
    ago = "select extract(epoch from now() - used_at)::int from sessions"
    for minutes, noted in ((0.5, 30), (2, 0)):
        async with database.writing() as db:
            back = {"back": minutes * 60}
            await db.execute(text("update sessions set used_at = now() - :back * interval '1 second'"), back)
        await sessions.current(scope(cookie))
        async with database.writing() as db:
            assert abs((await db.execute(text(ago))).scalar_one() - noted) <= 5


async def test_a_session_takes_its_own_form_token_only(
    sessions: WebSessions, database: Database, person: int
) -> None:
    _, mine = await signed_in(sessions, person)
    _, other = await signed_in(sessions, await made(database, "+919876543211"))
    sessions.check_csrf(mine, sessions.csrf_token(mine))
    for token in (None, "", "x", "नमस्ते", other.csrf, mine.csrf + "x", mine.csrf[:-1]):
        with pytest.raises(StaleForm):
            sessions.check_csrf(mine, token)
    assert mine.csrf not in repr(mine)


def test_a_form_before_the_sign_in_belongs_to_its_browser(sessions: WebSessions) -> None:
    token, cookie = sessions.form_token(scope())
    other, other_cookie = sessions.form_token(scope())
    assert cookie is not None
    assert other_cookie is not None
    sessions.check_form(scope(cookie), token)
    for browser, brought in ((cookie, other), (other_cookie, token), (None, token), (cookie, None)):
        with pytest.raises(StaleForm):
            sessions.check_form(scope(browser), brought)
    assert sessions.form_token(scope(cookie)) == (token, None), "the same browser keeps its cookie"


def test_a_planted_form_cookie_is_worth_nothing(sessions: WebSessions, database: Database) -> None:
    """Who can plant a cookie, but has no secret, cannot make the token that fits it."""
    stranger = WebSessions(database, Keys(b"another secret"), secure=True)
    token, cookie = stranger.form_token(scope())
    with pytest.raises(StaleForm):
        sessions.check_form(scope(cookie), token)
    _, replaced = sessions.form_token(scope(cookie))
    assert replaced is not None
