"""Contacts: shown to both, only on the person's own word, and to nobody else."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Join, Somebody
from tests.street import NOW, Street, previewed
from tools.consent import NoSuchTicket, NotConfirmable, TicketUsed, TicketVoid
from tools.dispatch import Caller
from tools.enquiries.contact import (
    MOST_A_DAY,
    AlreadyAsked,
    NobodyLooksAfterIt,
    NotAgreed,
    NotAsked,
    NothingToShow,
    TooManyContacts,
)
from tools.enquiries.sides import NoSuchEnquiry
from tools.offers import NoSuchProperty

KIRAN, ASHA = "+919822222222", "+919876543210"


async def asked(somebody: Somebody, home: int) -> Any:
    """The contact, which the person has confirmed."""
    return await somebody.call("reveal_contact", property_id=home)


async def test_the_preview_gives_no_contact_away(asha: Somebody, kiran: Somebody, street: Street) -> None:
    shown = await previewed(asha, "reveal_contact", property_id=street.homes[0])
    assert shown.what == (
        "You are shown the phone number of whoever looks after “Flat 1” (₹1,000/month), and they are shown "
        "your name and your contact: +91 98••••••10."
    )
    assert shown.whom == "Kiran Bedi, who looks after it"
    said = shown.model_dump_json() + shown.summary()
    assert KIRAN[3:] not in said
    assert ASHA[3:] not in said
    assert await street.count("reveals") == 0


async def test_once_confirmed_both_can_reach_each_other(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    await street.run("update people set name = 'Asha Rao' where id = :id", id=asha.id)
    answer = await asked(asha, street.homes[0])
    assert (answer.name, answer.contact, answer.shown_to_them) == ("Kiran Bedi", KIRAN, ASHA)
    (known,) = (await kiran.call("list_contacts")).items
    assert (known.side, known.name, known.contact, known.title) == ("received", "Asha Rao", ASHA, "Flat 1")
    (known,) = (await asha.call("list_contacts")).items
    assert (known.side, known.name, known.contact) == ("asked", "Kiran Bedi", KIRAN)
    assert await street.ask("select property_id from reveals") == street.homes[:1]


async def test_contacts_are_seen_by_the_two_whose_they_are(
    asha: Somebody, ravi: Somebody, kiran: Somebody, admin: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[0])
    await asked(ravi, street.homes[0])
    assert (await admin.call("list_contacts")).items == []
    first = await kiran.call("list_contacts", limit=1)
    then = await kiran.call("list_contacts", limit=1, cursor=first.next_cursor)
    assert [each.contact for each in first.items + then.items] == ["ravi@example.com", ASHA]
    assert (first.has_more, then.has_more) == (True, False)


async def test_an_app_with_every_scope_cannot_confirm_it(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    shown = await previewed(asha, "reveal_contact", property_id=street.homes[0])
    tool = asha.dispatcher.catalog["confirm_action"]
    app = Caller("mcp", asha.viewer)
    for caller in (app, replace(app, decides=True), Caller("rest", replace(asha.viewer, own=True))):
        with pytest.raises(NotConfirmable):
            await asha.dispatcher.run(tool, {"ticket": shown.ticket, "nonce": "a guess"}, caller)
    assert await street.count("reveals") == 0


async def test_nobody_is_made_up_where_nobody_looks_after_it(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    with pytest.raises(NobodyLooksAfterIt):
        await previewed(asha, "reveal_contact", property_id=street.homes[1])
    with pytest.raises(NobodyLooksAfterIt):
        await previewed(kiran, "reveal_contact", property_id=street.homes[0])
    with pytest.raises(NoSuchProperty):
        await previewed(asha, "reveal_contact", property_id=999_999)
    await street.set(street.homes[0], status="archived")
    with pytest.raises(NoSuchProperty):
        await previewed(asha, "reveal_contact", property_id=street.homes[0])


@pytest.mark.parametrize(
    "gone",
    [
        "deletes_at = now()",
        "role = 'member'",
        "phone = null",
        "phone = null, name = null, role = 'member', erased_at = now()",
    ],
)
async def test_whoever_cannot_be_reached_any_more_is_passed_over(
    asha: Somebody, kiran: Somebody, street: Street, join: Join, gone: str
) -> None:
    leela = await join("leela@example.com", "staff")
    await street.give(street.homes[0], leela)
    await street.run(f"update people set {gone} where id = :id", id=kiran.id)
    answer = await asked(asha, street.homes[0])
    assert (answer.name, answer.contact) == (None, "leela@example.com")


@pytest.mark.parametrize("what", ["price", "staff", "phone", "own"])
async def test_what_changed_since_it_was_shown_voids_it(
    asha: Somebody, kiran: Somebody, street: Street, join: Join, what: str
) -> None:
    shown = await previewed(asha, "reveal_contact", property_id=street.homes[0])
    if what == "price":
        await street.set(street.homes[0], price=7_777)
    elif what == "staff":
        await street.run("delete from portfolios")
        await street.give(street.homes[0], await join("leela@example.com", "staff"))
    else:
        whose = kiran if what == "phone" else asha
        await street.run("update people set phone = '+919833333333' where id = :id", id=whose.id)
    with pytest.raises(TicketVoid):
        await asha.confirm(shown)
    assert await street.count("reveals") == 0


async def test_a_hundred_confirmations_show_it_once(asha: Somebody, kiran: Somebody, street: Street) -> None:
    shown = await previewed(asha, "reveal_contact", property_id=street.homes[0])
    came = await asyncio.gather(*(asha.confirm(shown) for _ in range(100)), return_exceptions=True)
    assert len([each for each in came if not isinstance(each, BaseException)]) == 1
    assert await street.count("reveals") == 1


async def test_every_time_leaves_a_row(asha: Somebody, kiran: Somebody, street: Street) -> None:
    for _ in range(2):
        await asked(asha, street.homes[0])
    assert await street.count("reveals") == 2


async def test_the_record_of_it_holds_no_contact_and_no_name(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[0])
    (row,) = await street.ask("select to_jsonb(a)::text from activities a where tool = 'reveal_contact'")
    assert [secret for secret in (KIRAN[3:], ASHA[3:], "Kiran") if secret in row] == []
    assert f'"property_id": {street.homes[0]}' in row


async def test_whoever_has_nothing_to_show_is_shown_nothing(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    await street.run("update people set phone = null where id = :id", id=asha.id)
    with pytest.raises(NothingToShow):
        await previewed(asha, "reveal_contact", property_id=street.homes[0])


async def test_nobody_collects_contacts(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    shown = "insert into reveals (person_id, property_id, staff_id, at) "
    shown += "select :person, :home, :staff, :at from generate_series(1, :times)"
    at, times = NOW - timedelta(hours=23), MOST_A_DAY - 1
    await street.run(shown, person=asha.id, home=street.homes[0], staff=kiran.id, at=at, times=times)
    await asked(asha, street.homes[0])
    await street.run("update reveals set at = :at", at=at)
    with pytest.raises(TooManyContacts) as refused:
        await previewed(asha, "reveal_contact", property_id=street.homes[0])
    assert refused.value.retry_after == 3600
    clock.pass_(timedelta(hours=1))
    assert await asked(asha, street.homes[0])


async def test_peoples_contacts_are_not_read_to_the_assistants_of_staff(kiran: Somebody) -> None:
    assert kiran.dispatcher.catalog["list_contacts"].surfaces == {"rest", "cli"}


async def test_somebody_erased_is_among_nobodys_contacts(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    await asked(asha, street.homes[0])
    await asha.call("shortlist_property", property_id=street.homes[0])
    clock.pass_(timedelta(minutes=1))
    await street.run("update people set deletes_at = :at where id = :id", at=NOW, id=asha.id)
    job = kiran.dispatcher.catalog["erase_due_accounts"]
    viewer = replace(kiran.viewer, role="admin")
    await kiran.dispatcher.run(job, {}, Caller("cli", viewer))
    assert (await kiran.call("list_contacts")).items == []
    assert (await street.count("reveals"), await street.count("shortlists")) == (0, 0)


@pytest.fixture
async def leela(join: Join, street: Street) -> Somebody:
    """A member, who offers the second home."""
    there = await join("leela@example.com")
    await street.run("update people set name = 'Leela Nair' where id = :id", id=there.id)
    await street.set(street.homes[1], owner_id=there.id)
    return there


async def waiting(somebody: Somebody) -> Any:
    """The one thing that waits for somebody, as they see it on our own page."""
    own = replace(somebody, viewer=replace(somebody.viewer, own=True))
    (found,) = (await own.call("list_waiting_actions")).items
    return found.preview


async def test_an_owner_is_asked_first_and_nothing_is_shown_before(
    asha: Somebody, leela: Somebody, street: Street
) -> None:
    shown = await previewed(asha, "reveal_contact", property_id=street.homes[1])
    assert shown.what.startswith("The owner of “Flat 2” (₹2,000/month) is asked")
    assert shown.whom == "Leela, the owner"
    answer = await asha.confirm(shown)
    assert (answer.status, answer.name, answer.contact, answer.shown_to_them) == (
        "asked",
        "Leela",
        None,
        None,
    )
    assert await street.count("reveals") == 0
    assert (await asha.call("list_contacts")).items == []
    with pytest.raises(AlreadyAsked):
        await previewed(asha, "reveal_contact", property_id=street.homes[1])


async def test_once_the_owner_agrees_on_our_page_both_can_reach_each_other(
    asha: Somebody, leela: Somebody, street: Street
) -> None:
    await street.run("update people set name = 'Asha Rao' where id = :id", id=asha.id)
    await asked(asha, street.homes[1])
    put = await waiting(leela)
    assert (put.tool, put.whom) == ("share_contact", "Asha")
    assert ASHA[3:] not in put.model_dump_json()
    answer = await leela.confirm(put)
    assert (answer.name, answer.contact, answer.shown_to_them) == ("Asha Rao", ASHA, "leela@example.com")
    (known,) = (await asha.call("list_contacts")).items
    assert (known.name, known.contact) == ("Leela Nair", "leela@example.com")
    again = await asked(asha, street.homes[1])
    assert (again.status, again.contact) == ("shown", "leela@example.com")


async def test_apps_of_the_owner_do_not_see_what_they_are_asked_and_cannot_confirm_it(
    asha: Somebody, leela: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[1])
    put = await waiting(leela)
    assert (await leela.call("list_waiting_actions")).items == []
    tool = leela.dispatcher.catalog["confirm_action"]
    for who in (leela.viewer, asha.viewer, replace(asha.viewer, own=True)):
        with pytest.raises((NoSuchTicket, NotConfirmable)):
            await leela.dispatcher.run(tool, {"ticket": put.ticket}, Caller("rest", who, decides=True))
    assert await street.count("reveals") == 0


async def test_an_owner_can_agree_from_an_app_of_theirs_and_the_other_ticket_is_void(
    asha: Somebody, leela: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[1])
    put = await waiting(leela)
    (enquiry,) = (await leela.call("list_my_enquiries")).items
    assert enquiry.contact == "asked"
    await leela.call("share_contact", id=enquiry.id)
    with pytest.raises(TicketUsed):
        await leela.confirm(put)
    assert await street.count("reveals") == 1


async def test_an_owner_who_says_no_is_left_alone_and_can_change_their_mind(
    asha: Somebody, leela: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[1])
    own = replace(leela, viewer=replace(leela.viewer, own=True))
    await own.call("decline_action", ticket=(await waiting(leela)).ticket)
    with pytest.raises(NotAgreed):
        await previewed(asha, "reveal_contact", property_id=street.homes[1])
    (enquiry,) = (await leela.call("list_my_enquiries")).items
    assert enquiry.contact == "declined"
    await leela.call("share_contact", id=enquiry.id)
    assert await street.count("reveals") == 1


async def test_an_owner_who_does_not_decide_can_be_asked_again_after_a_week(
    asha: Somebody, leela: Somebody, street: Street, clock: Clock
) -> None:
    await asked(asha, street.homes[1])
    clock.pass_(timedelta(days=7))
    assert (await asked(asha, street.homes[1])).status == "asked"


async def test_nobody_agrees_to_what_nobody_asked_or_in_the_name_of_another(
    asha: Somebody, ravi: Somebody, leela: Somebody, street: Street
) -> None:
    sent = await asha.call("send_enquiry", property_id=street.homes[1], text="Is it quiet?")
    with pytest.raises(NotAsked):
        await previewed(leela, "share_contact", id=sent.enquiry_id)
    for somebody in (asha, ravi):
        with pytest.raises(NoSuchEnquiry):
            await previewed(somebody, "share_contact", id=sent.enquiry_id)


@pytest.mark.parametrize("changed", ["person_id", "carer_id"])
async def test_a_contact_that_changed_since_the_owner_was_asked_voids_it(
    asha: Somebody, leela: Somebody, street: Street, changed: str
) -> None:
    await asked(asha, street.homes[1])
    put = await waiting(leela)
    (whose,) = await street.ask(f"select {changed} from enquiries")
    await street.run("update people set phone = '+919833333333' where id = :id", id=whose)
    with pytest.raises(TicketVoid):
        await leela.confirm(put)
    assert await street.count("reveals") == 0


async def test_what_two_knew_of_each_other_is_hidden_from_a_third_who_takes_over(
    asha: Somebody, leela: Somebody, kiran: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[0])
    await street.run("delete from portfolios")
    await street.set(street.homes[0], owner_id=leela.id)
    assert (await asked(asha, street.homes[0])).status == "asked"
    (enquiry,) = (await asha.call("list_my_enquiries")).items
    assert (enquiry.name, enquiry.contact) == ("Leela", "asked")
