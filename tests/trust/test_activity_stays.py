"""The record is only ever added to: nobody changes or removes a row, whatever they may do otherwise."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from tests.account.conftest import Somebody

CHANGES = {
    "update": "update activities set person_id = 0",
    "update of nothing": "update activities set person_id = 0 where false",
    "delete": "delete from activities",
    "delete in a query": "with gone as (delete from activities returning id) select count(*) from gone",
    "truncate": "truncate activities",
    "truncate with all": "truncate activities, undos restart identity cascade",
    "upsert": """
        insert into activities (id, surface, tool) overriding system value values (1, 'rest', 'x')
        on conflict (id) do update set tool = 'x'""",
    "merge": """
        merge into activities using (select 1 as id) as one on activities.id > one.id - 1
        when matched then delete""",
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@pytest.fixture
async def superuser(database_url: str, asha: Somebody) -> AsyncGenerator[asyncpg.Connection]:
    """A connection that no right is missing to, over a record of one write."""
    await asha.call("update_profile", name="Asha")
    connection = await asyncpg.connect(database_url)
    assert await connection.fetchval("select rolsuper from pg_roles where rolname = current_user")
    yield connection
    assert await connection.fetchval("select count(*) from activities where tool = 'update_profile'") == 1
    await connection.close()


async def refused(connection: asyncpg.Connection, change: str) -> None:
    """The change fails, and not for want of syntax."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(change)


@each_change
async def test_not_by_a_superuser(superuser: asyncpg.Connection, change: str) -> None:
    await refused(superuser, change)


@each_change
async def test_not_by_a_superuser_who_turns_triggers_off_for_the_session(
    superuser: asyncpg.Connection, change: str
) -> None:
    await superuser.execute("set session_replication_role = replica")
    await refused(superuser, change)
    await superuser.execute("reset session_replication_role")


@pytest.fixture
async def role(superuser: asyncpg.Connection) -> AsyncGenerator[str]:
    """A role as a server may have it: it may do everything with every table, and is no superuser."""
    name = await superuser.fetchval("select 'app_' || replace(current_database(), '-', '_')")
    await superuser.execute(f"""
        create role {name};
        grant all on all tables in schema public to {name};
        grant all on all sequences in schema public to {name}""")
    yield name
    await superuser.execute(f"reset role; reassign owned by {name} to current_user; drop owned by {name}")
    await superuser.execute(f"drop role {name}")


@each_change
async def test_not_by_the_application_though_every_right_was_granted_to_it(
    superuser: asyncpg.Connection, role: str, change: str
) -> None:
    await superuser.execute(f"set role {role}")
    await superuser.execute("insert into activities (surface, tool) values ('rest', 'added')")
    await refused(superuser, change)


@each_change
async def test_not_by_an_application_that_owns_the_tables(
    superuser: asyncpg.Connection, role: str, change: str
) -> None:
    await superuser.execute(f"""
        revoke update, delete, truncate on activities from {role};
        alter table activities owner to {role}; alter table undos owner to {role};
        set role {role}""")
    held = "select has_table_privilege('activities', 'update, delete, truncate')"
    assert not await superuser.fetchval(held)
    await superuser.execute("insert into activities (surface, tool) values ('rest', 'added')")
    await refused(superuser, change)
