"""The official MCP conformance suite: our servers as in production, and everything else on fixtures."""

from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from servers.mcp import Audience, build, http_app
from tests.conformance.catalog import fixture
from tests.conformance.suite import baseline, run
from tests.servers.serving import dispatcher, identify, listening, serving
from tools.catalog import Catalog

pytestmark = pytest.mark.timeout(240)
NEEDS_FIXTURES = (
    "tools-call-",
    "prompts-get-",
    "resources-read-",
    "resources-templates-read",
    "elicitation-",
    "input-required-result-",
    "completion-complete",
)
"""Scenarios that call tools, prompts and resources of the suite's own."""


# The suite gives each scenario its own half a minute, in which a busy machine may have stalled.
@pytest.mark.flaky(reruns=4)
# Logging is deprecated in 2026-07-28 and required in 2025-11-25.
@pytest.mark.filterwarnings("ignore::mcp.MCPDeprecationWarning")
@pytest.mark.parametrize(("revision", "required"), [("2025-11-25", 30), ("2026-07-28", 37)])
async def test_fixtures_of_our_registry_meet_every_requirement(
    revision: str, required: int, tmp_path: Path
) -> None:
    server = build(dispatcher(fixture()), "user", sessions=True)
    endpoint = http_app(server, "/mcp", identify=identify, stateless=False, json_response=False)
    async with serving(endpoint) as url:
        report = await run(url, revision, tmp_path)
    assert report.failing(report.scenarios) == set()
    assert len(report.scenarios) == required
    assert report.status == 0, report.output


@pytest.mark.requirement("S2")
@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
@pytest.mark.parametrize("audience", ["user", "admin"])
async def test_our_servers_as_in_production_fail_only_what_stateless_json_cannot_do(
    audience: Audience, revision: str, tmp_path: Path, catalog: Catalog
) -> None:
    endpoint = http_app(build(dispatcher(catalog), audience), "/mcp", identify=identify)
    app = endpoint.asgi if audience == "user" else as_admin(endpoint.asgi)
    async with endpoint.lifespan(), listening(app) as base:
        report = await run(base + endpoint.path, revision, tmp_path)
    tried = frozenset(each for each in report.scenarios if not each.startswith(NEEDS_FIXTURES))
    assert len(tried) >= 8
    expected = {check for check in baseline("baseline.yaml") if check.split(":")[0] in tried}
    assert report.failing(tried) == expected


def as_admin(app: ASGIApp) -> ASGIApp:
    """The suite sends no tokens, so this adds one."""

    async def proxy(scope: Scope, receive: Receive, send: Send) -> None:
        signed_in = [*scope["headers"], (b"authorization", b"Bearer admin")]
        await app({**scope, "headers": signed_in}, receive, send)

    return proxy
