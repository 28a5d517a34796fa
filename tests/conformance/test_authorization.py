"""The official suite's scenarios for authorization servers, tried on ours: all pass, without a warning."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage import embedded
from tests.clients.crowd import People
from tests.clients.house import House, open_house
from tests.clients.relying import registered
from tests.conformance.authorization import authorize, scenarios
from tests.crash.product import free_port

pytestmark = [pytest.mark.timeout(120), pytest.mark.requirement("S3")]


@pytest.fixture(scope="module")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    async with open_house(server, empty_template, tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
async def people(house: House) -> AsyncGenerator[People]:
    async with AsyncExitStack() as stack:
        yield People(house, stack)


# With a secret, this version of the suite still authenticates by "none" wherever a server knows that method,
# so only clients without one can be tried. Those with one are in tests/clients.
@pytest.mark.parametrize("audience", ["user", "admin"])
async def test_every_scenario_passes_without_a_warning(
    audience: str, tmp_path: Path, house: House, people: People
) -> None:
    port = free_port()
    callback = f"http://127.0.0.1:{port}/callback"
    party = await registered(house.url, house.http, redirect_uris=[callback])
    person = await people.staff()

    async def opened(address: str) -> None:
        await person.allows(address)
        assert person.left_for is not None
        assert (await house.http.get(person.left_for)).status_code == 200

    resource = house.user if audience == "user" else house.admin
    report = await authorize(house.url, resource, party.id, port, opened, tmp_path)

    assert report.checks == {
        "authorization-server-metadata": "SUCCESS",
        "authorization-server-metadata-cimd": "SUCCESS",
        "authorization-code-grant": "SUCCESS",
    }, report.output
    assert report.status == 0, report.output


async def test_these_are_all_scenarios_that_the_suite_has_for_authorization_servers() -> None:
    assert await scenarios("--authorization") == {
        "authorization-server-metadata-endpoint",
        "authorization-code-grant",
    }
    # Those named auth/ are for clients: there the suite itself is the server.
    assert {name for name in await scenarios("--server") if "auth" in name} == set()
