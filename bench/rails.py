"""A small write with and without the rails of trusted writes, over REST: `python -m bench.rails PORT URL`."""

import sys
from collections.abc import Mapping
from typing import Any

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.routing import Route, Router

from bench.trivial import ready, wrapped
from facade.routes import routes
from servers.adapters.embedder import ThreadedEmbedder
from servers.adapters.hashing import HashingModel
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions, driver
from tools.callers import Caller, admit
from tools.catalog import Catalog
from tools.contract import AnyTool, Call, Model, Viewer, tool
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.identity import Door
from tools.ports import Ports, SystemClock
from tools.validation import validate
from tools.writing import Writes

WRITER = Viewer(1, "member", frozenset({"mcp:read", "mcp:write"}))
TABLE = """
create table notes (id bigint generated always as identity primary key, person_id bigint not null,
    property_id bigint not null, note text not null, made_at timestamptz not null default now())"""
_ADD = "insert into notes (person_id, property_id, note) values ($1, $2, $3) returning id"


class Note(Model):
    property_id: int
    note: str


class Noted(Model):
    id: int
    property_id: int
    note: str


async def _added(call: Call, ask: Note) -> Noted:
    raw = await driver(call.db)
    found = await raw.fetchval(_ADD, call.member.id, ask.property_id, ask.note)
    return Noted(id=found, property_id=ask.property_id, note=ask.note)


@tool("member", "write", http="POST /bare")
async def add_bare(call: Call, ask: Note) -> Noted:
    """Add a note and nothing else."""
    return await _added(call, ask)


@tool("member", "write", http="POST /railed")
async def add_railed(call: Call, ask: Note) -> Noted:
    """Add a note, say what that touched, and tell its person."""
    noted = await _added(call, ask)
    call.changed("note", noted.id, after=noted)
    call.tell(call.member.id, "note.added", id=noted.id)
    return noted


class Bare(Dispatcher):
    """Runs a write in its transaction, admitted and validated, and leaves nothing beside what it does."""

    def __init__(self, catalog: Catalog, database: Database, ports: Ports) -> None:
        super().__init__(catalog, database, ports)
        self._opened, self._bare = database, Writes(catalog, database, ports, self.switches)

    async def run(self, tool: AnyTool, given: Mapping[str, Any] | bytes, caller: Caller) -> Model:
        admit(tool, caller.viewer)
        ask = validate(tool, given)
        async with self._opened.writing() as db:
            return await tool.run(self._bare.call(db, caller), ask)


def both(database: Database, bus: LocalBus) -> tuple[Dispatcher, Dispatcher]:
    """The tool without the rails and with them, each behind a dispatcher of its own."""
    embedder = ThreadedEmbedder("hashing", 8, lambda: HashingModel(8))
    ports = Ports(embedder, bus, SystemClock(), Cursors(b"of the benchmark"))
    return Bare(Catalog([add_bare]), database, ports), Dispatcher(Catalog([add_railed]), database, ports)


async def writer(_scope: Mapping[str, Any], _door: Door) -> Viewer:
    """Everybody is one person here, so that what is measured is not who asks."""
    return WRITER


async def main() -> None:
    database, bus = Database(DatabaseOptions(url=sys.argv[2])), LocalBus()
    bare, railed = both(database, bus)
    api = wrapped(Router([*routes(bare, writer), *routes(railed, writer)]))
    paths = [Route(f"/api/v1/{name}", api, methods=["POST"]) for name in ("bare", "railed")]
    app = Starlette(routes=[Route("/ready", ready), *paths])
    config = uvicorn.Config(
        app,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
    )
    with bus.listen(lambda _topic: None):
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main())
