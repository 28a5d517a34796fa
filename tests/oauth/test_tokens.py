"""`/token` and `/revoke`: what is refused, what a replay ends, and what happens at once."""

import asyncio
import base64
from typing import Any

import httpx
import pytest

from tests.oauth.world import ADMIN, CALLBACK, USER, App, World, pkce

pytestmark = pytest.mark.requirement("S3")


def failed(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of an OAuth error, which nobody may keep."""
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json().keys() == {"error", "error_description"}
    return answer.status_code, answer.json()["error"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "unknown"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": pkce()[0]}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"redirect_uri": "https://app.example/other"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"resource": ADMIN}, "invalid_target"),
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"code": ["a", "b"]}, "invalid_request"),
    ],
)
async def test_a_code_is_refused_with_anything_but_its_own(
    ghar: World, changed: dict[str, Any], error: str
) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    assert failed(await ghar.exchange(app, code, **changed)) == (400, error)
    assert (await ghar.exchange(app, code)).status_code == 200


async def test_a_code_belongs_to_its_client(ghar: World) -> None:
    app, other, browser = await ghar.app(), await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    stolen = App(other.id, None, CALLBACK, app.verifier)
    assert failed(await ghar.exchange(stolen, code)) == (400, "invalid_grant")
    assert (await ghar.exchange(app, code)).status_code == 200


async def test_a_code_lives_for_90_seconds(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    ((lives,),) = await ghar.sql(
        "select extract(epoch from expires_at - now()) from oauth_codes where client_id = :id", id=app.id
    )
    assert 60 < lives <= 90
    await ghar.change("update oauth_codes set expires_at = now() where client_id = :id", id=app.id)
    assert failed(await ghar.exchange(app, code)) == (400, "invalid_grant")


async def test_a_replayed_code_ends_the_session_that_it_began(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    tokens = (await ghar.exchange(app, code)).json()
    assert await ghar.works(tokens["access_token"]) == 200
    assert failed(await ghar.exchange(app, code)) == (400, "invalid_grant")
    assert await ghar.works(tokens["access_token"]) == 401
    assert failed(await ghar.refresh(app, tokens["refresh_token"])) == (400, "invalid_grant")


async def test_of_two_who_bring_a_code_at_once_one_wins_and_loses_it_again(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    answers = await asyncio.gather(*(ghar.exchange(app, code) for _ in range(4)))
    won = [each.json() for each in answers if each.status_code == 200]
    assert len(won) == 1
    assert await ghar.works(won[0]["access_token"]) == 401


async def test_a_used_refresh_token_ends_the_whole_session(
    ghar: World, caplog: pytest.LogCaptureFixture
) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    first = await ghar.tokens(app, browser)
    second = (await ghar.refresh(app, first["refresh_token"])).json()
    third = (await ghar.refresh(app, second["refresh_token"])).json()
    assert failed(await ghar.refresh(app, first["refresh_token"])) == (400, "invalid_grant")
    for each in (first, second, third):
        assert await ghar.works(each["access_token"]) == 401
    assert failed(await ghar.refresh(app, third["refresh_token"])) == (400, "invalid_grant")
    assert caplog.text.count("a refresh token came twice") == 1
    assert not any(each["refresh_token"] in caplog.text for each in (first, second, third))


async def test_of_two_who_refresh_at_once_one_wins_and_the_family_is_dead(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    for _ in range(5):
        tokens = await ghar.tokens(app, browser)
        answers = await asyncio.gather(*(ghar.refresh(app, tokens["refresh_token"]) for _ in range(2)))
        won = [each.json() for each in answers if each.status_code == 200]
        assert len(won) == 1
        assert await ghar.works(won[0]["access_token"]) == 401
        assert failed(await ghar.refresh(app, won[0]["refresh_token"])) == (400, "invalid_grant")


async def test_a_refresh_may_ask_for_less_and_never_for_more(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    first = await ghar.tokens(app, browser, scope="mcp:read mcp:write")
    less = (await ghar.refresh(app, first["refresh_token"], scope="mcp:read")).json()
    assert less["scope"] == "mcp:read"
    again = (await ghar.refresh(app, less["refresh_token"])).json()
    assert again["scope"] == "mcp:read mcp:write"
    more = await ghar.refresh(app, again["refresh_token"], scope="mcp:read account:read")
    assert failed(more) == (400, "invalid_scope")
    assert (await ghar.refresh(app, again["refresh_token"])).status_code == 200


async def test_a_refresh_cannot_change_the_server(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser("admin")
    tokens = await ghar.tokens(app, browser)
    asked = await ghar.refresh(app, tokens["refresh_token"], resource=ADMIN)
    assert failed(asked) == (400, "invalid_target")
    assert (await ghar.refresh(app, tokens["refresh_token"], resource=USER)).status_code == 200


async def test_a_refresh_token_belongs_to_its_client(ghar: World) -> None:
    app, other, browser = await ghar.app(), await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    assert failed(await ghar.refresh(other, tokens["refresh_token"])) == (400, "invalid_grant")
    assert (await ghar.refresh(app, tokens["refresh_token"])).status_code == 200


async def test_a_refresh_token_waits_30_days_and_a_session_lasts_90(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    lives = """select round(extract(epoch from t.expires_at - now()) / 86400)::int,
               round(extract(epoch from s.expires_at - now()) / 86400)::int
               from oauth_refresh_tokens t join sessions s on s.id = session_id
               where client_id = :id and t.used_at is null"""
    assert await ghar.sql(lives, id=app.id) == [(30, 90)]
    shorter = "update sessions set expires_at = now() + interval '10 days' where client_id = :id"
    await ghar.change(shorter, id=app.id)
    tokens = (await ghar.refresh(app, tokens["refresh_token"])).json()
    assert await ghar.sql(lives, id=app.id) == [(10, 10)]
    await ghar.change("update sessions set expires_at = now() where client_id = :id", id=app.id)
    assert failed(await ghar.refresh(app, tokens["refresh_token"])) == (400, "invalid_grant")


async def test_who_is_no_longer_staff_gets_no_more_tokens_for_the_admin_server(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser("staff")
    tokens = await ghar.tokens(app, browser, resource=ADMIN)
    code = await ghar.code(app, browser, resource=ADMIN)
    await ghar.change("update people set role = 'member' where id = :id", id=browser.id)
    assert failed(await ghar.exchange(app, code)) == (400, "invalid_grant")
    assert failed(await ghar.refresh(app, tokens["refresh_token"])) == (400, "invalid_grant")
    await ghar.change("update people set role = 'staff' where id = :id", id=browser.id)
    assert failed(await ghar.refresh(app, tokens["refresh_token"])) == (400, "invalid_grant")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
@pytest.mark.parametrize("hint", [None, "access_token", "refresh_token", "something else"])
async def test_revoking_either_token_ends_the_session(ghar: World, which: str, hint: str | None) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    given = {"token": tokens[which], "client_id": app.id, "token_type_hint": hint}
    answer = await ghar.post("/revoke", given)
    assert (answer.status_code, answer.content) == (200, b"")
    assert await ghar.works(tokens["access_token"]) == 401
    assert failed(await ghar.refresh(app, tokens["refresh_token"])) == (400, "invalid_grant")


async def test_only_its_own_client_can_revoke_a_token(ghar: World) -> None:
    app, other, browser = await ghar.app(), await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    for token in (tokens["access_token"], tokens["refresh_token"], "nonsense"):
        answer = await ghar.post("/revoke", {"token": token, "client_id": other.id})
        assert answer.status_code == 200
    assert await ghar.works(tokens["access_token"]) == 200
    assert failed(await ghar.post("/revoke", {"client_id": app.id})) == (400, "invalid_request")
    assert failed(await ghar.post("/revoke", {"token": "x", "client_id": "nobody"})) == (
        401,
        "invalid_client",
    )


def basic(name: str, secret: str) -> dict[str, str]:
    """The header of a client that shows its secret there."""
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
async def test_a_confidential_client_shows_its_secret(ghar: World, method: str) -> None:
    app, browser = await ghar.app(token_endpoint_auth_method=method), await ghar.browser()
    assert app.secret is not None
    assert len(app.secret) == 43
    code = await ghar.code(app, browser)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    form |= {"code_verifier": app.verifier}
    named = form | {"client_id": app.id}
    refused = [
        await ghar.post("/token", named),
        await ghar.post("/token", named | {"client_secret": "wrong"}),
        await ghar.post("/token", form, **basic(app.id, "wrong")),
        await ghar.post("/token", form, authorization="Basic ???"),
        await ghar.post("/token", form, authorization="Bearer x"),
        await ghar.post("/token", form, **basic("%00", app.secret)),
        await ghar.post("/token", form | {"client_id": "another"}, **basic(app.id, app.secret)),
        await ghar.post("/token", form),
    ]
    assert [failed(each) for each in refused] == [(401, "invalid_client")] * 8
    assert all(each.headers["www-authenticate"].startswith("Basic ") for each in refused)
    both = await ghar.post("/token", named | {"client_secret": app.secret}, **basic(app.id, app.secret))
    assert failed(both) == (400, "invalid_request")
    if method == "client_secret_basic":
        answer = await ghar.post("/token", form, **basic(app.id, app.secret))
    else:
        answer = await ghar.post("/token", named | {"client_secret": app.secret})
    assert answer.status_code == 200


async def test_only_forms_are_read(ghar: World) -> None:
    answer = await ghar.http.post("/token", json={"grant_type": "refresh_token"})
    assert failed(answer) == (400, "invalid_request")
    parts = await ghar.http.post("/token", files={"grant_type": b"refresh_token"})
    assert failed(parts) == (400, "invalid_request")
    assert (await ghar.http.get("/token")).status_code == 405


async def test_a_client_that_cannot_refresh_gets_no_refresh_token(ghar: World) -> None:
    app, browser = await ghar.app(grant_types=["authorization_code"]), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    assert "refresh_token" not in tokens
    assert failed(await ghar.refresh(app, "any")) == (400, "unauthorized_client")
