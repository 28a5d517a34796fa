"""Campaigns: who is told, how many at most, once each, and nobody any more once it is cancelled."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from servers.jobs import operator, rounds
from servers.runtime import running
from servers.settings import load
from servers.work import Worker, stopped
from storage import notification_settings, notifications
from storage.engine import Database
from storage.notification_settings import Settings
from tests.account.conftest import Clock, Join, Somebody, admin, clock, dispatcher, join
from tools.catalog import Catalog
from tools.consent import Preview, TicketVoid
from tools.dispatch import Caller, Dispatcher
from tools.notifications import campaigns
from tools.notifications.campaigns import (
    AlreadyOver,
    NobodyAsked,
    NoSuchCampaign,
    NotADraft,
    upwards,
)
from tools.notifications.examples import parts
from tools.refusals import Contradiction, Forbidden, Invalid

__all__ = ["admin", "clock", "dispatcher", "join"]

WORDS = {
    "title_en": "Ten new homes",
    "title_hi": "दस नए घर",
    "text_en": "Homes near the metro from 20,000 a month.",
    "text_hi": "मेट्रो के पास घर, 20,000 महीने से।",
    "page": "search?words=metro",
}

QUEUED = "select payload from pgqueuer where entrypoint = 'send_notification' order by id"


class Town:
    """People, what is put into the queue for them, and what they find in their inboxes."""

    def __init__(self, database: Database, dispatcher: Dispatcher, join: Join) -> None:
        self.database, self.dispatcher, self._join = database, dispatcher, join

    async def run(self, statement: str, **values: Any) -> None:
        async with self.database.writing() as db:
            await db.execute(text(statement), values)

    async def ask(self, statement: str, **values: Any) -> list[Any]:
        async with self.database.reading(primary=True) as db:
            return [tuple(row) for row in await db.execute(text(statement), values)]

    async def until(self, true: str) -> None:
        async with asyncio.timeout(30):
            while not (await self.ask(true))[0][0]:
                await asyncio.sleep(0.01)

    async def person(
        self, contact: str, *, offers: bool = True, off: tuple[str, ...] = (), **row: Any
    ) -> int:
        """Somebody who asked for offers, unless told otherwise."""
        found = await self._join(contact)
        async with self.database.writing() as db:
            wants = Settings(frozenset(off), frozenset({"offers"} if offers else ()))
            await notification_settings.put(db, found.id, wants)
        for column, value in row.items():
            given = json.dumps(value) if isinstance(value, dict) else value
            await self.run(f"update people set {column} = :value where id = :id", value=given, id=found.id)
        return found.id

    async def people(self, count: int) -> list[int]:
        return [await self.person(f"person{number}@example.com") for number in range(count)]

    async def job(self, name: str, given: Mapping[str, Any] | bytes) -> Any:
        found = self.dispatcher.catalog[name]
        return await self.dispatcher.run(found, given, operator(found, "background"))

    async def go(self, campaign: int, limit: int = 200) -> list[tuple[int, int]]:
        """Do what the job of a campaign does; each round as done and remaining."""
        given = {"campaign_id": campaign, "limit": limit}
        return [(each.done, each.remaining) async for each in rounds(self.dispatcher, "run_campaign", given)]

    async def queued(self) -> list[int]:
        """Whom the queue is to tell something, in order."""
        rows = await self.ask(
            "select payload from pgqueuer where entrypoint = 'send_notification' order by id"
        )
        return [json.loads(payload)["person_id"] for (payload,) in rows]

    async def deliver(self) -> list[str]:
        """Run what waits in the queue; what became of each."""
        rows = await self.ask(
            "select payload from pgqueuer where entrypoint = 'send_notification' order by id"
        )
        return [(await self.job("send_notification", payload)).outcome for (payload,) in rows]


@pytest.fixture
def town(database: Database, dispatcher: Dispatcher, join: Join) -> Town:
    return Town(database, dispatcher, join)


async def drafted(admin: Somebody, **whom: Any) -> int:
    return (await admin.call("draft_campaign", **WORDS, **whom)).id


async def proposed(admin: Somebody, campaign: int) -> Preview:
    caller = Caller("rest", admin.viewer)
    tool = admin.dispatcher.catalog["send_campaign"]
    preview = await admin.dispatcher.run(tool, {"id": campaign}, caller)
    assert isinstance(preview, Preview)
    return preview


async def test_a_campaign_goes_once_to_everybody_who_asked_for_offers_and_to_nobody_else(
    town: Town, admin: Somebody
) -> None:
    asked = await town.people(5)
    await town.person("silent@example.com", offers=False)
    leaving = await town.person("leaving@example.com")
    await town.run("update people set deletes_at = now() + interval '1 day' where id = :id", id=leaving)
    campaign = await drafted(admin)
    sent = await admin.call("send_campaign", id=campaign)
    assert (sent.state, sent.most, sent.told) == ("sending", 5, 0)
    assert await town.go(campaign, 2) == [(2, 3), (2, 1), (1, 0)]
    assert await town.queued() == asked
    assert await town.deliver() == ["sent"] * 5
    assert await town.deliver() == ["told before"] * 5
    told = await town.ask("select person_id, said -> 'hi' ->> 0, link from notifications order by person_id")
    assert told == [(person, WORDS["title_hi"], "/search?words=metro") for person in asked]
    (shown,) = (await admin.call("list_campaigns", state="sent")).items
    assert (shown.told, shown.ended_at is not None) == (5, True)
    assert await town.go(campaign) == [(0, 0)]


async def test_no_more_people_are_told_than_were_confirmed(town: Town, admin: Somebody) -> None:
    asked = await town.people(3)
    campaign = await drafted(admin)
    await admin.call("send_campaign", id=campaign)
    await town.person("late@example.com")
    assert await town.go(campaign, 2) == [(2, 1), (1, 0)]
    assert await town.queued() == asked


async def test_a_worker_that_is_stopped_in_the_middle_leaves_nobody_out_and_tells_nobody_twice(
    town: Town, admin: Somebody, database_url: str, tmp_path: Path
) -> None:
    await town.run("insert into people (email) select n || '@example.com' from generate_series(1, 450) n")
    opted_in = "insert into notification_settings (person_id, opted_in) "
    await town.run(f"{opted_in} select id, '{{offers}}' from people where email is not null")
    sent = await admin.call("send_campaign", id=await drafted(admin))
    settings = load(database_url=database_url, home=tmp_path, embedder="hashing")
    async with asyncio.timeout(60), running(settings) as whole:
        only = Catalog.of([campaigns])
        runtime = replace(whole, catalog=only, dispatcher=Dispatcher(only, whole.database, whole.ports))
        first = Worker(runtime)
        task = asyncio.create_task(first.run())
        while not await town.ask("select 1 from campaigns where told >= 200"):
            await asyncio.sleep(0.02)
        await stopped(first, task, 0)
        await Worker(runtime).run(drain=True)
    told = await town.queued()
    assert (len(told), len(set(told))) == (450, 450)
    job = await admin.call("job_status", id=sent.job_id)
    assert (job.state, job.done) == ("done", 450)
    assert (await admin.call("list_campaigns")).items[0].state == "sent"


async def test_what_is_confirmed_is_the_text_and_how_many_it_goes_to(town: Town, admin: Somebody) -> None:
    await town.people(2)
    campaign = await drafted(admin, languages=["en"])
    preview = await proposed(admin, campaign)
    assert (preview.what, preview.whom) == snapshot(
        (
            "Up to 2 people who asked for offers are told: “Ten new homes”. Homes near the metro from "
            "20,000 a month. In Hindi: “दस नए घर”. मेट्रो के पास घर, 20,000 महीने से।",
            "everybody, who read English",
        )
    )
    assert await town.queued() == []
    await town.person("late@example.com")
    with pytest.raises(TicketVoid):
        await admin.confirm(preview)
    assert (await admin.call("list_campaigns")).items[0].state == "draft"


async def test_a_cancelled_campaign_tells_nobody_who_was_not_told_yet(
    town: Town, admin: Somebody, clock: Clock
) -> None:
    clock.shown = clock.shown.replace(hour=20)  # Half past one in India.
    await town.people(4)
    campaign = await drafted(admin)
    await admin.call("send_campaign", id=campaign)
    assert (await town.job("run_campaign", {"campaign_id": campaign, "limit": 3})).remaining == 1
    first, *_ = await town.ask("select id, payload from pgqueuer where entrypoint = 'send_notification'")
    assert (await town.job("send_notification", first[1])).outcome == "sent"
    await town.run("delete from pgqueuer where id = :id", id=first[0])
    waits = "select count(*) from pgqueuer where entrypoint in ('send_notification', 'deliver_notification')"
    assert await town.ask(waits) == [(3,)]
    # One of them failed, and is to be tried again.
    await town.run("update pgqueuer set dedupe_key = null where id = (select max(id) from pgqueuer)")
    cancelled = await admin.call("cancel_campaign", id=campaign)
    assert (cancelled.state, cancelled.told) == ("cancelled", 3)
    assert await town.ask(waits) == [(0,)]
    assert await town.go(campaign) == [(0, 0)]
    assert await town.ask(waits) == [(0,)]
    assert (await admin.call("cancel_campaign", id=campaign)).state == "cancelled"
    with pytest.raises(NotADraft):
        await proposed(admin, campaign)


async def test_whoever_is_being_told_when_a_campaign_is_cancelled_is_sent_nothing_after_the_answer(
    town: Town, admin: Somebody
) -> None:
    asha, ravi = await town.people(2)
    campaign = await drafted(admin)
    await admin.call("send_campaign", id=campaign)
    await town.go(campaign)
    (first,), (second,) = await town.ask(QUEUED)
    await town.run("update pgqueuer set status = 'picked' where entrypoint = 'send_notification'")
    async with town.database.writing() as db:
        # Where the job waits in the middle of its transaction.
        await notifications.hold(db, asha)
        telling = asyncio.create_task(town.job("send_notification", first))
        await town.until("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
        cancelling = asyncio.create_task(admin.call("cancel_campaign", id=campaign))
        waits = "select exists (select from pg_locks where locktype = 'transactionid' and not granted)"
        await town.until(waits)
    assert (await telling).outcome == "sent"
    assert (await cancelling).state == "cancelled"
    assert await town.ask("select id from pgqueuer where entrypoint = 'deliver_notification'") == []
    assert (await town.job("send_notification", second)).outcome == "withdrawn"
    assert await town.ask("select person_id from notifications") == [(asha,)]
    assert ravi


async def test_a_message_of_a_cancelled_campaign_that_a_worker_has_taken_is_not_sent(
    town: Town, admin: Somebody
) -> None:
    await town.people(1)
    campaign = await drafted(admin)
    await admin.call("send_campaign", id=campaign)
    await town.go(campaign)
    await town.deliver()
    ((message,),) = await town.ask("select payload from pgqueuer where entrypoint = 'deliver_notification'")
    await town.run("update pgqueuer set status = 'picked' where entrypoint = 'deliver_notification'")
    await admin.call("cancel_campaign", id=campaign)
    assert (await town.job("deliver_notification", message)).why == "withdrawn"


async def test_a_campaign_that_everybody_has_is_not_cancelled(town: Town, admin: Somebody) -> None:
    await town.people(1)
    campaign = await drafted(admin)
    await admin.call("send_campaign", id=campaign)
    await town.go(campaign)
    await town.run("delete from pgqueuer")
    with pytest.raises(AlreadyOver):
        await admin.call("cancel_campaign", id=campaign)


async def test_the_preview_counts_each_channel_as_it_would_be_used(
    town: Town, admin: Somebody, clock: Clock
) -> None:
    await town.person("+919822222221", email="both@example.com", language="hi")
    await town.person("mail@example.com", off=("marketing email", "marketing in_app"))
    bounced = await town.person("bounced@example.com")
    await town.run(
        "insert into suppressions (person_id, channel, address_hash, reason) "
        "values (:id, 'email', sha256('bounced@example.com'), 'bounced')",
        id=bounced,
    )
    phone = await town.person("+919822222223")
    await town.run(
        "insert into devices (person_id, token, token_hash, platform) values (:id, 't', 'h', 'web')", id=phone
    )
    await town.person("silent@example.com", offers=False)
    campaign = await drafted(admin)
    shown = await admin.call("preview_campaign", id=campaign)
    counts = shown.model_dump(exclude={"examples"})
    assert counts == snapshot(
        {"people": 6, "asked": 4, "capped": 0, "in_app": 3, "push": 1, "email": 1, "sms": 2, "hindi": 1}
    )
    await admin.call("send_campaign", id=campaign)
    await town.go(campaign)
    assert await town.deliver() == ["sent"] * 4
    clock.pass_(timedelta(hours=1))
    again = await admin.call("preview_campaign", id=await drafted(admin))
    assert (again.asked, again.capped, again.in_app, again.email) == (4, 4, 0, 0)


async def test_the_examples_are_what_people_would_get_and_hold_nothing_of_anybody(
    town: Town, admin: Somebody
) -> None:
    await town.people(1)
    shown = await admin.call("preview_campaign", id=await drafted(admin))
    assert [(each.channel, each.language, each.title, each.parts) for each in shown.examples] == snapshot(
        [("in_app", "en", "Ten new homes", None), ("email", "hi", "दस नए घर", None), ("sms", "en", None, 2)]
    )
    inbox, mail, message = [each.text for each in shown.examples]
    assert inbox == WORDS["text_en"]
    assert WORDS["text_hi"] in mail
    assert f"{WORDS['title_en']}. {WORDS['text_en']}" in message
    assert "/search?words=metro" in message
    assert "example.com" not in f"{inbox}{mail}{message}".replace("360ghar.example.com", "")


@pytest.mark.parametrize(
    ("whom", "fit"),
    [
        ({}, {"admin", "asha", "ravi"}),
        ({"roles": ["member"]}, {"asha", "ravi"}),
        ({"roles": ["staff", "admin"]}, {"admin"}),
        ({"languages": ["hi"]}, {"asha"}),
        ({"localities": [" sector 57", "Elsewhere"]}, {"asha"}),
        ({"purpose": "rent"}, {"asha"}),
        ({"seen_within_days": 3}, {"admin", "ravi"}),
        ({"unseen_for_days": 3}, {"asha"}),
        ({"has_shortlist": True}, {"ravi"}),
        ({"has_shortlist": False, "roles": ["member"]}, {"asha"}),
        ({"has_visited": True}, {"ravi"}),
        ({"has_visited": False}, {"admin", "asha"}),
    ],
)
async def test_a_segment_holds_whom_it_says(
    town: Town, admin: Somebody, whom: dict[str, Any], fit: set[str]
) -> None:
    likes = {"localities": ["Sector 57"], "purpose": "rent"}
    asha = await town.person("+919876543210", language="hi", preferences=likes)
    ravi = await town.person("ravi@example.com")
    await town.run("update sessions set used_at = now() - interval '5 days' where person_id = :id", id=asha)
    await town.run("update sessions set used_at = now() where person_id <> :id", id=asha)
    home = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    await town.run(f"{home} values ('test', '1', 'rent', 'apartment', 'Flat', '', 1000)")
    await town.run("insert into shortlists (person_id, property_id) select :id, id from properties", id=ravi)
    await town.run(
        "insert into visits (person_id, property_id, starts, ends) "
        "select :id, id, now() - interval '2 hours', now() - interval '1 hour' from properties",
        id=ravi,
    )
    await town.run(
        "insert into notification_settings (person_id, opted_in) values (:id, '{offers}')", id=admin.id
    )
    names = {asha: "asha", ravi: "ravi", admin.id: "admin"}
    campaign = await drafted(admin, **whom)
    assert (await admin.call("preview_campaign", id=campaign)).asked == len(fit)
    await admin.call("send_campaign", id=campaign)
    await town.go(campaign)
    assert {names[each] for each in await town.queued()} == fit


async def test_what_cannot_be_sent_is_refused(town: Town, admin: Somebody, join: Join) -> None:
    with pytest.raises(NobodyAsked):
        await proposed(admin, await drafted(admin))
    with pytest.raises(NoSuchCampaign):
        await admin.call("preview_campaign", id=2**40)
    with pytest.raises(Contradiction):
        await drafted(admin, seen_within_days=7, unseen_for_days=30)
    for wrong in ({"title_en": "two\nlines"}, {"text_hi": "  "}, {"page": "//elsewhere.example"}):
        with pytest.raises(Invalid):
            await admin.call("draft_campaign", **WORDS | wrong)
    staff = await join("staff@example.com", "staff")
    with pytest.raises(Forbidden):
        await staff.call("list_campaigns")


def test_a_count_is_confirmed_rounded_up():
    assert [upwards(count) for count in (1, 57, 100, 101, 123, 130, 999, 12_345)] == snapshot(
        [1, 57, 100, 110, 130, 130, 1000, 13000]
    )


def test_text_messages_are_counted_as_they_are_paid_for():
    texts = ("a" * 160, "a" * 161, "€" * 80, "€" * 81, "घ" * 70, "घ" * 71, "🏠" * 35, "🏠" * 36)
    assert [parts(each) for each in texts] == snapshot([1, 2, 1, 2, 1, 2, 1, 2])
