"""A start step by step, a stop in reverse, a drain within its deadline, and what health says of parts."""

import asyncio
import json
import logging
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.pool import NullPool
from starlette.requests import Request

from servers import steps as stepping
from servers.adapters import redis_link
from servers.app import Application, Surfaces
from servers.health import Health
from servers.runtime import begin, running
from servers.settings import load
from servers.steps import Steps, stepwise
from servers.warming import Warming, hosts, look_up
from storage import revisions
from storage.bus import LocalBus
from storage.cache import LocalCache
from tests.door.redis_server import RedisServer, free_port
from tests.servers.applications import StartFailed, client_of, settings
from tests.servers.test_serving import started
from tools.refusals import Unavailable

pytestmark = pytest.mark.timeout(180)
SEARCH = "/api/v1/properties?limit=1"


async def nothing() -> None:
    return


async def until(what: str, look: Any, within: float = 30) -> None:
    """Wait until `look` gives something true."""
    try:
        async with asyncio.timeout(within):
            while not await look():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


async def health(client: httpx.AsyncClient) -> dict[str, Any]:
    return (await client.get("/health/ready")).json()


async def test_a_step_that_hangs_is_given_up_and_the_rest_still_stops(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "LEAST_SECONDS", 0.05)
    stopped: list[str] = []

    async def first() -> None:
        stopped.append("first")

    async with stepwise(0.1) as steps:
        steps.defer("the first", first)
        steps.defer("the one that hangs", asyncio.Event().wait)
    assert stopped == ["first"]
    assert "stopping the one that hangs was given up" in caplog.text


async def test_every_step_is_timed_and_a_slow_one_is_a_warning(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "SLOW_SECONDS", 0.02)
    caplog.set_level(logging.WARNING)
    steps = Steps()

    async def slow() -> None:
        await asyncio.sleep(0.05)

    steps.defer("the slow one", slow)
    steps.defer("the quick one", nothing)
    await steps.stop()
    assert [line.partition(" took")[0] for line in caplog.messages] == ["stopping the slow one"]
    assert str(steps).startswith("the slow one ")


async def test_whoever_works_stops_before_what_it_works_with(demo_url: str, tmp_path: Path) -> None:
    async with stepwise() as steps:
        runtime = await begin(steps, settings(demo_url, tmp_path))
        await Surfaces(runtime).start(steps)
        stops = list(reversed(steps.names))
        runtime.stopping.set()
    order = (
        *(
            "the schedule",
            "the streams",
            "the worker",
            "the chat",
            "the authorization server",
            "the embedder",
        ),
        *("the message connections", "the cache", "the hints between processes", "the database pools"),
        *("the database server", "the reports"),
    )
    assert [name for name in stops if name in order] == list(order)
    assert not steps.names


