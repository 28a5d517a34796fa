"""Bad bodies of writes over REST, in process, over the example catalog."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.badinput.house import refusal
from tests.facade import example
from tests.facade.serving import application, client
from tools.catalog import Catalog
from tools.ports import Ports

VIEWINGS = "/api/v1/viewings"
TEN = '"2026-12-01T10:00:00+05:30"'


@pytest.fixture
async def member(ports: Ports, peopled_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A member's client of the example catalog."""
    async with client(application(ports, Catalog.of([example]), peopled_url)) as opened:
        opened.headers.update({"authorization": "Bearer member", "content-type": "application/json"})
        yield opened


@pytest.mark.parametrize(
    "home",
    ["-1", "0", "1e400", "-1e400", "1.5", "2147483648", "9223372036854775808", "9" * 400, '"1"', "null",
     "true", "[]",
     "{}", "[[[[1]]]]", '"\\u0000"', '{"$gt": 0}'],
    ids=lambda each: each[:20],
)  # fmt: skip
async def test_an_id_of_the_wrong_kind_is_refused(member: httpx.AsyncClient, home: str):
    assert refusal(await member.post(VIEWINGS, content=f'{{"home_id": {home}, "starts": {TEN}}}')) == (
        422,
        "invalid",
    )


@pytest.mark.parametrize(
    "starts",
    ['"yesterday"', "0", "1e400", '"2026-12-01"', '"2026-13-01T10:00:00Z"', '"2026-12-01T10:00:00"',
     "null", '""', "[]",
     '"9999999-12-01T10:00:00Z"', '"2026-12-01T10:00:00+99:99"', f'"{"1" * 5_000}"'],
    ids=lambda each: each[:20],
)  # fmt: skip
async def test_a_time_that_is_none_is_refused(member: httpx.AsyncClient, starts: str):
    answer = await member.post(VIEWINGS, content=f'{{"home_id": 1, "starts": {starts}}}')
    assert refusal(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "note",
    ['"a\\u0000b"', f'"{"x" * 201}"', "5", "[]", "{}", "false", f'"{"x" * 10_000}"'],
    ids=lambda each: each[:20],
)
async def test_a_text_that_cannot_be_kept_is_refused(member: httpx.AsyncClient, note: str):
    answer = await member.post(VIEWINGS, content=f'{{"home_id": 1, "starts": {TEN}, "note": {note}}}')
    assert refusal(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{}}", b'{"home_id": 1,}', b"{'home_id': 1}", b'{"home_id": NaN}',
     b'{"home_id": Infinity}',
     b'{"home_id": 01}', b'{"home_id": +1}', b'{"note": "\xff"}', b'{"note": "\xed\xa0\x80"}',
     b'{"note": "\\ud800"}',
     b'{"note": "\\udfff\\ud800"}', b"[" * 100_000, b'{"a":' * 10_000, b"\x1f\x8b\x08", b"a=1&b=2",
     b"<xml/>", b"\xef\xbb\xbf",
     b'{"home_id": 1, "starts"', b"\x00\x00\x00{\x00\x00\x00}"],
    ids=lambda each: repr(each)[:25],
)  # fmt: skip
async def test_a_body_that_is_no_json_is_400(member: httpx.AsyncClient, body: bytes):
    assert refusal(await member.post(VIEWINGS, content=body)) == (400, "malformed_json")


@pytest.mark.parametrize(
    "body", ['{"__proto__": {}}', '{"": 1}', '{"home_id": 1, "HOME_ID": 2}', '{"a": 1e400}']
)
async def test_a_body_with_unknown_fields_is_refused(member: httpx.AsyncClient, body: str):
    assert refusal(await member.post(VIEWINGS, content=body)) == (422, "invalid")


async def test_a_number_that_is_written_oddly_is_still_that_number(member: httpx.AsyncClient):
    for home in ("1.0", "1e0", "10e-1"):
        answer = await member.post(VIEWINGS, content=f'{{"home_id": {home}, "starts": {TEN}}}')
        assert answer.json()["home_id"] == 1
    negative = await member.post(VIEWINGS, content=f'{{"home_id": -0, "starts": {TEN}}}')
    assert refusal(negative) == (422, "invalid")


@pytest.mark.parametrize("key", [b"", b" ", b"a b", b"\x80", b"x" * 256, "é".encode(), b"a\tb"])
async def test_an_idempotency_key_that_is_none_is_400(member: httpx.AsyncClient, key: bytes):
    sent = [*member.headers.raw, (b"idempotency-key", key)]
    answer = await member.post(VIEWINGS, content=f'{{"home_id": 1, "starts": {TEN}}}', headers=sent)
    assert refusal(answer) == (400, "bad_idempotency_key")
