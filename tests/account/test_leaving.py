"""Leaving: thirty days to think again, then nothing personal is left, however often the job runs."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from inline_snapshot import snapshot
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from storage import oauth, people, shortlists
from storage.activities import ActivityRow, UndoRow
from storage.blocks import BlockRow
from storage.calendars import BusyRow, CalendarRow
from storage.campaigns import CampaignRow
from storage.deliveries import DeliveryRow, SuppressionRow
from storage.devices import DeviceRow, hashed
from storage.engine import Database
from storage.enquiries import EnquiryRow, MessageRow, NoteRow
from storage.events import EventRow
from storage.flags import FlagRow
from storage.import_files import ImportFileRow
from storage.kept_answers import KeptAnswerRow
from storage.listing_life import ListingRow, MoveRow
from storage.notification_settings import NotificationSettingsRow
from storage.notifications import NotificationRow
from storage.oauth import AuthorizationCodeRow, ClientRow, ConsentRow, RefreshTokenRow, RequestRow
from storage.people import PersonRow, PortfolioRow
from storage.personal import HELD
from storage.photos import PhotoRow
from storage.queue import JobRow
from storage.reports import ReportRow
from storage.restrictions import RestrictionRow
from storage.reveals import RevealRow
from storage.runs import RunRow
from storage.shortlist_links import ShortlistCommentRow, ShortlistLinkRow
from storage.shortlists import ShortlistRow
from storage.signins import CodeRow, SessionRow
from storage.staff import StaffAreaRow, StaffProfileRow
from storage.stream_tickets import StreamTicketRow
from storage.swipes import SwipeRow
from storage.tickets import TicketRow
from storage.views import ViewRow
from storage.visits import VisitRow
from storage.watched import WatchChangeRow, WatchedRow
from storage.watches import WatchRow
from tests.account.conftest import Clock, Join, Somebody
from tools.account.leaving import GRACE
from tools.account.profile import NoSuchAccount
from tools.account.roles import LastAdmin
from tools.catalog import Catalog
from tools.contract import Viewer
from tools.dispatch import Caller, Dispatcher
from tools.refusals import Conflict

LATER = datetime(2099, 1, 1, tzinfo=UTC)


async def fill(database: Database, somebody: Somebody, contact: str) -> None:
    """Something about somebody in every table that holds personal data."""
    client, who, mark = f"app of {somebody.id}", somebody.id, str(somebody.id).encode()
    asked: dict[str, Any] = {"client_id": client, "audience": "user", "scopes": [], "code_challenge": "x"}
    asked |= {"redirect_uri": "https://app.example/", "redirect_uri_given": True, "expires_at": LATER}
    async with database.writing() as db:
        db.add(ClientRow(id=client, kind="registered", metadata_={"client_name": "Claude"}))
        await db.flush()
        db.add(CodeRow(contact=contact, code_hash=b"x", expires_at=LATER))
        db.add(RequestRow(id_hash=mark, person_id=who, **asked))
        db.add(AuthorizationCodeRow(code_hash=mark, person_id=who, session_id=somebody.session, **asked))
        db.add(RefreshTokenRow(token_hash=mark, session_id=somebody.session, expires_at=LATER))
        await oauth.remember(db, who, client, "user", ["mcp:read"])
        home = (
            "insert into properties (source, source_id, owner_id, purpose, kind, title, description, price) "
        )
        home += "values ('test', :id, :who, 'rent', 'apartment', 'A flat', 'Of Asha.', 1000) returning id"
        home_id = await db.scalar(text(home), {"id": str(who), "who": who})
        assert home_id is not None
        db.add(ListingRow(property_id=home_id, submitted_by=who))
        began = {"was": None, "now": "draft", "as_role": "owner", "by_id": who, "reason": "Mine."}
        db.add(MoveRow(property_id=home_id, at=LATER, submission=0, **began))
        db.add(PortfolioRow(staff_id=who, property_id=home_id))
        await _keep(db, who, home_id)
        db.add(SwipeRow(person_id=who, property_id=home_id, choice="like", swiped_at=LATER))
        db.add(ViewRow(person_id=who, property_id=home_id, seen_at=LATER))
        db.add(PhotoRow(person_id=who, property_id=home_id, kind="photo", folder=f"photos/{who}", position=1))
        db.add(VisitRow(person_id=who, property_id=home_id, starts=LATER, ends=LATER + timedelta(hours=1)))
        db.add(CalendarRow(person_id=who, hours=[[0, 540, 600]]))
        db.add(BusyRow(person_id=who, starts=LATER, ends=LATER + timedelta(hours=1), note="Away"))
        db.add(RevealRow(person_id=who, property_id=home_id, staff_id=who))
        await _talk(db, who, home_id)
        await _work(db, who)
        await _write(db, who)
        await _tell(db, who)
        await people.change(db, who, name="Asha Rao", preferences={"purpose": "rent"}, language="hi")


async def _work(db: AsyncSession, who: int) -> None:
    """What somebody notes and sends of a home that is not theirs, and that is seen by somebody else."""
    home = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    home += "values ('test', :id, 'rent', 'apartment', 'A flat', '', 1000) returning id"
    home_id = await db.scalar(text(home), {"id": f"not of {who}"})
    assert home_id is not None
    db.add(PhotoRow(person_id=who, property_id=home_id, kind="photo", folder=f"plans/{who}", position=1))
    visitor = await people.ensure(db, f"visitor-of-{who}@example.com")
    sides = {"property_id": home_id, "person_id": visitor.id, "carer_id": who}
    db.add(EnquiryRow(**sides, opened_at=LATER, last_at=LATER, shared_at=LATER))
    times = {"starts": LATER, "ends": LATER + timedelta(hours=1)}
    noted = {"host_id": who, "host_notes": "Noted for oneself.", "host_interest": "low"}
    db.add(VisitRow(person_id=visitor.id, property_id=home_id, **times, **noted))


async def _keep(db: AsyncSession, who: int, home_id: int) -> None:
    """What somebody keeps, shares and wants to hear of."""
    list_id = await shortlists.name(db, who, "For Mummy")
    db.add(ShortlistRow(person_id=who, property_id=home_id, list_id=list_id, note="Near the park"))
    link = {"token_hash": str(who).encode(), "may": "view", "with_notes": False, "expires_at": LATER}
    db.add(ShortlistLinkRow(person_id=who, list_id=list_id, **link))
    db.add(ShortlistCommentRow(person_id=who, list_id=list_id, name="Mummy", text="Too dark."))
    watch: dict[str, Any] = {"kind": "property", "name": "A flat", "question": {}, "often": "daily"}
    watching = WatchRow(person_id=who, property_id=home_id, made_at=LATER, checked_at=LATER, **watch)
    db.add(watching)
    await db.flush()
    db.add(WatchedRow(watch_id=watching.id, property_id=home_id, status="live", price=1000))
    db.add(WatchChangeRow(watch_id=watching.id, property_id=home_id, kind="gone", at=LATER))


async def _talk(db: AsyncSession, who: int, home_id: int) -> None:
    """What somebody says of themselves as staff, and to others."""
    known = "insert into places (kind, slug, name) values ('sector', :name, :name) returning id"
    place = await db.scalar(text(known), {"name": f"sector {who}"})
    db.add(ImportFileRow(person_id=who, source="partner", file="Asha's list.csv"))
    db.add(StaffProfileRow(person_id=who, bio="I know every lane."))
    db.add(StaffAreaRow(staff_id=who, place_id=place))
    other = await people.ensure(db, f"other-than-{who}@example.com")
    db.add(BlockRow(person_id=who, blocked_id=other.id))
    sides = {"property_id": home_id, "person_id": who, "carer_id": other.id}
    enquiry = EnquiryRow(**sides, opened_at=LATER, last_at=LATER)
    db.add(enquiry)
    await db.flush()
    said = {"enquiry_id": enquiry.id, "by_id": who, "text": "Is it quiet?", "at": LATER}
    db.add(MessageRow(**said, masked=False))
    db.add(NoteRow(**said))


async def _write(db: AsyncSession, who: int) -> None:
    """What a write of somebody leaves behind, and what waits to become one."""
    done = ActivityRow(person_id=who, surface="rest", tool="update_profile")
    db.add(done)
    await db.flush()
    db.add(UndoRow(activity_id=done.id, person_id=who, arguments={"name": "Asha"}, until=LATER))
    db.add(KeptAnswerRow(person_id=who, tool="update_profile", key="k", given_hash=b"x", body=b"{}"))
    asked: dict[str, Any] = {
        "tool": "reveal_contact",
        "arguments": {},
        "preview": {},
        "surface": "agent",
        "state_hash": b"x",
    }
    ticket = TicketRow(person_id=who, kind="page", expires_at=LATER, **asked)
    db.add(ticket)
    await db.flush()
    db.add(RunRow(id=uuid4(), person_id=who, tickets=[ticket.id], state=b"{}", expires_at=LATER))


async def _tell(db: AsyncSession, who: int) -> None:
    """What somebody was told, and where they are told such things."""
    db.add(EventRow(person_id=who, name="notification.new", about={}))
    db.add(JobRow(id=1000 + who, name="embed_listings", owner_id=who))
    db.add(NotificationSettingsRow(person_id=who))
    words = {"title_en": "Offer", "title_hi": "ऑफ़र", "text_en": "New homes.", "text_hi": "नए घर।", "page": ""}
    db.add(CampaignRow(made_by=who, **words))
    report: dict[str, Any] = {"kind": "property", "reason": "scam", "quoted": "Asha", "at": LATER}
    for number, column in enumerate(("reporter_id", "reported_id", "handled_by")):
        ended = {"outcome": "dismissed", "handled_at": LATER} if column == "handled_by" else {}
        db.add(ReportRow(target=who * 10 + number, words="Asha", **{column: who}, **report, **ended))
    db.add(RestrictionRow(person_id=who, until=LATER, reason="Asha", at=LATER))
    flag = {"name": f"flag {who}", "version": 1, "on": False, "percent": 100}
    db.add(FlagRow(person_id=who, at=LATER, reason="Spam.", **flag))
    db.add(DeviceRow(person_id=who, token=f"token {who}", token_hash=hashed(f"token {who}"), platform="ios"))
    told: dict[str, Any] = {"key": "1", "category": "system", "fate": "sent", "listed": True}
    told |= {"said": {"en": ["Hello", "Asha"], "hi": ["Hello", "Asha"]}, "at": LATER, "expires_at": LATER}
    notification = NotificationRow(person_id=who, type="signed_in", **told)
    db.add(notification)
    await db.flush()
    sent: dict[str, Any] = {"channel": "email", "state": "sent", "address_hash": b"x"}
    db.add(DeliveryRow(id=uuid4(), notification_id=notification.id, person_id=who, **sent))
    db.add(StreamTicketRow(token_hash=str(who).encode(), person_id=who, expires_at=LATER))
    db.add(SuppressionRow(person_id=who, channel="sms", address_hash=b"x", reason="bounced"))


async def rows(database: Database, *whose: int) -> dict[str, int]:
    """How many rows of each table are about these people."""
    async with database.reading() as db:
        return {
            held.name: len((await db.execute(select(held.table).where(held.whose(whose)))).all())
            for held in HELD
        }


async def person(database: Database, person_id: int) -> PersonRow:
    async with database.reading() as db:
        return (await db.scalars(select(PersonRow).where(PersonRow.id == person_id))).one()


Erase = Any


@pytest.fixture
def erase(dispatcher: Dispatcher, catalog: Catalog) -> Erase:
    """Runs the job as the scheduler would."""

    async def erase(**given: int) -> Any:
        job = catalog["erase_due_accounts"]
        operator = Viewer(0, "admin", frozenset(job.scopes))
        return await dispatcher.run(job, given, Caller("cli", operator, lane="background"))

    return erase


async def test_an_account_goes_thirty_days_after_its_owner_says_so_and_not_before(
    asha: Somebody, clock: Clock, erase: Erase
) -> None:
    answer = await asha.call("delete_my_account")
    assert answer.deletes_at == clock.now() + timedelta(days=30)
    assert (await asha.call("who_am_i")).deletes_at == answer.deletes_at
    clock.pass_(GRACE - timedelta(seconds=1))
    assert (await erase()).done == 0
    clock.pass_(timedelta(seconds=1))
    assert (await erase()).model_dump() == {"done": 1, "remaining": 0}
    for tool in ("who_am_i", "keep_my_account", "delete_my_account", "update_preferences"):
        with pytest.raises(NoSuchAccount):
            await asha.call(tool)


async def test_saying_it_again_does_not_move_the_day(asha: Somebody, clock: Clock) -> None:
    first = await asha.call("delete_my_account")
    clock.pass_(timedelta(days=3))
    assert await asha.call("delete_my_account") == first


async def test_it_is_taken_back_within_the_grace(asha: Somebody, clock: Clock, erase: Erase) -> None:
    await asha.call("delete_my_account")
    clock.pass_(GRACE - timedelta(days=1))
    assert (await asha.call("keep_my_account")).deletes_at is None
    assert (await asha.call("keep_my_account")).summary() == "The account stays."
    clock.pass_(GRACE)
    assert (await erase()).done == 0
    assert (await asha.call("who_am_i")).deletes_at is None


async def test_its_owner_is_told_until_when(asha: Somebody, clock: Clock) -> None:
    clock.shown = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    assert (await asha.call("delete_my_account")).summary() == snapshot(
        "The account and what it holds will be erased after 23 December 2026, 01:30 India time. "
        "keep_my_account takes that back."
    )


async def waits_to_be_told(database: Database) -> Sequence[int]:
    """For whom the queue still holds something to say."""
    told = "select (convert_from(payload, 'utf8')::jsonb ->> 'person_id')::bigint from pgqueuer"
    async with database.reading(primary=True) as db:
        return (await db.scalars(text(f"{told} where entrypoint = 'send_notification'"))).all()


async def test_nothing_personal_is_left_and_nothing_of_others_is_touched(
    join: Join, asha: Somebody, database: Database, clock: Clock, erase: Erase
) -> None:
    leaving = await join("meera@example.com", "staff")
    await fill(database, asha, "+919876543210")
    await fill(database, leaving, "meera@example.com")
    assert set((await rows(database, leaving.id)).values()) == {1}, "every table must have something to lose"
    await leaving.call("delete_my_account")
    assert leaving.id in await waits_to_be_told(database)
    clock.pass_(GRACE)
    await erase()
    assert leaving.id not in await waits_to_be_told(database)
    left = await rows(database, leaving.id)
    # What was done and what was asked for: two records, and what others were told, none of which says whose
    # they were.
    stays = {"people": 1, "activities": 2, "campaigns": 1, "flag_settings": 1}
    assert {name: count for name, count in left.items() if count} == stays
    assert set((await rows(database, asha.id)).values()) == {1}
    gone = await person(database, leaving.id)
    assert (gone.phone, gone.email, gone.name, gone.supabase_id, gone.preferences) == (None,) * 4 + ({},)
    assert (gone.role, gone.language, gone.deletes_at) == ("member", "en", None)
    assert gone.erased_at == clock.now()
    assert (await person(database, asha.id)).name == "Asha Rao"
    async with database.reading() as db:
        assert (await db.scalars(select(CodeRow.contact))).all() == ["+919876543210"]
        left_of_visit = select(VisitRow.host_id, VisitRow.host_notes, VisitRow.host_interest)
        wanted = left_of_visit.join(PersonRow, PersonRow.id == VisitRow.person_id)
        wanted = wanted.where(PersonRow.email == f"visitor-of-{leaving.id}@example.com")
        assert (await db.execute(wanted)).one() == (None, None, None)
        left_of_enquiry = select(EnquiryRow.carer_id, EnquiryRow.shared_at)
        wanted = left_of_enquiry.join(PersonRow, PersonRow.id == EnquiryRow.person_id)
        wanted = wanted.where(PersonRow.email == f"visitor-of-{leaving.id}@example.com")
        assert (await db.execute(wanted)).one() == (None, None)
        left_of_photo = select(PhotoRow.person_id).where(PhotoRow.folder == f"plans/{leaving.id}")
        assert (await db.scalars(left_of_photo)).all() == [None]
        left_of_home = "select status || title || description from properties where source_id = :id"
        assert await db.scalar(text(left_of_home), {"id": str(leaving.id)}) == "archivedApartment"


async def test_the_job_runs_in_batches_twice_and_at_once(
    join: Join, clock: Clock, erase: Erase, database: Database
) -> None:
    leaving = [await join(f"person{number}@example.com") for number in range(7)]
    for each in leaving:
        await each.call("delete_my_account")
    clock.pass_(GRACE)
    assert (await erase(limit=2)).model_dump() == {"done": 2, "remaining": 5}
    answers: Sequence[Any] = await asyncio.gather(*(erase(limit=5) for _ in range(4)))
    assert sum(each.done for each in answers) == 5
    assert (await erase()).model_dump() == {"done": 0, "remaining": 0}
    stays = {held.name: 0 for held in HELD if held.stays} | {"people": 0}
    assert await rows(database, *(each.id for each in leaving)) | stays == dict.fromkeys(
        [held.name for held in HELD], 0
    )


async def test_an_account_that_is_taken_back_at_the_last_moment_is_kept_whole_or_gone(
    join: Join, clock: Clock, erase: Erase, database: Database
) -> None:
    leaving = [await join(f"person{number}@example.com") for number in range(10)]
    for each in leaving:
        await each.call("delete_my_account")
    clock.pass_(GRACE)
    outcomes = await asyncio.gather(
        erase(limit=10),
        *(each.call("keep_my_account") for each in leaving),
        return_exceptions=True,
    )
    for each, kept in zip(leaving, outcomes[1:], strict=True):
        row = await person(database, each.id)
        there = 1 if row.erased_at is None else 0
        assert isinstance(kept, NoSuchAccount) == (there == 0)
        assert (await rows(database, each.id))["sessions"] == there == (row.email is not None)


async def test_any_number_of_people_can_be_erased_in_one_run(database: Database) -> None:
    """PostgreSQL takes at most 32,767 parameters."""
    assert await rows(database, *range(1, 40_000)) == dict.fromkeys([held.name for held in HELD], 0)


async def test_what_was_being_written_during_an_erasure_goes_with_the_next_run(
    asha: Somebody, clock: Clock, erase: Erase, database: Database
) -> None:
    await asha.call("delete_my_account")
    clock.pass_(GRACE)
    await erase()
    async with database.writing() as db:
        late = {"person_id": asha.id, "kind": "web", "label": "Chrome", "expires_at": LATER}
        await db.execute(insert(SessionRow).values(late))
    assert (await rows(database, asha.id))["sessions"] == 1
    await erase()
    assert (await rows(database, asha.id))["sessions"] == 0


async def test_an_erased_row_can_never_hold_anything_again(
    asha: Somebody, clock: Clock, erase: Erase, database: Database
) -> None:
    await asha.call("delete_my_account")
    clock.pass_(GRACE)
    await erase()
    with pytest.raises(IntegrityError, match="people_erased_check"):
        async with database.writing() as db:
            await db.execute(text("update people set name = 'Asha' where id = :id"), {"id": asha.id})


async def test_a_contact_that_was_erased_begins_anew_as_somebody_else(
    join: Join, asha: Somebody, clock: Clock, erase: Erase
) -> None:
    await asha.call("delete_my_account")
    clock.pass_(GRACE)
    await erase()
    again = await join("+919876543210")
    assert again.id != asha.id
    assert (await again.call("who_am_i")).name is None


async def test_the_last_admin_cannot_leave(admin: Somebody, join: Join) -> None:
    with pytest.raises(LastAdmin):
        await admin.call("delete_my_account")
    other = await join("second@example.com", "admin")
    await admin.call("delete_my_account")
    with pytest.raises(LastAdmin):
        await other.call("delete_my_account")


async def test_of_two_admins_who_leave_at_once_one_stays(join: Join, database: Database) -> None:
    pair = [await join(f"admin{number}@example.com", "admin") for number in range(2)]
    for _ in range(10):
        outcomes = await asyncio.gather(
            *(each.call("delete_my_account") for each in pair), return_exceptions=True
        )
        # Whoever loses is told so, or that somebody was quicker.
        (lost,) = [each for each in outcomes if isinstance(each, BaseException)]
        assert isinstance(lost, (LastAdmin, Conflict))
        await asyncio.gather(*(each.call("keep_my_account") for each in pair))


async def test_consents_of_the_erased_are_gone_also_those_withdrawn(
    asha: Somebody, clock: Clock, erase: Erase, database: Database
) -> None:
    await fill(database, asha, "+919876543210")
    (consent,) = (await asha.call("list_consents")).items
    await asha.call("withdraw_consent", id=consent.id)
    await asha.call("delete_my_account")
    clock.pass_(GRACE)
    await erase()
    async with database.reading() as db:
        assert (await db.scalars(select(ConsentRow.id))).all() == []
