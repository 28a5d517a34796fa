"""Bad input over MCP, in both protocol eras: messages, arguments, methods, tokens."""

import json
from typing import Any

import httpx
import pytest

from tests.badinput.house import House, reason
from tests.servers.wire import ERAS, Era, Wire

ACCEPTED = "application/json, text/event-stream"
TEXT = {"content-type": "application/json"}


@pytest.fixture(params=ERAS)
def wire(house: House, request: pytest.FixtureRequest) -> Wire:
    """A caller of the user server in one era."""
    return Wire(house.http, "/mcp", request.param, {})


def told(answer: httpx.Response) -> str:
    """The code of a failed tool call, whichever way MCP says it."""
    assert answer.status_code == 200, answer.text
    result = answer.json()["result"]
    assert result["isError"] is True, answer.text
    assert result["content"][0]["text"] == result["_meta"]["error"]["message"]
    assert "structuredContent" not in result
    return reason(result["_meta"]["error"])


def failed(answer: httpx.Response) -> tuple[int, int]:
    """The HTTP status and the code of a JSON-RPC error, once it is one that tells no internals."""
    body = answer.json()
    assert body["jsonrpc"] == "2.0"
    assert "result" not in body
    error = body["error"]
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text
    assert error["message"]
    return answer.status_code, error["code"]


ARGUMENTS: list[dict[str, Any]] = [
    {"limit": -1}, {"limit": 10**30}, {"limit": 1.5}, {"limit": "many"}, {"limit": []}, {"limit": {}},
    {"limit": None}, {"words": 5}, {"words": ["2bhk"]}, {"words": {"a": 1}}, {"words": "x" * 10_000},
    {"words": "a\0b"}, {"near": ["a\0b"]}, {"near": [None]}, {"near": [[["x"]]]}, {"bedrooms": [10**19]},
    {"bedrooms": [True, {}]}, {"budget_max": -5}, {"budget_max": 1e300}, {"budget_max": "lots"},
    {"lat": 91, "lng": 77}, {"lat": "north", "lng": 77}, {"box": [1, 2, 3]}, {"box": "77,28,78,29"},
    {"polygon": ["28,77", "28,78"]}, {"polygon": [[28, 77], [28, 78], [29, 77]]},
    {"polygon": ["28,77"] * 1_000},
    {"sort": "random"}, {"kinds": ["castle"]}, {"purpose": None, "colour": "red"}, {"__class__": "x"},
    {"": ""},
    {"facets": "perhaps"}, {"ignore": ["all"]}, {"cursor": 5}, {"amenities": [5]}, {"near": ["x"] * 500},
]  # fmt: skip


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda each: str(each)[:40])
async def test_arguments_that_do_not_fit_are_refused_with_a_sentence(wire: Wire, arguments: dict[str, Any]):
    answer = await wire.ask("tools/call", {"name": "search_properties", "arguments": arguments})
    assert told(answer) == "invalid"


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("search_properties", {"cursor": "tampered"}, "bad_cursor"),
        ("search_properties", {"cursor": "🏠"}, "bad_cursor"),
        ("search_properties", {"lat": 28.4}, "contradiction"),
        ("search_properties", {"box": [78, 29, 77, 28]}, "contradiction"),
        ("get_property", {"id": 2**63 - 1}, "no_such_property"),
        ("get_property", {"id": 2**63}, "invalid"),
        ("get_property", {"id": 0}, "invalid"),
        ("get_property", {}, "invalid"),
        ("compare_properties", {"ids": [1]}, "invalid"),
        ("compare_properties", {"ids": list(range(1, 500))}, "invalid"),
        ("no_such_tool", {}, "unknown_tool"),
        ("Search_Properties", {}, "unknown_tool"),
        ("embed_listings", {}, "unknown_tool"),
        ("catalog_status", {}, "unknown_tool"),
        ("../search_properties", {}, "unknown_tool"),
        ("🏠" * 200, {}, "unknown_tool"),
        ("", {}, "unknown_tool"),
    ],
    ids=lambda each: str(each)[:40],
)
async def test_a_call_that_cannot_be_answered_says_why_by_its_code(
    house: House, tool: str, arguments: dict[str, Any], code: str
):
    assert told(await call(house, tool, arguments)) == code


async def call(house: House, tool: object, arguments: object, era: Era = "2025-11-25") -> httpx.Response:
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    return await post(house, json.dumps(body), era=era)


async def post(house: House, body: bytes | str, *, era: str = "2025-11-25", **headers: str) -> httpx.Response:
    sent = {"accept": ACCEPTED, "mcp-protocol-version": era, **TEXT}
    return await house.http.post(
        "/mcp", content=body, headers=sent | {name.replace("_", "-"): text for name, text in headers.items()}
    )


@pytest.mark.parametrize(
    "arguments",
    ['{"limit": 1e400}', '{"budget_max": 1e400}', '{"area_min": 1e400}', '{"lat": 1e400, "lng": 77}',
     '{"box": [1e400, 1, 2, 3]}', '{"bedrooms": [1e400]}', f'{{"words": {"[" * 50 + "]" * 50}}}',
     f'{{"limit": {"9" * 4_000}}}'],
    ids=lambda each: each[:25],
)  # fmt: skip
async def test_numbers_and_depths_beyond_all_bounds_are_refused(house: House, arguments: str):
    params = f'{{"name": "search_properties", "arguments": {arguments}}}'
    answer = await post(house, f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {params}}}')
    assert told(answer) == "invalid"


