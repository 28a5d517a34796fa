"""WebSockets: whose they are, what they tell, and what ends them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from servers.jobs import operator
from servers.runtime import running
from servers.streams import sockets
from storage import bus, queue
from storage.bus import LocalBus
from storage.bus_postgres import PostgresBus
from tests.servers.applications import settings
from tests.streams.place import PATIENCE, Place, Somebody, place, read

EVENTS = "/ws/notifications"


async def next_(socket: ClientConnection) -> Any:
    async with asyncio.timeout(PATIENCE):
        return read(await socket.recv())


async def closed(socket: ClientConnection) -> tuple[int | None, str | None]:
    """With what a socket is closed, after whatever it still tells."""
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code, socket.close_reason


async def ticket_of(place: Place, whom: Somebody) -> str:
    answer = await place.http.post("/api/v1/events/tickets", headers=whom.headers)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.json()["ticket"])


async def job_of(place: Place, owner: Somebody | None) -> int:
    """A job that waits in the queue."""
    async with place.runtime.database.writing() as db:
        return await queue.put(db, "no_such_tool", b"{}", owner=owner.id if owner else None)


async def moved(place: Place, id_: int, sets: str) -> None:
    """What a worker elsewhere notes of a job."""
    async with place.runtime.database.writing() as db:
        await db.execute(text(f"update jobs set {sets} where id = :id"), {"id": id_})
    await place.elsewhere.publish({bus.job(id_)})


@pytest.mark.requirement("S10")
async def test_how_much_is_unread_comes_first_and_then_every_event(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody()
    async with streaming.socket(EVENTS, asha) as hers:
        assert hers.subprotocol == "ghar"
        assert await next_(hers) == {"id": 0, "name": "unread", "about": {"unread": 0}}
        await streaming.told(ravi, "not hers")
        (id_,) = await streaming.told(asha, "visit.requested")
        event = await next_(hers)
    assert (event["id"], event["name"], event["about"]) == (
        id_,
        "visit.requested",
        {"which": "visit.requested"},
    )


async def test_what_a_job_of_another_process_commits_is_heard_at_once(
    streaming: Place, peopled_url: str, tmp_path: Path
) -> None:
    asha = await streaming.somebody()
    async with (
        running(settings(peopled_url, tmp_path)) as elsewhere,
        streaming.socket(EVENTS, asha) as hers,
        streaming.listening(asha.headers) as beside,
    ):
        await next_(hers)
        tool = elsewhere.catalog["send_notification"]
        now = elsewhere.ports.clock.now().isoformat()
        about = {"role": "staff", "at": now}
        sent = {"person_id": asha.id, "type": "role_granted", "about": about, "at": now}
        await elsewhere.dispatcher.run(tool, sent, operator(tool, "background"))
        event = await next_(hers)
        assert (event["name"], event["about"]["unread"]) == ("notification.new", 1)
        assert await beside.names(1) == ["notification.new"]
    async with streaming.socket(EVENTS, asha) as hers:
        assert (await next_(hers))["about"] == {"unread": 1}


async def test_who_comes_back_hears_what_came_meanwhile(streaming: Place) -> None:
    asha = await streaming.somebody()
    _, seen = await streaming.told(asha, "seen", "missed")
    async with streaming.socket(f"{EVENTS}?after={seen}", asha) as hers:
        assert [(await next_(hers))["name"] for _ in range(2)] == ["unread", "missed"]
    async with streaming.socket(f"{EVENTS}?after={seen - 1}", asha) as hers:
        assert [(await next_(hers))["name"] for _ in range(2)] == ["unread", "reset"]


@pytest.mark.requirement("S10")
async def test_a_job_is_followed_until_it_ends(streaming: Place) -> None:
    asha = await streaming.somebody()
    id_ = await job_of(streaming, asha)
    async with streaming.socket(f"/ws/jobs/{id_}", asha) as hers:
        assert (await next_(hers))["state"] == "queued"
        await moved(streaming, id_, "state = 'running', done = 3, total = 10")
        running = await next_(hers)
        assert (running["state"], running["done"], running["total"]) == ("running", 3, 10)
        await moved(streaming, id_, "state = 'done', ended_at = now()")
        assert (await next_(hers))["state"] == "done"
        assert await closed(hers) == (1000, "ended")


async def test_a_job_is_shown_to_its_owner_alone(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody()
    for id_ in (await job_of(streaming, ravi), await job_of(streaming, None), 10**17):
        async with streaming.socket(f"/ws/jobs/{id_}", asha) as hers:
            assert await closed(hers) == (4404, "no_such_job")
    async with streaming.socket("/ws/jobs/first", asha) as hers:
        assert await closed(hers) == (4422, "invalid")


async def test_guests_strangers_and_apps_without_the_permission_are_closed_out(streaming: Place) -> None:
    narrow = await streaming.somebody("mcp:read", "visits:read")
    forged = Somebody(1, "not.a.token", 1)
    for path in (EVENTS, "/ws/jobs/1"):
        async with streaming.socket(path) as guest:
            assert await closed(guest) == (4401, "sign_in_required")
        async with streaming.socket(path, forged) as stranger:
            assert await closed(stranger) == (4401, "invalid_token")
        async with streaming.socket(path, narrow) as app:
            assert await closed(app) == (4403, "insufficient_scope")


async def test_a_ticket_opens_one_stream(streaming: Place) -> None:
    asha = await streaming.somebody()
    ticket = await ticket_of(streaming, asha)
    async with streaming.socket(f"{EVENTS}?ticket={ticket}") as hers:
        assert (await next_(hers))["name"] == "unread"
    async with streaming.socket(f"{EVENTS}?ticket={ticket}") as again:
        assert await closed(again) == (4401, "no_such_ticket")


async def test_a_ticket_follows_a_job_for_who_may(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody("mcp:read", "notifications:read")
    for whom in (asha, ravi):
        id_ = await job_of(streaming, whom)
        await moved(streaming, id_, "state = 'done'")
        async with streaming.socket(f"/ws/jobs/{id_}?ticket={await ticket_of(streaming, whom)}") as socket:
            if whom is asha:
                assert (await next_(socket))["state"] == "done"
            assert await closed(socket) == ((1000, "ended") if whom is asha else (4403, "insufficient_scope"))


async def test_of_many_who_hold_a_ticket_one_gets_in(streaming: Place) -> None:
    asha = await streaming.somebody()
    ticket = await ticket_of(streaming, asha)

    async def got_in() -> bool:
        async with streaming.socket(f"{EVENTS}?ticket={ticket}") as hers:
            try:
                return (await next_(hers))["name"] == "unread"
            except ConnectionClosed:
                return False

    assert sum(await asyncio.gather(*(got_in() for _ in range(10)))) == 1


@pytest.mark.parametrize("why", ["too old", "signed out", "made up"])
async def test_a_ticket_that_no_longer_counts_opens_nothing(streaming: Place, why: str) -> None:
    asha = await streaming.somebody()
    ticket = await ticket_of(streaming, asha)
    if why == "too old":
        async with streaming.runtime.database.writing() as db:
            late = "update stream_tickets set expires_at = now() - interval '1 s' where person_id = :id"
            await db.execute(text(late), {"id": asha.id})
    elif why == "signed out":
        await streaming.signed_out(asha)
    else:
        ticket = ticket[::-1]
    async with streaming.socket(f"{EVENTS}?ticket={ticket}") as hers:
        assert await closed(hers) == (4401, "no_such_ticket")


async def test_tickets_are_stored_as_hashes_and_forgotten(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody()
    ticket = await ticket_of(streaming, asha)
    async with streaming.runtime.database.writing() as db:
        rows = (
            await db.execute(text("select * from stream_tickets where person_id = :id"), {"id": asha.id})
        ).all()
        assert ticket not in str(rows)
        await db.execute(text("update stream_tickets set expires_at = now() - interval '1 s'"))
    await ticket_of(streaming, ravi)
    async with streaming.runtime.database.reading(primary=True) as db:
        left = await db.execute(text("select 1 from stream_tickets where person_id = :id"), {"id": asha.id})
        assert left.all() == []


async def test_a_ticket_is_given_to_who_may_listen_and_not_to_other_pages(streaming: Place) -> None:
    narrow, asha = await streaming.somebody("mcp:read", "visits:read"), await streaming.somebody()
    cookie = (await streaming.web.begin(asha.id, "a browser")).partition(";")[0]
    path = "/api/v1/events/tickets"
    assert (await streaming.http.post(path)).status_code == 401
    assert (await streaming.http.post(path, headers=narrow.headers)).status_code == 403
    forged = await streaming.http.post(path, headers={"cookie": cookie})
    assert forged.json()["error"]["code"] == "csrf_token_required"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_pages_of_other_sites_open_nothing_whatever_they_send(streaming: Place, origin: str) -> None:
    asha = await streaming.somebody()
    cookie = (await streaming.web.begin(asha.id, "a browser")).partition(";")[0]
    for whom, headers in ((None, {"cookie": cookie}), (asha, {}), (None, {})):
        with pytest.raises(InvalidStatus) as refused:
            async with streaming.socket(EVENTS, whom, origin=origin, additional_headers=headers):
                pass
        assert refused.value.response.status_code == 403


async def test_our_own_page_listens_with_its_cookie(streaming: Place) -> None:
    asha = await streaming.somebody()
    cookie = (await streaming.web.begin(asha.id, "a browser")).partition(";")[0]
    here = f"http://{urlsplit(streaming.url).netloc}"
    for origin in (streaming.runtime.settings.url, here):
        async with streaming.socket(EVENTS, origin=origin, additional_headers={"cookie": cookie}) as hers:
            assert (await next_(hers))["name"] == "unread"


async def test_who_says_too_much_or_too_large_is_cut_off(streaming: Place) -> None:
    asha = await streaming.somebody()
    async with streaming.socket(EVENTS, asha) as hers:
        for _ in range(sockets.MOST_SAID + 1):
            await hers.send("ping")
        assert await closed(hers) == (1008, "too_much_said")
    async with streaming.socket(EVENTS, asha) as hers:
        await hers.send("x" * 5_000)
        assert (await closed(hers))[0] == 1009


async def test_what_is_said_is_not_heeded(streaming: Place) -> None:
    asha = await streaming.somebody()
    async with streaming.socket(EVENTS, asha) as hers:
        await next_(hers)
        for said in ("{", '{"name": "x"}', b"\x00\xff"):
            await hers.send(said)
        await streaming.told(asha, "new")
        assert (await next_(hers))["name"] == "new"


async def test_nothing_else_is_a_socket(streaming: Place) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with streaming.socket("/ws/nothing"):
            pass
    assert refused.value.response.status_code == 403


async def _signed_out(here: Place, whom: Somebody) -> None:
    await here.signed_out(whom)


async def _stopped(here: Place, _whom: Somebody) -> None:
    here.streams.hub.stop()


@pytest.mark.parametrize(
    ("end", "said"), [(_signed_out, (4401, "signed_out")), (_stopped, (1012, "stopping"))]
)
async def test_what_ends_a_stream_is_said_with_its_close(
    end: Callable[[Place, Somebody], Awaitable[None]],
    said: tuple[int, str],
    peopled_url: str,
    tmp_path: Path,
) -> None:
    async with place(peopled_url, tmp_path, LocalBus(), every=0.1) as here:
        asha = await here.somebody()
        id_ = await job_of(here, asha)
        async with here.socket(EVENTS, asha) as hers, here.socket(f"/ws/jobs/{id_}", asha) as job:
            await next_(hers)
            await next_(job)
            await end(here, asha)
            assert await closed(hers) == said
            assert await closed(job) == said


async def test_opening_sockets_is_counted_as_every_request_is(peopled_url: str, tmp_path: Path) -> None:
    bus_ = PostgresBus(peopled_url)
    async with place(peopled_url, tmp_path, bus_, requests_per_minute=3) as here:
        for _ in range(3):
            async with here.socket(EVENTS):
                pass
        with pytest.raises(InvalidStatus) as refused:
            async with here.socket(EVENTS):
                pass
    answer = refused.value.response
    assert (answer.status_code, read(answer.body or b"")["error"]["code"]) == (429, "too_many")
    assert int(answer.headers["retry-after"]) > 0
    await bus_.close()
