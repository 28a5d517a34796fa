"""Reports: what is said of content is looked at once, something comes of it, and both sides are told."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street, previewed
from tools.flags import Restricted
from tools.refusals import Forbidden, Refused
from tools.trust.moderating import (
    ForAdmins,
    NobodyToTell,
    NoSuchReport,
    NoteNeeded,
    NothingToTakeDown,
    NotYours,
)
from tools.trust.reporting import MOST_A_DAY, NothingSuch, OwnContent, SayWhat, TooManyReports

NOTE = "Please keep to what the home is."


async def told(street: Street) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """What waits to be told to whom about reports."""
    waits = "select convert_from(payload, 'utf8')::jsonb from pgqueuer where entrypoint = 'send_notification'"
    found: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for each in await street.ask(f"{waits} order by id"):
        if "report_id" in each["about"]:
            found.setdefault(each["person_id"], []).append((each["type"], each["about"]))
    return found


async def offered_by(street: Street, owner: Somebody) -> int:
    """A home that somebody offers."""
    home = street.homes[1]
    await street.set(home, owner_id=owner.id)
    return home


async def commented(street: Street, owner: Somebody, author: Somebody | None) -> int:
    """What somebody said on another's shared list."""
    added = "insert into shortlist_comments (person_id, author_id, name, text) "
    whose = {"owner": owner.id, "author": author and author.id}
    await street.run(f"{added} values (:owner, :author, 'Mummy', 'Rude.')", **whose)
    (which,) = await street.ask("select max(id) from shortlist_comments")
    return which


async def asked(asha: Somebody, street: Street) -> int:
    """An enquiry of Asha's."""
    said = await asha.call("send_enquiry", property_id=street.homes[0], text="Is it quiet?")
    return said.enquiry_id


async def report(somebody: Somebody, kind: str, which: int, **more: Any) -> Any:
    return await somebody.call("report_content", kind=kind, id=which, **{"reason": "abuse", **more})


async def test_a_comment_is_taken_down_and_both_sides_are_told_but_not_by_whom(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street
) -> None:
    said = await report(asha, "comment", await commented(street, asha, ravi), words="He is rude to me.")
    (case,) = (await meera.call("list_reports")).items
    assert (case.quoted, case.reported_id, case.said[0].words) == (
        "Mummy: Rude.",
        ravi.id,
        "He is rude to me.",
    )
    handled = await meera.call("handle_report", id=case.id, decision="take_down", note=NOTE)
    assert handled.outcome == "taken_down"
    assert await street.count("shortlist_comments") == 0
    assert (await meera.call("list_reports")).items == []
    about = {"report_id": said.id, "kind": "comment"}
    assert await told(street) == {
        asha.id: [("report_handled", {**about, "outcome": "taken_down"})],
        ravi.id: [("content_taken_down", {**about, "note": NOTE})],
    }


async def test_a_listing_that_is_taken_down_is_live_again_only_by_a_review(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street
) -> None:
    home = await offered_by(street, ravi)
    said = await report(asha, "property", home, reason="not_real")
    await meera.call("handle_report", id=said.id, decision="take_down", note=NOTE)
    assert await street.ask("select status from properties where id = :id", id=home) == ["paused"]
    shown = await ravi.call("get_listing", id=home)
    assert shown.status == "paused"
    with pytest.raises(Refused) as refused:
        await ravi.call("change_listing_status", id=home, status="live")
    assert refused.value.code == "needs_review"


async def test_a_photo_that_is_taken_down_is_shown_no_more_and_not_restored(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street
) -> None:
    home = await offered_by(street, ravi)
    added = "insert into photos (property_id, person_id, kind, state, folder, position) "
    await street.run(f"{added} values (:home, :who, 'photo', 'ready', 'photos/x', 1)", home=home, who=ravi.id)
    (photo,) = await street.ask("select id from photos")
    said = await report(asha, "photo", photo, reason="copied")
    await meera.call("handle_report", id=said.id, decision="take_down", note=NOTE)
    assert await street.ask("select photos from properties where id = :id", id=home) == [[]]
    await ravi.call("restore_photo", id=photo)
    assert await street.ask("select photos from properties where id = :id", id=home) == [[]]


async def test_whoever_is_blocked_reaches_nobody_until_it_ends_or_is_lifted(
    asha: Somebody, kiran: Somebody, admin: Somebody, street: Street, clock: Clock
) -> None:
    enquiry = await asked(asha, street)
    said = await report(kiran, "enquiry", enquiry, reason="scam")
    (case,) = (await admin.call("list_reports")).items
    assert case.quoted == "Is it quiet?"
    handled = await admin.call("handle_report", id=said.id, decision="block", note=NOTE, days=3)
    assert handled.until == clock.now() + timedelta(days=3)
    with pytest.raises(Restricted) as refused:
        await asha.call("reply_enquiry", id=enquiry, text="And at night?")
    assert (refused.value.status, refused.value.code) == (403, "restricted")
    assert refused.value.message == snapshot(
        "You may not reach others here until 5 June 2031, 08:30, India time, because of what was reported."
    )
    assert (await asha.call("list_my_enquiries")).items, "what only reads goes on"
    assert (await told(street))[asha.id][0][0] == "reaching_restricted"
    clock.pass_(timedelta(days=3))
    assert await asha.call("reply_enquiry", id=enquiry, text="And at night?")
    clock.pass_(-timedelta(days=1))
    await admin.call("lift_restriction", person_id=asha.id)
    assert await asha.call("reply_enquiry", id=enquiry, text="Or by day?")


