"""Two people with data: whatever the second asks for, nothing of the first comes back or changes.

Schemathesis makes requests of our own OpenAPI document; ids of the first are put in every place for an id.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, cast

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies

from storage import embedded
from tests.clients.crowd import People
from tests.clients.flows import again, call, granted
from tests.clients.house import House, furnished
from tests.clients.people import Person
from tests.clients.relying import RelyingParty, Tokens

pytestmark = pytest.mark.timeout(240)
EXAMPLES = 6
STREAMS = ("/api/v1/events", "/api/v1/flatmates/sse")
"""They do not end. That each tells only whoever listens is shown in `tests/streams`."""

CONTACT = "/api/v1/properties/{property_id}/contact"
"""It says by name who looks after a property: that is what it is asked for."""

NAMING = (
    "/api/v1/staff/{id}",
    "/api/v1/properties/{property_id}/enquiry",
)
"""They say by name, and not how to reach, whoever is staff: everybody may read that."""

ROLES = ["member", "staff"]
HERS = """
select 'people' as of, md5(p::text) from people p where id = $1
union all select 'sessions', md5(string_agg(s::text, ',' order by id)) from
  (select id, person_id, ended_at, scopes, label from sessions where person_id = $1) s
union all select 'consents', md5(string_agg(c::text, ',' order by id)) from oauth_consents c
  where person_id = $1
union all select 'portfolio', md5(string_agg(f::text, ',' order by property_id)) from portfolios f
  where staff_id = $1
"""


@dataclass(frozen=True, slots=True)
class First:
    """Somebody with data: its ids, and what nobody else may read of it."""

    id: int
    bearer: dict[str, str]
    ids: list[Any]
    secrets: list[str]
    """The name comes first."""

    staff: bool


@dataclass(slots=True)
class Second:
    """Somebody else, who signs in again whenever an attempt has ended the own sign-in."""

    house: House
    person: Person
    party: RelyingParty
    tokens: Tokens
    server: str

    async def bearer(self) -> dict[str, str]:
        if (await call(self.house, self.server, self.tokens.bearer)).status_code == 401:
            await self.person.open("/sign-in")
            if any(form.has("contact") for form in self.person.forms):
                await self.house.query("delete from sign_in_codes where contact = $1", self.person.contact)
                await self.person.identifies()
            self.tokens = await again(self.party, self.person, self.server)
        return self.tokens.bearer


@pytest.fixture(scope="module")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """A house with a few homes."""
    async with furnished(server, empty_template, tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="module")
async def people(house: House) -> AsyncGenerator[People]:
    async with AsyncExitStack() as stack:
        yield People(house, stack)


async def somebody(people: People, role: str) -> Person:
    return await (people.member() if role == "member" else people.staff(role))


@pytest.fixture(scope="module", params=ROLES)
async def first(request: pytest.FixtureRequest, house: House, people: People) -> First:
    """Somebody with a name, preferences, sign-ins, consents and, as staff, a portfolio."""
    person = await somebody(people, request.param)
    party, mine = await granted(house, person, house.user, client_name="Firefly of the first")
    named = {"name": "Parvati of the first"}
    preferred = {"localities": ["first-locality"]}
    url = house.url
    assert (await house.http.patch(f"{url}/api/v1/me", json=named, headers=mine.bearer)).status_code == 200
    kept = await house.http.patch(f"{url}/api/v1/me/preferences", json=preferred, headers=mine.bearer)
    assert kept.status_code == 200, kept.text
    (row,) = await house.query("select id from people where phone = $1", person.contact)
    number = row["id"]
    if request.param == "staff":
        await house.query(
            "insert into portfolios (staff_id, property_id) select $1, min(id) from properties", number
        )
    sessions = await house.query("select id from sessions where person_id = $1", number)
    consents = await house.query("select id from oauth_consents where person_id = $1", number)
    assert len(sessions) >= 2
    assert consents
    secrets = [
        *named.values(),
        "first-locality",
        "Firefly of the first",
        party.id,
        person.contact,
        mine.refresh,
    ]
    ids = [number, *(each["id"] for each in (*sessions, *consents)), party.id, person.contact]
    return First(number, mine.bearer, ids, secrets, request.param == "staff")


@pytest.fixture(scope="module", params=ROLES)
async def second(request: pytest.FixtureRequest, house: House, people: People) -> Second:
    """Another person, with tokens of the widest scope that the role can have."""
    person = await somebody(people, request.param)
    server = house.user if request.param == "member" else house.admin
    party, tokens = await granted(house, person, server)
    return Second(house, person, party, tokens, server)


async def operations(house: House) -> list[Any]:
    """Everything that our OpenAPI document offers."""
    document = (await house.http.get(f"{house.url}/openapi.json")).json()
    schema: Any = schemathesis.openapi.from_dict(document)
    return [found.ok() for found in schema.get_all_operations()]


def aimed(case: Any, ids: list[Any], data: strategies.DataObject) -> None:
    """Put an id of the first wherever a case has something like an id."""
    for part in (case.path_parameters, case.query, case.body):
        given = cast("dict[str, Any]", part) if isinstance(part, dict) else {}
        for name, value in given.items():
            if name == "id" or name.endswith("_id") or isinstance(value, int):
                given[name] = data.draw(strategies.sampled_from(ids), label=name)


async def test_nothing_of_the_first_is_reachable_with_the_token_of_the_second(
    house: House, first: First, second: Second
) -> None:
    before = await house.query(HERS, first.id)
    statuses: dict[str, set[int]] = {}
    shown: dict[str, list[str]] = {}
    for operation in await operations(house):
        if operation.path.startswith("/api/v1/chat") or operation.path in (*STREAMS, CONTACT):
            continue
        bearer = await second.bearer()
        answers = await asyncio.to_thread(attempts, operation, house.url, bearer, first.ids)
        statuses[operation.label] = {status for status, _ in answers}
        hidden = first.secrets[1:] if first.staff and operation.path in NAMING else first.secrets
        found = [secret for secret in hidden for _, text in answers if secret in text]
        if found:
            shown[operation.label] = found
    assert shown == {}
    assert await house.query(HERS, first.id) == before
    assert all(status < 500 for each in statuses.values() for status in each), statuses
    assert any("/me" in label and 200 in each for label, each in statuses.items()), "somebody was signed in"
    assert any(404 in each for each in statuses.values()), "ids were tried"


async def test_the_same_attempts_find_everything_with_the_token_of_the_first(
    house: House, first: First
) -> None:
    found = ""
    for operation in await operations(house):
        if operation.method == "get" and operation.path.startswith("/api/v1/me"):
            answers = await asyncio.to_thread(attempts, operation, house.url, first.bearer, first.ids)
            found += "".join(text for _, text in answers)
    *shown, refresh_token = first.secrets
    assert [secret for secret in shown if secret not in found] == []
    assert refresh_token not in found


def attempts(operation: Any, url: str, bearer: dict[str, str], ids: list[Any]) -> list[tuple[int, str]]:
    """Status and whole text of the answers to some requests of this operation."""
    answers: list[tuple[int, str]] = []

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.filter_too_much],
    )
    @hypothesis.given(strategies.data())
    def attempt(data: strategies.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        aimed(case, ids, data)
        answer = case.call(base_url=url, headers=bearer)
        answers.append((answer.status_code, f"{answer.headers}{answer.text}"))

    attempt()
    return answers