@pytest.mark.parametrize(
    "words", ["🏠" * 100, "\u202e\u200b", "مرحبا", "%00", "'; drop table x", "\ud7ff\ue000"]
)
async def test_words_in_any_script_are_read_as_far_as_can_be(wire: Wire, words: str):
    result = await wire.call("search_properties", words=words, limit=1)
    assert result["structuredContent"]["items"]


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "nonsense", '{"jsonrpc": "2.0", "id": 1, "method": NaN}', '{"id": Infinity}',
        "\x00",
        b"\xff\xfe\xff", b'{"jsonrpc":"2.0","id":1,"method":"\xed\xa0\x80"}', '{"a": "\\ud800"}',
        '{"jsonrpc":"2.0","id":1,"method":"tools/li',
    ],
    ids=lambda each: repr(each)[:30],
)  # fmt: skip
async def test_what_is_no_json_is_a_parse_error(house: House, body: bytes | str):
    assert failed(await post(house, body)) == (400, -32700)


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 5_000, '{"near": ' + '{"a":' * 90 + "1" + "}" * 91]
)  # fmt: skip
async def test_what_is_nested_without_end_is_refused_unread(house: House, body: str):
    answer = await post(house, body)
    assert failed(answer) == (400, -32600)
    assert answer.json()["error"]["data"]["error"]["code"] == "too_deep"


@pytest.mark.parametrize(
    "body",
    [
        "[]", "1", "null", '"x"', "true", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]',
        '[{"jsonrpc":"2.0","id":1,"method":"tools/list"},{"jsonrpc":"2.0","id":2,"method":"tools/list"}]',
        "{}", '{"jsonrpc":"1.0","id":1,"method":"tools/list"}', '{"jsonrpc":"2.0","id":1}',
        '{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}', '{"jsonrpc":"2.0","id":1,"method":5}',
        '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[1]}', '{"method":"tools/list"}',
        '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":"x"}',
    ],
    ids=lambda each: each[:50],
)  # fmt: skip
async def test_what_is_no_single_message_is_400(house: House, body: str):
    status, code = failed(await post(house, body))
    assert status == 400
    assert code in (-32600, -32602, -32700)


@pytest.mark.parametrize("name", [None, 5, [], {}, True, 1.5])
async def test_a_tool_name_that_is_no_text_is_invalid(house: House, name: object):
    assert failed(await call(house, name, {}))[1] in (-32602, -32600)


@pytest.mark.parametrize("arguments", [[], "x", 5, True, [[]]])
async def test_arguments_that_are_no_object_are_invalid(house: House, arguments: object):
    assert failed(await call(house, "search_properties", arguments))[1] in (-32602, -32600)


@pytest.mark.parametrize(
    "method", ["tools/destroy", "", "__init__", "tools", "🏠", "x" * 5_000, "rpc.discover"]
)
async def test_a_method_that_is_none_is_not_found(wire: Wire, method: str):
    answer = await wire.ask(method) if method.isascii() and len(method) < 100 else None
    if answer is not None:
        assert failed(answer)[1] in (-32601, -32602, -32600)


@pytest.mark.parametrize(
    "uri",
    ["property://0", "property://abc", "property://99999999999999999999", "file:///etc/passwd",
     "property://%00", "property://1/../2", "amenities://some", "x", "", "property://" + "9" * 9_000,
     "http://169.254.169.254/latest"],
)  # fmt: skip
async def test_a_resource_that_is_none_is_an_error(wire: Wire, uri: str):
    assert failed(await wire.ask("resources/read", {"uri": uri}))[1] in (-32602, -32002, -32600, 0)


@pytest.mark.parametrize(
    "params", [{"name": "none"}, {"name": "find_home", "arguments": {"x": "y"}}, {"name": ""}]
)
async def test_a_prompt_that_is_none_is_an_error(wire: Wire, params: dict[str, Any]):
    assert failed(await wire.ask("prompts/get", params))[1] in (-32602, -32600)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"]
)
async def test_a_body_of_another_type_is_415(house: House, kind: str):
    assert failed(await post(house, "{}", content_type=kind))[0] == 415


async def test_a_body_without_end_is_413(house: House):
    assert (await post(house, b'"' + b"x" * 1_100_000)).status_code == 413


@pytest.mark.parametrize(
    "token", ["Bearer x", "Basic x", "Bearer", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30."]
)
async def test_a_bad_token_is_401_with_a_challenge(house: House, token: str):
    body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    answer = await post(house, body, authorization=token)
    assert failed(answer)[0] == 401
    assert "resource_metadata=" in answer.headers["www-authenticate"]
    assert reason(answer.json()["error"]["data"]["error"]) == "invalid_token"


@pytest.mark.parametrize("version", ["1999-01-01", "x", "", "2026-13-45", "9" * 500])
async def test_a_protocol_version_that_is_none_is_400(house: House, version: str):
    body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    assert (await post(house, body, era=version)).status_code in (200, 400)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", ""])
async def test_a_foreign_host_or_origin_is_turned_away(house: House, host: str):
    body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    if host:
        assert (await post(house, body, host=host)).status_code in (400, 403, 421)
        assert (await post(house, body, origin=f"https://{host}")).status_code == 403
    assert (await post(house, body, origin="null")).status_code == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
async def test_another_http_method_is_405(house: House, method: str):
    answer = await house.http.request(method, "/mcp", headers={"accept": ACCEPTED})
    assert answer.status_code in (400, 405)
    assert "Traceback" not in answer.text
