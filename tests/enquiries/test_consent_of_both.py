"""Whatever two do in whatever order, neither is shown the other's contact before both said yes."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street
from tools.consent import Preview
from tools.dispatch import Caller
from tools.refusals import Refused

ASHA, LEELA = "+919876543210", "+919844444444"
_STEPS = st.sampled_from(["ask", "agree", "agree by app", "decline", "week", "asha", "leela"])
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_ADDED = """
insert into properties (source, source_id, purpose, kind, title, description, price, owner_id)
values ('owner', gen_random_uuid(), 'rent', 'apartment', 'A flat', '', 9000, :owner) returning id"""


class Told:
    """What should be so after what was done."""

    def __init__(self) -> None:
        self.shown = False
        self.waits = False
        self.said = 0


def own(somebody: Somebody) -> Somebody:
    return replace(somebody, viewer=replace(somebody.viewer, own=True))


async def waiting(somebody: Somebody) -> list[Preview]:
    found = (await own(somebody).call("list_waiting_actions")).items
    return [each.preview for each in found if each.preview.tool == "share_contact"]


async def step(what: str, asha: Somebody, leela: Somebody, home: int, told: Told, clock: Clock) -> Any:
    """One of the two does something, which may be refused."""
    if what == "ask":
        answer = await asha.call("reveal_contact", property_id=home)
        assert (answer.contact is not None) == told.shown
        told.waits = not told.shown
    elif what in ("agree", "agree by app", "decline"):
        (lead,) = (await leela.call("list_my_enquiries")).items
        if what == "agree by app":
            await leela.call("share_contact", id=lead.id)
        else:
            (put,) = await waiting(leela)
            tool = "confirm_action" if what == "agree" else "decline_action"
            page = Caller("rest", own(leela).viewer, decides=True)
            await leela.dispatcher.run(leela.dispatcher.catalog[tool], {"ticket": put.ticket}, page)
        told.shown, told.waits = told.shown or what != "decline", False
    elif what == "week":
        clock.pass_(timedelta(days=7))
        told.waits = False
    elif what == "asha":
        said = f"{told.said}: ring {ASHA}"
        assert (await asha.call("send_enquiry", property_id=home, text=said)).masked == (not told.shown)
        told.said += 1
    else:
        (lead,) = (await leela.call("list_my_enquiries")).items
        said = f"{told.said}: ring {LEELA}"
        assert (await leela.call("reply_enquiry", id=lead.id, text=said)).masked == (not told.shown)
        told.said += 1


async def agrees(told: Told, asha: Somebody, leela: Somebody) -> None:
    """What both see is what should be so."""
    for somebody in (asha, leela):
        for lead in (await somebody.call("list_my_enquiries")).items:
            assert (lead.contact == "shown", lead.contact == "asked") == (told.shown, told.waits)
            thread = await somebody.call("read_enquiry", id=lead.id)
            assert len(thread.messages) == told.said
        known = (await somebody.call("list_contacts")).items
        assert bool(known) == told.shown


@given(steps=st.lists(_STEPS, min_size=2, max_size=8))
@example(steps=["ask", "agree", "asha", "leela"])
@example(steps=["asha", "ask", "decline", "ask", "agree by app", "leela"])
@example(steps=["ask", "week", "agree", "ask", "agree", "ask"])
@settings(max_examples=8, deadline=None, suppress_health_check=_SLOW)
async def test_contacts_are_shown_once_both_said_yes_and_not_before(
    join: Join, street: Street, clock: Clock, steps: list[str]
) -> None:
    await street.run("truncate tickets, enquiries, reveals, people cascade")
    asha, leela, told = await join(ASHA), await join(LEELA), Told()
    async with street.database.writing() as db:
        home = await db.scalar(text(_ADDED), {"owner": leela.id})
    assert home is not None
    for what in steps:
        with suppress(Refused, ValueError):
            await step(what, asha, leela, home, told, clock)
        await agrees(told, asha, leela)


async def test_the_word_of_another_owner_is_another_thing_to_hear_of(
    asha: Somebody, join: Join, street: Street, clock: Clock
) -> None:
    owners = [await join(contact) for contact in (LEELA, "+919855555555")]
    async with street.database.writing() as db:
        home = await db.scalar(text(_ADDED), {"owner": owners[0].id})
    assert home is not None
    for owner in owners:
        await street.set(home, owner_id=owner.id)
        for what in ("ask", "agree"):
            await step(what, asha, owner, home, Told(), clock)
    told = "select count(*) from pgqueuer where convert_from(payload, 'UTF8') like '%contact_agreed%'"
    assert await street.ask(told) == [2]
