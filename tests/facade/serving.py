"""The REST surface over a catalog, without a database: no tool of these catalogs opens a connection."""

from collections.abc import Sequence
from types import ModuleType

from starlette.applications import Starlette

from facade import docs, problems, routes
from storage.engine import Database, DatabaseOptions
from tools.catalog import Catalog
from tools.contract import GUEST, Audience, Viewer
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.identity import InvalidToken
from tools.ports import Event, Ports, SystemClock

SCOPES: dict[Audience, frozenset[str]] = {
    "member": frozenset({"viewings:read", "viewings:write"}),
    "staff": frozenset({"viewings:read"}),
}
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


class NoEmbedder:
    """Knows no vectors."""

    model = "none"
    dimensions = 1

    async def query(self, text: str) -> list[float]:
        return [1.0]

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0] for _ in texts]


class NoPublisher:
    """Tells nobody."""

    async def publish(self, events: Sequence[Event]) -> None:
        return None


async def identify(authorization: str | None) -> Viewer:
    """`Bearer member` is a member with all scopes, `Bearer staff` staff, `Bearer visitor` one without scopes."""
    match authorization:
        case None:
            return GUEST
        case "Bearer member":
            return Viewer(1, "member", SCOPES["member"])
        case "Bearer visitor":
            return Viewer(2, "member")
        case "Bearer staff":
            return Viewer(3, "staff", SCOPES["staff"])
        case _:
            raise InvalidToken


def application(*modules: ModuleType) -> Starlette:
    """An application with the REST surface of these modules' tools, and its documents."""
    catalog = Catalog.of(modules)
    ports = Ports(NoEmbedder(), NoPublisher(), SystemClock(), Cursors(b"only for tests"))
    dispatcher = Dispatcher(catalog, Database(DatabaseOptions(NOWHERE)), ports)
    found = [*routes.routes(dispatcher, identify), *docs.routes(catalog)]
    return Starlette(routes=found, exception_handlers=problems.handlers())
