"""Writes that a person must confirm, and writes that are repeated, as REST answers and documents them."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from inline_snapshot import snapshot

from facade import openapi
from tests.facade import consenting
from tests.facade.serving import application, client
from tests.facade.test_reads import problem
from tools.catalog import Catalog
from tools.ports import Ports
from tools.trust import activity, waiting

SELL = "/api/v1/homes/3/sell"
PAINT = "/api/v1/homes/3/colour"
CATALOG = Catalog.of([consenting, waiting])


@pytest.fixture
async def member(ports: Ports, peopled_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A member's client of a catalog with a tool that needs consent, in process."""
    async with client(application(ports, CATALOG, peopled_url)) as opened:
        opened.headers["authorization"] = "Bearer member"
        yield opened


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.document(CATALOG)


def with_key(key: str | None = None) -> dict[str, str]:
    return {"idempotency-key": key or str(uuid4())}


async def test_what_a_person_must_confirm_is_202_with_a_preview(member: httpx.AsyncClient):
    answer = await member.post(SELL)
    assert answer.status_code == 202
    assert answer.headers["cache-control"] == "no-store"
    shown = answer.json()
    ticket, expires = shown.pop("ticket"), shown.pop("expires_at")
    assert str(UUID(ticket)) == ticket
    assert expires > "2026"
    assert shown.pop("confirm_url").endswith(f"/confirm/{ticket}")
    assert shown == snapshot(
        {
            "tool": "sell_home",
            "arguments": {"id": 3},
            "what": "Home 3 will be sold.",
            "whom": None,
            "costs": 1250000.5,
            "until": None,
        }
    )


async def test_the_preview_says_where_to_ask_how_it_stands(member: httpx.AsyncClient):
    answer = await member.post(SELL)
    stands = (await member.get(answer.headers["location"])).json()
    assert (stands["state"], stands["decided_at"], stands["answer"]) == ("waiting", None, None)
    assert stands["preview"] == answer.json()


async def test_below_a_root_path_the_way_to_ask_stays_below_it(ports: Ports, peopled_url: str):
    app = application(ports, CATALOG, peopled_url)
    transport = httpx.ASGITransport(app, root_path="/below")
    headers = {"authorization": "Bearer member"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as below,
    ):
        answer = await below.post(f"/below{SELL}")
        assert answer.headers["location"].startswith("/below/api/v1/actions/")
        assert (await below.get(answer.headers["location"])).json()["state"] == "waiting"


async def test_what_cannot_be_is_refused_before_anybody_is_asked(member: httpx.AsyncClient):
    assert problem(await member.post("/api/v1/homes/8/sell")) == snapshot(
        (404, "not_found", "There is no home 8.")
    )


async def test_nobody_confirms_over_rest_what_only_the_page_confirms(member: httpx.AsyncClient):
    shown = (await member.post(SELL)).json()
    status, code, message = problem(await member.post(f"/api/v1/actions/{shown['ticket']}/confirm"))
    assert (status, code) == (403, "not_confirmable")
    assert message.endswith(shown["confirm_url"])
    stands = (await member.get(f"/api/v1/actions/{shown['ticket']}")).json()
    assert stands["state"] == "waiting"


async def test_a_declined_action_can_no_longer_be_decided(member: httpx.AsyncClient):
    at = (await member.post(SELL)).headers["location"]
    declined = await member.post(f"{at}/decline", json={"reason": "too cheap"})
    assert (declined.status_code, declined.json()["state"]) == (200, "declined")
    assert problem(await member.post(f"{at}/decline"))[:2] == (409, "ticket_used")


async def test_the_same_key_gets_the_same_answer_and_the_same_status(member: httpx.AsyncClient):
    for path, sent, status in ((SELL, {}, 202), (PAINT, {"colour": "blue"}, 200)):
        key, method = with_key(), "POST" if path == SELL else "PUT"
        first = await member.request(method, path, json=sent, headers=key)
        again = await member.request(method, path, json=sent, headers=key)
        assert (first.status_code, again.status_code) == (status, status)
        assert again.content == first.content
        assert again.headers.get("location") == first.headers.get("location")


