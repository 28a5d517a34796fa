"""The log of a whole day at the door: nothing personal in it, and no line that a visitor wrote."""

import io
import json
import logging
import re
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from servers.logs import JsonLines, TextLines, configure
from storage import embedded
from tests.clients import numbers
from tests.clients.crowd import People
from tests.clients.flows import call, granted
from tests.clients.house import House, open_house
from tests.clients.relying import tokens

FORGED = "2026-01-01T00:00:00 error root: everything is lost"
HOSTILE = f"x\r\n{FORGED}\x1b[31m\x1b]0;title\x07\u2028{FORGED}\x85\x00\x08"


@pytest.fixture
async def house(server: embedded.Server, empty_template: str, tmp_path: Path) -> AsyncGenerator[House]:
    """A house of its own, whose log says everything it can."""
    async with open_house(server, empty_template, tmp_path, log_level="debug") as opened:
        yield opened


@pytest.fixture
async def people(house: House) -> AsyncGenerator[People]:
    async with AsyncExitStack() as stack:
        yield People(house, stack)


@pytest.fixture
def written(house: House) -> Generator[dict[str, io.StringIO]]:
    """What the house logs from now on, in both forms."""
    root = logging.getLogger()
    before, level = [*root.handlers], root.level
    configure(house.settings)
    streams = {"text": io.StringIO(), "json": io.StringIO()}
    for form, formatter in (("text", TextLines()), ("json", JsonLines())):
        handler = logging.StreamHandler(streams[form])
        handler.setFormatter(formatter)
        root.addHandler(handler)
    yield streams
    root.handlers[:] = before
    root.setLevel(level)


async def test_the_log_of_a_whole_flow_holds_no_token_code_or_contact(
    house: House, people: People, written: dict[str, io.StringIO]
) -> None:
    contact = numbers.email()
    person = await people.stranger(contact)
    await person.signs_in()
    outbox = house.runtime.outbox
    assert outbox is not None
    codes = {each for sent in outbox.messages for each in re.findall(r"\b\d{6}\b", sent.text)}
    party, first = await granted(house, person, house.user, token_endpoint_auth_method="client_secret_post")
    told = await person.allows(party.authorization(house.user))
    await party.exchange(told["code"], house.user)
    await party.exchange(told["code"], house.user)
    second = tokens(await party.refresh(first.refresh))
    await call(house, house.user, second.bearer)
    await call(house, house.user, {"authorization": f"Bearer {second.access}x"})
    await house.http.patch(f"{house.url}/api/v1/me", json={"name": "Ashwathama Q."}, headers=second.bearer)
    await house.http.get(f"{house.url}/api/v1/me?access_token={second.access}")
    await party.refresh(first.refresh)
    await party.revoke(second.refresh)
    wrong = await people.stranger(contact)
    await wrong.open("/sign-in")
    await wrong.submit(wrong.form("contact"), contact=contact)
    await wrong.submit(wrong.form("code"), code="123123")
    secrets = {
        contact,
        contact.partition("@")[0],
        "Ashwathama",
        told["code"],
        party.verifier,
        party.client["client_secret"],
        *codes,
        *(part for each in (first, second) for part in (each.refresh, *each.access.split(".")[1:])),
        *(cookie.value or "" for cookie in person.http.cookies.jar if cookie.name != "lang"),
    }
    for text in (stream.getvalue() for stream in written.values()):
        assert "/authorize" in text or "authorize" in text, "the log tells what was asked for"
        assert text.count("\n") > 20
        for secret in secrets:
            assert secret not in text, [line for line in text.splitlines() if secret in line]


async def test_no_secret_is_ever_in_an_address(people: People, house: House) -> None:
    person = await people.stranger()
    party, mine = await granted(house, person, house.user)
    await person.open("/account")
    for address in [*person.trail, person.at]:
        for secret in (mine.access, mine.refresh, party.verifier, person.contact, quote(person.contact)):
            assert secret not in address
        assert "csrf" not in address


async def test_a_visitor_writes_no_line_of_the_log(
    house: House, people: People, written: dict[str, io.StringIO]
) -> None:
    hostile = quote(HOSTILE)
    http = house.http
    for path in (
        f"/{hostile}",
        f"/api/v1/properties/{hostile}",
        f"/sign-in?next={hostile}",
        f"/authorize?client_id={hostile}",
    ):
        await http.get(house.url + path)
    for name in (
        "user-agent",
        "x-request-id",
        "referer",
        "x-forwarded-for",
        "authorization",
        "cookie",
        "origin",
    ):
        # The parser itself refuses other control characters.
        value = f"x\u2028{FORGED}\x85\t{FORGED}".encode()
        await http.get(f"{house.url}/api/v1/properties", headers=[(name.encode(), value)])
    await call(house, house.user, {}, HOSTILE)
    await http.post(f"{house.url}/register", json={"client_name": HOSTILE, "redirect_uris": [HOSTILE]})
    await http.post(f"{house.url}/token", data={"client_id": HOSTILE, "grant_type": HOSTILE, "code": HOSTILE})
    person = await people.stranger()
    await person.open("/sign-in")
    await person.submit(person.form("contact"), contact=HOSTILE)
    await person.submit(person.form("contact"), contact=person.contact)
    await person.submit(person.form("code"), code=HOSTILE)
    text, lines = written["text"].getvalue(), written["json"].getvalue().split("\n")
    assert text.count("\n") >= 15
    for line in text.split("\n"):
        assert not line.startswith(("2026-01-01", FORGED)), line
    assert not {"\x1b", "\x07", "\x08", "\r", "\x00", "\u2028", "\x85"} & set(text), "no control characters"
    for line in filter(None, lines):
        json.loads(line)


@pytest.mark.parametrize("given", ["x" * 500, "a b", "<script>", "", "é", "a,b;c", "../../etc"])
async def test_a_request_id_that_is_not_well_formed_is_not_taken_over(house: House, given: str) -> None:
    answer = await house.http.get(f"{house.url}/health", headers=[(b"x-request-id", given.encode())])
    assert answer.headers["x-request-id"] != given
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,128}", answer.headers["x-request-id"])


async def test_no_answer_gets_a_header_that_a_visitor_wrote(house: House, people: People) -> None:
    person = await people.member()
    injected = quote("x\r\nset-cookie: evil=1\r\nx-evil: 1")
    for path in (
        f"/sign-in?next=/{injected}",
        f"/sign-out?next=/{injected}",
        f"/authorize?state={injected}",
        f"/account?lang={injected}",
        f"/{injected}",
    ):
        answer = await person.http.get(path)
        assert "x-evil" not in answer.headers
        assert "evil" not in answer.headers.get("set-cookie", "")
