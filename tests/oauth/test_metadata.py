"""The well-known documents, and the words of every scope."""

import pytest

from servers.oauth.scopes import WORDS, Scopes
from tests.oauth.world import ADMIN, URL, USER, World
from tools.catalog import Catalog

pytestmark = pytest.mark.requirement("S3")
SERVER = "/.well-known/oauth-authorization-server"
RESOURCE = "/.well-known/oauth-protected-resource"


async def test_the_server_says_what_it_can_do(ghar: World, catalog: Catalog) -> None:
    answer = await ghar.http.get(SERVER)
    said = answer.json()
    assert said["issuer"] == URL
    for name in ("authorization", "token", "registration", "revocation"):
        assert said[f"{name}_endpoint"].startswith(f"{URL}/")
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert said["response_types_supported"] == ["code"]
    assert said["authorization_response_iss_parameter_supported"] is True
    assert said["client_id_metadata_document_supported"] is True
    assert said["protected_resources"] == [USER, ADMIN]
    declared = {scope for tool in catalog for scope in tool.scopes if tool.surfaces}
    assert set(said["scopes_supported"]) == declared | {"mcp:read", "mcp:write"}


@pytest.mark.parametrize("path", [f"{SERVER}/mcp", f"{SERVER}/mcp-admin"])
async def test_clients_that_append_the_servers_path_find_it_too(ghar: World, path: str) -> None:
    assert (await ghar.http.get(path)).json() == (await ghar.http.get(SERVER)).json()


async def test_each_mcp_server_says_who_guards_it(ghar: World, catalog: Catalog) -> None:
    scopes = Scopes(catalog)
    user = (await ghar.http.get(f"{RESOURCE}/mcp")).json()
    admin = (await ghar.http.get(f"{RESOURCE}/mcp-admin")).json()
    assert (user["resource"], admin["resource"]) == (USER, ADMIN)
    assert user["authorization_servers"] == admin["authorization_servers"] == [URL]
    assert user["bearer_methods_supported"] == ["header"]
    assert (user["scopes_supported"], admin["scopes_supported"]) == (
        list(scopes.of("user")),
        list(scopes.of("admin")),
    )
    assert "people:write" not in user["scopes_supported"]
    assert user["resource_name"] != admin["resource_name"]


async def test_what_we_are_not_is_not_claimed(ghar: World) -> None:
    assert (await ghar.http.get("/.well-known/openid-configuration")).status_code == 404


async def test_the_keys_are_public_ones(ghar: World) -> None:
    for key in (await ghar.http.get("/.well-known/jwks.json")).json()["keys"]:
        assert key.keys() == {"kty", "crv", "use", "alg", "kid", "x"}


def test_every_scope_of_the_catalog_has_words_in_both_languages(catalog: Catalog) -> None:
    assert set(Scopes(catalog).every) == set(WORDS)
    for english, hindi in WORDS.values():
        assert english.isascii()
        assert any("\u0900" <= letter <= "\u097f" for letter in hindi)
