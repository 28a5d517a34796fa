"""Whether a sign-in stands: asked with every request, on every replica, and of the primary database."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event

from servers.identity import CsrfTokenRequired
from servers.verified import Verified
from storage.engine import Database, DatabaseOptions
from tests.identity.forging import claims
from tests.identity.house import House, Moving, request
from tools.catalog import Catalog
from tools.contacts import normalised
from tools.contract import GUEST
from tools.identity import InvalidToken
from tools.refusals import Unavailable

ENDED = "update sessions set ended_at = now() where id = :id"


async def test_an_ended_session_ends_its_tokens_at_once_on_every_replica(
    house: House, replica: House
) -> None:
    token = await house.token()
    for each in (house, replica):
        await each.viewer(token)
    await house.value(ENDED, id=claims(token)["sid"])
    for each in (house, replica):
        with pytest.raises(InvalidToken):
            await each.viewer(token)


async def test_an_expired_session_is_refused_though_the_token_has_not_ended(house: House) -> None:
    token = await house.token()
    await house.value("update sessions set expires_at = now() - interval '1 second'")
    with pytest.raises(InvalidToken):
        await house.viewer(token)


async def test_other_sessions_of_the_same_person_go_on(house: House) -> None:
    one, other = await house.token(), await house.token()
    await house.value(ENDED, id=claims(one)["sid"])
    assert (await house.viewer(other)).role == "member"


async def test_a_changed_role_counts_at_once_on_every_replica(house: House, replica: House) -> None:
    token = await house.token("staff")
    assert "platform:read" in (await replica.viewer(token, "admin")).scopes
    await house.value("update people set role = 'member' where role = 'staff'")
    viewer = await replica.viewer(token, "admin")
    assert viewer.role == "member"
    assert "platform:read" not in viewer.scopes
    await house.value("update people set role = 'staff' where id = :id", id=viewer.id)
    assert (await replica.viewer(token, "admin")).role == "staff"


async def test_somebody_who_was_promoted_has_only_the_scopes_that_were_given(house: House) -> None:
    token = await house.token("member")
    viewer = await house.viewer(token)
    await house.value("update people set role = 'admin' where id = :id", id=viewer.id)
    promoted = await house.viewer(token)
    assert promoted.role == "admin"
    assert promoted.scopes == viewer.scopes


async def test_an_erased_person_is_refused_at_once_on_every_replica(house: House, replica: House) -> None:
    token = await house.token()
    person = (await replica.viewer(token)).id
    erase = "update people set erased_at = now(), phone = null, email = null, name = null where id = :id"
    await house.value(erase, id=person)
    for each in (house, replica):
        with pytest.raises(InvalidToken):
            await each.viewer(token)


async def test_somebody_in_the_grace_before_erasure_can_still_sign_in(house: House) -> None:
    token = await house.token()
    await house.value("update people set deletes_at = now() + interval '30 days'")
    assert (await house.viewer(token)).role == "member"


async def test_a_session_is_asked_of_the_primary_and_never_of_a_replica_that_lags(
    database: Database, database_url: str, catalog: Catalog, clock: Moving
) -> None:
    whole = House(database, catalog, clock)
    token = await whole.token()
    behind = "postgresql://nobody@127.0.0.1:1/a_replica_that_never_answers"
    split = Database(DatabaseOptions(database_url, replica_url=behind, pool_size=2))
    there = House(split, catalog, clock)
    try:
        assert (await there.viewer(token)).role == "member"
        await whole.value(ENDED, id=claims(token)["sid"])
        with pytest.raises(InvalidToken):
            await there.viewer(token)
    finally:
        await split.close()


async def test_a_database_that_is_away_is_no_bad_token(catalog: Catalog, house: House) -> None:
    token = await house.token()
    away = Database(DatabaseOptions("postgresql://nobody@127.0.0.1:1/nowhere"))
    lost = House(away, catalog, house.clock)
    with pytest.raises(Unavailable):
        await lost.viewer(token)
    with pytest.raises(Unavailable):
        await lost.identity.identify(request(cookie="ghar=" + "x" * 43), "any")
    await away.close()


async def test_a_connection_that_died_is_tried_once_more(house: House) -> None:
    token = await house.token()
    await house.viewer(token)
    await house.value(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    assert (await house.viewer(token)).role == "member"


async def test_a_use_is_noted_at_most_once_a_minute_and_beside_the_requests(
    database: Database, catalog: Catalog, clock: Moving
) -> None:
    written: list[str] = []
    house = House(database, catalog, clock)
    token = await house.token()
    await house.value("update sessions set used_at = now() - interval '1 hour'")
    async with database.writing("background") as db:
        engine = db.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    async with house.running():
        await asyncio.gather(*(house.viewer(token) for _ in range(30)))
    async with house.running():
        await asyncio.gather(*(house.viewer(token) for _ in range(30)))
    assert await house.value("select used_at > now() - interval '1 minute' from sessions")
    assert len([each for each in written if "update sessions" in each]) <= 2


def test_what_is_kept_about_tokens_is_bounded_and_goes_after_a_minute() -> None:
    known = Verified[int](most=100)
    for number in range(1_000):
        known.get("0", now=0)
        known.put(str(number), number, now=0, ends=90 if number else 30)
    assert len(known) == 100
    assert [known.get(token, now=29) for token in ("0", "1", "999")] == [0, None, 999]
    assert [known.get(token, now=59) for token in ("0", "999")] == [None, 999]
    assert known.get("999", now=61) is None
    assert len(known) == 98


async def browser(house: House, role: str = "member") -> tuple[dict[str, str], str]:
    """The headers of a browser in which somebody is signed in, and its CSRF token."""
    person = await house.people.person("staff" if role == "staff" else "member")
    cookie = (await house.web.begin(person, "Firefox")).partition(";")[0]
    session = await house.web.current(request(cookie=cookie))
    assert session is not None
    return {"cookie": cookie}, session.csrf


async def test_a_cookie_signs_in_at_rest_and_chat_and_at_no_mcp_server(house: House) -> None:
    sent, _ = await browser(house, "staff")
    viewer = await house.identity.identify(request(**sent), "any")
    assert viewer.role == "staff"
    assert {"mcp:read", "mcp:write", "platform:read"} <= viewer.scopes
    assert await house.identity.identify(request(**sent), "user") == GUEST
    assert await house.identity.identify(request(**sent), "admin") == GUEST


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
async def test_a_change_made_with_a_cookie_must_bring_the_token_of_its_session(
    house: House, method: str
) -> None:
    sent, csrf = await browser(house)
    _, other = await browser(house)
    for wrong in (None, "", other, csrf[:-1], csrf + "x", "é"):
        brought = {} if wrong is None else {"x_csrf_token": wrong}
        with pytest.raises(CsrfTokenRequired):
            await house.identity.identify(request(method, **sent, **brought), "any")
    assert (await house.identity.identify(request(method, **sent, x_csrf_token=csrf), "any")).id


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_reading_with_a_cookie_needs_no_such_token(house: House, method: str) -> None:
    sent, _ = await browser(house)
    assert (await house.identity.identify(request(method, **sent), "any")).id


async def test_a_token_in_the_header_counts_before_a_cookie(house: House) -> None:
    sent, _ = await browser(house)
    staff = f"Bearer {await house.token('staff')}"
    assert (
        await house.identity.identify(request("POST", **sent, authorization=staff), "any")
    ).role == "staff"
    with pytest.raises(InvalidToken):
        await house.identity.identify(request(**sent, authorization="Bearer nonsense"), "any")


@pytest.mark.parametrize(
    "cookie", ["ghar=nonsense", "ghar=", "other=1", "ghar=\xff; ghar", ";;;", "ghar=a; ghar=b"]
)
async def test_a_cookie_that_is_none_of_ours_is_nobodys(house: House, cookie: str) -> None:
    for method in ("GET", "POST"):
        assert await house.identity.identify(request(method, cookie=cookie), "any") == GUEST


async def test_an_ended_session_of_a_browser_is_a_guest_at_once(house: House, replica: House) -> None:
    sent, _ = await browser(house)
    assert (await replica.identity.identify(request(**sent), "any")).id
    await house.value("update sessions set ended_at = now()")
    for method in ("GET", "POST"):
        assert await replica.identity.identify(request(method, **sent), "any") == GUEST


async def test_an_erased_person_is_a_guest_in_every_browser(house: House) -> None:
    sent, _ = await browser(house)
    await house.value("update people set erased_at = now(), phone = null, email = null")
    assert await house.identity.identify(request(**sent), "any") == GUEST


async def test_the_session_of_a_browser_cannot_be_used_as_that_of_a_token(house: House) -> None:
    await browser(house)
    sid = await house.value("select max(id) from sessions")
    with pytest.raises(InvalidToken):
        await house.viewer(await house.signed(sid=sid))


async def test_a_development_token_lives_for_a_day_at_most(house: House) -> None:
    person = await house.people.person("member")
    with pytest.raises(Exception, match="24 hours"):
        await house.people.token(person, lifetime=timedelta(days=2))


async def test_a_made_up_person_can_sign_in_on_our_pages_too(house: House) -> None:
    """Only there can anybody confirm what a token of theirs has asked for."""
    await house.people.person("member")
    email = await house.value("select email from people")
    assert normalised(email) == email
