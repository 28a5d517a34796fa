"""Enquiries: passed on between two who do not know how to reach each other, and to nobody else."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street, previewed, slot
from tools.enquiries.leads import ListMyEnquiries
from tools.enquiries.sides import Blocked, NoSuchEnquiry
from tools.enquiries.writing import (
    MOST_AN_HOUR,
    MOST_BEGUN_A_DAY,
    NobodyAnswers,
    SameAgain,
    TooManyMessages,
    WaitForAnswer,
)
from tools.offers import NoSuchProperty
from tools.refusals import Contradiction, Invalid


async def begun(asha: Somebody, street: Street, text: str = "Is it quiet?") -> int:
    """An enquiry about the first home."""
    return (await asha.call("send_enquiry", property_id=street.homes[0], text=text)).enquiry_id


async def only(somebody: Somebody, **given: Any) -> Any:
    """Somebody's one enquiry."""
    (found,) = (await somebody.call("list_my_enquiries", **given)).items
    return found


@pytest.mark.requirement("F1")
async def test_what_is_asked_and_answered_reaches_the_other_without_their_contacts(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    await street.run("update people set name = 'Asha Rao' where id = :id", id=asha.id)
    enquiry = await begun(asha, street, "Is it quiet? My number is 98765 43210.")
    await kiran.call("reply_enquiry", id=enquiry, text="Very. When would you see it?")
    for somebody, theirs, side in ((asha, "Kiran Bedi", "asked"), (kiran, "Asha", "received")):
        thread = await somebody.call("read_enquiry", id=enquiry)
        assert (thread.enquiry.name, thread.enquiry.side, thread.enquiry.contact) == (theirs, side, "hidden")
        assert [each.text for each in thread.messages] == [
            "Is it quiet? My number is •••.",
            "Very. When would you see it?",
        ]
        said = thread.model_dump_json() + thread.summary()
        assert [secret for secret in ("9876543210", "9822222222", "Rao") if secret in said] == []
    assert await street.ask("select text from enquiry_messages where text like '%98765%'") == []


async def test_whoever_answers_next_is_not_told_what_was_said_freely_to_the_one_before(
    asha: Somebody, kiran: Somebody, street: Street, join: Join
) -> None:
    enquiry = await begun(asha, street)
    await asha.call("reveal_contact", property_id=street.homes[0])
    await asha.call("reply_enquiry", id=enquiry, text="Ring 98765 43210.")
    assert (await kiran.call("read_enquiry", id=enquiry)).messages[-1].text == "Ring 98765 43210."
    meera = await join("+919833333333", "staff")
    moved = "update enquiries set carer_id = :to, shared_at = null"
    await street.run(moved, to=meera.id)
    last = (await meera.call("read_enquiry", id=enquiry)).messages[-1]
    assert (last.text, last.masked) == ("Ring •••.", True)


async def test_the_preview_says_what_is_passed_on_and_to_whom(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    shown = await previewed(asha, "send_enquiry", property_id=street.homes[0], text="Mail me: a@b.com")
    assert shown.what == (
        "Your message about “Flat 1” (₹1,000/month) is passed on, without your phone and e-mail. What tells "
        "how to reach you is hidden in it."
    )
    assert shown.whom == "Kiran Bedi, who looks after it"
    assert await street.count("enquiries") == 0


async def test_once_contacts_were_shown_nothing_is_hidden_any_more(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await asha.call("reveal_contact", property_id=street.homes[0])
    sent = await kiran.call("reply_enquiry", id=enquiry, text="Ring the gate: 98111 11111")
    assert (sent.text, sent.masked) == ("Ring the gate: 98111 11111", False)


async def test_both_are_told_and_what_they_are_told_quotes_nobody(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await kiran.call("reply_enquiry", id=enquiry, text="Very quiet.")
    told = "select convert_from(payload, 'utf8') from pgqueuer where entrypoint = 'send_notification' "
    told += "order by id"
    first, second = await street.ask(told)
    assert f'"person_id":{kiran.id}' in first
    assert f'"person_id":{asha.id}' in second
    assert "quiet" not in first + second


async def test_a_person_has_one_enquiry_about_a_property(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    first = await begun(asha, street)
    assert await begun(asha, street, "And at night?") == first
    assert len((await asha.call("read_enquiry", id=first)).messages) == 2


async def test_to_others_it_does_not_exist(
    asha: Somebody, ravi: Somebody, kiran: Somebody, admin: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    calls = {
        "read_enquiry": {},
        "reply_enquiry": {"text": "Hello"},
        "update_lead": {"stage": "won"},
        "block_person": {},
    }
    for somebody in (ravi, admin):
        for tool, more in calls.items():
            with pytest.raises(NoSuchEnquiry):
                await somebody.call(tool, id=enquiry, **more)
    with pytest.raises(NoSuchEnquiry):
        await asha.call("update_lead", id=enquiry, stage="won")


async def test_nobody_writes_where_nobody_answers(asha: Somebody, kiran: Somebody, street: Street) -> None:
    with pytest.raises(NobodyAnswers):
        await asha.call("send_enquiry", property_id=street.homes[1], text="Hello?")
    with pytest.raises(NobodyAnswers):
        await kiran.call("send_enquiry", property_id=street.homes[0], text="Hello, me?")
    with pytest.raises(NoSuchProperty):
        await asha.call("send_enquiry", property_id=999_999, text="Hello?")
    for text in ("", "   ", "x" * 1001):
        with pytest.raises(Invalid):
            await asha.call("send_enquiry", property_id=street.homes[0], text=text)


async def test_whoever_gets_no_answer_waits(asha: Somebody, kiran: Somebody, street: Street) -> None:
    enquiry = await begun(asha, street)
    for n in range(2):
        await asha.call("reply_enquiry", id=enquiry, text=f"Hello {n}?")
    with pytest.raises(WaitForAnswer):
        await asha.call("reply_enquiry", id=enquiry, text="HELLO?")
    with pytest.raises(WaitForAnswer):
        await begun(asha, street, "Hello again?")
    await kiran.call("reply_enquiry", id=enquiry, text="Here I am.")
    await asha.call("reply_enquiry", id=enquiry, text="There you are.")


async def test_of_many_messages_at_once_no_more_pass_than_may(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    texts = [asha.call("reply_enquiry", id=enquiry, text=f"Hello {n}?") for n in range(10)]
    came = await asyncio.gather(*texts, return_exceptions=True)
    assert len([each for each in came if not isinstance(each, BaseException)]) == 2
    assert await street.count("enquiry_messages") == 3


async def test_the_same_is_not_said_to_the_whole_street(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    for home in street.homes[1:]:
        await street.give(home, kiran)
    for home in street.homes[:3]:
        await asha.call("send_enquiry", property_id=home, text="Buy my lamps!")
    with pytest.raises(SameAgain):
        await asha.call("send_enquiry", property_id=street.homes[3], text="Buy my lamps!")
    await asha.call("send_enquiry", property_id=street.homes[3], text="Is there a lamp?")
    clock.pass_(timedelta(days=1, seconds=1))
    await asha.call("send_enquiry", property_id=street.homes[4], text="Buy my lamps!")


async def test_nobody_writes_like_a_machine(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    enquiry = await begun(asha, street)
    said = "insert into enquiry_messages (enquiry_id, by_id, text, masked, at) "
    said += "select :enquiry, :by, 'no. ' || n, false, :at from generate_series(1, :times) n"
    await street.run(said, enquiry=enquiry, by=asha.id, at=clock.now(), times=MOST_AN_HOUR - 1)
    await kiran.call("reply_enquiry", id=enquiry, text="Here I am.")
    with pytest.raises(TooManyMessages) as refused:
        await asha.call("reply_enquiry", id=enquiry, text="One more")
    assert refused.value.retry_after == 3600
    clock.pass_(timedelta(hours=1))
    await asha.call("reply_enquiry", id=enquiry, text="One more")


async def test_nobody_begins_with_everybody(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    homes = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    homes += "select 'many', n, 'rent', 'apartment', 'Home', '', 1 from generate_series(1, :n) n"
    await street.run(homes, n=MOST_BEGUN_A_DAY)
    opened = "insert into enquiries (property_id, person_id, carer_id, opened_at, last_at) "
    opened += "select id, :who, :carer, :at, :at from properties where source = 'many'"
    await street.run(opened, who=asha.id, carer=kiran.id, at=clock.now())
    with pytest.raises(TooManyMessages):
        await begun(asha, street)
    clock.pass_(timedelta(days=1))
    assert await begun(asha, street)


async def test_whoever_is_blocked_reaches_that_person_about_no_property(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await street.give(street.homes[1], kiran)
    await kiran.call("block_person", id=enquiry)
    for tool, given in (
        ("reply_enquiry", {"id": enquiry, "text": "Hello?"}),
        ("send_enquiry", {"property_id": street.homes[1], "text": "Hello?"}),
        ("reveal_contact", {"property_id": street.homes[0]}),
    ):
        with pytest.raises(Blocked):
            await asha.call(tool, **given)
    assert (await only(kiran)).blocked
    assert not (await only(asha)).blocked
    await kiran.call("unblock_person", id=enquiry)
    await asha.call("reply_enquiry", id=enquiry, text="Thank you.")


async def test_owners_see_how_far_the_leads_of_their_property_have_come_and_not_what_was_said(
    asha: Somebody, kiran: Somebody, street: Street, join: Join
) -> None:
    leela = await join("leela@example.com")
    await street.set(street.homes[0], owner_id=leela.id)
    enquiry = await begun(asha, street)
    await kiran.call("update_lead", id=enquiry, stage="negotiating")
    seen = await only(leela, side="received")
    assert (seen.stage, seen.waits_for, seen.contact) == ("negotiating", None, "hidden")
    with pytest.raises(NoSuchEnquiry):
        await leela.call("read_enquiry", id=enquiry)


async def test_a_lead_goes_from_new_to_its_end_and_back(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    assert ((await only(kiran)).stage, (await only(asha)).stage) == ("new", None)
    assert (await kiran.call("count_leads")).model_dump(exclude_defaults=True)["waiting"] == 1
    await kiran.call("reply_enquiry", id=enquiry, text="Very quiet.")
    assert (await only(kiran)).stage == "contacted"
    await kiran.call("update_lead", id=enquiry, stage="won", note="Deposit on Friday.")
    (ended,) = await street.ask("select ended_at from enquiries")
    assert ended is not None
    (activity,) = [each for each in (await kiran.call("my_activity")).items if each.tool == "update_lead"]
    await kiran.call("undo_action", id=activity.id)
    assert (await only(kiran)).stage == "contacted"
    assert await street.ask("select ended_at from enquiries") == [None]
    counts = await kiran.call("count_leads")
    assert (counts.contacted, counts.won, counts.waiting) == (1, 0, 0)
    with pytest.raises(Contradiction):
        await kiran.call("update_lead", id=enquiry)


async def test_a_visit_takes_a_lead_as_far_as_that(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry = await begun(asha, street)
    await asha.call("request_visit", property_id=street.homes[0], starts=slot(24))
    assert (await only(kiran)).stage == "visiting"
    await kiran.call("reply_enquiry", id=enquiry, text="See you there.")
    assert (await only(kiran)).stage == "visiting"
    await begun(ravi, street, "And me?")
    assert {each.stage for each in (await kiran.call("list_my_enquiries")).items} == {"visiting", "new"}


async def test_notes_are_for_whoever_wrote_them(asha: Somebody, kiran: Somebody, street: Street) -> None:
    enquiry = await begun(asha, street)
    await kiran.call("update_lead", id=enquiry, note="Wants a lift.")
    (note,) = (await kiran.call("read_enquiry", id=enquiry)).notes
    assert note.text == "Wants a lift."
    assert (await asha.call("read_enquiry", id=enquiry)).notes == []
    (row,) = await street.ask("select to_jsonb(a)::text from activities a where tool = 'update_lead'")
    assert "lift" not in row


async def test_the_list_comes_in_pages_by_side_and_stage(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    made: list[int] = []
    for somebody in (asha, ravi):
        clock.pass_(timedelta(minutes=1))
        made.append(await begun(somebody, street, f"I am {somebody.id}"))
    await kiran.call("update_lead", id=made[0], stage="visiting")
    first = await kiran.call("list_my_enquiries", limit=1)
    then = await kiran.call("list_my_enquiries", limit=1, cursor=first.next_cursor)
    assert [each.id for each in first.items + then.items] == made[::-1]
    assert (first.has_more, then.has_more) == (True, False)
    assert (await only(kiran, stage="visiting")).id == made[0]
    assert (await kiran.call("list_my_enquiries", side="asked")).items == []
    assert (await only(asha)).waits_for == "them"
    assert set(ListMyEnquiries.model_fields) == {"side", "stage", "limit", "cursor"}


async def test_a_long_thread_is_read_back_to_front(asha: Somebody, kiran: Somebody, street: Street) -> None:
    enquiry = await begun(asha, street, "1")
    for n in range(2, 8):
        await (kiran if n % 2 == 0 else asha).call("reply_enquiry", id=enquiry, text=str(n))
    latest = await asha.call("read_enquiry", id=enquiry, limit=3)
    assert [each.text for each in latest.messages] == ["5", "6", "7"]
    before = await asha.call("read_enquiry", id=enquiry, limit=4, before=latest.messages[0].id)
    assert [each.text for each in before.messages] == ["1", "2", "3", "4"]
    assert (latest.earlier, before.earlier) == (True, False)


async def test_whoever_takes_over_a_property_answers_what_is_asked_next(
    asha: Somebody, kiran: Somebody, street: Street, join: Join
) -> None:
    enquiry = await begun(asha, street)
    meera = await join("meera@example.com", "staff")
    await street.run("delete from portfolios")
    await street.give(street.homes[0], meera)
    assert await begun(asha, street, "Who are you?") == enquiry
    assert (await only(meera)).id == enquiry
    with pytest.raises(NoSuchEnquiry):
        await kiran.call("read_enquiry", id=enquiry)


async def test_whoever_is_no_longer_staff_reads_and_answers_nothing_more(
    asha: Somebody, kiran: Somebody, admin: Somebody, street: Street, join: Join
) -> None:
    enquiry = await begun(asha, street)
    await admin.call("grant_role", id=kiran.id, role="member")
    former = kiran.as_("member")
    assert (await former.call("list_my_enquiries")).items == []
    assert (await former.call("count_leads")).waiting == 0
    for tool, given in (("read_enquiry", {}), ("reply_enquiry", {"text": "Hello"})):
        with pytest.raises(NoSuchEnquiry):
            await former.call(tool, id=enquiry, **given)
    with pytest.raises(NobodyAnswers):
        await asha.call("reply_enquiry", id=enquiry, text="Are you there?")
    meera = await join("meera@example.com", "staff")
    await street.give(street.homes[0], meera)
    await asha.call("reply_enquiry", id=enquiry, text="Is anybody there?")
    assert len((await meera.call("read_enquiry", id=enquiry)).messages) == 2
