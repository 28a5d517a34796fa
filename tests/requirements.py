"""What the system must have, by id: what is due now, and the tests that show it.

A test shows a requirement by carrying `@pytest.mark.requirement("S9")`;
`tests/architecture/test_requirements.py` checks both directions.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One promise, and whether it is to be kept already."""

    says: str
    due: bool


REQUIREMENTS: dict[str, Requirement] = {
    "K1": Requirement(
        "Typed tool functions are the single source of truth; no rule is written twice.", due=True
    ),
    "K2": Requirement("A user and an admin MCP server, with widget metadata.", due=True),
    "K3": Requirement("An in-process Pydantic AI agent drives the same functions.", due=True),
    "K4": Requirement("A generator maps each tool to a REST endpoint and an OpenAPI document.", due=True),
    "K5": Requirement("stdio MCP for local work.", due=True),
    "K6": Requirement("The agreed top-level folders and the agreed stack.", due=True),
    "U1": Requirement("ChatGPT and Claude through the MCP servers.", due=False),
    "U2": Requirement("A conversational agent over a streaming chat endpoint.", due=True),
    "U3": Requirement("Generated REST for mobile apps.", due=True),
    "U4": Requirement("stdio for local development.", due=True),
    "S1": Requirement("Controllers stay thin; one layer of rules serves REST, MCP and agent.", due=True),
    "S2": Requirement(
        "/mcp and /mcp-admin: streamable HTTP, stateless, JSON; protocol 2025-11-25 and newer; "
        "the UI extension advertised.",
        due=True,
    ),
    "S3": Requirement("OAuth 2.1 with PKCE, scopes, well-known documents, dynamic registration.", due=True),
    "S4": Requirement("Widgets with double metadata, running on any host.", due=True),
    "S5": Requirement(
        "Middleware: CORS, rate limit, security headers, cache control, request id and log.", due=True
    ),
    "S6": Requirement("Supabase JWT verification and sync of the local person; an outage is 503.", due=True),
    "S7": Requirement("One error shape; WWW-Authenticate on MCP routes; a generic 500.", due=True),
    "S8": Requirement(
        "A composition root: ordered start, reverse isolated stop, entered lifespans.", due=True
    ),
    "S9": Requirement("Keyset pagination: items, next cursor, has more.", due=True),
    "S10": Requirement("WebSockets for jobs and notifications.", due=True),
    "S11": Requirement("Per-person SSE; events after commit.", due=True),
    "S12": Requirement("Streams hold no request-pool connection; a background pool.", due=True),
    "S13": Requirement("One scheduler in Asia/Kolkata.", due=True),
    "S14": Requirement("Serverless mode: NullPool twice, no schedule, in-memory cache.", due=True),
    "S15": Requirement("PostGIS radius and distance, full text, pgvector, hybrid search.", due=True),
    "S16": Requirement("Vector sync and backfill.", due=True),
    "S17": Requirement("Redis cache with an in-memory fallback.", due=True),
    "S18": Requirement("Media: web images in folders by kind, Cloudinary as a backend.", due=True),
    "S19": Requirement("Gemini and GLM with fallback, text and vision; clients closed at stop.", due=False),
    "S20": Requirement(
        "Migrations idempotent at start; resilience against transient database errors.", due=True
    ),
    "S21": Requirement("Share pages and deep links.", due=True),
    "T1": Requirement(
        "Nothing consequential without a person: tickets, which a person's action alone redeems, once.",
        due=True,
    ),
    "T2": Requirement("Nothing twice: idempotency keys on every surface.", due=True),
    "T3": Requirement("Nothing untraceable: every write leaves a record that nobody changes.", due=True),
    "T4": Requirement(
        "What can be taken back is taken back as a write of its own, or says why not.", due=True
    ),
    "F1": Requirement("Ghar Core: marketplace, swipes, visits, agents.", due=True),
    "F2": Requirement("360 Stays: bookings.", due=False),
    "F3": Requirement("360 Flatmates.", due=False),
    "F4": Requirement("Property management: leases, rent, maintenance, documents, reports.", due=False),
    "F5": Requirement("360 Virtual Tours.", due=False),
    "F6": Requirement("360 Data Hub.", due=False),
    "F7": Requirement("MCP servers and widgets over all domains.", due=False),
    "F8": Requirement("AI agent.", due=False),
    "F9": Requirement("Blog and SEO.", due=False),
    "F10": Requirement("Notifications.", due=True),
    "F11": Requirement("Vastu analyzer.", due=False),
}
