"""Tickets: nothing consequential happens before a person says yes, and then exactly that, exactly once."""

import asyncio
import os
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from sqlalchemy import text

from storage import embedded, engine
from tests.trust.shop import SCOPES, Shop, opened, own, saying_yes
from tools.consent import MOST_WAITING
from tools.contract import Viewer
from tools.dispatch import Caller
from tools.ports import Ports

_DEARER = text("update books set price = 300 where id = 1")
_WAITS = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
KINDS = pytest.mark.parametrize("name", ["buy_book", "reserve_book"])


@pytest.fixture
async def shop(database_url: str, ports: Ports) -> AsyncGenerator[Shop]:
    async with opened(database_url, ports) as found:
        yield found


@KINDS
async def test_a_call_changes_nothing_and_says_what_it_would_do(shop: Shop, name: str) -> None:
    person = await shop.person()
    shown = await shop.run(name, await shop.app(person), id=1)
    assert shown.pop("confirm_url") == f"http://localhost:3600/confirm/{shown.pop('ticket')}"
    assert shown.pop("until") > shown.pop("expires_at")
    assert shown == {
        "tool": name,
        "arguments": {"id": 1},
        "what": "You buy Godan.",
        "whom": "The bookseller",
        "costs": 250,
    }
    assert await shop.sales() == []
    assert await shop.rows("select * from activities") == []


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, the last of a hundred waits for the others longer than a request would."""
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 30.0)
    monkeypatch.setattr(engine, "LOCK_TIMEOUT", 30_000)


@KINDS
@pytest.mark.usefixtures("patience")
async def test_of_a_hundred_that_confirm_at_once_one_does_it(shop: Shop, name: str) -> None:
    person = await shop.person()
    shown = await shop.preview(name, await shop.app(person), id=1)
    said = await asyncio.gather(
        *(shop.refusal("confirm_action", own(person), ticket=shown.ticket) for _ in range(100))
    )
    assert said.count("done") == 1
    assert said.count("ticket_used") == 99
    assert len(await shop.sales()) == 1
    assert len(await shop.rows("select * from activities")) == 1


@KINDS
async def test_a_ticket_that_was_used_is_worth_nothing(shop: Shop, name: str) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview(name, app, id=1)
    await shop.run("confirm_action", own(person), ticket=shown.ticket)
    for caller in (own(person), app, saying_yes(app, shown.ticket)):
        assert await shop.refusal("confirm_action", caller, ticket=shown.ticket) == "ticket_used"
        assert await shop.refusal("decline_action", caller, ticket=shown.ticket) == "ticket_used"
    assert len(await shop.sales()) == 1


async def test_a_confirmed_action_answers_what_the_tool_does_and_leaves_one_row(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person, turn="a turn", key="a-key")
    shown = await shop.preview("buy_book", app, id=1, note="wrap it")
    action = await shop.run("confirm_action", own(person), ticket=shown.ticket)
    assert action["state"] == "done"
    assert action["answer"] == {"id": 1, "paid": 250, "phone": "+919800000000"}
    assert await shop.rows(
        "select tool, person_id, turn, key, ticket_id::text, subjects, surface from activities"
    ) == [
        {
            "tool": "buy_book",
            "person_id": person,
            "turn": "a turn",
            "key": "a-key",
            "ticket_id": shown.ticket,
            "subjects": ["book:1"],
            "surface": "rest",
        }
    ]


async def test_a_confirmation_that_is_repeated_with_its_key_is_answered_alike(shop: Shop) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=1)
    by = replace(own(person), key="confirms")
    first = await shop.run("confirm_action", by, ticket=shown.ticket)
    assert await shop.run("confirm_action", by, ticket=shown.ticket) == first
    assert len(await shop.sales()) == 1


@KINDS
async def test_a_ticket_that_waited_too_long_has_expired(shop: Shop, name: str) -> None:
    person = await shop.person()
    shown = await shop.preview(name, await shop.app(person), id=1)
    late = shop.later(hours=1, seconds=1)
    for tool in ("confirm_action", "decline_action"):
        assert await late.refusal(tool, own(person), ticket=shown.ticket) == "ticket_expired"
    assert (await late.run("action_status", own(person), ticket=shown.ticket))["state"] == "expired"
    assert await shop.sales() == []


async def test_what_a_host_may_confirm_waits_for_a_quarter_of_an_hour(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview("reserve_book", app, id=1)
    late = shop.later(minutes=15, seconds=1)
    said = await late.refusal("confirm_action", app, ticket=shown.ticket, nonce=shown.nonce)
    assert said == "ticket_expired"
    assert await late.refusal("reserve_book", saying_yes(app, shown.ticket), id=1) == "ticket_expired"


@KINDS
@pytest.mark.parametrize(
    "meanwhile",
    ["update books set price = 251 where id = 1", "update books set title = 'Nirmala' where id = 1"],
)
async def test_a_ticket_is_void_once_what_was_shown_has_changed(
    shop: Shop, name: str, meanwhile: str
) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview(name, app, id=1)
    await shop.change(meanwhile)
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "ticket_void"
    await shop.change("update books set price = 250, title = 'Godan' where id = 1")
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "ticket_used"
    status = await shop.run("action_status", app, ticket=shown.ticket)
    assert (status["state"], status["answer"]) == ("void", None)
    assert await shop.sales() == []


async def test_a_price_that_changes_while_somebody_confirms_is_not_paid(shop: Shop) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=1)
    async with shop.database.writing() as db:
        await db.execute(_DEARER)
        confirming = asyncio.create_task(shop.refusal("confirm_action", own(person), ticket=shown.ticket))
        # It has seen the old price by the time it waits for the book.
        while not await shop.rows(_WAITS):
            assert not confirming.done()
    assert await confirming == "conflict"
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "ticket_void"
    assert await shop.sales() == []


async def test_a_ticket_still_waits_when_the_tool_itself_refused(shop: Shop) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=2)
    await shop.change("delete from books where id = 2")
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "no_such_book"
    await shop.change("insert into books values (2, 'Maila Anchal', 400)")
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "done"


async def test_what_was_declined_is_not_done_and_the_one_who_asked_reads_why(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview("buy_book", app, id=1)
    await shop.run("decline_action", own(person), ticket=shown.ticket, reason="Too dear.")
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "ticket_used"
    status = await shop.dispatcher.run(
        shop.dispatcher.catalog["action_status"], {"ticket": shown.ticket}, app
    )
    assert status.summary() == "Declined, and not done: You buy Godan. The person said: Too dear."
    assert await shop.sales() == []
    (row,) = await shop.rows("select tool, subjects, touched from activities")
    assert row == {
        "tool": "decline_action",
        "subjects": [f"ticket:{shown.ticket}"],
        "touched": [
            {
                "kind": "ticket",
                "id": shown.ticket,
                "before": {"state": "waiting"},
                "after": {"state": "declined"},
            }
        ],
    }


async def test_of_a_yes_and_a_no_at_once_one_counts(shop: Shop) -> None:
    person = await shop.person()
    for _ in range(10):
        shown = await shop.preview("buy_book", await shop.app(person), id=1)
        said = await asyncio.gather(
            *(
                shop.refusal(name, own(person), ticket=shown.ticket)
                for name in ("confirm_action", "decline_action")
            )
        )
        assert sorted(said) == ["done", "ticket_used"]
        status = await shop.run("action_status", own(person), ticket=shown.ticket)
        assert status["state"] == ("done" if said[0] == "done" else "declined")
    done = await shop.rows("select 1 from tickets where outcome = 'done'")
    assert len(await shop.sales()) == len(done)


async def test_what_was_asked_for_three_times_is_done_once(shop: Shop) -> None:
    person = await shop.person()
    app, other = await shop.app(person), await shop.app(person, "Another")
    twins = [await shop.preview("buy_book", each, id=1) for each in (app, app, other)]
    another = await shop.preview("buy_book", app, id=2)
    assert await shop.refusal("confirm_action", own(person), ticket=twins[0].ticket) == "done"
    for twin in twins[1:]:
        assert await shop.refusal("confirm_action", own(person), ticket=twin.ticket) == "ticket_used"
        assert (await shop.run("action_status", own(person), ticket=twin.ticket))["state"] == "void"
    assert await shop.refusal("confirm_action", own(person), ticket=another.ticket) == "done"
    anew = await shop.preview("buy_book", app, id=1)
    assert await shop.refusal("confirm_action", own(person), ticket=anew.ticket) == "done"
    assert len(await shop.sales()) == 3


async def test_an_app_that_asks_too_often_only_blocks_itself(shop: Shop) -> None:
    person = await shop.person()
    app, other = await shop.app(person), await shop.app(person, "Another")
    shown = [await shop.preview("buy_book", app, id=1) for _ in range(MOST_WAITING)]
    assert await shop.refusal("buy_book", app, id=1) == "too_many_waiting"
    assert await shop.refusal("buy_book", other, id=1) == "done"
    await shop.run("decline_action", own(person), ticket=shown[0].ticket)
    assert await shop.refusal("buy_book", app, id=1) == "done"
    assert await shop.later(hours=2).refusal("buy_book", app, id=1) == "done"


async def test_what_waits_is_listed_page_by_page_and_what_was_decided_is_not(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person, "An assistant")
    shown = [(await shop.preview("buy_book", app, id=1, note=str(each))).ticket for each in range(5)]
    await shop.run("confirm_action", own(person), ticket=shown[4])
    await shop.run("decline_action", own(person), ticket=shown[3])
    found: list[str] = []
    cursor = None
    while True:
        page = await shop.run("list_waiting_actions", own(person), limit=2, cursor=cursor)
        found += [each["preview"]["ticket"] for each in page["items"]]
        assert {each["asked_by"] for each in page["items"]} == {"An assistant"}
        cursor = page["next_cursor"]
        assert page["has_more"] == (cursor is not None)
        if cursor is None:
            break
    assert found == shown[2::-1]
    assert (await shop.later(hours=2).run("list_waiting_actions", own(person)))["items"] == []


async def test_a_replica_that_lags_behind_is_not_asked_what_waits(
    database_url: str, server: embedded.Server, empty_template: str, ports: Ports
) -> None:
    behind = await server.create_database(f"behind_{os.getpid()}", empty_template)
    try:
        async with opened(database_url, ports, replica_url=behind) as shop:
            person = await shop.person()
            app = await shop.app(person)
            waits = await shop.dispatcher.propose(shop.dispatcher.catalog["note_book"], {"id": 1}, app)
            assert (await shop.run("action_status", app, ticket=waits.ticket))["state"] == "waiting"
            assert len((await shop.run("list_waiting_actions", app))["items"]) == 1
    finally:
        await server.drop_database(f"behind_{os.getpid()}")


async def test_old_tickets_are_forgotten_and_no_others(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = [(await shop.preview("buy_book", app, id=1)).ticket for _ in range(4)]
    await shop.change(
        "update tickets set expires_at = now() - interval '8 days' where id != cast(:id as uuid)", id=shown[3]
    )
    await shop.change(
        "update tickets set expires_at = now() - interval '6 days' where id = cast(:id as uuid)", id=shown[2]
    )
    operator = Caller("cli", Viewer(0, "admin", SCOPES), lane="background")
    said = [await shop.run("forget_old_tickets", operator, limit=1) for _ in range(3)]
    assert said == [
        {"done": 1, "remaining": 1},
        {"done": 1, "remaining": 0},
        {"done": 0, "remaining": 0},
    ]
    left = await shop.rows("select id::text from tickets")
    assert {each["id"] for each in left} == set(shown[2:])