async def test_a_block_can_be_taken_back(
    asha: Somebody, kiran: Somebody, admin: Somebody, street: Street
) -> None:
    said = await report(kiran, "enquiry", await asked(asha, street))
    await admin.call("handle_report", id=said.id, decision="block", note=NOTE)
    done = "select max(id) from activities where tool = 'handle_report'"
    (which,) = await street.ask(done)
    await admin.call("undo_action", id=which)
    assert await street.count("restrictions") == 0


async def test_twice_the_same_is_one_also_at_once(asha: Somebody, ravi: Somebody, street: Street) -> None:
    home = await offered_by(street, ravi)
    said = await asyncio.gather(*(report(asha, "property", home) for _ in range(5)))
    assert len({each.id for each in said}) == 1
    assert sorted(each.new for each in said) == [False] * 4 + [True]
    assert await street.count("reports") == 1


async def test_all_who_reported_it_are_told_and_it_is_handled_once(
    asha: Somebody, kiran: Somebody, meera: Somebody, admin: Somebody, ravi: Somebody, street: Street
) -> None:
    home = await offered_by(street, ravi)
    said = [await report(each, "property", home) for each in (asha, kiran)]
    (case,) = (await meera.call("list_reports")).items
    assert [each.reporter_id for each in case.said] == [asha.id, kiran.id]
    first = await previewed(meera, "handle_report", id=said[0].id, decision="dismiss")
    second = await previewed(admin, "handle_report", id=said[1].id, decision="take_down", note=NOTE)
    done = await asyncio.gather(meera.confirm(first), admin.confirm(second), return_exceptions=True)
    (handled,) = [each for each in done if not isinstance(each, BaseException)]
    assert handled.ids == [each.id for each in said]
    assert {who for who, all_ in (await told(street)).items() if all_[0][0] == "report_handled"} == {
        asha.id,
        kiran.id,
    }
    with pytest.raises(NoSuchReport):
        await meera.call("handle_report", id=said[0].id, decision="dismiss")
    again = await report(asha, "property", home)
    assert again.new
    (case,) = (await meera.call("list_reports")).items
    assert {each.id for each in case.earlier} == {each.id for each in said}


async def test_nobody_reports_what_they_do_not_see_or_is_theirs(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street
) -> None:
    enquiry, comment = await asked(asha, street), await commented(street, asha, None)
    home = await offered_by(street, asha)
    await street.set(street.homes[2], status="draft")
    for kind, which in (
        ("enquiry", enquiry),
        ("comment", comment),
        ("photo", 1),
        ("property", street.homes[2]),
    ):
        with pytest.raises(NothingSuch):
            await report(ravi, kind, which)
    with pytest.raises(OwnContent):
        await report(asha, "property", home)
    with pytest.raises(SayWhat):
        await report(ravi, "property", home, reason="other")
    assert await street.count("reports") == 0


async def test_nobody_reports_more_than_can_be_meant(asha: Somebody, street: Street, clock: Clock) -> None:
    added = "insert into reports (reporter_id, kind, target, reason, words, quoted, at) "
    many = f"{added} select :who, 'property', n, 'scam', '', '', :at from generate_series(1000, 1000 + :n) n"
    await street.run(many, who=asha.id, at=clock.now(), n=MOST_A_DAY - 1)
    with pytest.raises(TooManyReports):
        await report(asha, "property", street.homes[0])
    clock.pass_(timedelta(days=1))
    assert (await report(asha, "property", street.homes[0])).new


async def test_staff_decide_about_what_is_not_theirs_and_with_a_reason(
    asha: Somebody, ravi: Somebody, kiran: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    rude = await report(asha, "enquiry", await asked(asha, street))
    for who, refusal in ((kiran, NotYours), (meera, ForAdmins), (ravi, Forbidden)):
        with pytest.raises(refusal):
            await who.call("handle_report", id=rude.id, decision="warn", note=NOTE)
    with pytest.raises(NoteNeeded):
        await admin.call("handle_report", id=rude.id, decision="warn")
    with pytest.raises(NothingToTakeDown):
        await admin.call("handle_report", id=rude.id, decision="take_down", note=NOTE)
    assert (await admin.call("handle_report", id=rude.id, decision="warn", note=NOTE)).outcome == "warned"
    guests = await report(asha, "comment", await commented(street, asha, None))
    with pytest.raises(NobodyToTell):
        await meera.call("handle_report", id=guests.id, decision="block", note=NOTE)
    seen = await report(meera, "property", street.homes[3])
    with pytest.raises(NotYours):
        await meera.call("handle_report", id=seen.id, decision="dismiss")


async def test_what_waits_is_listed_in_pages_the_longest_first(
    asha: Somebody, meera: Somebody, street: Street
) -> None:
    said = [(await report(asha, "property", each)).id for each in street.homes[:3]]
    first = await meera.call("list_reports", limit=2)
    then = await meera.call("list_reports", limit=2, cursor=first.next_cursor)
    assert [each.id for each in (*first.items, *then.items)] == said
    assert not then.has_more
    preview = await previewed(meera, "handle_report", id=said[0], decision="take_down", note=NOTE)
    assert preview.what == snapshot(
        "The listing is taken down: Please keep to what the home is. Those who reported it (1) are told, and "
        "not by whom else it was."
    )


async def test_nobody_is_told_who_reported_them(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street, join: Join
) -> None:
    said = await report(asha, "property", await offered_by(street, ravi), words="Asha said so.")
    await meera.call("handle_report", id=said.id, decision="warn", note=NOTE)
    for given in (await ravi.call("export_my_data"), await ravi.call("my_activity")):
        told_them = given.model_dump_json()
        assert "Asha said so." not in told_them
        assert f'"reporter_id":{asha.id}' not in told_them
    async with street.database.reading(primary=True) as db:
        whose = await db.scalars(
            text("select distinct whose_id from activities where tool = 'report_content'")
        )
        assert whose.all() == [None]