@asynccontextmanager
async def locked(url: str) -> AsyncGenerator["asyncpg.Connection[Any]"]:
    """While the block lasts no search is answered; the connection's transaction ends with it."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("lock table property_search in access exclusive mode")
            yield connection
    finally:
        await connection.close()


async def waits(connection: "asyncpg.Connection[Any]") -> bool:
    """Whether somebody waits for what is locked."""
    return bool(await connection.fetchval("select 1 from pg_locks where not granted"))


@pytest.mark.requirement("S8")
async def test_a_server_that_is_asked_to_stop_answers_what_is_under_way(
    peopled_demo_url: str, tmp_path: Path
) -> None:
    async with (
        started("serve", "--port", "0", url=peopled_demo_url, home=tmp_path) as (process, url),
        httpx.AsyncClient(timeout=60, base_url=url) as client,
    ):
        assert (await client.get(SEARCH)).status_code == 200
        async with locked(peopled_demo_url) as connection:
            asking = asyncio.create_task(client.get(SEARCH))
            await until("a search waits", lambda: waits(connection))
            process.terminate()
            await until("nobody is let in", lambda: refused(url))
            assert process.returncode is None
        assert (await asking).status_code == 200
        assert await process.wait() in (0, -signal.SIGTERM)


async def refused(url: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            await client.get(f"{url}/health/live")
    except httpx.TransportError:
        return True
    return False


async def test_a_process_that_is_to_end_sends_requests_elsewhere_and_takes_no_more_jobs(
    demo_url: str, tmp_path: Path
) -> None:
    app = Application(settings(demo_url, tmp_path))

    def working() -> int:
        return sum(task.get_name() == "works" for task in asyncio.all_tasks())

    # Those of other tests in this process, which go on.
    others = working()
    async with client_of(app) as client:

        async def works() -> bool:
            return working() > others

        async def rests() -> bool:
            return working() == others

        await until("it takes jobs", works)
        app.leave()
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get(SEARCH)).status_code == 200
        await until("it takes no more", rests)


@pytest.mark.parametrize("again", [False, True], ids=["after its deadline", "when it is asked again"])
async def test_a_request_that_hangs_does_not_keep_a_server_from_ending(
    peopled_demo_url: str, tmp_path: Path, *, again: bool
) -> None:
    limits = {"GHAR_DRAIN_SECONDS": "120" if again else "2", "GHAR_READ_TIMEOUT_MS": "170000"}
    async with (
        started("serve", "--port", "0", url=peopled_demo_url, home=tmp_path, **limits) as (process, url),
        httpx.AsyncClient(timeout=60, base_url=url) as client,
        locked(peopled_demo_url) as connection,
    ):
        asking = asyncio.create_task(client.get(SEARCH))
        await until("a search waits", lambda: waits(connection))
        process.terminate()
        if again:
            await until("nobody is let in", lambda: refused(url))
            process.terminate()
        async with asyncio.timeout(30):
            await process.wait()
        assert isinstance(
            (await asyncio.gather(asking, return_exceptions=True))[0], Exception | httpx.Response
        )


@pytest.mark.requirement("S14")
async def test_without_a_server_of_its_own_nothing_is_kept_and_nothing_runs_beside(
    demo_url: str, tmp_path: Path
) -> None:
    frozen = settings(demo_url, tmp_path, serverless=True)
    async with running(frozen) as runtime:
        database: Any = runtime.database
        engines = [database._writing.kw["bind"], database._background.kw["bind"]]
        assert [type(each.sync_engine.pool) for each in engines] == [NullPool] * 2
        assert isinstance(runtime.ports.bus, LocalBus)
        assert isinstance(runtime.ports.cache, LocalCache)
    before = asyncio.all_tasks()
    async with client_of(Application(frozen)) as client:
        assert (await client.get(SEARCH)).status_code == 200
        beside = {task.get_name() for task in asyncio.all_tasks() - before}
        assert not beside & {"works", "schedule", "carries hints", "tries the embedder"}
        assert (await health(client))["status"] == "ok"


@pytest.fixture(scope="module")
async def redis_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[RedisServer]:
    server = RedisServer(free_port(), tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


@pytest.mark.requirement("S17")
async def test_a_redis_that_goes_and_comes_back_shows_in_health_and_in_no_answer(
    demo_url: str, tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_link, "AWAY", 0.1)
    chosen = settings(demo_url, tmp_path, redis_url=redis_server.url)
    faceted = f"{SEARCH}&facets=true"
    async with client_of(Application(chosen)) as client:
        first = (await client.get(faceted)).json()
        await redis_server.stop()
        again = await client.get(faceted)
        assert (again.status_code, again.json()["facets"]) == (200, first["facets"])

        async def missed() -> bool:
            state = await health(client)
            return state["status"] == "degraded" and "redis" in state["degraded"]

        async def found() -> bool:
            return "redis" not in (await health(client))["degraded"]

        await until("it is missed", missed)
        await redis_server.start()
        await until("it is found again", found)
        assert (await client.get(faceted)).json()["facets"] == first["facets"]


async def test_a_job_that_nobody_does_makes_the_queue_late(peopled_demo_url: str, tmp_path: Path) -> None:
    connection = await asyncpg.connect(peopled_demo_url)
    await connection.execute(
        "insert into pgqueuer (entrypoint, priority, status, execute_after) "
        "values ('nobody', 0, 'queued', now() - interval '2 minutes')"
    )
    await connection.close()
    async with client_of(Application(settings(peopled_demo_url, tmp_path))) as client:
        answer = await client.get("/health/ready")
    # Others use this database, too.
    connection = await asyncpg.connect(peopled_demo_url)
    await connection.execute("delete from pgqueuer where entrypoint = 'nobody'")
    await connection.close()
    assert answer.status_code == 200
    assert answer.json()["degraded"]["queue"].startswith("A job is due since ")


class Broken:
    """An embedder that does not work until it is mended."""

    model = "broken"
    dimensions = 1
    mended = False

    async def query(self, text: str) -> list[float]:
        return (await self.passages([text]))[0]

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        if not self.mended:
            raise Unavailable
        return [[1.0] for _ in texts]


async def test_an_embedder_that_does_not_work_is_told_and_tried_again(
    demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servers.warming.AGAIN_SECONDS", 0.02)
    broken = Broken()
    async with running(settings(demo_url, tmp_path)) as runtime:
        changed = replace(runtime, ports=replace(runtime.ports, embedder=broken))
        warming = Warming(changed)

        async def parts() -> dict[str, str]:
            probe = Health(changed, warming)
            return json.loads(bytes((await probe.ready(Request({"type": "http"}))).body))["degraded"]

        async with warming.running():
            await until("it is told", lambda: told(parts, there=True))
            broken.mended = True
            await until("it works", lambda: told(parts, there=False))


async def told(parts: Any, *, there: bool) -> bool:
    return ("embedder" in await parts()) == there


async def test_a_host_that_does_not_exist_is_told_by_the_name_of_its_setting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    chosen = load(
        sms_url="https://no-such-host.invalid/send",
        smtp_url="smtp://u:a-secret-word@localhost",
        mail_from="a@b.example",
        gemini_api_key="x" * 30,
    )
    assert hosts(chosen)["GHAR_GEMINI_API_KEY"] == ("generativelanguage.googleapis.com", 443)
    await look_up(chosen.model_copy(update={"gemini_api_key": None}))
    assert caplog.messages == ["GHAR_SMS_URL: the host no-such-host.invalid is not known"]


async def test_a_database_without_an_extension_is_a_sentence(
    demo_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(revisions.EXTENSIONS, "no_such_extension", "Nosuch")
    with pytest.raises(StartFailed):
        async with client_of(Application(settings(demo_url, tmp_path))):
            pass
    assert "has no Nosuch" in caplog.text
