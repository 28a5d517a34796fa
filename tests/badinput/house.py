"""The whole product behind real HTTP, with a few properties in it, and what a considered no looks like."""

import asyncio
import csv
import json
import re
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import uvicorn

from servers.app import Application
from servers.commands.serve import Announcing
from servers.settings import Settings
from storage.engine import Database, DatabaseOptions
from tests import loopback
from tests.servers.applications import hold_clocks
from tools.discovery.importing.run import import_listings
from tools.discovery.importing.source import REQUIRED

HOMES = 60
LEAKS = re.compile(r'Traceback|File "|site-packages|asyncpg|sqlalchemy|pydantic\.dev|\bselect\b.+\bfrom\b')
Refusal = tuple[int, str]


@dataclass(frozen=True, slots=True)
class House:
    """A running server: its address, a client, and its database."""

    http: httpx.AsyncClient
    port: int
    settings: Settings

    async def raw(self, request: bytes, *, close: bool = False) -> httpx.Response:
        """The response to these very bytes. `close` ends our side of the connection after them."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            if close:
                writer.write_eof()
            async with asyncio.timeout(10):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                body = await (reader.readexactly(int(length[1])) if length else reader.read())
        finally:
            writer.close()
        status, *lines = head.strip().split("\r\n")
        headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        return httpx.Response(int(status.split()[1]), headers=headers, content=body)

    async def digest(self) -> list[tuple[str, str]]:
        """Every table of ours with a digest of all its rows."""
        assert self.settings.database_url is not None
        connection = await asyncpg.connect(self.settings.database_url.get_secret_value())
        try:
            tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
            names = sorted(row["tablename"] for row in tables if row["tablename"] != "spatial_ref_sys")
            whole = "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {} t"
            return [(name, await connection.fetchval(whole.format(name))) for name in names]
        finally:
            await connection.close()


def listing(number: int, **given: str) -> dict[str, str]:
    """One well-formed row of a source; `given` goes before it."""
    row = {
        "source_id": f"h-{number}",
        "listing_for": "rent" if number % 2 else "sale",
        "property_type": "apartment",
        "title": f"{number % 4 + 1} BHK flat, parking and lift",
        "description": f"Home number {number} with a park view near the metro.",
        "price_inr": str(20_000 + 500 * number) if number % 2 else str(9_000_000 + 100_000 * number),
        "area_sqft": str(900 + 10 * number),
        "bhk": str(number % 4 + 1),
        "furnishing": "Furnished",
        "facing": "East",
        "locality": "Sector 57",
        "lat": f"{28.42 + number / 10_000:.4f}",
        "lng": f"{77.08 + number / 10_000:.4f}",
    }
    return row | given


def write_csv(path: Path, rows: Iterable[dict[str, str]], columns: Iterable[str] = REQUIRED) -> Path:
    """These rows as a file of listings."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


@asynccontextmanager
async def opened(database_url: str, folder: Path) -> AsyncGenerator[House]:
    """The product on this database, filled and served until the block ends."""
    filled = Database(DatabaseOptions(url=database_url))
    path = write_csv(folder / "homes.csv", [listing(number) for number in range(HOMES)])
    await import_listings(filled, path, "made")
    await filled.close()
    settings = Settings.model_validate(
        {
            "database_url": database_url,
            "home": folder,
            "embedder": "hashing",
            "vectors": False,
            "requests_per_minute": 1_000_000,
            "worker": False,
        }
    )
    with loopback.listening() as listening:
        port = listening.getsockname()[1]
        answering = asyncio.Event()
        server = Announcing(_config(Application(settings, prepare=hold_clocks)), answering.set)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        async with asyncio.timeout(30):
            await answering.wait()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
            yield House(http, port, settings)
        server.should_exit = True
        await serving


def _config(app: Application) -> uvicorn.Config:
    return uvicorn.Config(app, http="httptools", ws="none", lifespan="on", log_config=None, access_log=False)


def refusal(answer: httpx.Response) -> Refusal:
    """Status and code of a no over HTTP, once it is a sentence in our shape that tells no internals."""
    assert answer.headers["content-type"] == "application/json", answer.text
    body = answer.json()
    assert set(body) == {"error"}, answer.text
    return answer.status_code, reason(body["error"])


def reason(error: Any) -> str:
    """The code of an error, once its message is a sentence that tells no internals."""
    assert set(error) == {"code", "message", "details"}
    message = error["message"]
    assert re.search(r"\S.*[.>]$", message, re.DOTALL), f"no sentence: {message!r}"
    assert len(message) < 2_000, f"too long: {message[:200]!r}"
    assert not LEAKS.search(json.dumps(error)), f"tells internals: {error!r}"
    assert re.fullmatch(r"[a-z_]+", error["code"])
    return error["code"]
