"""The queue: work that a transaction puts in, and that is done after it.

PgQueuer hands it out (its table `pgqueuer`); what it does not keep stands in `jobs`, a row for each:
who wants it, how far it has come, and how it went. `storage.queue_work` is what those who do it write.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

State = Literal["queued", "running", "done", "failed", "cancelled"]


class JobRow(Base):
    """One piece of work. Its id is PgQueuer's."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("jobs_owner_id_idx", "owner_id", "id"),
        Index("jobs_name_queued_at_idx", "name", "queued_at"),
        Index("jobs_ended_at_idx", "ended_at"),
        Index("jobs_state_id_idx", "state", "id", postgresql_where=text("state <> 'done'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    """The tool that it runs."""

    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whoever may follow it; null for what the platform does for itself."""

    state: Mapped[str] = mapped_column(server_default="queued")
    done: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None]
    """What it is at, or how it went, in a sentence."""

    attempts: Mapped[int] = mapped_column(server_default="0")
    """How often it was begun since it last got ahead."""

    code: Mapped[str | None]
    """Why the last attempt failed: a refusal's code, or `defect`."""

    stop_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was asked to stop while it ran; whoever runs it looks now and then."""

    queued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


_PUT: Final = """
with queued as (
    insert into pgqueuer (entrypoint, payload, priority, execute_after, dedupe_key, status)
    values ($1, $2, $3, now() + $4::interval, $5, 'queued')
    on conflict (dedupe_key)
        where status = any(array['queued'::pgqueuer_status, 'picked'::pgqueuer_status])
            and dedupe_key is not null
        do nothing
    returning id),
logged as (
    insert into pgqueuer_log (job_id, status, entrypoint, priority) select id, 'queued', $1, $3 from queued)
insert into jobs (id, name, owner_id) select id, $1, $6 from queued returning id"""
_SOONER: Final = """
update pgqueuer
set execute_after = least(execute_after, now() + $2::interval), priority = greatest(priority, $3)
where dedupe_key = $1 and status = 'queued' and (execute_after > now() + $2::interval or priority < $3)
returning id"""
_WAITING: Final = "select id from pgqueuer where dedupe_key = $1 and status = 'queued' for share"
_WAKE: Final = """
select pg_notify('ch_pgqueuer', json_build_object(
    'channel', 'ch_pgqueuer', 'operation', 'update', 'sent_at', now(), 'table', 'pgqueuer',
    'type', 'table_changed_event')::text)"""
_STOP: Final = """
select pg_notify('ch_pgqueuer', json_build_object(
    'channel', 'ch_pgqueuer', 'ids', json_build_array($1::bigint), 'sent_at', now(),
    'type', 'cancellation_event')::text)"""


async def put(
    db: AsyncSession,
    name: str,
    given: bytes,
    *,
    priority: int = 0,
    delay: timedelta = timedelta(),
    key: str | None = None,
    owner: int | None = None,
) -> int:
    """Put work into the queue, in this transaction, and say its id. The highest priority goes first.

    Where the same key waits already, that one's id: it waits no longer than both want, and is not begun
    before this transaction ends, so that it sees what this one did.
    """
    connection = await driver(db)
    while True:
        put_in: int | None = await connection.fetchval(_PUT, name, given, priority, delay, key, owner)
        if put_in is not None:
            return put_in
        waiting: int | None = await connection.fetchval(_SOONER, key, delay, priority)
        waiting = waiting or await connection.fetchval(_WAITING, key)
        if waiting is not None:
            return waiting


class Standing(NamedTuple):
    """How a job stands."""

    id: int
    name: str
    owner_id: int | None
    state: State
    done: int
    total: int | None
    note: str | None
    code: str | None
    attempts: int
    priority: int | None
    """Null once it has ended, as is when it is next due."""

    due_at: datetime | None
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stop_at: datetime | None


_STANDING: Final = """
select jobs.id, name, owner_id, state, done, total, note, code, jobs.attempts, priority, execute_after,
    queued_at, started_at, ended_at, stop_at
from jobs left join pgqueuer on pgqueuer.id = jobs.id"""
_GET: Final = f"{_STANDING} where jobs.id = $1"
_OWN: Final = f"{_STANDING} where owner_id = $1 and jobs.id < $2 order by jobs.id desc limit $3"
_LIST: Final = f"""
{_STANDING}
where jobs.id < $1 and state = any($2::text[]) and ($3::text is null or name = $3)
order by jobs.id desc limit $4"""
# Those that are not done have an index of their own, by state: the newest of each, and of these the newest.
_LIST_UNDONE: Final = f"""
{_STANDING}
where jobs.id in (
    select newest.id from unnest($2::text[]) as asked (state) cross join lateral (
        select id from jobs
        where jobs.state = asked.state and state <> 'done' and id < $1 and ($3::text is null or name = $3)
        order by id desc limit $4) as newest)
order by jobs.id desc limit $4"""  # noqa: S608 -- made of constants, values are parameters
_TOP: Final = 2**63 - 1


async def get(db: AsyncSession, id_: int) -> Standing | None:
    """How a job stands."""
    found = await (await driver(db)).fetchrow(_GET, id_)
    return None if found is None else Standing(*found)


async def of_owner(db: AsyncSession, owner: int, *, before: int | None, limit: int) -> list[Standing]:
    """A person's jobs, the newest first."""
    rows = await (await driver(db)).fetch(_OWN, owner, before or _TOP, limit)
    return [Standing(*row) for row in rows]


async def some(
    db: AsyncSession, states: Collection[State], name: str | None, *, before: int | None, limit: int
) -> list[Standing]:
    """The jobs in these states, of one name where it is given; the newest first."""
    query = _LIST if "done" in states else _LIST_UNDONE
    rows = await (await driver(db)).fetch(query, before or _TOP, sorted(set(states)), name, limit)
    return [Standing(*row) for row in rows]


class Waiting(NamedTuple):
    """The jobs of one name that have not ended well, counted."""

    name: str
    due: int
    """What could be begun now."""

    later: int
    running: int
    failed: int
    oldest: timedelta | None
    """For how long the oldest of what is due has been so."""


_WAITING_BY_NAME: Final = """
select entrypoint, count(*) filter (where status = 'queued' and execute_after <= now()),
    count(*) filter (where status = 'queued' and execute_after > now()),
    count(*) filter (where status = 'picked'), count(*) filter (where status = 'failed'),
    now() - min(execute_after) filter (where status = 'queued' and execute_after <= now())
from pgqueuer group by entrypoint order by entrypoint"""


async def waiting(db: AsyncSession) -> list[Waiting]:
    """What the queue holds, by name."""
    return [Waiting(*row) for row in await (await driver(db)).fetch(_WAITING_BY_NAME)]


_HOLD: Final = "select status::text from pgqueuer where id = $1 for update"
_DROP: Final = "delete from pgqueuer where id = $1"
_CANCELLED: Final = """
update jobs set state = 'cancelled', ended_at = now(), stop_at = coalesce(stop_at, now()) where id = $1"""
_ASKED: Final = "update jobs set stop_at = coalesce(stop_at, now()) where id = $1"


async def cancel(db: AsyncSession, id_: int) -> State | None:
    """Cancel a job: one that waits or has failed is `cancelled` at once; one that runs is asked to stop.

    Its state now, or None where it has ended.
    """
    connection = await driver(db)
    status: str | None = await connection.fetchval(_HOLD, id_)
    if status is None:
        return None
    if status == "picked":
        await connection.execute(_ASKED, id_)
        await connection.execute(_STOP, id_)
        return "running"
    await connection.execute(_DROP, id_)
    await connection.execute(_CANCELLED, id_)
    return "cancelled"


_REPLAY: Final = """
with again as (
    update pgqueuer set status = 'queued', execute_after = now(), updated = now(), attempts = 0,
        queue_manager_id = null
    where status = 'failed' and id = any(array(
        select id from pgqueuer where status = 'failed' and ($1::bigint is null or id = $1)
            and ($2::text is null or entrypoint = $2) order by id limit $3 for update skip locked))
    returning id, entrypoint, priority),
logged as (
    insert into pgqueuer_log (job_id, status, entrypoint, priority)
    select id, 'queued', entrypoint, priority from again)
update jobs set state = 'queued', attempts = 0, ended_at = null, code = null, stop_at = null
from again where jobs.id = again.id returning jobs.id"""


async def replay(db: AsyncSession, *, id_: int | None, name: str | None, limit: int) -> list[int]:
    """Let what has failed be tried again, as if for the first time: that one, or the oldest of that name."""
    connection = await driver(db)
    ids = sorted(row[0] for row in await connection.fetch(_REPLAY, id_, name, limit))
    if ids:
        await connection.execute(_WAKE)
    return ids


KEPT: Final = timedelta(days=7)
"""How long a job is remembered after its end."""

KEPT_FAILED: Final = timedelta(days=30)
"""How long a dead letter can be replayed."""

_FORGET_ABOUT: Final = """
with gone as (
    delete from pgqueuer where entrypoint = $1 and status in ('queued', 'failed')
        and (convert_from(payload, 'utf8')::jsonb ->> 'person_id')::bigint = any($2::bigint[])
    returning id)
delete from jobs using gone where jobs.id = gone.id"""


async def forget_about(db: AsyncSession, name: str, people: Sequence[int]) -> None:
    """Remove the jobs of a name that wait or have failed and that have to do with these people."""
    await (await driver(db)).execute(_FORGET_ABOUT, name, people)


_OLD: Final = """
(state in ('done', 'cancelled') and ended_at < now() - $1::interval
    or state = 'failed' and ended_at < now() - $2::interval)"""
_FORGET: Final = f"""
with gone as (
    delete from jobs where id = any(array(
        select id from jobs where ended_at < now() - $1::interval and {_OLD}
        order by ended_at limit $3 for update skip locked))
    returning id),
dropped as (delete from pgqueuer where status = 'failed' and id in (select id from gone))
select count(*) from gone"""  # noqa: S608
_COUNT_OLD: Final = f"select count(*) from jobs where ended_at < now() - $1::interval and {_OLD}"  # noqa: S608
_FORGET_LOG: Final = """
delete from pgqueuer_log where ctid = any(array(
    select ctid from pgqueuer_log where created < now() - $1::interval order by created limit $2))"""
_COUNT_LOG: Final = "select count(*) from pgqueuer_log where created < now() - $1::interval"
_FORGET_COUNTS: Final = "delete from pgqueuer_statistics where created < now() - $1::interval"


async def forget(db: AsyncSession, limit: int) -> int:
    """Forget what ended long ago, at most `limit` jobs and as many lines of PgQueuer's log; how many."""
    connection = await driver(db)
    gone: int = await connection.fetchval(_FORGET, KEPT, KEPT_FAILED, limit)
    log = await connection.execute(_FORGET_LOG, KEPT, limit)
    await connection.execute(_FORGET_COUNTS, KEPT_FAILED)
    return gone + int(log.rpartition(" ")[2])


async def count_old(db: AsyncSession) -> int:
    """How much there is to forget."""
    connection = await driver(db)
    jobs: int = await connection.fetchval(_COUNT_OLD, KEPT, KEPT_FAILED)
    lines: int = await connection.fetchval(_COUNT_LOG, KEPT)
    return jobs + lines