async def test_a_key_with_other_arguments_is_409(member: httpx.AsyncClient):
    key = with_key()
    assert (await member.put(PAINT, json={"colour": "blue"}, headers=key)).status_code == 200
    assert problem(await member.put(PAINT, json={"colour": "red"}, headers=key)) == snapshot(
        (
            409,
            "key_reused",
            "This idempotency key was used with other arguments. Take a new key for a new request.",
        )
    )


async def test_a_key_is_for_one_person_and_one_operation(member: httpx.AsyncClient):
    key = with_key()
    first = await member.put(PAINT, json={"colour": "blue"}, headers=key)
    others = await member.put(PAINT, json={"colour": "red"}, headers={**key, "authorization": "Bearer staff"})
    elsewhere = await member.post(SELL, headers=key)
    assert (first.status_code, others.status_code, elsewhere.status_code) == (200, 200, 202)
    assert others.json()["colour"] == "red"


async def test_what_was_refused_is_not_kept_under_its_key(member: httpx.AsyncClient):
    key = with_key()
    assert (await member.put(PAINT, json={}, headers=key)).status_code == 422
    assert (await member.put(PAINT, json={"colour": "blue"}, headers=key)).status_code == 200


@pytest.mark.parametrize("text", ["0.5", "1764547200", "-1", "2026", "tomorrow", ""])
async def test_a_time_in_a_query_is_written_as_one(ports: Ports, peopled_url: str, text: str):
    catalog = Catalog.of([activity])
    async with client(application(ports, catalog, peopled_url)) as opened:
        opened.headers["authorization"] = "Bearer member"
        asked = "/api/v1/me/activity"
        refused = await opened.get(asked, params={"until": text})
        taken = await opened.get(asked, params={"until": "2026-12-01T10:00:00+05:30"})
    assert problem(refused)[:2] == (422, "invalid")
    assert taken.status_code == 200


def test_the_document_gives_the_preview_as_a_202_and_names_the_answer(document: dict[str, Any]):
    said = document["paths"]["/api/v1/homes/{id}/sell"]["post"]
    assert said["description"] == snapshot(
        "Sell a home for good. Needs `mcp:write` and `homes:write`. Changes nothing before the person has "
        "confirmed it, on our page or in our chat."
    )
    assert " ".join(said["responses"]) == "200 202 400 401 403 404 409 413 415 422 429 503"
    proposed = said["responses"]["202"]
    assert proposed["headers"] == {"Location": {"$ref": "#/components/headers/Location"}}
    assert proposed["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Preview"}
    answer = said["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Sold"}
    assert set(document["components"]["schemas"]["Preview"]["properties"]) == snapshot(
        {
            "ticket", "tool", "arguments", "what", "whom", "costs", "until", "expires_at", "confirm_url",
        }
    )  # fmt: skip


def test_the_document_says_until_when_something_can_be_taken_back(document: dict[str, Any]):
    said = document["paths"]["/api/v1/homes/{id}/colour"]["put"]
    assert said["description"] == snapshot(
        "Paint a home in a colour. Needs `mcp:write` and `homes:write`. `undo_action` takes it back within "
        "1 day."
    )


def test_the_document_tells_of_keys_and_of_their_conflicts(document: dict[str, Any]):
    for methods in document["paths"].values():
        for method, said in methods.items():
            keyed = {"$ref": "#/components/parameters/IdempotencyKey"} in said["parameters"]
            conflict = said["responses"]["409"]["$ref"].rpartition("/")[2]
            assert (keyed, conflict) == ((False, "Conflict") if method == "get" else (True, "WriteConflict"))
    told = document["components"]["responses"]["WriteConflict"]
    assert told["headers"] == {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    for code in ("key_reused", "key_in_flight", "answer_gone"):
        assert f"`{code}`" in told["description"]
