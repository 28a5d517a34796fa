"""Refusals over REST: one shape, the right status, and what to do next."""

import logging

import httpx
import pytest
from inline_snapshot import snapshot
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from facade import problems
from tests.bearers import asked_for
from tests.facade.serving import client
from tests.facade.test_reads import problem


async def test_a_guest_is_asked_to_sign_in(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/viewings")
    assert problem(answer) == snapshot((401, "sign_in_required", "Sign in to do this."))
    assert asked_for(answer) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:read viewings:read",
        }
    )


async def test_a_bad_token_is_401_even_where_guests_may_go(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/homes", headers={"authorization": "Bearer old"})
    assert problem(answer)[:2] == (401, "invalid_token")
    assert asked_for(answer) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "error": "invalid_token",
            "error_description": "This sign-in is not valid or has expired. Sign in again.",
        }
    )


async def test_a_missing_scope_is_403_and_named(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/viewings", headers={"authorization": "Bearer visitor"})
    assert problem(answer)[:2] == (403, "insufficient_scope")
    assert asked_for(answer) == snapshot(
        {
            "resource_metadata": "https://ghar.in/.well-known/oauth-protected-resource/mcp",
            "scope": "mcp:read viewings:read",
            "error": "insufficient_scope",
            "error_description": "This connection lacks the permission 'viewings:read'.",
        }
    )


async def test_what_is_for_staff_is_signed_in_for_at_the_admin_server(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/tests/count-callers")
    assert problem(answer)[:2] == (401, "sign_in_required")
    assert asked_for(answer)["resource_metadata"].endswith("/oauth-protected-resource/mcp-admin")


async def test_a_guests_read_is_answered_while_sign_ins_cannot_be_checked(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/homes", headers={"authorization": "Bearer outage"})
    assert answer.status_code == 200


async def test_a_sign_in_that_cannot_be_checked_is_no_fault_of_the_caller(api: httpx.AsyncClient):
    answer = await api.get("/api/v1/viewings", headers={"authorization": "Bearer outage"})
    assert problem(answer)[:2] == (503, "AUTH_PROVIDER_UNREACHABLE")
    assert answer.headers["retry-after"] == "5"
    assert "www-authenticate" not in answer.headers


async def test_a_member_does_not_reach_what_is_for_staff(member: httpx.AsyncClient):
    answer = await member.get("/api/v1/tests/count-callers")
    assert problem(answer) == snapshot((403, "forbidden", "You may not do this."))
    assert "www-authenticate" not in answer.headers


async def test_who_must_wait_is_told_how_long(failing: httpx.AsyncClient):
    busy, away = await failing.get("/api/v1/busy"), await failing.get("/api/v1/away")
    assert (problem(busy)[:2], busy.headers["retry-after"]) == ((429, "too_many"), "7")
    assert (problem(away)[:2], away.headers["retry-after"]) == ((503, "unavailable"), "5")


async def test_a_tool_that_must_ask_a_person_is_refused(failing: httpx.AsyncClient):
    assert problem(await failing.get("/api/v1/asks"))[:2] == (409, "input_required")


async def test_a_defect_is_500_without_its_secret(
    failing: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR):
        answer = await failing.get("/api/v1/broken")
    assert problem(answer) == snapshot(
        (500, "server_error", "Something went wrong on our side. It has been recorded; try again later.")
    )
    assert "the secret of the house" in caplog.text


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/v1", "/api/v1/", "/api/v1/homes/", "/api/v1/homes//", "/x"]
)
async def test_an_unknown_path_is_404_in_the_same_shape(api: httpx.AsyncClient, path: str):
    answer = await api.get(path, follow_redirects=False)
    assert answer.status_code in (307, 404)
    if answer.status_code == 404:
        assert problem(answer)[1] == "no_such_path"


@pytest.mark.parametrize(
    ("status", "code"), [(400, "bad_request"), (406, "not_acceptable"), (411, "length_required")]
)
async def test_a_bare_status_is_given_the_same_shape(status: int, code: str):
    async def endpoint(request: Request) -> Response:
        raise HTTPException(status, headers={"X-Why": "so"})

    async with client(
        Starlette(routes=[Route("/", endpoint)], exception_handlers=problems.handlers())
    ) as bare:
        answer = await bare.get("/")
    assert problem(answer)[:2] == (status, code)
    assert answer.headers["x-why"] == "so"


async def test_no_refusal_may_be_kept(api: httpx.AsyncClient):
    for path in ("/api/v1/homes/99", "/api/v1/homes?x=1", "/api/v1/nothing", "/api/v1/viewings"):
        assert (await api.get(path)).headers["cache-control"] == "no-store"
