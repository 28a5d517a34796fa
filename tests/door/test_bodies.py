"""How deep JSON may be nested, and that nothing is held back while it is looked at."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from servers import middleware
from servers.middleware.bodies import MOST_LEVELS, too_deep
from tests.door.asking import coming_from, small
from tests.servers.serving import listening

JSON = {"content-type": "application/json"}


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with coming_from(middleware.wrapped(small(), middleware.FrontDoor())) as made:
        yield made


def nested(levels: int, opening: str = "[", closing: str = "]", core: str = "") -> bytes:
    return (opening * levels + core + closing * levels).encode()


DEEP = {
    "lists": nested(100_000),
    "objects": nested(100_000, '{"a":', "}", "1"),
    "both": nested(50_000, '[{"a":', "}]", "1"),
    "never closed": b"[" * 100_000,
    "just too deep": nested(MOST_LEVELS + 1),
    "behind much else": b'{"a": [' + b"[],{}," * 50_000 + nested(MOST_LEVELS + 1) + b"]}",
    "behind brackets in text": json.dumps({"a": "[" * 500 + '"\\' + "]" * 500}).encode()[:-1]
    + b', "b": '
    + nested(MOST_LEVELS + 1)
    + b"}",
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP.keys())
@pytest.mark.parametrize("headers", [JSON, {}, {"content-type": "text/plain"}])
async def test_deep_json_is_refused_with_a_sentence_before_any_parser_sees_it(
    client: httpx.AsyncClient, body: bytes, headers: dict[str, str]
) -> None:
    answer = await client.post("/parse", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "too_deep"


@pytest.mark.parametrize("size", [1, 7, 1_000])
async def test_deep_json_is_refused_in_whatever_pieces_it_comes(client: httpx.AsyncClient, size: int) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        body = nested(MOST_LEVELS + 1, '{"a":', "}", "1")
        for start in range(0, len(body), size):
            yield body[start : start + size]

    answer = await client.post("/parse", content=pieces(), headers=JSON)
    assert answer.json()["error"]["code"] == "too_deep"


WIDE = {
    "as deep as may be": nested(MOST_LEVELS),
    "many side by side": b"[" + b",".join([b"[[]]"] * 50_000) + b"]",
    "brackets in text": json.dumps({"a": "[{" * 10_000, "b": '\\"[[' * 100}).encode(),
}


@pytest.mark.parametrize("body", WIDE.values(), ids=WIDE.keys())
async def test_wide_json_and_brackets_in_text_are_let_through(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await client.post("/parse", content=body, headers=JSON)).status_code == 200


def test_levels_are_counted_right_whatever_the_json() -> None:
    chance = random.Random(3)

    def made(levels: int) -> Any:
        if levels == 0:
            return chance.choice([1, "]}", '"', "\\", "[[{", None])
        inner = [made(levels - 1), *(made(chance.randrange(levels)) for _ in range(chance.randrange(2)))]
        return (
            inner if chance.random() < 0.5 else {f'k"{{{number}': each for number, each in enumerate(inner)}
        )

    for extra in (-1, 0, 1, 2):
        whole: Any = made(9)
        for _ in range(MOST_LEVELS - 9 + extra):
            beside = [0, [1]] * 40
            whole = [whole, "[" * 80] if chance.random() < 0.5 else {"[": whole, "{": beside}
        assert too_deep(json.dumps(whole).encode()) is (extra > 0)


@given(st.binary(max_size=300).map(lambda noise: noise + b"[" * 40 + b"{" * 40 + noise))
def test_no_bytes_confuse_the_count(noise: bytes) -> None:
    assert isinstance(too_deep(noise), bool)


@pytest.mark.parametrize("path", ["/mcp", "/token"])
async def test_deep_json_is_refused_in_the_shape_of_the_protocol(
    client: httpx.AsyncClient, path: str
) -> None:
    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            continue

    app = middleware.wrapped(reading, middleware.FrontDoor())
    async with coming_from(app) as asking:
        said = (await asking.post(path, content=nested(99), headers=JSON)).json()
    assert said.get("error_description") or said["error"]["data"]["error"]["code"] == "too_deep"


async def test_answers_are_sent_on_as_they_come() -> None:
    go_on = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await go_on.wait()
        await send({"type": "http.response.body", "body": b" second"})

    async with (
        listening(middleware.wrapped(slow, middleware.FrontDoor())) as url,
        httpx.AsyncClient() as client,
        client.stream("GET", url) as answer,
    ):
        pieces = answer.aiter_text()
        assert await anext(pieces) == "first"
        go_on.set()
        assert await anext(pieces) == " second"


async def test_bodies_are_handed_on_as_they_come() -> None:
    seen: list[bytes] = []

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        while len(seen) < 3:
            seen.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def receive() -> Message:
        # Each piece is sent only after the one before it has arrived.
        return {"type": "http.request", "body": b"%d" % len(seen), "more_body": len(seen) < 2}

    async def send(message: Message) -> None:
        return

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": [],
        "client": ("203.0.113.7", 1),
    }
    await middleware.wrapped(reading, middleware.FrontDoor())(scope, receive, send)
    assert seen == [b"0", b"1", b"2"]
