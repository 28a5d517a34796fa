"""The agenda: what a member of staff has to do, and how they did, seen by themselves and admins."""

from datetime import timedelta

import pytest

from tests.account.conftest import Clock, Join, Somebody
from tests.street import NOW, Street, slot
from tools.refusals import Forbidden
from tools.staff.profile import NotOfStaff

_VISIT = """
insert into visits (person_id, property_id, host_id, starts, ends, status, awaits)
values (:who, :home, :host, :at, :till, :status, :awaits)"""


async def visit(
    street: Street, who: Somebody, host: Somebody, hours: float, status: str = "confirmed"
) -> None:
    at, home = slot(hours), street.homes[0]
    given = {"who": who.id, "home": home, "host": host.id, "at": at, "till": at + timedelta(minutes=30)}
    awaits = "host" if status == "requested" else None
    await street.run(_VISIT, **given, status=status, awaits=awaits)


@pytest.mark.requirement("F1")
async def test_a_day_counts_what_is_to_be_done(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street
) -> None:
    await visit(street, asha, kiran, 3)
    await visit(street, ravi, kiran, 4, "requested")
    await visit(street, asha, kiran, 26)
    await visit(street, asha, kiran, -2, "completed")
    for somebody in (asha, ravi):
        await somebody.call("send_enquiry", property_id=street.homes[0], text=f"I am {somebody.id}")
    (first, _) = (await kiran.call("list_my_enquiries")).items
    await kiran.call("reply_enquiry", id=first.id, text="Good.")
    day = await kiran.call("my_day")
    assert (day.visits_today, day.visits_ahead, day.visits_to_confirm) == (2, 3, 1)
    assert (day.leads_waiting, day.leads_open, day.leads) == (1, 2, {"new": 1, "contacted": 1})
    assert day.properties == 1
    assert day.summary().startswith("Today: 2 visits, 1 to confirm, 1 enquiries to answer.")


async def test_how_somebody_did_is_counted_from_what_happened(
    asha: Somebody, ravi: Somebody, kiran: Somebody, join: Join, street: Street, clock: Clock
) -> None:
    people = [asha, ravi, await join("dev@example.com")]
    waits = [timedelta(minutes=20), timedelta(hours=3), None]
    for somebody, wait in zip(people, waits, strict=True):
        text = f"I am {somebody.id}"
        sent = await somebody.call("send_enquiry", property_id=street.homes[0], text=text)
        if wait is not None:
            clock.pass_(wait)
            await kiran.call("reply_enquiry", id=sent.enquiry_id, text=f"Hello {somebody.id}")
            stage = "won" if somebody is asha else "lost"
            await kiran.call("update_lead", id=sent.enquiry_id, stage=stage)
    await visit(street, asha, kiran, -2, "completed")
    await visit(street, asha, kiran, -4, "missed")
    did = await kiran.call("staff_statistics")
    assert did.model_dump(exclude={"id", "days"}) == {
        "leads": 3,
        "answered_within_an_hour": 0.333,
        "median_answer_minutes": 100.0,
        "won": 1,
        "lost": 1,
        "conversion": 0.5,
        "visits_shown": 1,
        "visits_missed": 1,
    }
    clock.pass_(timedelta(days=31))
    later = await kiran.call("staff_statistics")
    assert (later.leads, later.answered_within_an_hour, later.conversion) == (0, None, None)


async def test_only_admins_see_how_others_did(
    asha: Somebody, kiran: Somebody, admin: Somebody, join: Join, street: Street
) -> None:
    other = await join("other@example.com", "staff")
    assert (await admin.call("staff_statistics", id=kiran.id)).id == kiran.id
    with pytest.raises(NotOfStaff):
        await other.call("staff_statistics", id=kiran.id)
    with pytest.raises(NotOfStaff):
        await admin.call("staff_statistics", id=asha.id)
    for tool in ("my_day", "staff_statistics"):
        with pytest.raises(Forbidden):
            await asha.call(tool)


async def test_a_day_is_that_of_india(asha: Somebody, kiran: Somebody, street: Street, clock: Clock) -> None:
    """At 23:00 in India, which is the afternoon in London, tomorrow's visits are tomorrow's."""
    await visit(street, asha, kiran, 24)
    clock.shown = NOW + timedelta(hours=14, minutes=30)
    assert (await kiran.call("my_day")).visits_today == 0
    clock.pass_(timedelta(hours=1, minutes=1))
    assert (await kiran.call("my_day")).visits_today == 1
