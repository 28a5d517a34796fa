"""Merged places whose properties are on their way: killed in any round, nothing is half moved or lost."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from storage import place_names
from storage.engine import Database, DatabaseOptions
from tests.badinput.house import listing, write_csv
from tests.crash.product import Product, until
from tools.discovery.importing.source import REQUIRED
from tools.discovery.merging import AT_ONCE

pytestmark = pytest.mark.timeout(600)

LOCK: Final = 361
HOMES: Final = AT_ONCE + 100
_HOLD_UP: Final = """
create function hold_up_place() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(361);
    return new;
end $$"""
_WAITS: Final = "select pid from pg_stat_activity where wait_event = 'advisory'"
_STANDS: Final = """
select count(*) filter (where p.society_id = $1), count(*) filter (where p.society_id = $2),
  count(*) filter (where p.society_id is distinct from s.society_id),
  (select count(*) from places where follows_from is not null)
from properties p join property_search s on s.property_id = p.id"""


async def stands(product: Product, old: int, new: int) -> tuple[int, ...]:
    """How many properties stand in the old place, in the new one, in one but are found in the other, and how
    many places have something on its way."""
    async with product.connected() as db:
        return tuple(await db.fetchrow(_STANDS, old, new) or ())


async def killed(product: Product) -> None:
    """Run a round of the job, and kill it and its backend when it has moved properties and indexes them."""
    async with product.connected() as db:
        await db.execute(
            "create trigger held_up before update on property_search for each row "
            "execute function hold_up_place()"
        )
        await db.execute("select pg_advisory_lock($1)", LOCK)
        job = await product.ghar("job", "follow_places")

        async def held_up() -> int | None:
            assert job.returncode is None, product.said("job")
            return await db.fetchval(_WAITS)

        backend = await until("it is held up", held_up)
        job.kill()
        await job.wait()
        await db.execute("select pg_terminate_backend($1)", backend)

        async def gone() -> bool | None:
            return await db.fetchval(_WAITS) is None or None

        await until("nothing is held up", gone)
        await db.execute("drop trigger held_up on property_search")
        await db.execute("select pg_advisory_unlock($1)", LOCK)


async def test_a_merge_that_is_killed_in_any_round_goes_on_and_loses_nothing(
    product: Product, folder: Path
) -> None:
    rows = (listing(n, society="Orchid Meadow" if n else "Orchid Meadows") for n in range(HOMES + 1))
    path = write_csv(folder / "societies.csv", rows, (*REQUIRED, "society"))
    await product.done("import", "listings", str(path))
    # It keeps PostgreSQL going, and leaves the work to whoever is killed.
    product.settings["GHAR_WORKER"] = "false"
    await product.serve()
    async with product.connected() as db:
        await db.execute(_HOLD_UP)
        ids = await db.fetch("select id from places where slug like 'orchid meadow%' order by slug limit 2")
    old, new = (row["id"] for row in ids)
    database = Database(DatabaseOptions(url=product.database_url))
    async with database.writing() as session:
        await place_names.merge(session, old, new, datetime.now(UTC))
    await database.close()
    assert await stands(product, old, new) == (HOMES, 1, 0, 1)
    await killed(product)
    assert await stands(product, old, new) == (HOMES, 1, 0, 1)
    await product.done("job", "follow_places")
    await killed(product)
    assert await stands(product, old, new) == (HOMES - AT_ONCE, AT_ONCE + 1, 0, 1)
    while (await stands(product, old, new))[-1]:
        await product.done("job", "follow_places")
    assert await stands(product, old, new) == (0, HOMES + 1, 0, 0)
