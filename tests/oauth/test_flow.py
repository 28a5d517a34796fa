"""The whole way from a client that registers to tokens that work, refresh and end."""

import jwt
import pytest

from tests.oauth.world import ADMIN, URL, USER, World, told

pytestmark = pytest.mark.requirement("S3")


@pytest.mark.parametrize(
    ("role", "resource", "path", "other"),
    [("member", USER, "/mcp", "/mcp-admin"), ("staff", ADMIN, "/mcp-admin", "/mcp")],
)
async def test_a_person_lets_a_client_in_and_it_works_at_that_server_only(
    ghar: World, role: str, resource: str, path: str, other: str
) -> None:
    app, browser = await ghar.app(), await ghar.browser(role)
    tokens = await ghar.tokens(app, browser, resource=resource, scope="mcp:read")
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("Bearer", 3_600, "mcp:read")
    assert await ghar.works(tokens["access_token"], path) == 200
    assert await ghar.works(tokens["access_token"], other) == 401


async def test_the_token_says_who_for_what_and_where(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser, scope="mcp:read mcp:write")
    keys = (await ghar.http.get("/.well-known/jwks.json")).json()
    header = jwt.get_unverified_header(tokens["access_token"])
    key = next(each for each in keys["keys"] if each["kid"] == header["kid"])
    claims = jwt.decode(
        tokens["access_token"], jwt.PyJWK(key), algorithms=["EdDSA"], audience=USER, issuer=URL
    )
    assert header["typ"] == "at+jwt"
    assert (claims["sub"], claims["client_id"]) == (str(browser.id), app.id)
    assert claims["scope"] == "mcp:read mcp:write"
    assert claims["exp"] - claims["iat"] in (3_599, 3_600)
    assert await ghar.sql(
        "select person_id, kind, audience, label from sessions where id = :id", id=claims["sid"]
    ) == [(browser.id, "oauth", "user", "Lantern")]


async def test_the_person_is_told_of_an_app_that_signed_in_and_not_of_each_refresh(ghar: World) -> None:
    asked = "select count(*) from jobs where name = 'send_notification'"
    app, browser = await ghar.app(), await ghar.browser()
    ((before,),) = await ghar.sql(asked)
    first = await ghar.tokens(app, browser)
    await ghar.refresh(app, first["refresh_token"])
    assert await ghar.sql(asked) == [(before + 1,)]


async def test_the_answer_carries_state_and_issuer(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    answer = await ghar.consent(browser, await ghar.waiting(app, state="x y&z=1"))
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"].startswith("https://app.example/callback?")
    said = told(answer)
    assert (said["state"], said["iss"], said.keys()) == ("x y&z=1", URL, {"code", "state", "iss"})


async def test_a_refresh_gives_new_tokens_of_the_same_session(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    first = await ghar.tokens(app, browser)
    answer = await ghar.refresh(app, first["refresh_token"])
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    second = answer.json()
    assert second["refresh_token"] != first["refresh_token"]
    assert await ghar.works(second["access_token"]) == 200
    assert await ghar.works(first["access_token"]) == 200


async def test_secrets_are_stored_as_hashes_only(ghar: World) -> None:
    app, browser = await ghar.app(token_endpoint_auth_method="client_secret_post"), await ghar.browser()
    page = await ghar.waiting(app)
    code = told(await ghar.consent(browser, page))["code"]
    tokens = (await ghar.exchange(app, code)).json()
    tables = ("oauth_clients", "oauth_requests", "oauth_codes", "oauth_refresh_tokens", "sessions")
    stored = "".join([str(await ghar.sql(f"select t::text from {table} t")) for table in tables])
    for secret in (code, tokens["refresh_token"], tokens["access_token"], app.secret, page.partition("=")[2]):
        assert secret
        assert secret not in stored
