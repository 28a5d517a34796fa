"""Arguments with which each tool must succeed for whoever may call it.

A tool whose fields are all optional is called without any. Any other needs an entry in `VALID`, and a tool
for people who have signed in says in `OWNED` or `SHARED` what its ids name.
"""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from storage import (
    blocks,
    campaigns,
    devices,
    enquiries,
    flags,
    notification_settings,
    notifications,
    oauth,
    portfolios,
    queue,
    reports,
    restrictions,
    schedules,
    swipes,
    tickets,
)
from storage.notifications import New
from tests.access.importing import IMPORTED, IMPORTED_OWNED
from tests.access.kept import KEPT, KEPT_OWNED, KEPT_SHARED
from tests.access.offering import HANDED_ON, OFFERED, draft
from tests.access.photographed import PHOTOGRAPHED, held
from tests.access.placed import PLACED, PLACED_SHARED
from tests.access.visiting import VISITS, VISITS_OWNED, VISITS_SHARED, wanted_visit
from tests.access.world import World
from tools.consent import Preview
from tools.contract import AnyTool, Surface
from tools.dispatch import Caller

Arguments = dict[str, Any]
Make = Callable[[World, int], Awaitable[Arguments]]
"""From the person who calls (or would, if they might) to arguments about what is theirs."""

_WORDS = {"title_en": "Offer", "title_hi": "ऑफ़र", "text_en": "New homes.", "text_hi": "नए घर।"}
_numbers = itertools.count(1)


async def properties(world: World) -> list[int]:
    async with world.runtime.database.reading() as db:
        return list((await db.scalars(text("select id from properties order by id"))).all())


async def _property(world: World, _person: int) -> Arguments:
    return {"id": (await properties(world))[0]}


async def _swiped(world: World, person: int) -> Arguments:
    """A property that the person thinks something of, and changes their mind about."""
    (which, *_) = await properties(world)
    async with world.runtime.database.writing() as db:
        await swipes.choose(db, person, which, "pass", datetime.now(UTC))
    return {"property_id": which, "choice": "like"}


async def _something_swiped(world: World, person: int) -> Arguments:
    await _swiped(world, person)
    return {}


async def _looked_at(world: World, _person: int) -> Arguments:
    return {"property_ids": (await properties(world))[:3]}


async def _two_properties(world: World, _person: int) -> Arguments:
    return {"ids": (await properties(world))[:2]}


async def _session(world: World, person: int) -> Arguments:
    return {"id": await world.session(person, "user")}


async def _consent(world: World, person: int) -> Arguments:
    client = f"a-client-{next(_numbers)}"
    async with world.runtime.database.writing() as db:
        await oauth.register(db, client, {"client_name": "A client"})
        await oauth.remember(db, person, client, "user", ["mcp:read"])
        (consent,) = [each for each in await oauth.consents_of(db, person) if each.client_id == client]
        return {"id": consent.id}


async def _unassigned(world: World, _person: int) -> Arguments:
    return {"staff_id": await world.person("staff"), "property_id": (await properties(world))[0]}


async def _assigned(world: World, person: int) -> Arguments:
    given = await _unassigned(world, person)
    await assign(world, **given)
    return given


async def _person(world: World, _person: int) -> Arguments:
    return {"person_id": await world.person()}


async def _somebody(world: World, _person: int) -> Arguments:
    return {"id": await world.person(), "role": "staff"}


async def _shown(world: World, person: int) -> Arguments:
    """A property that somebody looks after."""
    given = await _assigned(world, person)
    return {"property_id": given["property_id"]}


async def _enquiry(world: World, person: int) -> Arguments:
    """Something that the person has asked about a property."""
    which = (await properties(world))[0]
    async with world.runtime.database.writing() as db:
        made, _ = await enquiries.open_(db, which, person, await world.person("staff"), datetime.now(UTC))
        return {"id": made}


async def _moved_lead(world: World, person: int) -> Arguments:
    """How far something has come that the person was asked about a property."""
    which = await draft(world, person)
    async with world.runtime.database.writing() as db:
        made, _ = await enquiries.open_(db, which, await world.person(), person, datetime.now(UTC))
        return {"id": made, "stage": "visiting"}


async def _question(world: World, person: int) -> Arguments:
    return {**await _shown(world, person), "text": f"Is it quiet? {next(_numbers)}"}


async def _answer(world: World, person: int) -> Arguments:
    return {**await _enquiry(world, person), "text": f"And at night? {next(_numbers)}"}


