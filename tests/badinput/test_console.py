"""Bad input on the command line and over standard input: a sentence, an exit code, no stack trace."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.badinput.house import LEAKS, House

ROOT = Path(__file__).parents[2]
GHAR = str(Path(sys.executable).parent / "ghar")


def environment(house: House) -> dict[str, str]:
    """What a process needs to work on the same database."""
    assert house.settings.database_url is not None
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "GHAR_HOME": str(house.settings.home),
        "GHAR_DATABASE_URL": house.settings.database_url.get_secret_value(),
        "GHAR_EMBEDDER": "hashing",
    }


CASES: list[tuple[list[str], int, str]] = [
    (["call", "no_such_tool"], 2, "No such command"),
    (["call", "search_properties", "--limit", "-5"], 1, "invalid: limit:"),
    (["call", "search_properties", "--limit", "9" * 5_000], 1, "invalid: limit:"),
    (["call", "search_properties", "--colour", "red"], 2, "No such option"),
    (["call", "search_properties", "--words", "\udcff\udcfe"], 1, "invalid: words:"),
    (["call", "search_properties", "--json", "{"], 2, "--json is not JSON"),
    (["call", "search_properties", "--json", "[1]"], 2, "--json must be an object"),
    (["call", "search_properties", "--json", '{"limit": NaN}'], 2, "--json is not JSON"),
    (["call", "search_properties", "--json", '{"words": "\\ud800"}'], 2, "--json is not JSON"),
    (["call", "search_properties", "--json", '{"words": "a\\u0000"}'], 1, "invalid: words:"),
    (["call", "search_properties", "--json", '{"budget_max": 1e400}'], 1, "invalid: budget_max:"),
    (["call", "search_properties", "--cursor", "x"], 1, "bad_cursor:"),
    (["call", "get_property", "--id", "0"], 1, "invalid: id:"),
    (["call", "get_property", "--id", "9223372036854775807"], 1, "no_such_property:"),
    (["call", "get_property"], 1, "invalid: id:"),
    (["call", "database_status"], 1, "sign_in_required:"),
    (["call", "database_status", "--token", "x"], 1, "invalid_token:"),
    (["stdio", "--server", "admin"], 1, "forbidden:"),
    (["import", "listings", "/no/such/file.csv"], 2, "does not exist"),
    (["import", "listings", "/"], 2, "is a directory"),
    (["serve", "--port", "99999"], 2, "is not in the range"),
    (["token", "--as", "king"], 2, "Invalid value"),
    (["nonsense"], 2, "No such command"),
    (["call", "search_properties", "--near", "[" * 50_000], 1, "invalid: near"),
]
PIPED = ["", "{", "\udcff", "[" * 100_000, "nonsense", '{"limit": NaN}']


@pytest.fixture(scope="session")
async def outcomes(house: House) -> list[tuple[int, str, str]]:
    """Exit code, output and complaints of every case, then of every input that is piped into a call."""
    asked: list[object] = [(arguments, "") for arguments, _, _ in CASES]
    asked += [(["call", "search_properties", "--json", "-"], given) for given in PIPED]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.badinput.commands"),
        env=environment(house),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate("\n".join(json.dumps(each) for each in asked).encode())
    return [tuple(json.loads(line)) for line in out.decode().splitlines()]


def _named(number: int) -> str:
    return " ".join(CASES[number][0])[:60]


@pytest.mark.parametrize("number", range(len(CASES)), ids=_named)
def test_a_command_that_cannot_be_done_says_why(outcomes: list[tuple[int, str, str]], number: int):
    _, code, says = CASES[number]
    exited, out, said = outcomes[number]
    assert (exited, out) == (code, ""), said
    assert says in said
    assert not LEAKS.search(said)


def test_what_is_piped_in_and_is_no_json_is_refused(outcomes: list[tuple[int, str, str]]):
    for exited, _, said in outcomes[len(CASES) :]:
        assert exited == 2
        assert "--json is not JSON" in said
        assert not LEAKS.search(said)


LINES = [
    b"", b"nonsense", b"{", b"[]", b"null", b"5", b"\xff\xfe\x00",
    b'{"jsonrpc":"2.0","id":1,"method":NaN}', b"[" * 50_000,
    b'{"jsonrpc":"2.0","id":7,"method":"no/such"}',
    b'{"jsonrpc":"2.0","id":8,"method":"tools/call","params":5}',
    b'[{"jsonrpc":"2.0","id":9,"method":"ping"}]', b'{"jsonrpc":"2.0","method":"notifications/none"}',
    b'{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"none","arguments":{}}}',
    b"x" * 300_000,
    b'{"jsonrpc":"2.0","id":11,"method":"tools/call","params":{"name":"get_property","arguments":{"id":"\\ud800"}}}',
]  # fmt: skip
HELLO = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}
LAST = {"name": "search_properties", "arguments": {"limit": 1}}


async def test_an_mcp_server_on_a_pipe_outlives_every_line_that_is_no_message(house: House):
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
    ]
    last = {"jsonrpc": "2.0", "id": 99, "method": "tools/call", "params": LAST}
    lines = [*(json.dumps(each).encode() for each in messages), *LINES, json.dumps(last).encode()]
    process = await asyncio.create_subprocess_exec(
        *(GHAR, "stdio"),
        env=environment(house),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=1 << 22,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(b"\n".join(lines) + b"\n")
    answers: dict[object, dict[str, object]] = {}
    async with asyncio.timeout(30):
        while 99 not in answers:
            line = await process.stdout.readline()
            assert line, "the server ended"
            answer = json.loads(line)
            answers[answer.get("id")] = answer
            assert b"Traceback" not in line
    process.stdin.close()
    said = await process.stderr.read()
    await process.wait()
    assert "items" in str(answers[99])
    assert "error" in answers[7]
    assert "unknown_tool" in str(answers[10])
    assert process.returncode == 0, said.decode()
