"""Access tokens: which are taken, at which door, and for whom."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from servers.identity import Reach
from servers.keys import Keys
from tests.identity.forging import by_secret, claims, decoded, encoded, forged, header, unsigned
from tests.identity.house import ISSUER, House, request
from tools.catalog import Catalog
from tools.contract import GUEST
from tools.identity import Door, InvalidToken

STRANGER = Ed25519PrivateKey.generate()


async def refused(house: House, token: str, door: Door = "any") -> bool:
    """Whether a token is refused, and without being taken for a guest."""
    with pytest.raises(InvalidToken):
        await house.viewer(token, door)
    return True


async def test_a_request_without_credentials_is_a_guest(house: House) -> None:
    assert await house.identity.identify(request(), "user") == GUEST


async def test_a_token_names_its_person_role_scopes_and_session(house: House) -> None:
    token = await house.token("staff", "mcp:read", "platform:read")
    viewer = await house.viewer(token)
    assert (viewer.id, viewer.role) == (await house.people.person("staff"), "staff")
    assert viewer.scopes == {"mcp:read", "platform:read"}
    assert viewer.session == claims(token)["sid"]


@pytest.mark.parametrize(
    ("path", "door", "taken"),
    [
        ("mcp", "user", True),
        ("mcp", "admin", False),
        ("mcp", "any", True),
        ("mcp-admin", "user", False),
        ("mcp-admin", "admin", True),
        ("mcp-admin", "any", True),
    ],
)
async def test_a_token_opens_the_door_of_its_server_alone_and_those_of_either(
    house: House, path: str, door: Door, taken: bool
) -> None:
    token = await house.signed(aud=f"{ISSUER}/{path}")
    if taken:
        assert (await house.viewer(token, door)).role == "member"
    else:
        assert await refused(house, token, door)


async def test_a_token_for_the_user_server_has_no_more_than_a_members_scopes_even_for_an_admin(
    house: House, catalog: Catalog
) -> None:
    admin = await house.people.person("admin")
    await house.people.token(admin)
    sid = await house.value("select max(id) from sessions")
    given = {"sub": str(admin), "sid": sid, "scope": "mcp:read mcp:write platform:read"}
    viewer = await house.viewer(await house.signed(aud=f"{ISSUER}/mcp", **given))
    assert viewer.scopes == {"mcp:read", "mcp:write"}
    viewer = await house.viewer(await house.signed(aud=f"{ISSUER}/mcp-admin", **given))
    assert viewer.scopes == {"mcp:read", "mcp:write", "platform:read"}


def test_no_tool_of_staff_can_be_called_with_the_scopes_of_members(catalog: Catalog) -> None:
    members = Reach(catalog).of("member")
    open_to_members = [
        tool.name
        for tool in catalog
        if tool.surfaces and tool.audience in ("staff", "admin") and set(tool.scopes) <= members
    ]
    assert open_to_members == []


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"aud": None}, id="for nobody"),
        pytest.param({"aud": "https://elsewhere.example/mcp"}, id="for another"),
        pytest.param({"aud": f"{ISSUER}/mcp/"}, id="for an address that is nearly ours"),
        pytest.param({"aud": ["https://elsewhere.example/mcp"]}, id="for others"),
        pytest.param({"aud": [7, None]}, id="for nonsense"),
        pytest.param({"sid": None}, id="without a session"),
        pytest.param({"sid": "1"}, id="of a session that is no number"),
        pytest.param({"sid": True}, id="of a session that is true"),
        pytest.param({"sid": 2**70}, id="of a session that no database can have"),
        pytest.param({"sid": -1}, id="of no session"),
        pytest.param({"sub": None}, id="of nobody"),
        pytest.param({"sub": "999999"}, id="of a person whose session it is not"),
        pytest.param({"nbf": 9_999_999_999}, id="from the far future"),
    ],
)
async def test_our_own_signature_under_the_wrong_claims_is_refused(
    house: House, changed: dict[str, Any]
) -> None:
    assert await refused(house, await house.signed(**changed))


async def test_a_token_ends_when_it_says_and_not_before_by_a_clock_that_differs_a_little(
    house: House,
) -> None:
    token = await house.signed(exp=int(house.clock.now().timestamp()) + 60)
    house.clock.move(timedelta(seconds=65))
    assert (await house.viewer(token)).role == "member"
    house.clock.move(timedelta(seconds=10))
    assert await refused(house, token)


async def test_a_token_from_a_clock_ahead_is_taken_within_seconds_and_not_beyond(
    house: House, replica: House
) -> None:
    token = await house.signed()
    house.clock.move(-timedelta(seconds=8))
    assert (await replica.viewer(token)).role == "member"
    house.clock.move(-timedelta(seconds=60))
    assert await refused(House(house.database, house.catalog, house.clock), token)


async def test_a_token_that_was_looked_at_before_still_ends_in_time(house: House) -> None:
    token = await house.signed(exp=int(house.clock.now().timestamp()) + 30)
    await house.viewer(token)
    house.clock.move(timedelta(seconds=41))
    assert await refused(house, token)


async def test_another_issuer_or_another_secret_makes_no_token_of_ours(
    house: House, catalog: Catalog
) -> None:
    elsewhere = House(house.database, catalog, house.clock, issuer="https://elsewhere.example")
    assert await refused(house, await elsewhere.signed(aud=f"{ISSUER}/mcp"))
    stranger = House(house.database, catalog, house.clock, keys=Keys(b"another secret"))
    assert await refused(house, await stranger.signed())
    assert (await house.viewer(await house.signed())).role == "member"


@pytest.mark.parametrize("part", [0, 1, 2])
async def test_a_token_is_refused_after_any_change(house: House, part: int) -> None:
    parts = (await house.signed()).split(".")
    changed = bytearray(decoded(parts[part]))
    for place in range(len(changed)):
        other = bytearray(changed)
        other[place] ^= 1
        token = ".".join([*parts[:part], encoded(bytes(other)), *parts[part + 1 :]])
        assert await refused(house, token)


async def test_a_token_with_a_richer_claim_under_the_old_signature_is_refused(house: House) -> None:
    first, said, signature = (await house.signed()).split(".")
    richer = json.loads(decoded(said)) | {"scope": "mcp:read mcp:write", "sub": "1"}
    assert await refused(house, f"{first}.{encoded(json.dumps(richer).encode())}.{signature}")


def _published(house_key: dict[str, str]) -> list[bytes]:
    """The public key in every form in which somebody might take it for a shared secret."""
    key = Ed25519PublicKey.from_public_bytes(decoded(house_key["x"]))
    formats = [
        (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        (Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        (Encoding.OpenSSH, PublicFormat.OpenSSH),
        (Encoding.Raw, PublicFormat.Raw),
    ]
    made = [key.public_bytes(*each) for each in formats]
    return [*made, json.dumps(house_key).encode(), house_key["x"].encode(), b""]


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512", "hs256"])
async def test_the_public_key_is_no_shared_secret(house: House, algorithm: str) -> None:
    token = await house.signed()
    (key,) = (await house.signer.jwks())["keys"]
    for secret in _published(key):
        head = header(token) | {"alg": algorithm}
        assert await refused(house, forged(head, claims(token), by_secret(secret)))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None])
async def test_a_token_without_a_signature_is_refused(house: House, algorithm: str | None) -> None:
    token = await house.signed()
    head = header(token) | {"alg": algorithm}
    assert await refused(house, forged(head, claims(token), unsigned))
    assert await refused(house, forged({"alg": algorithm}, claims(token), unsigned))
    assert await refused(house, f"{token.rpartition('.')[0]}.")


async def test_other_signatures_of_the_name_of_our_key_are_refused(house: House) -> None:
    token = await house.signed()
    curve = ec.generate_private_key(ec.SECP256R1())
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    others: dict[str, Callable[[bytes], bytes]] = {
        "EdDSA": STRANGER.sign,
        "ES256": lambda whole: curve.sign(whole, ECDSA(SHA256())),
        "RS256": lambda whole: rsa.sign(whole, PKCS1v15(), SHA256()),
        "Ed25519": STRANGER.sign,
    }
    for algorithm, sign in others.items():
        assert await refused(house, forged(header(token) | {"alg": algorithm}, claims(token), sign))


@pytest.mark.parametrize("kind", ["JWT", "jwt", "at+JWT", "id+jwt", None, 1])
async def test_only_the_type_of_access_tokens_is_one(house: House, kind: Any) -> None:
    token = await house.signed()
    key = await house.key(header(token)["kid"])
    head = {name: value for name, value in (header(token) | {"typ": kind}).items() if value is not None}
    assert await refused(house, forged(head, claims(token), key.sign))
    assert (await house.viewer(forged(header(token), claims(token), key.sign))).role == "member"


@pytest.mark.parametrize(
    "added",
    [
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": encoded(STRANGER.public_key().public_bytes_raw())}},
        {"jku": "https://evil.example/jwks.json"},
        {"x5u": "https://evil.example/chain.pem"},
        {"x5c": ["MIIB"]},
        {"crit": ["exp"]},
        {"b64": False, "crit": ["b64"]},
        {"zip": "DEF"},
    ],
)
async def test_a_key_that_a_token_brings_along_counts_for_nothing(
    house: House, added: dict[str, Any]
) -> None:
    token = await house.signed()
    assert await refused(house, forged(header(token) | added, claims(token), STRANGER.sign))
    key = await house.key(header(token)["kid"])
    assert await refused(house, forged(header(token) | added, claims(token), key.sign))


@pytest.mark.parametrize(
    "header_value",
    ["", "Bearer", "Bearer  ", "Basic dTpw", "bearer", "Token x", "Bearer\ttoken", "Bearer a b", "Bearer é"],
)
async def test_another_way_of_signing_in_is_refused(house: House, header_value: str) -> None:
    with pytest.raises(InvalidToken):
        await house.identity.identify(request(authorization=header_value), "any")


@pytest.mark.parametrize(
    "token",
    [
        "x",
        ".",
        "..",
        "...",
        "a.b.c",
        "a.b.c.d.e",
        "é.é.é",
        "null.null.null",
        "e30.e30.",
        "W10.W10.W10",
        "x" * 100_000,
    ],
)
async def test_nonsense_is_refused(house: House, token: str) -> None:
    assert await refused(house, token)


async def test_two_authorizations_in_one_request_are_refused(house: House) -> None:
    token = await house.token()
    value = f"Bearer {token}".encode()
    both = {"method": "GET", "headers": [(b"authorization", value), (b"authorization", value)]}
    with pytest.raises(InvalidToken):
        await house.identity.identify(both, "any")


async def test_deeply_nested_claims_are_refused(house: House) -> None:
    token = await house.signed()
    first, _, signature = token.split(".")
    deep = encoded(b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}")
    assert await refused(house, f"{first}.{deep}.{signature}"[:8_000])
    assert await refused(house, f"{encoded(b'[' * 3_000)}.e30.{signature}")
