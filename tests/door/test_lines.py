"""Log lines: one a request, its id in every line, nothing personal, and nothing that forges another."""

import asyncio
import io
import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from servers import logs, middleware
from servers.privacy import one_line, scrubbed, shown_path
from storage.engine import Database
from tests.door.asking import coming_from

log = logging.getLogger("ghar.tests")
FORGED = "a\r\n12:00:00 info    an invented line\x1b[2J\x1b]0;title\x07\u2028\u202e\x9b31m"
FORMS = [logs.TextLines(), logs.JsonLines()]


@contextmanager
def written(form: logging.Formatter) -> Generator[io.StringIO]:
    """What is logged meanwhile, in one of the forms."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(form)
    # The client in these tests would log, too, what it was told to send.
    handler.addFilter(lambda record: record.name.startswith("ghar"))
    before = logging.root.level
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.INFO)
    try:
        yield kept
    finally:
        logging.root.removeHandler(handler)
        logging.root.setLevel(before)


@pytest.fixture(params=FORMS, ids=["text", "json"])
def form(request: pytest.FixtureRequest) -> logging.Formatter:
    return request.param


async def working(_request: Request) -> Response:
    async def beside() -> None:
        await asyncio.sleep(0)
        log.info("from a task beside it")

    log.info("from the request")
    await asyncio.gather(asyncio.create_task(beside()), asyncio.to_thread(log.info, "from a thread"))
    return PlainTextResponse("done")


async def broken(request: Request) -> Response:
    raise ValueError(f"asha@example.com, +91 98100-12345, {request.headers['x-said']}")


APP = middleware.wrapped(
    Router([Route("/working", working), Route("/broken", broken)]), middleware.FrontDoor()
)


async def test_every_line_of_a_request_carries_its_id(form: logging.Formatter) -> None:
    with written(form) as kept:
        async with coming_from(APP) as client:
            await client.get("/working", headers={"x-request-id": "one-request-1"})
    lines = kept.getvalue().splitlines()
    assert len(lines) == 4
    assert all("one-request-1" in line for line in lines)


PERSONAL = (
    "asha@example.com",
    "9810012345",
    "981001 2345",
    "98100-12345",
    "eyJhbGciOiJ",
    "a-secret-word",
    "Asha",
)


async def test_no_line_holds_what_a_person_typed(form: logging.Formatter) -> None:
    paths = [f"/people/{quote(each)}" for each in PERSONAL[:4]] + ["/working"]
    token = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
    with written(form) as kept:
        async with coming_from(APP) as client:
            for path in paths:
                await client.get(
                    path,
                    params={"q": "Asha a-secret-word"},
                    headers={"authorization": f"Bearer {token}", "cookie": "session=a-secret-word"},
                )
    assert [each for each in PERSONAL if each in kept.getvalue()] == []


async def test_a_failure_is_logged_without_what_it_quotes_of_people(form: logging.Formatter) -> None:
    with written(form) as kept:
        async with coming_from(APP) as client:
            sent = {"x-said": "Bearer abcdefgh", "x-request-id": "failed-one-1"}
            assert (await client.get("/broken", headers=sent)).status_code == 500
    said = kept.getvalue()
    assert "ValueError" in said
    assert "failed-one-1" in said
    assert [each for each in ("asha@example.com", "98100", "abcdefgh") if each in said] == []


async def test_no_path_or_message_can_forge_a_line_or_speak_to_a_terminal(form: logging.Formatter) -> None:
    with written(form) as kept:
        async with coming_from(APP) as client:
            await client.get(f"/{quote(FORGED)}", headers={"x-request-id": "short"})
        log.info("said: %s", FORGED)
        log.info("about", extra={"about": {"what": FORGED}})
    lines = kept.getvalue().split("\n")
    assert len(lines) == 4
    assert lines[-1] == ""
    assert [each for line in lines for each in line if not each.isprintable()] == []


async def test_what_an_exception_quotes_cannot_pass_for_a_line() -> None:
    with written(logs.TextLines()) as kept:
        try:
            raise ValueError(FORGED)
        except ValueError:
            log.exception("broke")
    first, *rest = kept.getvalue().splitlines()
    assert "broke" in first
    assert all(line.startswith("    ") and line.isprintable() for line in rest)


async def test_what_a_database_quotes_of_people_is_not_logged(
    database: Database, form: logging.Formatter
) -> None:
    named = "insert into places (kind, slug, name) values ('locality', :slug, :name)"
    statements: list[tuple[str, dict[str, Any]]] = [
        (named, {"slug": "asha-sharma", "name": "Asha"}),
        (named, {"slug": "asha-sharma", "name": "Asha"}),
        ("select cast(:who as text)::int", {"who": "Asha Sharma"}),
        ("select :number + 1", {"number": "Asha Sharma"}),
    ]
    with written(form) as kept:
        for statement, values in statements:
            try:
                async with database.writing() as db:
                    await db.execute(text(statement), values)
            except DBAPIError:
                log.exception("a statement failed")
        try:
            TypeAdapter(int).validate_python(statements[-1][1]["number"])
        except ValidationError:
            log.exception("a value was refused")
    said = kept.getvalue()
    assert said.count("a statement failed") == 3
    assert "asha" not in said.lower()


def test_json_lines_are_one_object_each() -> None:
    record = log.makeRecord(log.name, logging.INFO, __file__, 1, FORGED, (), None)
    line = logs.JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == FORGED


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/"),
        ("/api/v1/properties", "/api/v1/properties"),
        ("/api/v1/properties/12345", "/api/v1/properties/12345"),
        ("/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource/mcp"),
        ("/assets/page2.css", "/assets/page2.css"),
        ("/people/9810012345", "/people/*"),
        ("/people/+919810012345/visits", "/people/*/visits"),
        ("/people/asha@example.com", "/people/*"),
        ("/people/अशा", "/people/*"),
        ("/share/3f2504e04f8911d39a0c0305e82c3301", "/share/*"),
        ("/share/eyJhbGciOiJFZERTQSJ9.eyJzdWIi.c2ln", "/share/*"),
        ("/" + "a" * 5_000, "/*"),
        ("/x\r\ny", "/*"),
    ],
)
def test_paths_are_shown_without_what_may_be_personal(path: str, shown: str) -> None:
    assert shown_path(path) == shown


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("sent to asha.k+home@mail.example.com now", "sent to * now"),
        ("call +91 98100 12345.", "call *."),
        ("call (022) 2345-6789!", "call *!"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer *"),
        ("at postgresql://ghar:password@db:5432/ghar", "at postgresql://*@db:5432/ghar"),
        ("DETAIL:  Key (phone)=(+9198) already exists.", "DETAIL: *"),
        ("[parameters: ('Asha', 3)]", "[parameters: *"),
        ("applied migration 2026_11_22_0600_people", "applied migration 2026_11_22_0600_people"),
        ("12 of 2,000 rows in 3.25 s", "12 of 2,000 rows in 3.25 s"),
        ("listening on 127.0.0.1:3600", "listening on 127.0.0.1:3600"),
    ],
)
def test_texts_are_scrubbed_of_what_is_personal_and_of_nothing_else(given: str, left: str) -> None:
    assert scrubbed(given) == left


def test_hindi_and_rupees_stay_readable() -> None:
    assert one_line("₹40,000 में घर") == "₹40,000 में घर"


async def test_scrubbing_stays_quick_on_hostile_text() -> None:
    async with asyncio.timeout(5):
        hostile = ("a" * 100_000, "1 " * 50_000, "eyJ" * 30_000, "://" * 30_000, "@" * 100_000, "9" * 100_000)
        await asyncio.to_thread(lambda: [(scrubbed(each), shown_path(f"/{each}")) for each in hostile])