async def _contact_wanted(world: World, person: int) -> Arguments:
    """An enquiry whose other side waits for the person's contact."""
    which, now = await draft(world, person), datetime.now(UTC)
    asked: dict[str, Any] = {"kind": "page", "tool": "share_contact", "arguments": {}, "preview": {}}
    asked |= {"state_hash": b"x", "nonce_hash": None, "session_id": None, "surface": "rest"}
    async with world.runtime.database.writing() as db:
        made, _ = await enquiries.open_(db, which, await world.person(), person, now)
        ticket = await tickets.issue(db, person_id=person, expires_at=now + timedelta(days=1), **asked)
        await enquiries.change(db, made, ticket_id=ticket.id)
        return {"id": made}


async def _blocked(world: World, person: int) -> Arguments:
    given = await _enquiry(world, person)
    async with world.runtime.database.writing() as db:
        lead = await enquiries.lead(db, given["id"], datetime.now(UTC))
        assert lead is not None
        assert lead.carer_id is not None
        await blocks.add(db, person, lead.carer_id)
    return given


async def _device(world: World, person: int) -> Arguments:
    token = f"a-token-of-a-push-service-{next(_numbers)}"
    async with world.runtime.database.writing() as db:
        return {"id": await devices.register(db, person, token, "android", session=None, most=20)}


async def _notification(world: World, person: int) -> Arguments:
    now, words = datetime.now(UTC), {"en": ("A title", "A text."), "hi": ("शीर्षक", "पाठ।")}
    key, until = str(next(_numbers)), now + timedelta(days=1)
    new = New(person, "signed_in", key, "system", words, None, "sent", True, now, until)
    async with world.runtime.database.writing() as db:
        return {"ids": [await notifications.add(db, new)]}


async def _ticket(world: World, person: int) -> Arguments:
    return {"ticket": (await proposed(world, person, "rest")).ticket}


async def _ticket_with_nonce(world: World, person: int) -> Arguments:
    """What a widget has that was given a preview."""
    preview = await proposed(world, person, "mcp")
    return {"ticket": preview.ticket, "nonce": preview.nonce}


async def proposed(world: World, person: int, surface: Surface) -> Preview:
    """A visit that waits for somebody to confirm it, asked for in the sign-in that they came with."""
    dispatcher, caller = world.runtime.dispatcher, Caller(surface, await world.viewer(person))
    wanted = await wanted_visit(world, person)
    preview = await dispatcher.run(dispatcher.catalog["request_visit"], wanted, caller)
    assert isinstance(preview, Preview)
    return preview


async def _activity(world: World, person: int) -> Arguments:
    """Something that the person did and can take back."""
    dispatcher, caller = world.runtime.dispatcher, Caller("rest", await world.viewer(person))
    name = {"name": f"Asha {next(_numbers)}"}
    await dispatcher.run(dispatcher.catalog["update_profile"], name, caller)
    latest = text("select max(id) from activities where person_id = :person").bindparams(person=person)
    async with world.runtime.database.reading(primary=True) as db:
        return {"id": await db.scalar(latest)}


async def assign(world: World, staff_id: int, property_id: int) -> None:
    async with world.runtime.database.writing() as db:
        assert await portfolios.assign(db, staff_id, property_id)


async def _campaign(world: World, person: int) -> Arguments:
    """A draft for somebody who asked for offers."""
    async with world.runtime.database.writing() as db:
        asked = notification_settings.Settings(opted_in=frozenset({"offers"}))
        await notification_settings.put(db, await world.person(), asked)
        words = campaigns.Words(**{**_WORDS, "page": ""})
        made = await campaigns.add(db, person, datetime.now(UTC), words, campaigns.Segment())
        return {"id": made.id}


def plainly(**given: Any) -> Make:
    """The same arguments for everybody."""

    async def make(_world: World, _person: int) -> Arguments:
        return given

    return make


async def _portfolio(world: World, person: int) -> Arguments:
    await assign(world, person, (await properties(world))[0])
    return {"staff_id": person}


async def _job(world: World, person: int) -> Arguments:
    """A job that nobody does."""
    async with world.runtime.database.writing() as db:
        return {"id": await queue.put(db, "of nobody", b"{}", owner=person)}


async def _failed_job(world: World, person: int) -> Arguments:
    made = await _job(world, person)
    async with world.runtime.database.writing() as db:
        await db.execute(text("update pgqueuer set status = 'failed' where id = :id"), made)
        await db.execute(text("update jobs set state = 'failed' where id = :id"), made)
    return made


