"""Handing on: an enquiry outlives whoever answered it, without their words and their name."""

from datetime import timedelta
from typing import Any

import pytest

from servers.jobs import operator
from tests.account.conftest import Clock, Join, Somebody
from tests.enquiries.test_writing import begun, only
from tests.street import Street
from tools.account.leaving import GRACE
from tools.enquiries.blocking import NobodyThere
from tools.enquiries.sides import NoSuchEnquiry
from tools.enquiries.writing import NobodyAnswers


@pytest.fixture
async def meera(join: Join, street: Street) -> Somebody:
    """Staff who looks after nothing yet."""
    there = await join("meera@example.com", "staff")
    await street.run("update people set name = 'Meera Das' where id = :id", id=there.id)
    return there


async def do(somebody: Somebody, job: str, **given: Any) -> Any:
    tool = somebody.dispatcher.catalog[job]
    return await somebody.dispatcher.run(tool, given, operator(tool))


async def leave(somebody: Somebody, clock: Clock) -> None:
    """Somebody is erased."""
    await somebody.call("delete_my_account")
    clock.pass_(GRACE)
    await do(somebody, "erase_due_accounts")


async def told(street: Street, whom: Somebody) -> list[Any]:
    """How many enquiries somebody is told that they have been given, each time."""
    payload = "convert_from(payload, 'utf8')::jsonb"
    return await street.ask(
        f"select ({payload} -> 'about' ->> 'enquiries')::int from pgqueuer "
        f"where {payload} ->> 'type' = 'enquiries_given' and ({payload} ->> 'person_id')::bigint = :id",
        id=whom.id,
    )


async def test_of_whoever_is_erased_no_word_and_no_name_stays_and_whoever_asked_keeps_the_rest(
    asha: Somebody, kiran: Somebody, clock: Clock, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await kiran.call("reply_enquiry", id=enquiry, text="Very. I am Kiran.")
    await asha.call("reveal_contact", property_id=street.homes[0])
    await leave(kiran, clock)
    thread = await asha.call("read_enquiry", id=enquiry)
    assert [(each.by, each.text) for each in thread.messages] == [("you", "Is it quiet?"), ("them", "")]
    assert (thread.enquiry.name, thread.enquiry.contact, thread.enquiry.waits_for) == (None, "hidden", "you")
    assert "Kiran" not in thread.model_dump_json() + thread.summary()
    with pytest.raises(NobodyAnswers):
        await asha.call("reply_enquiry", id=enquiry, text="And bright?")
    with pytest.raises(NobodyThere):
        await asha.call("block_person", id=enquiry)


async def test_it_goes_to_whoever_looks_after_the_property_next_who_is_told_once(
    asha: Somebody, ravi: Somebody, kiran: Somebody, meera: Somebody, clock: Clock, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await kiran.call("reply_enquiry", id=enquiry, text="Very.")
    lost = await ravi.call("send_enquiry", property_id=street.homes[0], text="And bright?")
    await kiran.call("update_lead", id=lost.enquiry_id, stage="lost")
    await leave(kiran, clock)
    assert (await do(meera, "tend_enquiries")).done == 0
    await street.give(street.homes[0], meera)
    assert [(await do(meera, "tend_enquiries")).done for _ in range(2)] == [1, 0]
    assert await told(street, meera) == [1]
    thread = await meera.call("read_enquiry", id=enquiry)
    assert [(each.by, each.text) for each in thread.messages] == [("them", "Is it quiet?"), ("before", "")]
    assert thread.enquiry.waits_for == "them"
    await meera.call("reply_enquiry", id=enquiry, text="I look after it now.")
    assert (await only(asha)).name == "Meera Das"
    assert (await asha.call("read_enquiry", id=enquiry)).messages[-1].text == "I look after it now."
    with pytest.raises(NoSuchEnquiry):
        await meera.call("read_enquiry", id=lost.enquiry_id)


async def test_it_goes_on_at_once_where_whoever_answered_is_leaving_or_no_longer_staff(
    asha: Somebody, kiran: Somebody, meera: Somebody, street: Street
) -> None:
    await street.give(street.homes[0], meera)
    for gone in ("role = 'member'", "role = 'staff', deletes_at = now() + interval '1 day'"):
        await begun(asha, street)
        await street.run(f"update people set {gone} where id = :id", id=kiran.id)
        assert (await do(meera, "tend_enquiries")).done == 1
        assert [each.name for each in (await asha.call("list_my_enquiries")).items] == ["Meera Das"]
        await street.run("delete from enquiries")
        await street.run("update people set role = 'staff', deletes_at = null where id = :id", id=kiran.id)


async def test_an_owner_who_is_leaving_answers_until_then_where_nobody_else_could(
    asha: Somebody, ravi: Somebody, street: Street, clock: Clock
) -> None:
    await street.set(street.homes[1], owner_id=ravi.id)
    sent = await asha.call("send_enquiry", property_id=street.homes[1], text="Is it quiet?")
    await ravi.call("delete_my_account")
    clock.pass_(timedelta(days=1))
    assert (await do(ravi, "tend_enquiries")).done == 0
    await ravi.call("reply_enquiry", id=sent.enquiry_id, text="Very.")


async def test_it_is_not_given_to_somebody_whom_whoever_asked_has_blocked(
    asha: Somebody, kiran: Somebody, meera: Somebody, clock: Clock, street: Street
) -> None:
    await begun(asha, street)
    await street.give(street.homes[0], meera)
    await street.run("insert into blocks (person_id, blocked_id) values (:a, :b)", a=asha.id, b=meera.id)
    await leave(kiran, clock)
    assert (await do(meera, "tend_enquiries")).done == 0
    assert (await only(asha)).name is None
