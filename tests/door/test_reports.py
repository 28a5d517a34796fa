"""Unforeseen failures reach Sentry, and nothing of a person does."""

import asyncio
import json
import logging
import sys
import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from servers import middleware
from servers.reports import reporting
from servers.settings import load
from tests.servers.serving import listening

PRIVATE = ("asha@example.com", "9810012345", "a-session-cookie", "a-bearer-token", "Asha Sharma", "B-12 Palm")


@dataclass(slots=True)
class Collector:
    """As much of Sentry as takes envelopes."""

    url: str = ""
    envelopes: list[str] = field(default_factory=list[str])
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def dsn(self) -> str:
        return f"{self.url.replace('http://', 'http://key@')}/1"

    async def take(self, request: Request) -> Response:
        body = await request.body()
        if request.headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, wbits=31)
        self.envelopes.append(body.decode())
        self.came.set()
        return Response("{}")


@pytest.fixture
async def sentry() -> AsyncGenerator[Collector]:
    collector = Collector()
    async with listening(Router([Route("/api/1/envelope/", collector.take, methods=["POST"])])) as url:
        collector.url = url
        yield collector


async def broken(request: Request) -> Response:
    asha = await request.json()
    raise ZeroDivisionError(f"{asha} of Asha Sharma, asha@example.com")


@asynccontextmanager
async def asked(sentry: Collector) -> AsyncGenerator[httpx.Response]:
    """The answer to a request full of private things that fails, while failures are reported."""
    app = middleware.wrapped(Router([Route("/broken", broken, methods=["POST"])]), middleware.FrontDoor())
    async with (
        reporting(load(sentry_dsn=sentry.dsn)),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        yield await client.post(
            "/broken",
            params={"phone": "9810012345"},
            json={"address": "B-12 Palm Grove"},
            headers={
                "authorization": "Bearer a-bearer-token",
                "cookie": "session=a-session-cookie",
                "x-request-id": "the-one-that-failed",
            },
        )


async def test_an_unforeseen_failure_is_reported_with_its_request_and_place(sentry: Collector) -> None:
    async with asked(sentry) as answer:
        assert answer.json()["error"]["code"] == "server_error"
        async with asyncio.timeout(10):
            await sentry.came.wait()
    (envelope,) = sentry.envelopes
    event: dict[str, Any] = json.loads(envelope.splitlines()[2])
    (raised,) = event["exception"]["values"]
    assert raised["type"] == "ZeroDivisionError"
    assert raised["stacktrace"]["frames"][-1]["function"] == "broken"
    assert event["tags"] == {"request_id": "the-one-that-failed"}
    assert event["environment"] == "development"


async def test_a_report_holds_nothing_of_the_person_who_asked(sentry: Collector) -> None:
    async with asked(sentry), asyncio.timeout(10):
        await sentry.came.wait()
    (envelope,) = sentry.envelopes
    event: dict[str, Any] = json.loads(envelope.splitlines()[2])
    # What stands in this very file stands in the source lines of the report as well.
    for frame in event["exception"]["values"][0]["stacktrace"]["frames"]:
        for line in ("pre_context", "context_line", "post_context"):
            frame.pop(line, None)
    assert [each for each in PRIVATE if each in json.dumps(event)] == []
    assert event.keys().isdisjoint({"request", "user", "breadcrumbs", "extra", "server_name", "modules"})


async def test_reports_that_are_on_their_way_are_waited_for_at_the_end(sentry: Collector) -> None:
    async with reporting(load(sentry_dsn=sentry.dsn)):
        try:
            raise LookupError("of a job")
        except LookupError:
            logging.getLogger("ghar.jobs").exception("a job broke")
    assert len(sentry.envelopes) == 1


async def test_what_is_no_failure_is_not_reported(sentry: Collector) -> None:
    async with reporting(load(sentry_dsn=sentry.dsn)):
        logging.getLogger("ghar.jobs").error("an error without an exception")
        logging.getLogger("ghar.jobs").warning("a warning", exc_info=ValueError("foreseen"))
    assert sentry.envelopes == []


async def test_nothing_is_imported_or_added_without_somewhere_to_report_to() -> None:
    handlers = list(logging.root.handlers)
    async with reporting(load()):
        assert logging.root.handlers == handlers
    program = (
        "import sys, servers.app, servers.reports; print('sentry_sdk' in sys.modules, 'redis' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.split() == [b"False", b"False"]
