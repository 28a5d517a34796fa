"""Supabase: whose tokens are taken, who that is here, and what happens while it is away."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import text

from servers.supabase import Supabase
from storage.engine import Database
from tests.identity.forging import by_secret, claims, encoded, forged, header, unsigned
from tests.identity.house import House, Moving, request
from tests.identity.provider import PEOPLE, Kind, Provider, State
from tools.catalog import Catalog
from tools.contract import GUEST, UNCHECKED
from tools.identity import AuthProviderUnreachable, InvalidToken, whoever

pytestmark = pytest.mark.requirement("S6")
PHONE = "+919876543210"
MINUTE = timedelta(minutes=1)
AWAY: list[State] = ["500", "404", "garbage", "not a key set", "huge", "cut off", "silent"]


@pytest.fixture
async def provider() -> AsyncGenerator[Provider]:
    async with Provider().running() as there:
        yield there


def with_supabase(
    database: Database, catalog: Catalog, clock: Moving, url: str, audience: str = "authenticated"
) -> House:
    return House(database, catalog, clock, Supabase(url, audience, clock, patience=2.0))


@pytest.fixture
async def home(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider
) -> AsyncGenerator[House]:
    there = with_supabase(database, catalog, clock, provider.url)
    async with there.running():
        yield there


async def refused(home: House, token: str) -> bool:
    with pytest.raises(InvalidToken):
        await home.viewer(token)
    return True


async def unreachable(home: House, token: str) -> AuthProviderUnreachable:
    with pytest.raises(AuthProviderUnreachable) as raised:
        await home.viewer(token)
    return raised.value


async def people(home: House) -> list[tuple[Any, ...]]:
    async with home.database.writing() as db:
        found = await db.execute(text("select phone, email, supabase_id::text, role from people order by id"))
        return [tuple(row) for row in found]


@pytest.mark.parametrize("kind", ["ES256", "RS256", "EdDSA"])
async def test_a_valid_token_is_a_member_with_every_scope_of_members(
    home: House, provider: Provider, kind: Kind
) -> None:
    provider.rotate(kind)
    # The start may have read the keys just before.
    home.clock.move(MINUTE)
    viewer = await home.viewer(provider.token())
    assert (viewer.role, viewer.session) == ("member", None)
    assert {"mcp:read", "mcp:write"} <= viewer.scopes
    assert "platform:read" not in viewer.scopes
    assert await people(home) == [(PHONE, None, PEOPLE, "member")]


async def test_the_same_person_is_found_again_and_their_role_is_ours(home: House, provider: Provider) -> None:
    first = await home.viewer(provider.token())
    await home.value("update people set role = 'staff'")
    again = await home.viewer(provider.token(role="service_role", app_metadata={"role": "admin"}))
    assert (again.id, again.role) == (first.id, "staff")
    await home.value("update people set role = 'member'")
    assert (await home.viewer(provider.token(role="admin"))).role == "member"


async def test_a_role_that_was_taken_counts_at_once_though_the_token_is_cached(
    home: House, provider: Provider
) -> None:
    token = provider.token()
    await home.viewer(token)
    await home.value("update people set role = 'staff'")
    assert (await home.viewer(token)).role == "staff"
    await home.value("update people set role = 'member'")
    assert (await home.viewer(token)).role == "member"


async def test_whoever_signed_in_here_by_the_same_phone_is_that_person(
    home: House, provider: Provider
) -> None:
    known = await home.value(
        "insert into people (phone, name) values (:phone, 'Asha') returning id", phone=PHONE
    )
    assert (await home.viewer(provider.token())).id == known
    assert await people(home) == [(PHONE, None, PEOPLE, "member")]


async def test_an_account_made_anew_there_with_the_same_phone_is_the_same_person(
    home: House, provider: Provider
) -> None:
    first = await home.viewer(provider.token())
    other = PEOPLE.replace("1", "9")
    assert (await home.viewer(provider.token(sub=other))).id == first.id
    assert await people(home) == [(PHONE, None, other, "member")]


@pytest.mark.parametrize(
    "claimed",
    [
        {"email": "owner@example.com"},
        {
            "email": "owner@example.com",
            "user_metadata": {"email_verified": True, "email": "owner@example.com"},
        },
        {"email": "owner@example.com", "email_verified": True},
        {"email": "owner@example.com", "amr": [{"method": "password", "timestamp": 1}]},
        {"user_metadata": {"phone": "919876543210", "phone_verified": True, "sub": "1", "role": "admin"}},
    ],
)
async def test_what_people_may_write_themselves_links_them_with_nobody(
    home: House, provider: Provider, claimed: dict[str, Any]
) -> None:
    owner = await home.value(
        "insert into people (phone, email, role) values (:phone, 'owner@example.com', 'admin') returning id",
        phone=PHONE,
    )
    said: dict[str, Any] = {"phone": "", "email": "", **claimed}
    viewer = await home.viewer(provider.token(**said))
    assert viewer.id != owner
    assert viewer.role == "member"
    assert (await people(home))[1] == (None, None, PEOPLE, "member")


async def test_a_phone_that_is_proven_later_is_added_once_and_taken_from_nobody(
    home: House, provider: Provider
) -> None:
    first = await home.viewer(provider.token(phone=""))
    again = await home.viewer(provider.token())
    assert again.id == first.id
    assert await people(home) == [(PHONE, None, PEOPLE, "member")]
    other = PEOPLE.replace("1", "9")
    lone = await home.viewer(provider.token(sub=other, phone=""))
    assert (await home.viewer(provider.token(sub=other))).id == lone.id
    assert await people(home) == [(PHONE, None, PEOPLE, "member"), (None, None, other, "member")]


async def test_first_requests_at_once_make_one_person(home: House, provider: Provider) -> None:
    tokens = [provider.token() for _ in range(6)]
    found = await asyncio.gather(*(home.viewer(each) for each in tokens * 2))
    assert len({each.id for each in found}) == 1
    assert len(await people(home)) == 1


async def test_an_anonymous_sign_in_is_a_guest(home: House, provider: Provider) -> None:
    assert await home.viewer(provider.token(is_anonymous=True, phone="")) == GUEST
    assert await people(home) == []


async def test_the_mcp_servers_take_tokens_of_their_own_alone(home: House, provider: Provider) -> None:
    for door in ("user", "admin"):
        with pytest.raises(InvalidToken):
            await home.identity.identify(request(authorization=f"Bearer {provider.token()}"), door)


async def test_our_own_tokens_are_taken_beside_those_of_supabase(home: House, provider: Provider) -> None:
    assert (await home.viewer(await home.token("staff"))).role == "staff"


async def test_without_supabase_its_tokens_are_none(house: House, provider: Provider) -> None:
    assert await refused(house, provider.token())


@pytest.mark.parametrize(
    # Times are seconds from when the test runs, which may be long after it was collected.
    "changed",
    [
        pytest.param({"aud": "anon"}, id="for another audience"),
        pytest.param({"aud": None}, id="for no audience"),
        pytest.param({"aud": ["anon", 7]}, id="for other audiences"),
        pytest.param({"exp": -60}, id="expired"),
        pytest.param({"exp": None}, id="without an end"),
        pytest.param({"exp": "tomorrow"}, id="with an end that is no time"),
        pytest.param({"iat": 600, "exp": 900}, id="from the future"),
        pytest.param({"sub": None}, id="of nobody"),
        pytest.param({"sub": "1; drop table people"}, id="of no id"),
        pytest.param({"iss": "https://evil.example/auth/v1"}, id="of another issuer"),
    ],
)
async def test_a_token_with_the_wrong_claims_is_refused(
    home: House, provider: Provider, changed: dict[str, Any]
) -> None:
    now = int(time.time())
    said: dict[str, Any] = {
        name: now + value if isinstance(value, int) else value for name, value in changed.items()
    }
    assert await refused(home, provider.token(**said))
    assert await people(home) == []


async def test_the_audience_can_be_chosen_and_may_be_one_of_several(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider
) -> None:
    home = with_supabase(database, catalog, clock, provider.url, "apps")
    assert await refused(home, provider.token())
    assert (await home.viewer(provider.token(aud=["authenticated", "apps"]))).id


async def test_a_token_looked_at_before_ends_in_time(home: House, provider: Provider) -> None:
    token = provider.token(exp=int(time.time()) + 30)
    assert (await home.viewer(token)).id
    home.clock.move(timedelta(seconds=45))
    assert await refused(home, token)


async def test_published_keys_are_no_shared_secrets(home: House, provider: Provider) -> None:
    kind, key = provider.keys[provider.current]
    public = key.public_key()
    secrets = [
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        json.dumps(provider.published[0]).encode(),
        b"",
    ]
    token = provider.token()
    for secret in secrets:
        assert await refused(home, forged(header(token) | {"alg": "HS256"}, claims(token), by_secret(secret)))
    for algorithm in ("none", "None", "", None):
        assert await refused(home, forged(header(token) | {"alg": algorithm}, claims(token), unsigned))
    assert kind == "ES256"


async def test_a_shared_secret_that_is_published_is_no_key(home: House, provider: Provider) -> None:
    secret = b"a secret of the old kind, that everybody can read"
    provider.published.append({"kty": "oct", "kid": "old", "alg": "HS256", "k": encoded(secret)})
    home.clock.move(MINUTE)
    token = provider.token()
    assert await refused(home, forged({"alg": "HS256", "kid": "old"}, claims(token), by_secret(secret)))


async def test_the_algorithm_is_that_of_the_key_and_not_that_of_the_token(
    home: House, provider: Provider
) -> None:
    named = provider.current
    for kind in ("RS256", "EdDSA"):
        provider.rotate(kind)
        assert await refused(home, provider.token(header={"kid": named}))


async def test_a_key_that_is_too_small_for_another_use_or_of_another_curve_is_none(
    home: House, provider: Provider
) -> None:
    provider.rotate("RS256")
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    numbers = weak.public_key().public_numbers()
    provider.published[-1] |= {"n": encoded(numbers.n.to_bytes(128, "big"))}
    provider.published[0] |= {"use": "enc"}
    home.clock.move(MINUTE)
    assert await refused(home, provider.token())
    provider.current = next(iter(provider.keys))
    assert await refused(home, provider.token())


@pytest.mark.parametrize("added", [{"jku": "http://evil.example/"}, {"crit": ["exp"]}, {"kid": "../../keys"}])
async def test_what_a_token_says_of_its_key_is_not_followed(
    home: House, provider: Provider, added: dict[str, Any]
) -> None:
    token = provider.token()
    assert await refused(home, forged(header(token) | added, claims(token), by_secret(b"")))


async def test_keys_are_read_once_an_hour(home: House, provider: Provider) -> None:
    for _ in range(5):
        await home.viewer(provider.token())
    assert provider.asked == 1
    home.clock.move(timedelta(minutes=59))
    token = provider.token(exp=int(time.time()) + 9_000)
    await home.viewer(token)
    assert provider.asked == 1
    home.clock.move(2 * MINUTE)
    await home.viewer(token)
    assert provider.asked == 2


async def test_a_new_key_is_found_at_its_first_token_by_one_question(home: House, provider: Provider) -> None:
    await home.viewer(provider.token())
    home.clock.move(MINUTE)
    provider.rotate("EdDSA")
    tokens = [provider.token(exp=int(time.time()) + 9_000) for _ in range(8)]
    found = await asyncio.gather(*(home.viewer(each) for each in tokens))
    assert len({each.id for each in found}) == 1
    assert provider.asked == 2


async def test_unknown_names_of_keys_make_us_ask_at_most_once_a_minute(
    home: House, provider: Provider
) -> None:
    await home.viewer(provider.token())
    for _ in range(3):
        for number in range(20):
            assert await refused(home, provider.token(header={"kid": f"unknown {number}"}))
        home.clock.move(MINUTE)
    assert provider.asked == 3


async def test_a_key_that_is_no_longer_published_is_refused_after_an_hour(
    home: House, provider: Provider
) -> None:
    token = provider.token(exp=int(time.time()) + 9_000)
    await home.viewer(token)
    provider.published.clear()
    home.clock.move(timedelta(minutes=61))
    assert await refused(home, token)


async def test_by_the_clock_of_the_machine_an_unknown_key_is_a_bad_token_and_no_outage(
    database: Database, catalog: Catalog, provider: Provider
) -> None:
    home = House(database, catalog, Moving(), Supabase(provider.url, "authenticated"))
    assert (await home.viewer(provider.token())).role == "member"
    assert await refused(home, provider.token(header={"kid": "unknown"}))


@pytest.mark.parametrize("state", AWAY)
async def test_an_outage_from_the_start_is_503_and_says_when_to_come_back(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider, state: State
) -> None:
    provider.state = state
    home = with_supabase(database, catalog, clock, provider.url)
    refusal = await unreachable(home, provider.token())
    assert (refusal.status, refusal.retry_after, refusal.code) == (503, 5, "AUTH_PROVIDER_UNREACHABLE")
    provider.state = "well"
    home.clock.move(timedelta(seconds=5))
    assert (await home.viewer(provider.token())).role == "member"


@pytest.mark.parametrize("state", AWAY)
async def test_known_keys_stay_in_use_while_the_provider_is_away(
    home: House, provider: Provider, state: State
) -> None:
    token = provider.token(exp=int(time.time()) + 20_000)
    await home.viewer(token)
    provider.state = state
    home.clock.move(timedelta(hours=2))
    assert (await home.viewer(token)).role == "member"
    asked = provider.asked
    assert (await home.viewer(provider.token(exp=int(time.time()) + 20_001))).role == "member"
    assert provider.asked == asked == 2
    provider.rotate("ES256")
    await unreachable(home, provider.token(exp=int(time.time()) + 20_000))
    assert await refused(home, forged(header(token), claims(token), by_secret(b"")))


async def test_a_provider_that_nobody_listens_for_is_an_outage_and_its_return_is_noticed(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider
) -> None:
    await provider.stop()
    home = with_supabase(database, catalog, clock, provider.url)
    await unreachable(home, provider.token())
    await provider.start(provider.port)
    await unreachable(home, provider.token())
    home.clock.move(timedelta(seconds=6))
    assert (await home.viewer(provider.token())).role == "member"


async def test_many_requests_during_an_outage_ask_once(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider
) -> None:
    provider.state = "silent"
    home = with_supabase(database, catalog, clock, provider.url)
    async with asyncio.timeout(10):
        await asyncio.gather(*(unreachable(home, provider.token()) for _ in range(20)))
    assert provider.asked == 1


async def test_during_an_outage_whoever_cannot_be_checked_is_a_guest_where_guests_are_welcome(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider
) -> None:
    provider.state = "500"
    home = with_supabase(database, catalog, clock, provider.url)
    asking = request(authorization=f"Bearer {provider.token()}")
    assert await whoever(home.identity.identify, asking, "any") == UNCHECKED
    with pytest.raises(InvalidToken):
        await whoever(home.identity.identify, request(authorization="Bearer nonsense"), "any")
    ours = request(authorization=f"Bearer {await home.token()}")
    assert (await whoever(home.identity.identify, ours, "any")).role == "member"


async def started(home: House, caplog: pytest.LogCaptureFixture) -> str:
    """What a start says in the log; it is not held up by it."""
    heard = Heard()
    logging.root.addHandler(heard)
    try:
        with caplog.at_level(logging.WARNING):
            async with asyncio.timeout(20), home.running():
                await heard.something.wait()
    finally:
        logging.root.removeHandler(heard)
    return caplog.text


class Heard(logging.Handler):
    """Knows when something has been logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.something = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def emit(self, record: logging.LogRecord) -> None:
        self._loop.call_soon_threadsafe(self.something.set)


