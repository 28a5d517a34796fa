"""Contacts: shown to both, only on the person's own word, and to nobody else."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Join, Somebody
from tests.street import NOW, Street, previewed
from tools.consent import NotConfirmable, TicketVoid
from tools.dispatch import Caller
from tools.enquiries.contact import MOST_A_DAY, NobodyLooksAfterIt, NothingToShow, TooManyContacts
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
    (enquiry,) = (await kiran.call("list_enquiries")).items
    assert (enquiry.name, enquiry.contact, enquiry.title) == ("Asha Rao", ASHA, "Flat 1")
    assert await street.ask("select property_id from reveals") == street.homes[:1]


async def test_enquiries_are_seen_by_those_whom_they_were_made_to(
    asha: Somebody, ravi: Somebody, kiran: Somebody, admin: Somebody, street: Street
) -> None:
    await asked(asha, street.homes[0])
    await asked(ravi, street.homes[0])
    assert (await admin.call("list_enquiries")).items == []
    first = await kiran.call("list_enquiries", limit=1)
    then = await kiran.call("list_enquiries", limit=1, cursor=first.next_cursor)
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
    assert kiran.dispatcher.catalog["list_enquiries"].surfaces == {"rest", "cli"}


async def test_somebody_erased_is_in_nobodys_enquiries(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    await asked(asha, street.homes[0])
    await asha.call("shortlist_property", property_id=street.homes[0])
    clock.pass_(timedelta(minutes=1))
    await street.run("update people set deletes_at = :at where id = :id", at=NOW, id=asha.id)
    job = kiran.dispatcher.catalog["erase_due_accounts"]
    viewer = replace(kiran.viewer, role="admin")
    await kiran.dispatcher.run(job, {}, Caller("cli", viewer))
    assert (await kiran.call("list_enquiries")).items == []
    assert (await street.count("reveals"), await street.count("shortlists")) == (0, 0)
