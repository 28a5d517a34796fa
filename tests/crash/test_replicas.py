"""Two replicas, of which one is killed again and again: no event, job or message is lost or done twice."""

import asyncio
import itertools
import re
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from storage.engine import Database, DatabaseOptions
from tests.crash.product import Product, free_port, kill, until
from tests.door.redis_server import RedisServer
from tools.faults import DATABASE_ERRORS
from tools.notices import announce

pytestmark = pytest.mark.timeout(900)

PEOPLE = 6
KILLS = 4
BETWEEN_KILLS = 20.0
_LEFT = """
select count(*) from jobs where state in ('queued', 'running') and name like '%\\_notification'"""
AT_ONCE = 4
"""Jobs of one process that run at the same time."""


@dataclass(slots=True)
class Post:
    """A mail server that counts each message by its id."""

    seen: Counter[str] = field(default_factory=Counter[str])

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        head = envelope.content.decode(errors="replace").lower()
        (id_,) = re.findall(r"^message-id: <([0-9a-f-]+)@", head, re.MULTILINE)
        self.seen[id_] += 1
        return "250 OK"


@asynccontextmanager
async def post_office() -> AsyncGenerator[tuple[Post, int]]:
    """A mail server on a free port."""
    post, loop = Post(), asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(post, hostname="mx.example", loop=loop), "127.0.0.1", 0)
    async with listening:
        yield post, listening.sockets[0].getsockname()[1]


@dataclass(slots=True)
class Phone:
    """Somebody's device, which listens at whichever replica answers, and goes on where it was."""

    person: int
    token: str
    ports: tuple[int, ...]
    heard: list[int] = field(default_factory=list[int])
    last: str = ""

    async def listen(self) -> None:
        """Until it is cancelled."""
        for port in itertools.cycle(self.ports):
            try:
                async with httpx.AsyncClient(timeout=httpx.Timeout(5, read=60)) as http:
                    await self._hear(http, f"http://127.0.0.1:{port}/api/v1/events")
            except httpx.TransportError:
                await asyncio.sleep(0.2)

    async def _hear(self, http: httpx.AsyncClient, url: str) -> None:
        headers = {"authorization": f"Bearer {self.token}"} | (
            {"last-event-id": self.last} if self.last else {}
        )
        async with http.stream("GET", url, headers=headers) as answer:
            if answer.status_code != 200:
                await asyncio.sleep(0.2)
                return
            id_, name = "", ""
            async for line in answer.aiter_lines():
                kind, _, value = line.partition(": ")
                if kind == "id":
                    id_ = value
                elif kind == "event":
                    name = value
                elif not line and id_:
                    assert name != "reset"
                    if name == "notification.new":
                        self.heard.append(int(id_))
                    self.last, name = id_, ""


async def token(product: Product, person: int) -> str:
    process = await product.ghar("token", "--id", str(person), "--port", str(product.port))
    out, _ = await process.communicate()
    assert process.returncode == 0, product.said("token")
    return out.decode().strip()


async def people(product: Product) -> list[int]:
    async with product.connected() as db:
        rows = await db.fetch(
            "insert into people (email) select 'person' || n || '@ghar.test' from generate_series(1, $1) n "
            "returning id",
            PEOPLE,
        )
    return [row[0] for row in rows]


async def dying(product: Product, living: dict[int, asyncio.subprocess.Process]) -> None:
    """One replica after the other is killed, and another takes its place."""
    for port in itertools.islice(itertools.cycle(list(living)), KILLS):
        await asyncio.sleep(BETWEEN_KILLS)
        living[port].kill()
        await living[port].wait()
        living[port] = await product.serve(port)


async def _announced(database: Database, now: datetime, person: int, deletes_at: datetime) -> None:
    """Until a commit is answered: what is announced twice for a lost answer is one notification."""
    while True:
        try:
            async with database.writing() as db:
                await announce(db, now, person, "account_leaving", deletes_at=deletes_at)
            return
        except DATABASE_ERRORS:
            await asyncio.sleep(0.5)


