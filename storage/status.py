"""The state of the database: its programs, its size, what is in it, and what it is busy with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class ServerState(NamedTuple):
    """Versions of the server and its extensions, and how it is used. Bytes and seconds."""

    postgresql: str
    postgis: str | None
    pgvector: str | None
    bytes: int
    connections: int
    longest_seconds: float
    """How long the oldest running transaction has been going."""

    revision: str | None


class TableState(NamedTuple):
    """One table, with its indexes. `rows` is PostgreSQL's estimate."""

    name: str
    rows: int
    bytes: int


class Listed(NamedTuple):
    """How many live properties there are, and how many of them have a vector of a model."""

    live: int
    with_vector: int


class WorkState(NamedTuple):
    """How the work behind requests goes."""

    late: float
    """For how many seconds the job has been due that waits the longest."""

    vectors: str | None
    """The state of the newest job that makes vectors; None where it is done or there was none."""

    vectors_left: int | None
    """About how many it has to make, once that is known."""


_SERVER = """
select current_setting('server_version') as postgresql,
       (select extversion from pg_extension where extname = 'postgis') as postgis,
       (select extversion from pg_extension where extname = 'vector') as pgvector,
       pg_database_size(current_database()) as bytes,
       (select count(*) from pg_stat_activity where datname = current_database()) as connections,
       (select coalesce(max(extract(epoch from now() - xact_start)), 0)::float
          from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()) as longest_seconds,
       (select string_agg(version_num, ',') from alembic_version) as revision
"""

_TABLES = """
select c.relname as name, greatest(c.reltuples, 0)::bigint as rows, pg_total_relation_size(c.oid) as bytes
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relkind in ('r', 'p')
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
 order by bytes desc, name
"""

_LISTED = """
select (select count(*) from property_search) as live,
       (select count(*) from property_vectors where model = :model) as with_vector
"""


_WORK = """
select (select coalesce(max(extract(epoch from now() - execute_after)), 0)::float from pgqueuer
         where status = 'queued' and execute_after <= now()) as late,
       vectors.state, vectors.remaining
  from (select) one
  left join (select nullif(state, 'done') as state, (total - done)::int as remaining from jobs
              where name = 'embed_listings' order by queued_at desc limit 1) vectors on true
"""


async def work(db: AsyncSession) -> WorkState:
    """How the queue keeps up, and the vectors."""
    return WorkState(*(await db.execute(text(_WORK))).one())


async def server(db: AsyncSession) -> ServerState:
    """The server behind this session, as it is now."""
    return ServerState(*(await db.execute(text(_SERVER))).one())


async def tables(db: AsyncSession) -> list[TableState]:
    """Our tables, the largest first."""
    return [TableState(*row) for row in await db.execute(text(_TABLES))]


async def listed(db: AsyncSession, model: str) -> Listed:
    """How far the vectors of `model` have come."""
    return Listed(*(await db.execute(text(_LISTED), {"model": model})).one())