async def _clock_that_goes(world: World, _person: int) -> Arguments:
    async with world.runtime.database.writing() as db:
        await schedules.resume(db, "forget_old_answers", datetime.now(UTC))
    return {"name": "forget_old_answers"}


async def _clock_that_stands(world: World, _person: int) -> Arguments:
    async with world.runtime.database.writing() as db:
        await schedules.pause(db, "forget_old_answers", datetime.now(UTC))
    return {"name": "forget_old_answers"}


async def _listing(world: World, person: int) -> Arguments:
    """A draft of the person's own that could be handed in."""
    dispatcher, caller = world.runtime.dispatcher, Caller("rest", await world.viewer(person))
    words = "2 bhk apartment in sector 57 for rent 30000"
    made: Any = await dispatcher.run(dispatcher.catalog["draft_listing"], {"words": words}, caller)
    return {"id": made.id}


async def _listing_to_end(world: World, person: int) -> Arguments:
    return {**await _listing(world, person), "status": "archived"}


async def _live_listing(world: World, person: int) -> Arguments:
    made = await _listing(world, person)
    async with world.runtime.database.writing() as db:
        await db.execute(text("update properties set status = 'live' where id = :id"), made)
    return made


async def _switched(world: World, _person: int) -> Arguments:
    """Campaigns, for admins as before, and for others than before."""
    async with world.runtime.database.reading(primary=True) as db:
        held = await flags.one(db, "campaigns")
    roles = ["admin", "staff"] if held is None or held.roles == ["admin"] else ["admin"]
    return {"name": "campaigns", "on": True, "roles": roles, "reason": "Tried."}


async def _content(world: World, _person: int) -> Arguments:
    return {**await _property(world, 0), "kind": "property", "reason": "scam"}


async def _reported(world: World, _person: int) -> Arguments:
    """Something that somebody else said of the property of a third, and that waits."""
    now, third = datetime.now(UTC), await world.person()
    said: Arguments = {"kind": "enquiry", "target": next(_numbers), "reason": "abuse", "words": "", "at": now}
    said |= {"reporter_id": await world.person(), "reported_id": third, "property_id": None, "quoted": ""}
    async with world.runtime.database.writing() as db:
        return {"id": await reports.add(db, said), "decision": "warn", "note": "Please stay polite."}


async def _restricted(world: World, _person: int) -> Arguments:
    blocked, now = await world.person(), datetime.now(UTC)
    async with world.runtime.database.writing() as db:
        await restrictions.put(db, blocked, now + timedelta(days=1), "Rude.", now)
    return {"person_id": blocked}


async def _submitted(world: World, _person: int) -> Arguments:
    """A listing of somebody else that waits for a review."""
    owner = await world.person()
    made = await _listing(world, owner)
    dispatcher, caller = world.runtime.dispatcher, Caller("rest", await world.viewer(owner))
    given = {**made, "status": "review"}
    await dispatcher.run(dispatcher.catalog["change_listing_status"], given, caller)
    return {**made, "submission": 1, "decision": "approve"}


VALID: Mapping[str, Make] = {
    **HANDED_ON,
    **OFFERED,
    **VISITS,
    **KEPT,
    **PHOTOGRAPHED,
    **PLACED,
    **IMPORTED,
    "action_status": _ticket,
    "activity_of": _person,
    "assign_property": _unassigned,
    "block_person": _enquiry,
    "cancel_campaign": _campaign,
    "cancel_job": _job,
    "cancel_my_job": _job,
    "change_listing_status": _listing_to_end,
    "compare_properties": _two_properties,
    "confirm_action": _ticket_with_nonce,
    "convert_area": plainly(amount=1, unit="acre"),
    "decline_action": _ticket,
    "draft_campaign": plainly(**_WORDS),
    "draft_listing": plainly(purpose="rent", kind="apartment", price=30000),
    "duplicate_listing": _listing,
    "estimate_affordability": plainly(income=100_000),
    "estimate_emi": plainly(loan=5_000_000),
    "flag_history": plainly(name="watches"),
    "forget_device": _device,
    "get_listing": _listing,
    "get_property": _property,
    "grant_role": _somebody,
    "handle_report": _reported,
    "import_report": plainly(id=0),
    "job_status": _job,
    "lift_restriction": _restricted,
    "listing_insights": _listing,
    "mark_notifications_read": _notification,
    "pause_job": _clock_that_goes,
    "preview_campaign": _campaign,
    "price_insight": plainly(purpose="rent"),
    "read_enquiry": _enquiry,
    "record_views": _looked_at,
    "register_device": plainly(token="a-token-of-the-push-service", platform="android"),
    "rent_or_buy": plainly(price=10_000_000, rent=30_000),
    "renew_listing": _live_listing,
    "replay_job": _failed_job,
    "reply_enquiry": _answer,
    "report_content": _content,
    "reveal_contact": _shown,
    "resume_job": _clock_that_stands,
    "review_listing": _submitted,
    "review_photos": held,
    "revoke_session": _session,
    "run_job_now": plainly(name="forget_old_answers"),
    "send_campaign": _campaign,
    "send_enquiry": _question,
    "set_flag": _switched,
    "share_contact": _contact_wanted,
    "share_property": _property,
    "similar_properties": _property,
    "swipe_property": _swiped,
    "suggest_places": plainly(prefix="sec"),
    "total_cost": plainly(price=10_000_000),
    "unassign_property": _assigned,
    "unblock_person": _blocked,
    "undo_action": _activity,
    "undo_swipe": _something_swiped,
    "update_lead": _moved_lead,
    "update_listing": _listing,
    "update_preferences": plainly(purpose="rent"),
    "update_profile": plainly(name="Asha"),
    "withdraw_consent": _consent,
}

