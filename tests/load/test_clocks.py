"""The clock is moved while a crowd works, a day forward and an hour back: nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from servers.app import Application
from servers.development import DevelopmentSignIns
from servers.jobs import clocked
from servers.runtime import Runtime
from storage import notification_settings, people
from storage.engine import driver
from storage.notification_settings import Settings
from tests.crash.test_replicas import Post, post_office
from tests.servers.applications import lifespan, settings
from tests.servers.serving import listening
from tools.consent import Preview
from tools.contract import Viewer
from tools.dispatch import Caller
from tools.moments import INDIA
from tools.notices import announce
from tools.refusals import Refused

pytestmark = pytest.mark.timeout(300)

PEOPLE, WAITING = 4, 3
"""How many work, and how many only wait with a ticket."""

WORK_SECONDS = 4.0
READS, BETWEEN_READS = 8, 0.2
"""Of each, before the next is told and written: as much as one process delivers on a busy machine."""

PATIENCE = 120.0
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Moved:
    """A clock that runs, and is put forward and back by hand. No job is due soon after it begins."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        self._ahead = now.replace(minute=42, second=0) - now

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, by: timedelta) -> None:
        self._ahead += by


@dataclass(slots=True)
class Member:
    """Somebody of the crowd, and what their device hears."""

    viewer: Viewer
    token: str
    told: Counter[str] = field(default_factory=Counter[str])
    heard: list[int] = field(default_factory=list[int])
    """The ids of events that tell of a notification."""

    last: str = ""


@dataclass(slots=True)
class Crowd:
    """People at work in the whole application."""

    runtime: Runtime
    clock: Moved
    http: httpx.AsyncClient
    members: list[Member]
    statuses: Counter[int] = field(default_factory=Counter[int])
    refusals: Counter[str] = field(default_factory=Counter[str])
    done: Counter[str] = field(default_factory=Counter[str])
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    async def sql(self, query: str, *given: Any) -> list[Any]:
        async with self.runtime.database.writing() as db:
            return list(await (await driver(db)).fetch(query, *given))

    async def sign_in(self) -> None:
        """Let everybody have a token that is good by the clock as it is now."""
        signing = DevelopmentSignIns(self.runtime.database, self.runtime.signer, self.runtime.catalog)
        for each in self.members:
            assert each.viewer.id is not None
            each.token = await signing.token(each.viewer.id, (), timedelta(hours=23))

    async def work(self, member: Member) -> None:
        """Be told things, read them and write, until it ends."""
        while not self.ended.is_set():
            await self._tell(member)
            ticket = await self.propose(member)
            for _ in range(READS):
                await self._ask(member, "GET", "/api/v1/me/notifications?limit=5")
                await asyncio.sleep(BETWEEN_READS)
            key = uuid4().hex
            for _ in range(2):
                given = {"category": "marketing", "channel": "sms", "on": False}
                await self._ask(member, "PATCH", "/api/v1/me/notification-settings", given, key)
            if ticket is not None:
                await self.confirm(member, ticket)

    async def propose(self, member: Member) -> Preview | None:
        """Ask for what a person has to confirm: leaving, or staying after all."""
        caller, catalog = Caller("rest", member.viewer), self.runtime.catalog
        try:
            await self.runtime.dispatcher.run(catalog["keep_my_account"], {}, caller)
            found = await self.runtime.dispatcher.run(catalog["delete_my_account"], {}, caller)
        except Refused as no:
            self.refusals[no.code] += 1
            return None
        assert isinstance(found, Preview)
        return found

    async def confirm(self, member: Member, preview: Preview) -> str:
        """How the confirmation of a ticket went: `done`, or the code of its refusal."""
        page = Caller("rest", replace(member.viewer, own=True), decides=True)
        tool = self.runtime.catalog["confirm_action"]
        went = "done"
        try:
            await self.runtime.dispatcher.run(tool, {"ticket": preview.ticket}, page)
        except Refused as no:
            went = no.code
        self.refusals[went] += went != "done"
        self.done[preview.tool] += went == "done"
        return went

    async def listen(self, member: Member) -> None:
        """Hear what concerns a person, from where they were, until cancelled."""
        while True:
            headers = {"authorization": f"Bearer {member.token}"}
            if member.last:
                headers["last-event-id"] = member.last
            try:
                async with self.http.stream("GET", "/api/v1/events", headers=headers, timeout=60) as answer:
                    if answer.status_code == 200:
                        await _hear(member, answer)
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)

    async def until(self, what: str, query: str, *given: Any) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not (await self.sql(query, *given))[0][0]:
                    await asyncio.sleep(0.2)
        except TimeoutError:
            waits = await self.sql("select name, state, code, count(*) from jobs group by 1, 2, 3")
            raise AssertionError(f"{what}: {waits}") from None

    async def _tell(self, member: Member) -> None:
        now, number = self.clock.now(), next(self.numbers)
        assert member.viewer.id is not None
        async with self.runtime.database.writing() as db:
            about = {"session_id": number, "label": "Firefox on Android", "at": now}
            await announce(db, now, member.viewer.id, "signed_in", **about)
            await announce(db, now, member.viewer.id, "role_granted", role="member", at=now)
        member.told["signed_in"] += 1
        member.told["role_granted"] += 1

    async def _ask(
        self, member: Member, method: str, path: str, body: Any = None, key: str | None = None
    ) -> None:
        headers = {"authorization": f"Bearer {member.token}"} | ({"idempotency-key": key} if key else {})
        answer = await self.http.request(method, path, json=body, headers=headers, timeout=60)
        self.statuses[answer.status_code] += 1


