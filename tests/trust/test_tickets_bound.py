"""What a ticket is bound to: a person, the sign-in that asked, a tool, its arguments, and what was shown."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from sqlalchemy import text

from storage import personal
from tests.trust.shop import Shop, opened, own, saying_yes
from tools.contract import GUEST, Viewer
from tools.dispatch import Caller
from tools.ports import Ports

TICKETS = ("confirm_action", "decline_action", "action_status")
KINDS = pytest.mark.parametrize("name", ["buy_book", "reserve_book"])


@pytest.fixture
async def shop(database_url: str, ports: Ports) -> AsyncGenerator[Shop]:
    async with opened(database_url, ports) as found:
        yield found


@KINDS
async def test_to_another_person_a_ticket_does_not_exist(shop: Shop, name: str) -> None:
    asha, ravi = await shop.person("asha@ghar.test"), await shop.person("ravi@ghar.test")
    shown = await shop.preview(name, await shop.app(asha), id=1)
    app = await shop.app(ravi)
    for caller in (own(ravi), app, own(ravi, "admin")):
        for tool in TICKETS:
            assert await shop.refusal(tool, caller, ticket=shown.ticket) == "no_such_ticket"
    assert (
        await shop.refusal("confirm_action", app, ticket=shown.ticket, nonce=shown.nonce) == "no_such_ticket"
    )
    assert (await shop.run("list_waiting_actions", own(ravi)))["items"] == []
    if name == "reserve_book":
        assert await shop.refusal(name, saying_yes(app, shown.ticket), id=1) == "no_such_ticket"
    guest = Caller("rest", GUEST)
    assert await shop.refusal("confirm_action", guest, ticket=shown.ticket) == "sign_in_required"
    assert await shop.sales() == []


@KINDS
async def test_another_app_of_the_person_neither_sees_nor_decides_it(shop: Shop, name: str) -> None:
    person = await shop.person()
    app, other = await shop.app(person), await shop.app(person, "Another")
    shown = await shop.preview(name, app, id=1)
    for tool in TICKETS:
        assert await shop.refusal(tool, other, ticket=shown.ticket) == "no_such_ticket"
    taken = await shop.refusal("confirm_action", other, ticket=shown.ticket, nonce=shown.nonce)
    assert taken == "no_such_ticket"
    assert (await shop.run("list_waiting_actions", other))["items"] == []
    for caller in (app, own(person)):
        listed = await shop.run("list_waiting_actions", caller)
        assert [each["preview"]["ticket"] for each in listed["items"]] == [shown.ticket]


async def test_what_a_tool_answered_is_shown_to_the_app_that_asked_and_to_no_other(shop: Shop) -> None:
    person = await shop.person()
    app, other = await shop.app(person), await shop.app(person, "Another")
    shown = await shop.preview("buy_book", app, id=1)
    await shop.run("confirm_action", own(person), ticket=shown.ticket)
    for caller in (app, own(person)):
        status = await shop.run("action_status", caller, ticket=shown.ticket)
        assert status["answer"]["phone"] == "+919800000000"
    assert await shop.refusal("action_status", other, ticket=shown.ticket) == "no_such_ticket"


async def test_a_key_of_one_app_gets_another_neither_its_preview_nor_its_nonce(shop: Shop) -> None:
    person = await shop.person()
    app, other = [replace(await shop.app(person), key="1") for _ in range(2)]
    shown = await shop.preview("reserve_book", app, id=1)
    assert await shop.refusal("reserve_book", other, id=1) == "key_reused"
    again = await shop.preview("reserve_book", app, id=1)
    assert again.ticket == shown.ticket
    stale = await shop.refusal("confirm_action", app, ticket=shown.ticket, nonce=shown.nonce)
    assert stale == "not_confirmable"
    done = await shop.refusal(
        "confirm_action", replace(app, key=None), ticket=shown.ticket, nonce=again.nonce
    )
    assert done == "done"


async def test_an_app_cannot_confirm_what_is_the_persons_own_whatever_it_says(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview("buy_book", app, id=1)
    assert shown.nonce is None
    spare = await shop.preview("reserve_book", app, id=1)
    claims = [app, replace(app, decides=True), replace(app, surface="rest"), saying_yes(app, shown.ticket)]
    for caller in claims:
        for nonce in (None, "", spare.nonce, shown.ticket):
            said = await shop.refusal("confirm_action", caller, ticket=shown.ticket, nonce=nonce)
            assert said == "not_confirmable"
    signed_in = replace(own(person), decides=False)
    assert await shop.refusal("confirm_action", signed_in, ticket=shown.ticket) == "not_confirmable"
    assert await shop.sales() == []


async def test_a_widget_confirms_with_its_own_nonce_and_no_other(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown, spare = [await shop.preview("reserve_book", app, id=1) for _ in range(2)]
    assert shown.nonce
    assert spare.nonce
    for nonce in (None, "", spare.nonce, shown.nonce[:-1], shown.nonce.swapcase(), shown.ticket):
        said = await shop.refusal("confirm_action", app, ticket=shown.ticket, nonce=nonce)
        assert said == "not_confirmable"
    assert await shop.refusal("confirm_action", app, ticket=shown.ticket, nonce=shown.nonce) == "done"
    assert len(await shop.sales()) == 1


async def test_nonces_are_nowhere_in_an_answer_and_are_stored_as_hashes(shop: Shop) -> None:
    person = await shop.person()
    app = replace(await shop.app(person), key="a-key")
    shown = await shop.preview("reserve_book", app, id=1)
    assert shown.nonce
    assert len(shown.nonce) == 32
    seen = [shown.model_dump_json(), shown.summary(), repr(shown), *(str(each) for each in shown.blocks())]
    tables = [
        str(await shop.rows(f"select * from {table}")) for table in ("tickets", "kept_answers", "activities")
    ]
    assert not any(shown.nonce in each for each in (*seen, *tables))


async def test_only_a_call_over_mcp_gets_a_nonce(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person)
    for surface in ("rest", "agent", "cli"):
        assert (await shop.preview("reserve_book", replace(app, surface=surface), id=1)).nonce is None


async def test_the_answer_of_a_hosts_user_counts_for_the_very_call_that_asked(shop: Shop) -> None:
    person = await shop.person()
    app = await shop.app(person, role="staff")
    page = await shop.preview("buy_book", app, id=1)
    plain = await shop.dispatcher.propose(shop.dispatcher.catalog["note_book"], {"id": 1}, app)
    shown = await shop.preview("reserve_book", app, id=1, note="for Asha")
    swapped = [
        ("reserve_book", shown, {"id": 2, "note": "for Asha"}),
        ("reserve_book", shown, {"id": 1, "note": "for Ravi"}),
        ("reserve_book", shown, {"id": 1}),
        ("remove_book", shown, {"id": 1, "note": "for Asha"}),
        ("reserve_book", page, {"id": 1}),
        ("reserve_book", plain, {"id": 1}),
    ]
    for name, ticket, given in swapped:
        said = await shop.refusal(name, saying_yes(app, ticket.ticket), **given)
        assert said in ("no_such_ticket", "not_confirmable"), (name, given)
    assert await shop.sales() == []
    same = saying_yes(app, shown.ticket)
    assert await shop.refusal("reserve_book", same, id=1, note="for Asha") == "done"
    assert await shop.refusal("reserve_book", same, id=1, note="for Asha") == "ticket_used"
    assert len(await shop.sales()) == 1


async def test_arguments_are_taken_from_the_ticket_and_never_from_whoever_confirms(shop: Shop) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=1)
    for more in (
        {"id": 2},
        {"arguments": {"id": 2}},
        {"tool": "note_book"},
        {"decides": True},
        {"confirm": True},
    ):
        assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket, **more) == "invalid"
    assert await shop.sales() == []


@pytest.mark.parametrize(
    "tampered",
    ["arguments = '{\"id\": 2}'", 'arguments = \'{"id": 1, "note": null}\'', "tool = 'note_book'"],
)
async def test_a_ticket_whose_row_was_tampered_with_is_void(shop: Shop, tampered: str) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=1)
    await shop.change(f"update tickets set {tampered}")
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "ticket_void"
    assert await shop.sales() == []


async def test_a_role_that_was_taken_away_meanwhile_refuses(shop: Shop) -> None:
    person = await shop.person(role="staff")
    app = await shop.app(person, role="staff")
    shown = await shop.preview("remove_book", app, id=1)
    demoted = replace(app, viewer=replace(app.viewer, role="member"))
    said = await shop.refusal("confirm_action", demoted, ticket=shown.ticket, nonce=shown.nonce)
    assert said == "forbidden"
    assert await shop.refusal("confirm_action", own(person, "member"), ticket=shown.ticket) == "forbidden"
    assert await shop.sales() == []


@KINDS
async def test_a_scope_that_was_taken_away_meanwhile_refuses(shop: Shop, name: str) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview(name, app, id=1)
    for by, nonce in ((own(person), None), (app, shown.nonce)):
        narrowed = replace(by, viewer=replace(by.viewer, scopes=frozenset({"mcp:read", "mcp:write"})))
        said = await shop.refusal("confirm_action", narrowed, ticket=shown.ticket, nonce=nonce)
        assert said == ("not_confirmable" if by is app and name == "buy_book" else "insufficient_scope")
    assert await shop.sales() == []


@KINDS
async def test_a_ticket_ends_with_the_sign_in_that_asked_for_it(shop: Shop, name: str) -> None:
    person = await shop.person()
    app = await shop.app(person)
    shown = await shop.preview(name, app, id=1)
    await shop.sign_out(app)
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "asker_gone"
    assert (await shop.run("action_status", own(person), ticket=shown.ticket))["state"] == "void"
    assert await shop.sales() == []


async def test_the_tickets_of_an_erased_account_are_gone(shop: Shop) -> None:
    person = await shop.person()
    shown = await shop.preview("buy_book", await shop.app(person), id=1)
    await shop.change("update people set deletes_at = now() - interval '1 second' where id = :id", id=person)
    async with shop.database.writing() as db:
        assert await personal.erase_due(db, shop.ports.clock.now(), 10) == [person]
    assert await shop.rows("select id from tickets") == []
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "no_such_ticket"
    assert await shop.sales() == []


async def test_nobody_decides_by_a_guess(shop: Shop) -> None:
    person = await shop.person()
    await shop.preview("buy_book", await shop.app(person), id=1)
    for guess in ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"):
        assert await shop.refusal("confirm_action", own(person), ticket=guess) == "no_such_ticket"
    for nonsense in ("", "1", "../1", "x" * 10_000, "' or true --"):
        assert await shop.refusal("confirm_action", own(person), ticket=nonsense) == "invalid"


async def test_a_plain_write_that_waits_in_chat_is_approved_there_and_nowhere_else(shop: Shop) -> None:
    person = await shop.person()
    app = replace(await shop.app(person), surface="agent")
    waits = await shop.dispatcher.propose(shop.dispatcher.catalog["note_book"], {"id": 1}, app)
    assert await shop.sales() == []
    assert await shop.refusal("confirm_action", app, ticket=waits.ticket) == "not_confirmable"
    assert await shop.refusal("confirm_action", replace(app, decides=True), ticket=waits.ticket) == "done"
    assert len(await shop.sales()) == 1


async def test_a_person_may_have_asked_without_an_app_between(shop: Shop) -> None:
    person = await shop.person()
    phone = Caller("rest", Viewer(person, "member", own(person).viewer.scopes, own=True))
    shown = await shop.preview("buy_book", phone, id=1)
    assert await shop.refusal("confirm_action", phone, ticket=shown.ticket) == "not_confirmable"
    assert await shop.refusal("confirm_action", own(person), ticket=shown.ticket) == "done"


async def test_a_hash_of_the_state_is_all_that_is_kept_of_it(shop: Shop) -> None:
    person = await shop.person()
    await shop.preview("buy_book", await shop.app(person), id=1)
    async with shop.database.reading(primary=True) as db:
        length = await db.scalar(text("select octet_length(state_hash) from tickets"))
    assert length == 32
