"""Reassigning: all that somebody looked after is another's, in rounds that lose nothing."""

from typing import Any

import pytest

from servers.jobs import operator
from tests.account.conftest import Join, Somebody
from tests.street import Street, previewed
from tools.consent import TicketVoid
from tools.refusals import Contradiction, Forbidden
from tools.staff.profile import NotOfStaff
from tools.staff.reassigning import NothingToHandOn


@pytest.fixture
async def meera(join: Join, street: Street) -> Somebody:
    there = await join("meera@example.com", "staff")
    await street.run("update people set name = 'Meera Das' where id = :id", id=there.id)
    return there


async def moved(somebody: Somebody, **given: Any) -> Any:
    """One round of the job."""
    tool = somebody.dispatcher.catalog["move_portfolio"]
    return await somebody.dispatcher.run(tool, given, operator(tool))


async def test_an_admin_confirms_and_every_property_goes_over_with_its_open_leads(
    asha: Somebody, ravi: Somebody, kiran: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    for home in street.homes[1:]:
        await street.give(home, kiran)
    await street.give(street.homes[5], meera)
    sent = await asha.call("send_enquiry", property_id=street.homes[0], text="Is it quiet?")
    over = await ravi.call("send_enquiry", property_id=street.homes[0], text="And bright?")
    await kiran.call("update_lead", id=over.enquiry_id, stage="lost")
    await asha.call("reveal_contact", property_id=street.homes[0])
    ids = {"from_id": kiran.id, "to_id": meera.id}
    shown = await previewed(admin, "reassign_portfolio", **ids)
    assert shown.what.startswith("Meera Das looks after the 6 properties of Kiran Bedi from now on")
    answer = await admin.confirm(shown)
    assert answer.properties == 6
    rounds = [await moved(admin, **ids, limit=4) for _ in range(2)]
    assert [(each.done, each.remaining) for each in rounds] == [(4, 2), (2, 0)]
    assert (await moved(admin, **ids)).done == 0
    portfolio = (await meera.call("list_portfolio")).items
    assert [each.property_id for each in portfolio] == street.homes
    assert (await kiran.call("list_portfolio")).items == []
    thread = await meera.call("read_enquiry", id=sent.enquiry_id)
    assert (thread.enquiry.contact, [each.by for each in thread.messages]) == ("hidden", ["them"])
    assert [each.id for each in (await kiran.call("list_my_enquiries")).items] == [over.enquiry_id]


async def test_what_changed_since_it_was_shown_voids_it(
    kiran: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    shown = await previewed(admin, "reassign_portfolio", from_id=kiran.id, to_id=meera.id)
    await street.give(street.homes[1], kiran)
    with pytest.raises(TicketVoid):
        await admin.confirm(shown)


async def test_it_goes_to_staff_only_and_only_admins_do_it(
    asha: Somebody, kiran: Somebody, meera: Somebody, admin: Somebody
) -> None:
    for from_id, to_id, refusal in (
        (kiran.id, asha.id, NotOfStaff),
        (kiran.id, kiran.id, Contradiction),
        (meera.id, kiran.id, NothingToHandOn),
    ):
        with pytest.raises(refusal):
            await previewed(admin, "reassign_portfolio", from_id=from_id, to_id=to_id)
    with pytest.raises(Forbidden):
        await previewed(meera, "reassign_portfolio", from_id=kiran.id, to_id=meera.id)


async def test_whoever_is_a_member_by_then_is_given_nothing(
    kiran: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    await street.run("update people set role = 'member' where id = :id", id=meera.id)
    with pytest.raises(NotOfStaff):
        await moved(admin, from_id=kiran.id, to_id=meera.id)
    assert len((await kiran.call("list_portfolio")).items) == 1