async def test_a_host_that_is_not_known_shows_in_the_log_of_the_start(
    database: Database, catalog: Catalog, clock: Moving, caplog: pytest.LogCaptureFixture
) -> None:
    home = with_supabase(database, catalog, clock, "https://no-such-project.invalid")
    assert "GHAR_SUPABASE_URL: the host no-such-project.invalid is not known" in await started(home, caplog)
    token = forged({"alg": "ES256", "kid": "a"}, {"iss": "https://no-such-project.invalid/auth/v1"}, unsigned)
    await unreachable(home, token)


async def test_an_address_without_keys_shows_in_the_log_of_the_start(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.state = "404"
    home = with_supabase(database, catalog, clock, provider.url)
    assert f"The keys at {provider.url}/auth/v1/.well-known/jwks.json" in await started(home, caplog)


async def test_a_project_with_shared_secrets_alone_shows_in_the_log_of_the_start(
    database: Database, catalog: Catalog, clock: Moving, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.published.clear()
    home = with_supabase(database, catalog, clock, provider.url)
    assert "has no ES256, RS256 or EdDSA key" in await started(home, caplog)


async def test_nothing_of_a_token_or_a_person_is_logged(
    home: House, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = provider.token()
        await home.viewer(token)
        await refused(home, provider.token(aud="anon"))
        provider.state = "500"
        await unreachable(with_supabase(home.database, home.catalog, home.clock, provider.url), token)
    assert all(secret not in caplog.text for secret in (token, "9876543210", PEOPLE))