OWNED: Mapping[str, Make] = {
    **OFFERED,
    **VISITS_OWNED,
    **KEPT_OWNED,
    **PHOTOGRAPHED,
    **IMPORTED_OWNED,
    "action_status": _ticket,
    "block_person": _enquiry,
    "cancel_my_job": _job,
    "change_listing_status": _listing_to_end,
    "confirm_action": _ticket_with_nonce,
    "decline_action": _ticket,
    "duplicate_listing": _listing,
    "forget_device": _device,
    "get_listing": _listing,
    "job_status": _job,
    "list_portfolio": _portfolio,
    "listing_insights": _listing,
    "mark_notifications_read": _notification,
    "read_enquiry": _enquiry,
    "renew_listing": _live_listing,
    "reply_enquiry": _answer,
    "revoke_session": _session,
    "share_contact": _contact_wanted,
    "unblock_person": _blocked,
    "undo_action": _activity,
    "update_lead": _moved_lead,
    "update_listing": _listing,
    "withdraw_consent": _consent,
}
"""Tools that name what one person owns: to anybody else in their role it is as if it did not exist."""

SHARED: Mapping[str, str] = {
    **VISITS_SHARED,
    **KEPT_SHARED,
    **PLACED_SHARED,
    "activity_of": "an admin sees what anybody did",
    "cancel_job": "an admin sees to the work of all",
    "replay_job": "likewise",
    "cancel_campaign": "campaigns are the platform's, and all admins see to them",
    "preview_campaign": "likewise",
    "send_campaign": "likewise",
    "assign_property": "an admin gives any property to any member of staff",
    "grant_role": "an admin changes anybody's role",
    "handle_report": "any staff decides about any report but their own",
    "lift_restriction": "likewise",
    "report_content": "anybody reports any property",
    "import_report": "imports are the platform's, and all staff see them",
    "review_listing": "any staff reviews any listing but their own",
    "review_photos": "any staff looks at any photos but their own",
    "reveal_contact": "anybody asks for the contact of any property",
    "send_enquiry": "anybody asks about any property",
    "swipe_property": "anybody says of any property what they think",
    "unassign_property": "an admin takes any property from any member of staff",
    "reassign_portfolio": "an admin hands on the work of any member of staff",
    "staff_statistics": "an admin sees how anybody did",
}
"""Tools whose ids belong to nobody in particular, and why."""


def missing(tool: AnyTool) -> str | None:
    """What to add for this tool before its access can be tested, if anything."""
    if not tool.surfaces:
        return None
    required = [name for name, each in tool.takes.model_fields.items() if each.is_required()]
    if required and tool.name not in VALID:
        return f"{tool.name}: add to VALID in tests/access/arguments.py what to call it with ({required})"
    ids = [
        name
        for name in tool.takes.model_fields
        if name in ("id", "ids", "ticket") or name.endswith(("_id", "_ids"))
    ]
    if ids and tool.audience != "guest" and tool.name not in OWNED and tool.name not in SHARED:
        return f"{tool.name}: say in OWNED or SHARED of tests/access/arguments.py whose {ids} they are"
    return None


async def valid(world: World, tool: AnyTool, person: int) -> Arguments:
    """Arguments with which a call of this tool succeeds, if `person` may make it."""
    make = VALID.get(tool.name)
    return {} if make is None else await make(world, person)
