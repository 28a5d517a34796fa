"""Work on the queue: what a process that does jobs writes down, on the connection on which it takes them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from storage.queue import State


class Connection(Protocol):
    """PgQueuer's way to the database: one statement at a time."""

    async def fetch(self, query: str, *args: object) -> list[dict[str, Any]]: ...


class Begun(NamedTuple):
    """A job that this process has taken."""

    id: int
    attempt: int
    """1 for the first one since it last got ahead."""

    done: int
    """How far it has come before."""

    stop: bool
    """Whether it was asked to stop."""


class Ending(NamedTuple):
    """How an attempt ended: for good, or `queued` where it is tried again after the delay."""

    id: int
    state: State
    note: str | None = None
    code: str | None = None
    delay: timedelta = timedelta()
    done: int | None = None
    """How much was done, where that is known."""


_BEGIN: Final = """
update jobs set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now())
where id = any($1::bigint[]) returning id, attempts, done, stop_at is not null as stop"""
_END: Final = """
with said as (
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::interval[], $6::bigint[])
        as said (id, state, note, code, delay, done)),
held as (
    select id, entrypoint, priority from pgqueuer
    where id = any($1) and status = 'picked' and queue_manager_id = $7 for update),
ended as (
    delete from pgqueuer using held, said
    where pgqueuer.id = held.id and said.id = held.id and said.state in ('done', 'cancelled')),
kept as (
    update pgqueuer set status = said.state::pgqueuer_status, attempts = attempts + 1, updated = now(),
        execute_after = now() + said.delay, queue_manager_id = null
    from held join said on said.id = held.id
    where pgqueuer.id = held.id and said.state in ('failed', 'queued')),
logged as (
    insert into pgqueuer_log (job_id, status, entrypoint, priority)
    select id, (case state when 'done' then 'successful' when 'cancelled' then 'canceled' else state end)
        ::pgqueuer_status, entrypoint, priority
    from held join said using (id)),
told as (
    insert into pgqueuer (entrypoint, payload, priority, status)
    select 'tell_of_job', convert_to(json_build_object('id', id)::text, 'UTF8'), priority, 'queued'
    from held join said using (id)
    where state in ('done', 'failed') and id in (select id from jobs where owner_id is not null)
    returning id),
following as (insert into jobs (id, name) select id, 'tell_of_job' from told)
update jobs set state = said.state, note = coalesce(said.note, jobs.note), code = said.code,
    ended_at = case when said.state <> 'queued' then now() end,
    done = case when said.state = 'done' then coalesce(said.done, jobs.total, jobs.done) else jobs.done end,
    total = coalesce(said.done, jobs.total)
from held join said on said.id = held.id
where jobs.id = held.id returning jobs.id"""
_PROGRESS: Final = """
update jobs set done = $2, total = $3, note = coalesce($4, note),
    attempts = case when $5 then least(attempts, 1) else attempts end
where id = $1 and exists (
    select from pgqueuer where id = $1 and status = 'picked' and queue_manager_id = $6)
returning stop_at is not null as stop"""
_HAND_BACK: Final = """
with back as (
    update pgqueuer set status = 'queued', execute_after = now(), updated = now(), queue_manager_id = null
    where queue_manager_id = any($1::uuid[]) and status = 'picked'
    returning id, entrypoint, priority),
logged as (
    insert into pgqueuer_log (job_id, status, entrypoint, priority)
    select id, 'queued', entrypoint, priority from back),
woken as (
    select pg_notify('ch_pgqueuer', json_build_object(
        'channel', 'ch_pgqueuer', 'operation', 'update', 'sent_at', now(), 'table', 'pgqueuer',
        'type', 'table_changed_event')::text)
    where exists (select from back))
update jobs set state = 'queued', attempts = greatest(attempts - 1, 0)
from back left join woken on true where jobs.id = back.id returning jobs.id"""


async def begin(connection: Connection, ids: Sequence[int]) -> list[Begun]:
    """Say that these jobs run now, once more."""
    rows = await connection.fetch(_BEGIN, ids)
    return [Begun(row["id"], row["attempts"], row["done"], row["stop"]) for row in rows]


async def end(connection: Connection, worker: UUID, endings: Sequence[Ending]) -> list[int]:
    """Say how attempts ended; the ids of those that were still this worker's to end.

    Whoever follows one that ended for good is told by a job of its own.
    """
    columns = zip(*endings, strict=True)
    rows = await connection.fetch(_END, *columns, worker)
    return [row["id"] for row in rows]


async def progress(
    connection: Connection,
    worker: UUID,
    id_: int,
    done: int,
    total: int | None,
    note: str | None,
    *,
    ahead: bool,
) -> bool:
    """Say how far a job has come, and whether that is done for good; whether it is to stop.

    It is where that was asked for, and where it is no longer this worker's: nothing is written then.
    """
    rows = await connection.fetch(_PROGRESS, id_, done, total, note, ahead, worker)
    return not rows or any(row["stop"] for row in rows)


async def hand_back(connection: Connection, workers: Collection[UUID]) -> list[int]:
    """Put what these workers still hold back into the queue, as if they had not begun it; which jobs."""
    return [row["id"] for row in await connection.fetch(_HAND_BACK, list(workers))]
