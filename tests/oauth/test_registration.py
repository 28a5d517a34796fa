"""`/register`: which clients are let in, and what is kept of them."""

import json
from typing import Any

import pytest

from tests.oauth.world import CALLBACK, World

pytestmark = pytest.mark.requirement("S3")
KEPT = "select metadata::text from oauth_clients where id = :id"


@pytest.mark.parametrize(
    "uri",
    [
        CALLBACK,
        "https://app.example:8443/callback?tenant=1",
        "http://localhost:3000/callback",
        "http://localhost:3000",
        "http://127.0.0.1/",
        "http://[::1]:3000/callback",
        "com.example.app:/callback",
        "com.example.app://callback",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "vscode://vscode.github-authentication/did-authenticate",
        "vscode-insiders://some.extension/callback",
        "windsurf://some.extension/callback",
    ],
)
async def test_such_an_address_can_be_registered(ghar: World, uri: str) -> None:
    answer = await ghar.register(redirect_uris=[uri])
    assert answer.status_code == 201, answer.text
    assert answer.json()["redirect_uris"] == [uri]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "uri",
    [
        "http://app.example/callback",
        "http://10.0.0.1/callback",
        "http://localhost.example/callback",
        "http://127.0.0.1.example/callback",
        "http://127.0.0.2/callback",
        "http://0.0.0.0/callback",
        "https://app.example/callback#fragment",
        "https://app.example/callback#",
        "https://user@app.example/callback",
        "https://user:secret@app.example/callback",
        "https://*.example/callback",
        "https://app.example/*",
        "https://app.example/%2A",
        "https://app.example\\@evil.example/",
        "https://app.example/callback?code=1",
        "https://app.example/callback?x=1&iss=https%3A%2F%2Fevil.example",
        "https://APP.example/callback",
        "https://app.example/a/../callback",
        "https://app.example/call back",
        "https://app.example/नमस्ते",
        "https://app.example/" + "a" * 2_000,
        "https://",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://app.example/",
        "mailto:a@b.example",
        "ms-settings:display",
        "intent:x",
        "/callback",
        "callback",
        "",
    ],
)
async def test_such_an_address_is_refused(ghar: World, uri: str) -> None:
    for uris in ([uri], [CALLBACK, uri]):
        answer = await ghar.register(redirect_uris=uris)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": None}, "invalid_redirect_uri"),
        ({"redirect_uris": CALLBACK}, "invalid_redirect_uri"),
        ({"redirect_uris": [f"https://app.example/{n}" for n in range(21)]}, "invalid_redirect_uri"),
        ({"client_name": "x" * 201}, "invalid_client_metadata"),
        ({"client_name": ["x"]}, "invalid_client_metadata"),
        ({"client_uri": "javascript:alert(1)"}, "invalid_client_metadata"),
        ({"scope": "x" * 5_000}, "invalid_client_metadata"),
        ({"scope": 'a"b'}, "invalid_client_metadata"),
        ({"grant_types": ["password"]}, "invalid_client_metadata"),
        ({"grant_types": ["implicit", "refresh_token"]}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "tls_client_auth"}, "invalid_client_metadata"),
        ({"software_id": "x" * 20_000}, "invalid_client_metadata"),
    ],
)
async def test_a_description_out_of_bounds_is_refused(
    ghar: World, changed: dict[str, Any], error: str
) -> None:
    answer = await ghar.register(**changed)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"a":' * 2_000, b"\xff", b"NaN"])
async def test_what_is_no_json_object_is_refused(ghar: World, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = await ghar.http.post("/register", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "error_description"}


async def test_a_secret_is_derived_and_given_once(ghar: World) -> None:
    made = (await ghar.register(token_endpoint_auth_method=None)).json()
    assert made["token_endpoint_auth_method"] == "client_secret_post"
    assert made["client_secret_expires_at"] == 0
    ((kept,),) = await ghar.sql(KEPT, id=made["client_id"])
    assert made["client_secret"] not in kept
    public = (await ghar.register()).json()
    assert "client_secret" not in public
    other = (await ghar.register(token_endpoint_auth_method="client_secret_basic")).json()
    assert other["client_secret"] != made["client_secret"]


async def test_a_client_cannot_choose_its_id_or_secret(ghar: World) -> None:
    made = (await ghar.register(client_id="mine", client_secret="mine")).json()
    assert made["client_id"] != "mine"
    assert "client_secret" not in made


async def test_a_name_is_one_line_without_tricks(ghar: World) -> None:
    made = (await ghar.register(client_name="Good\u202e\u200b\n  app\x07" + "!" * 100)).json()
    assert made["client_name"] == ("Good app" + "!" * 100)[:80]


async def test_only_what_is_used_is_kept(ghar: World) -> None:
    made = (await ghar.register(contacts=["a@b.example"], jwks={"keys": []}, software_id="x")).json()
    ((kept,),) = await ghar.sql(KEPT, id=made["client_id"])
    assert json.loads(kept).keys() == {
        "redirect_uris",
        "client_name",
        "grant_types",
        "token_endpoint_auth_method",
    }