async def announcing(product: Product, whom: list[int], ended: asyncio.Event) -> int:
    """Something to tell to everybody, again and again; how many there were."""
    database, count = Database(DatabaseOptions(url=product.database_url)), 0
    now = datetime.now(UTC)
    try:
        while not ended.is_set():
            count += 1
            deletes_at = now + timedelta(days=30, seconds=count)
            for person in whom:
                await _announced(database, now, person, deletes_at)
            await asyncio.sleep(0.5)
    finally:
        await database.close()
    return count


@asynccontextmanager
async def told_of(product: Product, ports: tuple[int, ...]) -> AsyncGenerator[None]:
    """People are told things for the length of the block, and each must hear all of it and have mail."""
    async with post_office() as (post, smtp):
        product.settings |= {
            "GHAR_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
            # People reach all by the same address, which the ids of messages are made of.
            "GHAR_PUBLIC_URL": product.url,
            "GHAR_MAIL_FROM": "360 Ghar <hello@ghar.example>",
        }
        for port in ports:
            await product.serve(port)
        whom = await people(product)
        phones = [Phone(each, await token(product, each), ports) for each in whom]
        listening = [asyncio.create_task(phone.listen()) for phone in phones]
        ended = asyncio.Event()
        telling = asyncio.create_task(announcing(product, whom, ended))
        yield
        ended.set()
        count = await telling * len(whom)

        async def quiet() -> bool | None:
            async with product.connected() as db:
                left = await db.fetchval(_LEFT)
            return (left == 0 and sum(len(set(each.heard)) for each in phones) >= count) or None

        await until("everything is done and heard", quiet, 240)
        for each in listening:
            each.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        await _all_is_there(product, phones, post, count)


async def test_nothing_is_lost_while_one_of_two_replicas_is_killed_every_twenty_seconds(product: Product):
    ports = (product.port, free_port())
    async with told_of(product, ports):
        living = dict(zip(ports, product.processes[1:3], strict=True))
        await dying(product, living)


async def test_nothing_is_lost_while_postgresql_and_redis_are_killed(product: Product, tmp_path: Path):
    redis = RedisServer(free_port(), tmp_path)
    await redis.start()
    product.settings["GHAR_REDIS_URL"] = redis.url
    try:
        async with told_of(product, (product.port,)):
            for _ in range(2):
                await asyncio.sleep(BETWEEN_KILLS / 4)
                await redis.stop()
                await asyncio.sleep(BETWEEN_KILLS / 4)
                kill(product.postmaster)
                await asyncio.sleep(BETWEEN_KILLS / 2)
                await redis.start()
    finally:
        await redis.stop()
    assert "Traceback" not in product.said("serve")


async def _all_is_there(product: Product, phones: list[Phone], post: Post, count: int) -> None:
    async with product.connected() as db:
        rows = await db.fetch("select person_id, id from events where name = 'notification.new' order by id")
        sent = await db.fetch("select id, notification_id, state from deliveries where channel = 'email'")
        failed = await db.fetch("select name, code, note from jobs where state <> 'done'")
    assert failed == []
    told = {phone.person: [row[1] for row in rows if row[0] == phone.person] for phone in phones}
    for phone in phones:
        # Each in its order; after a break some may come once more.
        assert list(dict.fromkeys(phone.heard)) == told[phone.person]
    assert sum(map(len, told.values())) == count
    assert post.seen.keys() == {str(row[0]) for row in sent}
    assert len(sent) == count
    twice = [id_ for id_, times in post.seen.items() if times > 1]
    # What the mail server took just before the kill, which nobody could write down any more.
    sys.stdout.write(f"{count} messages, {len(twice)} of them taken twice, {KILLS} kills\n")
    assert len(twice) <= KILLS * AT_ONCE
