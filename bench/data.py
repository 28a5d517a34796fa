"""The databases under measurement: generated properties, made once for each count and schema, and kept."""

import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from bench.processes import ROOT
from servers.adapters import embedder
from servers.settings import Settings
from storage import embedded, migrate
from storage.embedded import EmbeddedServer
from storage.engine import Database, DatabaseOptions
from storage.search_index import DIMENSIONS
from tools.discovery import vocabulary
from tools.discovery.demo.load import load_demo

HOME = ROOT / ".ghar" / "bench"
SEED = 360
SCHEMA = ("storage/search_index.py", "storage/loading.py")
"""What decides how properties are kept; migrations that come later are applied to what there is."""

GENERATED = (*SCHEMA, "tools/discovery/demo", "bench/floor.sql")
"""What a generated database depends on; when one of these changes it is made anew."""

Fill = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def server() -> AsyncGenerator[EmbeddedServer]:
    """The PostgreSQL of the benchmarks: of their own, with a gigabyte of buffers, and quick to load."""
    settings = embedded.ServerSettings(durable=False, shared_buffers="1GB", max_connections=200)
    options = embedded.EmbeddedOptions(home=HOME, database="bench", settings=settings)
    async with embedded.server(options) as found:
        assert isinstance(found, EmbeddedServer)
        yield found


async def generated(found: EmbeddedServer, count: int) -> str:
    """The URL of a database with the first `count` properties of the seed, and the floor's own table."""

    async def fill(url: str) -> None:
        await _fill(url, count)

    return await kept(found, f"generated_{count}", fill, GENERATED)


async def kept(found: EmbeddedServer, name: str, fill: Fill, made_of: Sequence[str]) -> str:
    """The URL of a database that `fill` has made from these files; older ones of its name are dropped."""
    current = f"{name}_{_digest(made_of)}"
    admin = await asyncpg.connect(found.database_url("postgres"))
    try:
        rows = await admin.fetch("select datname from pg_database where datname like $1", f"{name}\\_%")
        for old in (row[0] for row in rows if row[0] != current):
            await admin.execute(f'alter database "{old}" is_template false')
            await found.drop_database(old)
    finally:
        await admin.close()
    await found.ensure_template(current, fill)
    await migrate.upgrade(found.database_url(current))
    return found.database_url(current)


def environment(url: str) -> dict[str, str]:
    """The variables with which `ghar serve` uses this database, makes no vectors, and refuses no crowd."""
    return {
        "GHAR_DATABASE_URL": url,
        "GHAR_HOME": str(HOME),
        "GHAR_VECTORS": "false",
        "GHAR_REQUESTS_PER_MINUTE": "1000000000",
    }


def _digest(made_of: Sequence[str]) -> str:
    files = [file for part in made_of for file in _files(ROOT / part)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


async def _fill(url: str, count: int) -> None:
    await migrate.upgrade(url)
    model = embedder.choose(Settings(), DIMENSIONS)
    database = Database(DatabaseOptions(url=url, write_timeout=0))
    try:
        await load_demo(database, count, SEED, _told, vectors_of=model.model)
    finally:
        await database.close()
        await model.close()
    connection = await asyncpg.connect(url)
    try:
        await connection.execute((ROOT / "bench" / "floor.sql").read_text(), timeout=1800)
        await connection.execute(f"update floor.homes set amenities = {_amenities()}", timeout=1800)
        await connection.execute("vacuum full analyze floor.homes", timeout=1800)
        await connection.execute("vacuum analyze", timeout=1800)
    finally:
        await connection.close()


def _told(said: str, fraction: float) -> None:
    print(f"\r{said} {fraction:4.0%}   ", end="" if fraction < 1 else "\n", flush=True)


def _amenities() -> str:
    """SQL for the keys of an amenity bit set, in the order of the vocabulary."""
    has = ", ".join(
        f"case when bits & {1 << each.bit}::int8 <> 0 then '{key}' end"
        for key, each in vocabulary.AMENITIES.items()
    )
    return f"array_remove(array[{has}], null)"