async def _hear(member: Member, answer: httpx.Response) -> None:
    name = ""
    async for line in answer.aiter_lines():
        field_, _, value = line.partition(": ")
        if field_ == "id":
            member.last = value
        elif field_ == "event":
            name = value
        elif not line:
            if name == "notification.new":
                member.heard.append(int(member.last))
            name = ""


@asynccontextmanager
async def crowd(url: str, home: Path, smtp: int, clock: Moved) -> AsyncGenerator[Crowd]:
    """The application over real HTTP, with its worker, its schedule and a crowd that has signed in."""
    ready: list[Runtime] = []

    async def keep(runtime: Runtime) -> None:
        ready.append(runtime)

    given = {"smtp_url": f"smtp://127.0.0.1:{smtp}", "mail_from": "360 Ghar <hello@ghar.example>"}
    app = Application(settings(url, home, **given), prepare=keep, clock=clock)
    async with (
        lifespan(app),
        listening(app) as base,
        httpx.AsyncClient(base_url=base, limits=httpx.Limits(max_connections=100)) as http,
    ):
        (runtime,) = ready
        made = Crowd(runtime, clock, http, [await _member(runtime, clock) for _ in range(PEOPLE + WAITING)])
        await made.sign_in()
        yield made


async def _member(runtime: Runtime, clock: Moved) -> Member:
    """Somebody whose quiet hours it is now, and for two more hours."""
    there = clock.now().astimezone(INDIA)
    quiet = Settings(
        quiet_from=(there - HOUR - timedelta(minutes=5)).time().replace(microsecond=0),
        quiet_until=(there + 2 * HOUR).time().replace(microsecond=0),
    )
    async with runtime.database.writing() as db:
        found = await people.ensure(db, f"{uuid4().hex}@ghar.test")
        await notification_settings.put(db, found.id, quiet)
    scopes = frozenset(scope for tool in runtime.catalog for scope in tool.scopes)
    return Member(Viewer(found.id, "member", scopes), "")


async def test_a_clock_that_jumps_a_day_ahead_and_an_hour_back_loses_and_doubles_nothing(
    database_url: str, tmp_path: Path
) -> None:
    clock = Moved()
    async with post_office() as (post, smtp), crowd(database_url, tmp_path, smtp, clock) as there:
        due = {job.name for job in clocked(there.runtime)}
        await there.until("nobody leads", "select count(*) >= $1 from schedules", len(due))
        phones = [asyncio.create_task(there.listen(each)) for each in there.members]
        working = [asyncio.create_task(there.work(each)) for each in there.members[:PEOPLE]]
        await asyncio.sleep(WORK_SECONDS)
        idle = there.members[PEOPLE:]
        before = [await _proposed(there, each) for each in idle]

        clock.move(DAY)
        await there.sign_in()
        for each, ticket in zip(idle, before, strict=True):
            assert await there.confirm(each, ticket) == "ticket_expired"
        later = [await _proposed(there, each) for each in idle]
        done = "select count(distinct name) = $1 from jobs where state = 'done' and name = any($2::text[])"
        await there.until("what was due meanwhile is not done", done, len(due), sorted(due))
        await asyncio.sleep(WORK_SECONDS)

        clock.move(-HOUR)
        await there.sign_in()
        for each, ticket in zip(idle, later, strict=True):
            assert await there.confirm(each, ticket) == "done"
        await asyncio.sleep(WORK_SECONDS)
        there.ended.set()
        await asyncio.gather(*working)
        await _all_is_there(there, post, due)
        for each in phones:
            each.cancel()
        await asyncio.gather(*phones, return_exceptions=True)


async def _proposed(there: Crowd, member: Member) -> Preview:
    async with asyncio.timeout(PATIENCE):
        while (found := await there.propose(member)) is None:
            await asyncio.sleep(0.01)
    return found


async def _all_is_there(there: Crowd, post: Post, due: set[str]) -> None:
    assert max(there.statuses) < 500, there.statuses
    assert there.statuses[200] > 10 * PEOPLE
    assert there.done["delete_my_account"] > PEOPLE
    # The quiet hours end, and what waited for it goes out.
    await there.sql("update notification_settings set quiet_from = '00:00', quiet_until = '00:00'")
    hurried = (
        "with hurried as (update pgqueuer set execute_after = now() where status = 'queued') "
        "select count(*) = 0 from jobs where state in ('queued', 'running') and name like '%\\_notification'"
    )
    await there.until("something was not sent", hurried)
    assert await there.sql("select name, code, note from jobs where state = 'failed'") == []
    twice = "select name, count(*) from jobs where name = any($1::text[]) group by name having count(*) > 1"
    assert await there.sql(twice, sorted(due)) == [], "the clock put something in twice"
    for each in there.members:
        await _has_all(there, each)
    sent = await there.sql("select id::text from deliveries where channel = 'email' and state = 'sent'")
    assert post.seen == Counter(row[0] for row in sent), "each message once"
    undone = await there.sql(
        "select n.type from notifications n left join deliveries d on d.notification_id = n.id "
        "and d.channel = 'email' and d.state = 'sent' where n.type = 'role_granted' group by n.id "
        "having count(d.id) <> 1"
    )
    assert undone == [], "what waited for the end of quiet hours was sent, once"


async def _has_all(there: Crowd, member: Member) -> None:
    rows = await there.sql(
        "select type, count(*), count(*) filter (where listed) from notifications where person_id = $1 "
        "group by type",
        member.viewer.id,
    )
    found = {row[0]: row[1] for row in rows}
    assert {name: found[name] for name in member.told} == dict(member.told)
    listed = sum(row[2] for row in rows)
    async with asyncio.timeout(PATIENCE):
        while len(set(member.heard)) < listed:
            await asyncio.sleep(0.1)
    assert len(set(member.heard)) == listed
    assert member.heard == sorted(set(member.heard)), "in order, and each once"
