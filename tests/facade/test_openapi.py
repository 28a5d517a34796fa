"""The OpenAPI document: what it says of each operation."""

import json
import re
from typing import Any

import pytest
from inline_snapshot import snapshot

from facade import openapi
from facade.problems import TooLarge
from tests.facade import example
from tools.catalog import Catalog
from tools.identity import AuthProviderUnreachable, InvalidToken
from tools.refusals import Forbidden


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.document(Catalog.of([example]))


def test_the_same_catalog_gives_the_same_bytes():
    once, again = (openapi.text(Catalog.of([example])) for _ in range(2))
    assert once == again
    assert json.loads(once)["openapi"] == "3.1.1"


def test_an_operation_is_named_and_filed_as_its_tool(document: dict[str, Any]):
    found = {
        said["operationId"]: f"{method} {path} {said['tags']}"
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    }
    assert found == snapshot(
        {
            "list_homes": "get /api/v1/homes ['tests']",
            "compare_homes": "get /api/v1/homes/compare ['tests']",
            "get_home": "get /api/v1/homes/{id} ['tests']",
            "count_callers": "get /api/v1/tests/count-callers ['tests']",
            "suggest_words": "get /api/v1/tests/suggest-words ['tests']",
            "cancel_viewing": "delete /api/v1/tests/viewing/{id} ['tests']",
            "list_viewings": "get /api/v1/viewings ['tests']",
            "request_viewing": "post /api/v1/viewings ['tests']",
            "change_viewing": "patch /api/v1/viewings/{id} ['tests']",
        }
    )


def test_a_parameter_is_never_null(document: dict[str, Any]):
    parameters = {each["name"]: each for each in document["paths"]["/api/v1/homes"]["get"]["parameters"]}
    assert parameters["words"] == snapshot(
        {
            "name": "words",
            "in": "query",
            "required": False,
            "description": "Plain words.",
            "example": "near the metro",
            "schema": {"type": "string", "maxLength": 100},
        }
    )
    assert parameters["bedrooms"]["schema"] == snapshot(
        {
            "default": [],
            "items": {"maximum": 10, "minimum": 0, "type": "integer"},
            "maxItems": 5,
            "type": "array",
        }
    )


def test_every_status_is_documented(document: dict[str, Any]):
    found = {
        said["operationId"]: " ".join(said["responses"])
        for methods in document["paths"].values()
        for said in methods.values()
    }
    assert found == snapshot(
        {
            "list_homes": "200 304 401 404 409 422 429 503",
            "compare_homes": "200 304 401 404 409 422 429 503",
            "get_home": "200 304 401 404 409 422 429 503",
            "count_callers": "200 304 401 403 404 409 422 429 503",
            "suggest_words": "200 304 401 404 409 422 429 503",
            "cancel_viewing": "200 400 401 403 404 409 422 429 503",
            "list_viewings": "200 304 401 403 404 409 422 429 503",
            "request_viewing": "200 400 401 403 404 409 413 415 422 429 503",
            "change_viewing": "200 400 401 403 404 409 413 415 422 429 503",
        }
    )


def test_a_body_leaves_out_what_the_path_says(document: dict[str, Any]):
    body = document["paths"]["/api/v1/viewings/{id}"]["patch"]["requestBody"]
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ChangeViewingBody"}
    assert list(document["components"]["schemas"]["ChangeViewingBody"]["properties"]) == ["starts"]
    assert "requestBody" not in document["paths"]["/api/v1/tests/viewing/{id}"]["delete"]


def test_guests_may_go_without_a_token_and_scopes_are_told(document: dict[str, Any]):
    homes = document["paths"]["/api/v1/homes"]["get"]
    viewings = document["paths"]["/api/v1/viewings"]["get"]
    assert homes["security"] == [{}, {"oauth": []}, {"bearer": []}]
    assert viewings["security"] == [{"oauth": ["mcp:read", "viewings:read"]}, {"bearer": []}]
    assert viewings["description"] == snapshot("The caller's viewings. Needs `mcp:read` and `viewings:read`.")


def test_every_scope_of_the_catalog_can_be_asked_for(document: dict[str, Any]):
    oauth = document["components"]["securitySchemes"]["oauth"]
    assert oauth["flows"] == snapshot(
        {
            "authorizationCode": {
                "authorizationUrl": "/authorize",
                "tokenUrl": "/token",
                "refreshUrl": "/token",
                "scopes": {
                    "mcp:read": "Read as the person who signed in.",
                    "mcp:write": "Make changes on behalf of the person who signed in.",
                    "viewings:read": "For: List viewings.",
                    "viewings:write": "For: Cancel viewing, Change viewing, Request viewing.",
                },
            }
        }
    )


def test_every_code_of_a_refusal_fits_what_is_said_of_codes(document: dict[str, Any]):
    error = document["components"]["schemas"]["Problem"]["properties"]["error"]
    codes = {AuthProviderUnreachable.code, InvalidToken.code, Forbidden.code, TooLarge.code}
    assert all(re.fullmatch(error["properties"]["code"]["pattern"], code) for code in codes)


def test_no_operation_asks_for_a_scope_that_nobody_gives_out(catalog: Catalog):
    made = openapi.document(catalog)
    known = made["components"]["securitySchemes"]["oauth"]["flows"]["authorizationCode"]["scopes"]
    asked = {
        scope
        for path in made["paths"].values()
        for operation in path.values()
        for way in operation["security"]
        for scope in way.get("oauth", [])
    }
    assert asked <= known.keys()


def test_no_component_is_without_use_or_titled(document: dict[str, Any]):
    text = json.dumps(document)
    schemas = document["components"]["schemas"]
    assert sorted(schemas) == snapshot(
        [
            "Cancelled",
            "ChangeViewingBody",
            "Comparison",
            "Count",
            "Home",
            "Homes",
            "Problem",
            "RequestViewing",
            "Viewing",
            "ViewingPage",
            "Words",
        ]
    )
    assert all(f'"#/components/schemas/{name}"' in text for name in schemas)
    assert not [name for name, each in schemas.items() if "title" in each]


def test_an_empty_catalog_has_a_document():
    assert openapi.document(Catalog([]))["paths"] == {}
