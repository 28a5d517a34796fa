"""Writes over REST: bodies, methods, keys."""

import httpx
import pytest
from inline_snapshot import snapshot

from tests.facade.test_reads import problem

VIEWINGS = "/api/v1/viewings"
AT_TEN = "2026-12-01T10:00:00+05:30"
JSON = {"content-type": "application/json"}


async def test_a_write_takes_its_fields_from_the_body(member: httpx.AsyncClient):
    answer = await member.post(VIEWINGS, json={"home_id": 1, "starts": AT_TEN, "note": "दोपहर"})
    assert answer.json() == snapshot({"id": 1, "home_id": 1, "starts": AT_TEN, "note": "दोपहर"})
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


async def test_a_write_takes_the_rest_from_the_path(member: httpx.AsyncClient):
    answer = await member.patch(f"{VIEWINGS}/4", json={"starts": AT_TEN})
    assert answer.json()["id"] == 4


async def test_a_deletion_needs_no_body(member: httpx.AsyncClient):
    assert (await member.delete("/api/v1/tests/viewing/4")).json() == {"id": 4}


async def test_a_body_that_repeats_the_path_is_refused(member: httpx.AsyncClient):
    assert problem(await member.patch(f"{VIEWINGS}/4", json={"id": 4, "starts": AT_TEN})) == snapshot(
        (422, "invalid", "id: is already given in the path.")
    )


async def test_a_write_with_a_query_is_refused(member: httpx.AsyncClient):
    asked = await member.post(f"{VIEWINGS}?home_id=1", json={"starts": AT_TEN})
    assert problem(asked) == snapshot(
        (422, "invalid", "This takes no query parameters; send its fields in the JSON body.")
    )


async def test_a_refused_constraint_says_its_own_code(member: httpx.AsyncClient):
    taken = await member.post(VIEWINGS, json={"home_id": 7, "starts": AT_TEN})
    assert problem(taken) == snapshot((409, "slot_taken", "Someone else is seeing this home then."))
    late = await member.patch(f"{VIEWINGS}/9", json={"starts": AT_TEN})
    assert problem(late) == snapshot((409, "refused", "This viewing has already been."))


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_a_body_that_is_not_sent_as_json_is_refused(member: httpx.AsyncClient, kind: str | None):
    headers = {"content-type": kind} if kind else {}
    assert problem(await member.post(VIEWINGS, content=b"{}", headers=headers)) == snapshot(
        (
            415,
            "unsupported_media_type",
            "The body must be JSON: send it with Content-Type: application/json.",
        )
    )


async def test_json_may_name_its_character_set(member: httpx.AsyncClient):
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    sent = f'{{"home_id": 1, "starts": "{AT_TEN}"}}'
    assert (await member.post(VIEWINGS, content=sent, headers=headers)).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b'{"note": NaN}', b"\xff", b'"\\ud800"', b"[" * 5000])
async def test_a_body_that_is_not_json_is_400(member: httpx.AsyncClient, body: bytes):
    status, code, message = problem(await member.post(VIEWINGS, content=body, headers=JSON))
    assert (status, code) == (400, "malformed_json")
    assert message.endswith("Send one JSON object.")


@pytest.mark.parametrize("body", ["[]", "1", '"x"', "null"])
async def test_json_that_is_not_an_object_is_refused(member: httpx.AsyncClient, body: str):
    assert problem(await member.post(VIEWINGS, content=body, headers=JSON)) == snapshot(
        (422, "invalid", "The body must be one JSON object.")
    )


async def test_a_write_without_body_says_which_fields_it_needs(member: httpx.AsyncClient):
    assert problem(await member.post(VIEWINGS)) == snapshot(
        (422, "invalid", "home_id: is required; starts: is required.")
    )


async def test_a_body_over_the_bound_is_413_whether_or_not_it_says_so(member: httpx.AsyncClient):
    async def parts():
        for _ in range(40):
            yield b" " * 40_000

    for body in (b" " * 1_100_000, parts()):
        assert problem(await member.post(VIEWINGS, content=body, headers=JSON))[:2] == (413, "too_large")


@pytest.mark.parametrize("key", ["", "with space", "x" * 256, "é"])
async def test_a_key_that_is_not_well_formed_is_400(member: httpx.AsyncClient, key: str):
    headers = [(b"idempotency-key", key.encode())]
    answer = await member.post(VIEWINGS, json={"home_id": 1, "starts": AT_TEN}, headers=headers)
    assert problem(answer)[:2] == (400, "bad_idempotency_key")


async def test_a_well_formed_key_is_taken(member: httpx.AsyncClient):
    headers = {"idempotency-key": "0b9e1f0c-2f6d-4b41-8f3b-6d1f3a0c7f11"}
    answer = await member.post(VIEWINGS, json={"home_id": 1, "starts": AT_TEN}, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("body", [{"home_id": "1", "starts": AT_TEN}, {"home_id": 1, "starts": 0}])
async def test_a_body_is_taken_at_its_word(member: httpx.AsyncClient, body: dict[str, object]):
    assert problem(await member.post(VIEWINGS, json=body))[:2] == (422, "invalid")


async def test_a_whole_number_may_have_a_point(member: httpx.AsyncClient):
    answer = await member.post(VIEWINGS, json={"home_id": 2.0, "starts": AT_TEN})
    assert answer.json()["home_id"] == 2


async def test_other_methods_are_405_and_told_which_there_are(api: httpx.AsyncClient):
    for path, allow in (("/api/v1/homes", "GET, HEAD, OPTIONS"), (VIEWINGS, "GET, HEAD, OPTIONS, POST")):
        answer = await api.put(path)
        assert problem(answer)[:2] == (405, "method_not_allowed")
        assert answer.headers["allow"] == allow
        options = await api.options(path)
        assert (options.status_code, options.content, options.headers["allow"]) == (204, b"", allow)
