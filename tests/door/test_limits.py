"""How often a client may ask, and what it is told when that was too often."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Sequence

import httpx
import pytest
from starlette.types import ASGIApp

from servers import logs, middleware
from servers.adapters.limiter import USUAL, LocalLimiter
from servers.middleware.limits import PER_MINUTE, SHARED, TIGHTER
from tests.door.asking import CLIENT, coming_from, small
from tests.door.conftest import HandClock

pytestmark = pytest.mark.requirement("S5")


def door(most: int, clock: HandClock | None = None, shared: Sequence[str] = ()) -> ASGIApp:
    """The small application, for `most` requests a minute."""
    limiter = LocalLimiter(most / USUAL, now=clock or HandClock())
    return middleware.wrapped(
        small(),
        middleware.FrontDoor(limiter=limiter, origins=("https://a.test",), secure=True, shared=shared),
    )


async def statuses(client: httpx.AsyncClient, path: str, count: int) -> list[int]:
    return [(await client.get(path)).status_code for _ in range(count)]


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with coming_from(door(3)) as made:
        yield made


async def test_a_client_may_ask_so_often_a_minute_and_then_again(clock: HandClock) -> None:
    async with coming_from(door(3, clock)) as client:
        assert await statuses(client, "/hello", 4) == [200, 200, 200, 429]
        wait = int((await client.get("/hello")).headers["retry-after"])
        clock.now += wait
        assert (await client.get("/hello")).status_code == 200


def test_the_usual_limit_is_five_hundred_a_minute() -> None:
    assert PER_MINUTE == USUAL == 500


async def test_a_refusal_is_a_whole_answer_with_headers_an_id_and_a_line_in_the_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await statuses(client, "/hello", 3)
    sent = {"origin": "https://a.test", "x-request-id": "refused-one-1"}
    with caplog.at_level(logging.INFO, logger="ghar.requests"):
        answer = await client.get("/hello", headers=sent)
    assert answer.json()["error"]["code"] == "too_many"
    assert 0 < int(answer.headers["retry-after"]) <= 63
    assert answer.headers["x-request-id"] == "refused-one-1"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" in answer.headers
    assert answer.headers["access-control-allow-origin"] == "https://a.test"
    (record,) = caplog.records
    assert json.loads(logs.JsonLines().format(record))["status"] == 429


async def test_refusals_keep_the_shape_of_the_protocol_that_asks(client: httpx.AsyncClient) -> None:
    await statuses(client, "/hello", 3)
    rpc = (await client.post("/mcp", json={})).json()
    assert rpc["error"]["data"]["error"]["code"] == "too_many"
    assert (rpc["jsonrpc"], rpc["id"], type(rpc["error"]["code"])) == ("2.0", None, int)
    oauth = (await client.post("/token", data={"grant_type": "refresh_token"})).json()
    assert oauth.keys() == {"error", "error_description"}
    assert oauth["error"] == "temporarily_unavailable"
    assert (await client.head("/hello")).content == b""


async def test_every_address_is_counted_for_itself() -> None:
    app = door(2)
    async with coming_from(app) as one, coming_from(app, "198.51.100.1") as other:
        assert await statuses(one, "/hello", 3) == [200, 200, 429]
        assert await statuses(other, "/hello", 2) == [200, 200]


async def test_addresses_of_one_ipv6_network_are_one_client() -> None:
    app = door(2)
    async with (
        coming_from(app, "2001:db8:1:2::1") as one,
        coming_from(app, "2001:db8:1:2:ffff:ffff:ffff:ffff") as neighbour,
        coming_from(app, "2001:db8:1:3::1") as other,
    ):
        assert await statuses(one, "/hello", 2) == [200, 200]
        assert await statuses(neighbour, "/hello", 1) == [429]
        assert await statuses(other, "/hello", 1) == [200]


async def test_an_ipv4_address_is_the_same_client_on_a_socket_of_both_versions() -> None:
    app = door(1)
    async with coming_from(app) as one, coming_from(app, f"::ffff:{CLIENT}") as same:
        assert await statuses(one, "/hello", 1) == [200]
        assert await statuses(same, "/hello", 1) == [429]


async def test_a_stream_counts_once_however_long_it_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/stream")
    assert answer.text.count("data:") == 100
    assert await statuses(client, "/hello", 3) == [200, 200, 429]


async def test_probes_are_not_refused_for_what_others_send_nor_let_everything_pass(
    client: httpx.AsyncClient,
) -> None:
    await statuses(client, "/hello", 4)
    assert await statuses(client, "/health/live", 4) == [200, 200, 200, 429]


async def test_addresses_worth_guessing_at_are_tighter_and_counted_apart() -> None:
    async with coming_from(door(500)) as client:
        most = TIGHTER["/token"]
        assert await statuses(client, "/token", most + 1) == [200] * most + [429]
        assert await statuses(client, "/hello", 1) == [200]
        assert await statuses(client, "/sign-in", 1) == [200]


@pytest.mark.parametrize("path", ["/token/", "/token//"])
async def test_a_slash_does_not_get_round_a_tighter_limit(path: str) -> None:
    async with coming_from(door(500)) as client:
        await statuses(client, "/token", TIGHTER["/token"])
        assert await statuses(client, path, 1) == [429]


async def test_hosts_that_speak_for_many_people_may_send_more() -> None:
    app = door(2, shared=("160.79.104.0/21",))
    async with coming_from(app, "160.79.106.9") as host, coming_from(app) as person:
        assert await statuses(host, "/hello", 2 * SHARED + 1) == [200] * 2 * SHARED + [429]
        assert await statuses(person, "/hello", 3) == [200, 200, 429]


async def test_no_crowd_gets_more_through_than_the_limit() -> None:
    async with coming_from(door(20)) as client:
        answers = await asyncio.gather(*(client.get("/hello") for _ in range(100)))
    assert sum(each.status_code == 200 for each in answers) == 20


async def test_an_operator_who_forgot_the_proxy_is_told_so_once(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="ghar.limits"):
        for _ in range(6):
            await client.get("/hello", headers={"x-forwarded-for": "198.51.100.1"})
    (said,) = caplog.messages
    assert "GHAR_TRUSTED_PROXIES" in said
