"""Listing for an owner: theirs once they agree on our page, in the hands of whoever wrote it down."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from servers.jobs import operator
from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street
from tools.consent import NoSuchTicket, NotConfirmable, TicketExpired, TicketVoid
from tools.dispatch import Caller
from tools.refusals import Forbidden
from tools.staff.owners import NothingOffered, NotYourDraft, YourOwnContact


@pytest.fixture
async def draft(kiran: Somebody, street: Street) -> int:
    """What Kiran wrote down."""
    await street.run("update properties set owner_id = :id, status = 'draft' where id = :home",
                     id=kiran.id, home=street.homes[1])  # fmt: skip
    return street.homes[1]


async def waiting(somebody: Somebody) -> Any:
    own = replace(somebody, viewer=replace(somebody.viewer, own=True))
    (found,) = (await own.call("list_waiting_actions")).items
    return found.preview


async def offer(staff: Somebody, street: Street, home: int, contact: str) -> tuple[Any, Any]:
    """Somebody is asked whether a draft is to be listed for them; the answer, and what came of the job."""
    answer = await staff.call("list_for_owner", property_id=home, contact=contact)
    (given,) = await street.ask(
        "select convert_from(payload, 'utf8') from pgqueuer where entrypoint = 'ask_owner'"
    )
    await street.run("delete from pgqueuer where entrypoint = 'ask_owner'")
    tool = staff.dispatcher.catalog["ask_owner"]
    return answer, await staff.dispatcher.run(tool, json.loads(given), operator(tool))


async def owner(street: Street, home: int) -> Any:
    (found,) = await street.ask("select owner_id from properties where id = :id", id=home)
    return found


async def test_it_is_the_owners_once_they_agree_and_whoever_wrote_it_looks_after_it(
    asha: Somebody, kiran: Somebody, draft: int, street: Street
) -> None:
    await offer(kiran, street, draft, "+91 98765 43210")
    assert await owner(street, draft) == kiran.id
    put = await waiting(asha)
    assert put.what.startswith("“Flat 2” (₹2,000/month) is listed in your name. Kiran Bedi hands it in")
    answer = await asha.confirm(put)
    assert (answer.property_id, answer.staff) == (draft, "Kiran Bedi")
    assert await owner(street, draft) == asha.id
    assert draft in [each.property_id for each in (await kiran.call("list_portfolio")).items]


async def test_whoever_says_no_or_nothing_owns_nothing(
    asha: Somebody, ravi: Somebody, kiran: Somebody, draft: int, street: Street, clock: Clock
) -> None:
    for somebody, contact in ((asha, "+919876543210"), (ravi, "ravi@example.com")):
        await offer(kiran, street, draft, contact)
        put = await waiting(somebody)
        if somebody is asha:
            own = replace(asha, viewer=replace(asha.viewer, own=True))
            await own.call("decline_action", ticket=put.ticket)
            with pytest.raises(NothingOffered):
                await asha.call("accept_listing", property_id=draft)
        else:
            clock.pass_(timedelta(days=7))
            with pytest.raises(TicketExpired):
                await ravi.confirm(put)
    assert await owner(street, draft) == kiran.id


async def test_nobody_else_agrees_and_no_app_of_the_owner_does(
    asha: Somebody, ravi: Somebody, kiran: Somebody, draft: int, street: Street
) -> None:
    await offer(kiran, street, draft, "+919876543210")
    put = await waiting(asha)
    tool = asha.dispatcher.catalog["confirm_action"]
    for viewer in (asha.viewer, replace(kiran.viewer, own=True), replace(ravi.viewer, own=True)):
        with pytest.raises((NoSuchTicket, NotConfirmable)):
            await asha.dispatcher.run(tool, {"ticket": put.ticket}, Caller("rest", viewer, decides=True))
    for somebody in (ravi, kiran):
        with pytest.raises(NothingOffered):
            await somebody.call("accept_listing", property_id=draft)
    assert await owner(street, draft) == kiran.id


@pytest.mark.parametrize("changed", ["price = 9", "description = 'Other'", "status = 'archived'"])
async def test_what_was_written_down_otherwise_since_is_not_agreed_to(
    asha: Somebody, kiran: Somebody, draft: int, street: Street, changed: str
) -> None:
    await offer(kiran, street, draft, "+919876543210")
    put = await waiting(asha)
    await street.run(f"update properties set {changed} where id = :id", id=draft)
    with pytest.raises((TicketVoid, NothingOffered)):
        await asha.confirm(put)
    assert await owner(street, draft) == kiran.id


async def test_only_drafts_of_ones_own_are_offered_and_only_to_who_is_here(
    asha: Somebody, kiran: Somebody, draft: int, street: Street, join: Join
) -> None:
    other = await join("other@example.com", "staff")
    with pytest.raises(NotYourDraft):
        await other.call("list_for_owner", property_id=draft, contact="+919876543210")
    with pytest.raises(NotYourDraft):
        await kiran.call("list_for_owner", property_id=street.homes[0], contact="+919876543210")
    with pytest.raises(YourOwnContact):
        await kiran.call("list_for_owner", property_id=draft, contact="+919822222222")
    with pytest.raises(Forbidden):
        await asha.call("list_for_owner", property_id=draft, contact="ravi@example.com")


async def test_who_has_an_account_shows_in_no_answer_and_in_no_record(
    asha: Somebody, ravi: Somebody, kiran: Somebody, draft: int, street: Street
) -> None:
    await ravi.call("delete_my_account")
    answers, done = list[Any](), list[bool]()
    for contact in ("+919876543210", "nobody@example.com", "ravi@example.com"):
        answer, came = await offer(kiran, street, draft, contact)
        answers.append(answer)
        done.append(came.ticket is not None)
    assert done == [True, False, False]
    assert answers[0] == answers[1] == answers[2]
    told = (await kiran.call("my_activity")).items
    for each in told:
        assert (each.tool, each.whose_id, each.touched) == ("list_for_owner", None, told[0].touched)
    assert len(told) == 3
