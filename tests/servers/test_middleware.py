"""What every request passes: ids, headers, bounds, and an answer to what nobody foresaw."""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator

import httpx
import pytest
from inline_snapshot import snapshot
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from servers import logs, middleware

LIMIT = 2_000


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body(), headers={"x-seen": logs.request_id.get() or ""})


async def swallow(request: Request) -> Response:
    try:
        await request.body()
    except Exception:  # noqa: BLE001 -- an application that hides what goes wrong while it reads
        return PlainTextResponse("fine", 200)
    return PlainTextResponse("read")


async def page(_request: Request) -> Response:
    return PlainTextResponse("page", headers={"content-security-policy": "default-src 'self'"})


async def broken(_request: Request) -> Response:
    raise ZeroDivisionError("a secret detail")


ROUTES = [
    Route("/echo", echo, methods=["GET", "POST"]),
    Route("/swallow", swallow, methods=["POST"]),
    Route("/page", page),
    Route("/broken", broken),
]


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    app = middleware.wrapped(
        Router(ROUTES, redirect_slashes=False), middleware.FrontDoor(max_body_bytes=LIMIT, secure=True)
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as made:
        yield made


async def pieces(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


async def test_a_well_formed_request_id_is_kept_and_known_to_the_log(client: httpx.AsyncClient) -> None:
    answer = await client.get("/echo", headers={"x-request-id": "from-the-proxy-1"})
    assert answer.headers["x-request-id"] == answer.headers["x-seen"] == "from-the-proxy-1"


@pytest.mark.parametrize(
    "given", ["short", "with space in it", "x" * 129, "new\tline-12345", "<script>alert"]
)
async def test_any_other_request_id_is_replaced(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/echo", headers={"x-request-id": given})
    assert len(answer.headers["x-request-id"]) == 32


async def test_the_log_has_a_line_a_request_without_its_query(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ghar.requests"):
        await client.get("/echo", params={"words": "asha 98100"})
    (record,) = caplog.records
    line = json.loads(logs.JsonLines().format(record))
    assert (line["method"], line["path"], line["status"]) == ("GET", "/echo", 200)
    assert "asha" not in json.dumps(line)


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/echo")
    assert {name: value for name, value in answer.headers.items() if name in SECURITY} == snapshot(
        {
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "x-frame-options": "DENY",
            "permissions-policy": "camera=(), microphone=(), geolocation=(self)",
            "cross-origin-opener-policy": "same-origin",
            "strict-transport-security": "max-age=31536000; includeSubDomains",
            "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        }
    )


SECURITY = {
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "permissions-policy",
    "cross-origin-opener-policy",
    "strict-transport-security",
    "content-security-policy",
}


async def test_a_page_keeps_its_own_content_policy(client: httpx.AsyncClient) -> None:
    answer = await client.get("/page")
    assert answer.headers.get_list("content-security-policy") == ["default-src 'self'"]


async def test_a_body_up_to_the_limit_is_read(client: httpx.AsyncClient) -> None:
    assert (await client.post("/echo", content=b"x" * LIMIT)).status_code == 200


@pytest.mark.parametrize("path", ["/echo", "/swallow"])
async def test_a_larger_body_is_refused_whether_it_says_so_or_not(
    client: httpx.AsyncClient, path: str
) -> None:
    declared = await client.post(path, content=b"x" * (LIMIT + 1))
    counted = await client.post(path, content=pieces(500, 5))
    assert [declared.status_code, counted.status_code] == [413, 413]
    assert declared.json() == counted.json()
    assert declared.json()["error"]["code"] == "too_large"


async def test_a_content_length_that_is_no_number_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/echo", content=b"x", headers={"content-length": "-1"})
    assert answer.json()["error"]["code"] == "bad_content_length"


async def test_the_unforeseen_is_a_500_with_an_id_and_without_a_detail(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.get("/broken", headers={"x-request-id": "find-me-again"})
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "server_error"
    assert answer.json()["error"]["details"] == {"request_id": "find-me-again"}
    assert "secret" not in answer.text
    assert "a secret detail" in caplog.text


async def test_a_slash_at_the_end_is_no_other_path(client: httpx.AsyncClient) -> None:
    assert (await client.post("/echo/", content=b"kept")).text == "kept"
