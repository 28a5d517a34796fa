"""Writes of several steps, and jobs of several rounds, that are killed halfway: nothing is half done."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import asyncpg
import httpx
import pytest

from tests.crash.product import Product, until
from tests.crash.test_writes import LOCK, outcome
from tests.days import working_days
from tests.photos.pictures import photo
from tools.moments import INDIA

pytestmark = pytest.mark.timeout(600)

NONCE: Final = "pressed"
_WAITING: Final = "select count(*) from pg_stat_activity where wait_event = 'advisory'"
_HOLD_UP: Final = """
create function hold_up() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'portfolios' then
        if new.property_id <= 60 then
            return new;
        end if;
    end if;
    perform pg_advisory_xact_lock_shared(360);
    return new;
end $$"""
TABLES: Final = (
    "visits", "enquiries", "portfolios", "properties", "listings", "listing_moves", "photos", "shortlists",
    "shortlist_links", "shortlist_comments", "tickets", "kept_answers", "activities", "undos", "people",
)  # fmt: skip
"""What the writes here touch, but for what is to be done afterwards."""

_ASKED_FOR: Final = """
select name, count(*) from jobs
where name in ('develop_photo', 'follow_visit', 'send_notification', 'hand_on_visits')
group by 1 order by 1"""
_ENQUIRED: Final = """
insert into enquiries (property_id, person_id, carer_id, opened_at, last_at)
select id, $1, $2, now(), now() from properties where id between 51 and 150"""


@dataclass(frozen=True)
class Town:
    """A server, somebody who owns a home and asks to see another, and somebody who shows it."""

    product: Product
    server: asyncio.subprocess.Process
    asha: int
    kiran: int
    meera: int
    ravi: int
    tokens: Mapping[int, str]

    async def ask(self, who: int, method: str, path: str, key: str, **given: Any) -> httpx.Response:
        """One attempt. Raises `TransportError` where nothing comes back."""
        headers = {"authorization": f"Bearer {self.tokens[who]}", "idempotency-key": key}
        async with httpx.AsyncClient(base_url=self.product.url, timeout=30) as http:
            return await http.request(method, f"/api/v1{path}", json=given, headers=headers)

    async def done(self, *asked: Any, **given: Any) -> dict[str, Any]:
        """The answer of what must succeed."""
        said = await self.ask(*asked, **given)
        assert said.status_code < 300, said.text
        return said.json()

    async def found(self) -> dict[str, Any]:
        """What stands in the tables, and what was asked for."""
        async with self.product.connected() as db:
            held = {each: await db.fetchval(_digest(each)) for each in TABLES}
            return held | {"jobs": [tuple(row) for row in await db.fetch(_ASKED_FOR)]}

    async def unnamed(self) -> set[str]:
        """Files of photos that belong to none, and that nothing will delete either."""
        folder = self.product.home / "blobs"
        files = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
        async with self.product.connected() as db:
            doomed = {row[0] for row in await db.fetch("select name from doomed_blobs")}
            folders = {row[0] for row in await db.fetch("select folder from photos")}
        return {each for each in files - doomed if each.rpartition("/")[0] not in folders}


def _digest(table: str) -> str:
    return f"select count(*) || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"


@pytest.fixture
async def town(product: Product, few: str) -> Town:
    await product.done("import", "listings", few)
    # What is put into the queue stays there, to be counted.
    product.settings["GHAR_WORKER"] = "false"
    tokens = list[str]()
    for role in ("member", "staff"):
        process = await product.ghar("token", "--as", role, "--port", str(product.port))
        tokens.append((await process.communicate())[0].decode().strip())
    server = await product.serve()
    async with product.connected() as db:
        await db.execute(_HOLD_UP)
        asha = await db.fetchval("select id from people where role = 'member'")
        kiran = await db.fetchval("select id from people where role = 'staff'")
        added = "insert into people (email, role) values ($1, $2) returning id"
        meera = await db.fetchval(added, "meera@example.com", "staff")
        ravi = await db.fetchval(added, "ravi@example.com", "member")
    return Town(product, server, asha, kiran, meera, ravi, {asha: tokens[0], kiran: tokens[1]})


@asynccontextmanager
async def held_up(product: Product, *points: str) -> AsyncGenerator[None]:
    """Everything stops at these points for the length of the block."""
    async with product.connected() as db:
        for number, point in enumerate(points):
            await db.execute(
                f"create trigger held_up_{number} {point} for each row execute function hold_up()"
            )
        await db.execute("select pg_advisory_lock($1)", LOCK)
        yield
        await db.execute("select pg_advisory_unlock($1)", LOCK)
    async with product.connected() as db:

        async def free() -> bool | None:
            return await db.fetchval(_WAITING) == 0 or None

        await until("nothing is held up", free)
        for number, point in enumerate(points):
            await db.execute(f"drop trigger held_up_{number} on {point.split(' on ')[1]}")


async def waiting(product: Product, count: int) -> None:
    """Wait until so many are held up."""
    async with product.connected() as db:

        async def there() -> bool | None:
            return await db.fetchval(_WAITING) >= count or None

        await until(f"{count} are held up", there)


def at(day: int) -> str:
    """A time to see a home, on a day on which homes are shown."""
    return datetime.combine(working_days()[day], time(11), INDIA).isoformat()


async def pressed(town: Town, ticket: str) -> None:
    """Let a ticket be confirmed as if a widget had been given its nonce."""
    async with town.product.connected() as db:
        hashed = hashlib.sha256(NONCE.encode()).digest()
        await db.execute("update tickets set nonce_hash = $2 where id = $1::text::uuid", ticket, hashed)


Asked = tuple[int, str, str, str, dict[str, Any]]


async def _visit(town: Town, key: str) -> Asked:
    """A visit that is moved, and confirmed."""
    async with town.product.connected() as db:
        starts = datetime.fromisoformat(at(3)).astimezone(UTC)
        visit = await db.fetchval(
            "insert into visits (person_id, property_id, host_id, starts, ends) "
            "values ($1, 5, $2, $3, $4) returning id",
            town.asha, town.kiran, starts, starts + timedelta(minutes=30),
        )  # fmt: skip
    preview = await town.done(town.asha, "POST", f"/visits/{visit}/reschedule", "moves", starts=at(4))
    await pressed(town, preview["ticket"])
    return town.asha, "POST", f"/actions/{preview['ticket']}/confirm", key, {"nonce": NONCE}


async def prepared(town: Town) -> dict[str, Asked]:
    """Writes of several steps, each ready to be asked for."""
    words = "2 bhk apartment in sector 57 for rent 30000"
    mine, other, third = [
        (await town.done(town.asha, "POST", "/me/listings", f"draft-{number}", words=words))["id"]
        for number in range(3)
    ]
    await town.done(town.asha, "POST", f"/me/listings/{other}/status", "hands-in", status="review")
    await town.done(town.asha, "PUT", "/me/shortlist/7", "keeps")
    picture = base64.b64encode(photo()).decode()
    return {
        "reschedule": await _visit(town, "moved"),
        "submit": (town.asha, "POST", f"/me/listings/{mine}/status", "submitted", {"status": "review"}),
        "review": (
            town.kiran, "POST", f"/admin/listings/{other}/review", "reviewed",
            {"submission": 1, "decision": "approve"},
        ),
        "share": (town.asha, "POST", "/me/shortlist-links", "shared", {"may": "comment"}),
        "comment": (town.asha, "POST", "/me/shortlist-comments", "said", {"text": "Too dark?"}),
        "photo": (town.asha, "POST", f"/listings/{third}/photos/inline", "sent", {"data": picture}),
    }  # fmt: skip


async def asked(town: Town, writes: Mapping[str, Asked]) -> dict[str, dict[str, Any]]:
    """What each of these answers."""
    return {
        name: await town.done(who, method, path, key, **given)
        for name, (who, method, path, key, given) in writes.items()
    }


async def _writes_leave_nothing_and_are_done_once_when_repeated(town: Town) -> None:
    product = town.product
    writes = await prepared(town)
    before = await town.found()
    # All but the photo have done everything by then; its file is stored, and there is no row of it.
    async with held_up(product, "before insert on activities", "before insert on photos"):
        asking = [
            asyncio.create_task(town.ask(who, method, path, key, **given))
            for who, method, path, key, given in writes.values()
        ]
        await waiting(product, len(writes))
        town.server.kill()
        await town.server.wait()
        assert {await outcome(each) for each in asking} == {None}
    await product.serve()
    assert await town.found() == before
    assert await town.unnamed() == set()
    said = await asked(town, writes)
    after = await town.found()
    assert await asked(town, writes) == said
    assert await town.found() == after
    assert said["reschedule"]["state"] == "done"
    async with product.connected() as db:
        counted = "select (select count(*) from photos), (select count(*) from shortlist_links), "
        counted += (
            "(select count(*) from shortlist_comments), (select count(*) from visits where awaits = 'host')"
        )
        assert tuple(await db.fetchrow(counted) or ()) == (1, 1, 1, 1)
        moves = "select count(*) from listing_moves where now in ('review', 'live')"
        assert await db.fetchval(moves) == 3
    assert await town.unnamed() == set()


async def killed(town: Town, point: str, *job: str) -> None:
    """Begin a job, and kill it where it is held up."""
    product = town.product
    async with held_up(product, point):
        process = await product.ghar("job", *job)
        await waiting(product, 1)
        process.kill()
        await process.wait()
        # Its backend hears of that once it is let go on, and then has nobody to answer.


async def whole(town: Town, *job: str) -> None:
    """Run a job until nothing remains."""
    process = await town.product.ghar("job", *job)
    await process.communicate()
    assert process.returncode == 0, town.product.said("job")


async def _carers(db: "asyncpg.Connection[asyncpg.Record]", person: int) -> tuple[int, int, int]:
    """Homes that somebody looks after, those that lack their enquiry, and enquiries that lack their home."""
    row = await db.fetchrow(
        "select count(f.property_id), "
        "count(*) filter (where e.id is null and f.property_id between 51 and 150), "
        "count(*) filter (where f.property_id is null) from "
        "(select * from portfolios where staff_id = $1) f "
        "full join (select * from enquiries where carer_id = $1) e using (property_id)",
        person,
    )
    assert row is not None
    return tuple(row)


async def _a_portfolio_is_wholly_of_two_people_at_any_time(town: Town) -> None:
    async with town.product.connected() as db:
        await db.execute("insert into portfolios (staff_id, property_id) "
                         "select $1, id from properties where id <= 150", town.kiran)  # fmt: skip
        await db.execute(_ENQUIRED, town.asha, town.kiran)
        job = (
            "move_portfolio",
            "--from-id",
            str(town.kiran),
            "--to-id",
            str(town.meera),
            "--limit",
            "60",
            "--all",
        )
        await killed(town, "before insert on portfolios", *job)
        assert await _carers(db, town.meera) == (60, 0, 0)
        assert await _carers(db, town.kiran) == (90, 0, 0)
        await whole(town, *job)
        assert await _carers(db, town.meera) == (150, 0, 0)
        assert await _carers(db, town.kiran) == (0, 0, 0)
        assert ("hand_on_visits", 1) in (await town.found())["jobs"]


async def _an_erasure_with_photos_is_of_everything_or_nothing(town: Town) -> None:
    folder = town.product.home / "blobs/photos/theirs"
    folder.mkdir(parents=True)
    (folder / "1280.webp").write_bytes(b"x")
    async with town.product.connected() as db:
        await db.execute("update properties set owner_id = $1 where id = 3", town.ravi)
        await db.execute("insert into photos (property_id, person_id, kind, folder, position, state) "
                         "values (3, $1, 'photo', 'photos/theirs', 1, 'ready')", town.ravi)  # fmt: skip
        await db.execute(f"{_ENQUIRED} limit 50", town.kiran, town.ravi)
        await db.execute("update people set deletes_at = now() where id = $1", town.ravi)
        before = await town.found()
        await killed(town, "before update on people", "erase_due_accounts", "--all")
        assert await town.found() == before
        assert await town.unnamed() == set()
        await whole(town, "erase_due_accounts", "--all")
        assert await db.fetchval("select count(*) from photos where property_id = 3") == 0
        assert await db.fetchval("select count(*) from enquiries where carer_id is null") == 50
        doomed = "select name from doomed_blobs where name like 'photos/theirs/1280.webp'"
        assert await db.fetchval(doomed) == "photos/theirs/1280.webp"
    assert await town.unnamed() == set()


async def test_what_takes_several_steps_is_never_half_done(town: Town) -> None:
    """One town for all of it: to make one takes longer than to kill it."""
    await _a_portfolio_is_wholly_of_two_people_at_any_time(town)
    await _an_erasure_with_photos_is_of_everything_or_nothing(town)
    await _writes_leave_nothing_and_are_done_once_when_repeated(town)
