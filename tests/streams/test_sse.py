"""Events over HTTP: in order, again after a pause, and only to whom they concern."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from servers.streams import hub, sse
from storage.bus import LocalBus
from storage.bus_postgres import PostgresBus
from tests.streams.place import PATIENCE, Place, place, read


@pytest.mark.requirement("S11")
async def test_what_another_process_tells_somebody_is_heard_by_them_alone(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody()
    async with streaming.listening(asha.headers) as hers, streaming.listening(ravi.headers) as his:
        await streaming.told(asha, "visit.requested", "visit.cancelled")
        (ravis,) = await streaming.told(ravi, "contact.shown")
        assert await hers.names(2) == ["visit.requested", "visit.cancelled"]
        (only,) = await his.events(1)
    assert only["event"] == "contact.shown"
    assert only["id"] == str(ravis)


async def test_an_event_says_its_id_name_time_and_what_it_is_about(streaming: Place) -> None:
    asha = await streaming.somebody()
    async with streaming.listening(asha.headers) as hers:
        assert hers.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert hers.answer.headers["cache-control"] == "no-store"
        assert hers.answer.headers["x-accel-buffering"] == "no"
        (id_,) = await streaming.told(asha, "visit.requested")
        (event,) = await hers.events(1)
    said = read(event["data"])
    assert said.pop("at")
    assert said == {"id": id_, "name": "visit.requested", "about": {"which": "visit.requested"}}


async def test_a_stream_says_at_once_where_it_begins_and_when_to_come_back(streaming: Place) -> None:
    asha = await streaming.somebody()
    newest, *_ = await streaming.told(asha, "one", "two")
    async with streaming.listening(asha.headers) as hers:
        first = await hers.piece()
    assert first["id"] == str(newest)
    assert 1_000 < int(first["retry"]) < 10_000


@pytest.mark.parametrize("how", ["header", "address"])
async def test_who_comes_back_hears_what_came_meanwhile(streaming: Place, how: str) -> None:
    asha = await streaming.somebody()
    seen, *_ = await streaming.told(asha, "before", "seen")
    await streaming.told(asha, *(f"missed.{each}" for each in range(250)))
    headers = {"last-event-id": str(seen)} if how == "header" else {}
    query = {"after": str(seen)} if how == "address" else {}
    async with streaming.listening({**asha.headers, **headers}, **query) as hers:
        await streaming.told(asha, "new")
        assert await hers.names(251) == [*(f"missed.{each}" for each in range(250)), "new"]


async def test_after_nothing_all_that_is_kept_is_told(streaming: Place) -> None:
    asha = await streaming.somebody()
    await streaming.told(asha, "one", "two")
    async with streaming.listening(asha.headers, after=0) as hers:
        assert await hers.names(2) == ["one", "two"]


async def test_who_was_away_too_long_is_told_to_begin_anew(streaming: Place) -> None:
    asha, ravi = await streaming.somebody(), await streaming.somebody()
    newest, *_ = await streaming.told(asha, "one")
    (strange,) = await streaming.told(ravi, "of somebody else")
    async with streaming.listening({**asha.headers, "last-event-id": str(strange)}) as hers:
        (event,) = await hers.events(1)
        assert (event["event"], event["id"]) == ("reset", str(newest))
        await streaming.told(asha, "new")
        assert await hers.names(1) == ["new"]


@pytest.mark.parametrize("id_", ["x", "-1", "1.5", "9223372036854775808", "١"])
async def test_what_is_no_event_is_refused(streaming: Place, id_: str) -> None:
    asha = await streaming.somebody()
    answer = await streaming.http.get("/api/v1/events", headers=asha.headers, params={"after": id_})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "no_such_event")


async def test_guests_and_apps_without_the_permission_hear_nothing(streaming: Place) -> None:
    narrow = await streaming.somebody("mcp:read", "visits:read")
    for path in ("/api/v1/events", "/api/v1/flatmates/sse"):
        guest = await streaming.http.get(path)
        assert (guest.status_code, "www-authenticate" in guest.headers) == (401, True)
        app = await streaming.http.get(path, headers=narrow.headers)
        assert (app.status_code, app.json()["error"]["code"]) == (403, "insufficient_scope")


async def test_the_flatmates_apps_hear_their_own_names_and_no_others(streaming: Place) -> None:
    asha = await streaming.somebody()
    async with streaming.listening(asha.headers, "/api/v1/flatmates/sse") as hers:
        newest, *_ = await streaming.told(
            asha, "visit.requested", "notification.new", "contact.shown", "message.sent", "role.granted"
        )
        assert await hers.names(3) == ["visit_updated", "new_notification", "new_message"]
        # What they have no name for counts as seen.
        assert await hers.piece() == {"id": str(newest)}


async def test_a_browser_listens_by_its_cookie_on_our_pages_only(streaming: Place) -> None:
    asha = await streaming.somebody()
    cookie = (await streaming.web.begin(asha.id, "a browser")).partition(";")[0]
    own = {"cookie": cookie, "origin": streaming.runtime.settings.url}
    async with streaming.listening(own) as hers:
        await streaming.told(asha, "new")
        assert await hers.names(1) == ["new"]
    foreign = await streaming.http.get(
        "/api/v1/events", headers={"cookie": cookie, "origin": "https://evil.example"}
    )
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (403, "not_our_page")


async def test_a_silent_stream_is_kept_awake(streaming: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "PING_SECONDS", 0.05)
    asha = await streaming.somebody()
    async with streaming.listening(asha.headers) as hers:
        await hers.piece()
        assert [await hers.piece() for _ in range(2)] == [{"": ""}] * 2


async def test_a_consumer_that_reads_nothing_is_let_go_and_nobody_waits_for_it(
    streaming: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "SEND_SECONDS", 0.3)
    stuck, quick = await streaming.somebody(), await streaming.somebody()
    before = len(streaming.streams.hub)
    parts = streaming.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(parts[0], int(parts[1]), limit=1_024)
    ask = f"GET /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {stuck.token}\r\n\r\n"
    writer.write(ask.encode())
    await reader.read(16)
    async with streaming.listening(quick.headers) as other:
        await streaming.told(stuck, *(f"{each} {'x' * 4_000}" for each in range(1_500)))
        await streaming.told(quick, "new")
        assert await other.names(1) == ["new"]
        async with asyncio.timeout(PATIENCE):
            while len(streaming.streams.hub) > before + 1:
                await asyncio.sleep(0.02)
    writer.close()


@pytest.mark.requirement("S12")
async def test_streams_hold_no_connection(peopled_url: str, tmp_path: Path) -> None:
    bus = PostgresBus(peopled_url)
    small = {"database_pool_size": 1, "database_background_pool_size": 3}
    async with place(peopled_url, tmp_path, bus, **small) as here:
        people = [await here.somebody() for _ in range(4)]
        everybody = [here.listening(who.headers) for who in people for _ in range(8)]
        streams = await asyncio.gather(*(each.__aenter__() for each in everybody))
        for who in people:
            await here.told(who, "new")
        assert [await each.names(1) for each in streams] == [["new"]] * 32
        await asyncio.gather(*(each.__aexit__(None, None, None) for each in everybody))
    await bus.close()


async def test_signing_out_ends_the_stream(peopled_url: str, tmp_path: Path) -> None:
    async with place(peopled_url, tmp_path, LocalBus(), every=0.1) as here:
        asha = await here.somebody()
        async with here.listening(asha.headers) as hers:
            await here.signed_out(asha)
            (event,) = await hers.events(1)
            assert (event["event"], read(event["data"])) == ("closed", {"why": "signed_out"})
            assert await hers.piece() == {}


async def test_a_server_that_stops_says_goodbye_and_loses_nothing(peopled_url: str, tmp_path: Path) -> None:
    bus = PostgresBus(peopled_url)
    async with place(peopled_url, tmp_path, bus) as here:
        asha = await here.somebody()
        async with here.listening(asha.headers) as hers:
            seen = (await hers.piece())["id"]
            here.server.should_exit = True
            (event,) = await hers.events(1)
            assert read(event["data"]) == {"why": "stopping"}
            assert await hers.piece() == {}
        await here.told(asha, "meanwhile")
    again = {**asha.headers, "last-event-id": seen}
    async with place(peopled_url, tmp_path, bus) as there, there.listening(again) as hers:
        assert await hers.names(1) == ["meanwhile"]
    await bus.close()


async def test_too_many_streams_of_one_person_close_the_oldest_for_long(streaming: Place) -> None:
    asha = await streaming.somebody()
    every = [streaming.listening(asha.headers) for _ in range(hub.EACH + 1)]
    opened = [await each.__aenter__() for each in every]
    event = (await opened[0].events(1))[0]
    assert (event["event"], event["retry"]) == ("closed", "600000")
    await streaming.told(asha, "new")
    assert [await each.names(1) for each in opened[1:]] == [["new"]] * hub.EACH
    for each in every:
        await each.__aexit__(None, None, None)


async def test_a_stream_is_renewed_within_the_hour(
    peopled_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=max(hub.RENEWED)) <= timedelta(hours=1)
    monkeypatch.setattr(hub, "RENEWED", (0.0, 0.1))
    async with place(peopled_url, tmp_path, LocalBus(), every=0.1) as here:
        asha = await here.somebody()
        async with here.listening(asha.headers) as hers:
            (event,) = await hers.events(1)
    assert read(event["data"]) == {"why": "renew"}
