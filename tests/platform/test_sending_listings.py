"""Files of listings over HTTP: what an address takes, how much of it, and from whom."""

import gzip
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from servers.jobs import operator
from tests.access.world import URL, World, opened
from tests.discovery.listing_files import row
from tests.discovery.listing_files import text as csv

FILES = "/api/v1/admin/imports/files"


@dataclass(frozen=True)
class Sender:
    """A member of staff at the door of the whole application."""

    world: World
    client: httpx.AsyncClient
    headers: dict[str, str]

    async def begin(self, **given: Any) -> dict[str, Any]:
        asked = {"source": "partner", **given}
        answer = await self.client.post(FILES, json=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def ask(self, method: str, path: str) -> dict[str, Any]:
        answer = await self.client.request(method, f"{FILES}{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def sender(database_url: str, tmp_path: Path) -> AsyncGenerator[Sender]:
    async with opened(database_url, tmp_path) as world:
        someone = await world.signed_in("sender", "staff", "admin", world.reach("staff"))
        async with world.client(world.app) as client:
            yield Sender(world, client, someone.headers)


async def test_an_address_takes_a_list_of_listings_and_a_check_says_what_it_would_do(sender: Sender) -> None:
    begun = await sender.begin(file="May.csv.gz")
    assert begun["url"].startswith(f"{URL}/uploads/listings/")
    assert begun["most_bytes"] == 64 * 1024 * 1024
    for _ in range(2):
        sent = await sender.client.put(begun["url"], content=gzip.compress(csv([row()]).encode()))
        assert sent.status_code == 204, sent.text
    assert (await sender.ask("POST", f"/{begun['id']}/check"))["state"] == "checking"
    runtime = sender.world.runtime
    job = runtime.catalog["check_listings_file"]
    await runtime.dispatcher.run(job, {"id": begun["id"]}, operator(job))
    found = await sender.ask("GET", f"/{begun['id']}")
    assert (found["state"], found["would"]["added"], found["would"]["trial"]) == ("checked", 1, True)
    late = await sender.client.put(begun["url"], content=csv([row()]).encode())
    assert (late.status_code, late.json()["error"]["code"]) == (404, "upload_closed")
    async with runtime.database.reading(primary=True) as db:
        # The one that was sent first, and the one that took its place.
        assert await db.scalar(text("select count(*) from doomed_blobs")) == 2


async def test_what_is_no_list_of_listings_or_too_much_is_refused_at_once(sender: Sender) -> None:
    begun = await sender.begin()
    for content, status, code in (
        (b"\x89PNG\r\n\x1a\n" + bytes(5_000), 422, "unreadable_file"),
        (b"PK\x03\x04 a workbook", 422, "unreadable_file"),
        (b"", 422, "unreadable_file"),
        (b"\x1f\x8b damaged", 422, "unreadable_file"),
        (b"source_id,title\n1,A flat\n", 422, "unreadable_file"),
        (bytes(64 * 1024 * 1024 + 1), 413, "too_large"),
    ):
        answer = await sender.client.put(begun["url"], content=content)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    forged = await sender.client.put(f"{begun['url'][:-2]}xx", content=csv([row()]).encode())
    assert (forged.status_code, forged.json()["error"]["code"]) == (404, "upload_closed")
    waiting = await sender.client.post(f"{FILES}/{begun['id']}/check", headers=sender.headers)
    assert (waiting.status_code, waiting.json()["error"]["code"]) == (409, "nothing_sent")
    async with sender.world.runtime.database.reading(primary=True) as db:
        assert await db.scalar(text("select count(*) from doomed_blobs")) == 0
