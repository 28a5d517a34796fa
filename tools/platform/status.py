"""The state of the platform, for staff."""

from storage import status, vectors
from tools.contract import AnyTool, Audience, Call, Effect, Model, Surface, tool


class Nothing(Model):
    """This takes no fields."""


class RegisteredTool(Model):
    name: str
    domain: str
    audience: Audience
    effect: Effect
    scope: str | None
    surfaces: list[Surface]
    """Where it is offered; empty for a job."""

    server: str | None
    """The MCP server that offers it: `user` or `admin`."""

    flag: str | None
    """What switches it off, if anything does."""

    resource: str | None
    """The URI under which MCP hosts can read its answer."""


class RegisteredPrompt(Model):
    name: str
    audience: Audience
    server: str


class CatalogStatus(Model):
    tools: list[RegisteredTool]
    prompts: list[RegisteredPrompt]

    def summary(self) -> str:
        jobs = sum(not each.surfaces for each in self.tools)
        return (
            f"{len(self.tools)} tools, {jobs} of them jobs, and {len(self.prompts)} prompts are registered."
        )


@tool("staff", "read", scope="platform:read", http="GET /admin/catalog")
async def catalog_status(call: Call, ask: Nothing) -> CatalogStatus:
    """What is registered where: every tool and prompt with its audience, effect, surfaces and MCP server."""
    tools = sorted(call.catalog, key=lambda each: (each.domain, each.name))
    prompts = sorted(call.catalog.prompts.values(), key=lambda each: each.name)
    return CatalogStatus(
        tools=[_registered(each) for each in tools],
        prompts=[
            RegisteredPrompt(name=each.name, audience=each.audience, server=_server(each.audience))
            for each in prompts
        ],
    )


def _registered(each: AnyTool) -> RegisteredTool:
    return RegisteredTool(
        name=each.name,
        domain=each.domain,
        audience=each.audience,
        effect=each.effect,
        scope=each.scope,
        surfaces=sorted(each.surfaces),
        server=_server(each.audience) if "mcp" in each.surfaces else None,
        flag=each.flag.name if each.flag else None,
        resource=each.resource,
    )


def _server(audience: Audience) -> str:
    return "user" if audience in ("guest", "member") else "admin"


class TableSize(Model):
    name: str
    rows: int
    """PostgreSQL's estimate."""

    bytes: int
    """With its indexes."""


class DatabaseStatus(Model):
    postgresql: str
    postgis: str | None
    pgvector: str | None
    revision: str | None
    """The last migration that was applied."""

    bytes: int
    connections: int
    longest_transaction_seconds: float
    live_properties: int
    embedder: str
    """The model whose vectors are in use."""

    with_vector: int
    """Live properties that have a vector of that model."""

    next_embedder: str | None
    """The model whose vectors are being made, and are used once every property has one; mostly null."""

    with_next_vector: int | None
    """Live properties that have a vector of that one."""

    tables: list[TableSize]

    def summary(self) -> str:
        return (
            f"PostgreSQL {self.postgresql} with PostGIS {self.postgis} and pgvector {self.pgvector}, "
            f"{self.bytes / 1e6:,.0f} MB, {self.live_properties:,} live properties, "
            f"{self.with_vector:,} of them with a vector."
        )


@tool("staff", "read", scope="platform:read", http="GET /admin/database")
async def database_status(call: Call, ask: Nothing) -> DatabaseStatus:
    """Versions, size, migrations and load of the database, its tables, and how far the vectors have come."""
    used, wanted = await vectors.models(call.db)
    model = used or call.ports.embedder.model
    coming = wanted if wanted != model else None
    server = await status.server(call.db)
    listed = await status.listed(call.db, model)
    next_listed = await status.listed(call.db, coming) if coming else None
    return DatabaseStatus(
        postgresql=server.postgresql,
        postgis=server.postgis,
        pgvector=server.pgvector,
        revision=server.revision,
        bytes=server.bytes,
        connections=server.connections,
        longest_transaction_seconds=round(server.longest_seconds, 3),
        live_properties=listed.live,
        embedder=model,
        with_vector=listed.with_vector,
        next_embedder=coming,
        with_next_vector=next_listed.with_vector if next_listed else None,
        tables=[
            TableSize(name=each.name, rows=each.rows, bytes=each.bytes)
            for each in await status.tables(call.db)
        ],
    )
