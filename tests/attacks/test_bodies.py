"""Bodies that are too large, too deep, too slow or of another kind than they say."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.clients.flows import RPC
from tests.clients.house import House

DEEP = 200_000
LARGE = 3 * 1024 * 1024
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
TAKES_JSON = ["/mcp", "/mcp-admin", "/register", "/api/v1/chat", "/api/v1/chat/ag-ui"]
TAKES_FORMS = ["/token", "/revoke", "/sign-in"]


async def bombarded(house: House, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    begun = time.monotonic()
    answer = await house.http.post(house.url + path, content=body, headers=RPC | headers)
    assert time.monotonic() - begun < 10
    assert 400 <= answer.status_code < 500, answer.text[:500]
    assert len(answer.content) < 5_000
    assert (await house.http.get(f"{house.url}/health")).status_code == 200
    return answer


@pytest.mark.parametrize("path", TAKES_JSON)
@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":' + b'{"a":' * 2_000 + b"1" + b"}" * 2_001,
        b'{"redirect_uris":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"messages":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ],
    ids=["unclosed", "lists", "objects", "arguments", "addresses", "messages"],
)
async def test_a_deep_document_is_refused_with_a_sentence(house: House, path: str, body: bytes) -> None:
    answer = await bombarded(house, path, body, JSON)
    assert answer.headers["content-type"].startswith("application/json")
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", [*TAKES_JSON, *TAKES_FORMS])
async def test_a_large_body_is_refused(house: House, path: str) -> None:
    headers = JSON if path in TAKES_JSON else FORM
    body = b'{"a":"' + b"x" * LARGE + b'"}' if path in TAKES_JSON else b"token=" + b"x" * LARGE
    assert (await bombarded(house, path, body, headers)).status_code in {400, 413}


@pytest.mark.parametrize("path", [*TAKES_JSON, *TAKES_FORMS])
async def test_a_large_body_that_does_not_tell_its_length_is_refused_before_its_end(
    house: House, path: str
) -> None:
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 1
            yield b"x" * 65_536
            await asyncio.sleep(0)

    headers = RPC | (JSON if path in TAKES_JSON else FORM)
    try:
        answer = await house.http.post(house.url + path, content=pieces(), headers=headers)
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # It hung up on us.
    else:
        assert answer.status_code in ({401} if path == "/mcp-admin" else {400, 413})
    assert (await house.http.get(f"{house.url}/health")).status_code == 200


@pytest.mark.parametrize("path", TAKES_FORMS)
async def test_a_form_of_very_many_fields_is_refused(house: House, path: str) -> None:
    await bombarded(house, path, b"&".join(b"a%d=1" % number for number in range(50_000)), FORM)


@pytest.mark.parametrize("path", TAKES_FORMS)
async def test_a_form_in_parts_with_files_is_refused(house: House, path: str) -> None:
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a%d"; filename="f"\r\n\r\n1\r\n' % number
        for number in range(5_000)
    )
    await bombarded(house, path, parts + b"--x--\r\n", {"content-type": "multipart/form-data; boundary=x"})


@pytest.mark.parametrize("path", TAKES_JSON)
@pytest.mark.parametrize("body", [b"", b"{", b"nul", b"\xff\xfe", b'{"a":NaN}', b'"x"', b"1e400", b"\x00"])
async def test_what_is_not_json_is_refused(house: House, path: str, body: bytes) -> None:
    await bombarded(house, path, body, JSON)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd"])
async def test_a_compressed_body_is_never_unpacked(house: House, coding: str) -> None:
    for path in TAKES_JSON:
        await bombarded(house, path, b"\x1f\x8b" + b"\x00" * 1_000, JSON | {"content-encoding": coding})


async def test_very_large_headers_break_nothing(house: House) -> None:
    for headers in ({"cookie": "ghar=" + "x" * 200_000}, {"authorization": "Bearer " + "x" * 60_000}):
        try:
            answer = await house.http.get(f"{house.url}/api/v1/properties", headers=headers)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            continue
        assert answer.status_code < 500
    assert (await house.http.get(f"{house.url}/health")).status_code == 200


async def test_an_address_that_is_too_long_is_refused(house: House) -> None:
    for path in ("/authorize?state=", "/sign-in?next=/", "/api/v1/properties?words="):
        answer = await house.http.get(f"{house.url}{path}{'x' * 60_000}")
        assert 400 <= answer.status_code < 500 or len(answer.content) < 100_000
        assert answer.status_code < 500
