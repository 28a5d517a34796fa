"""Access tokens that we never signed, in every way that verifiers have been fooled before."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.clients.crowd import People
from tests.clients.flows import call, granted
from tests.clients.house import House

Claims = dict[str, Any]


def encoded(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(part: str) -> Claims:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Genuine:
    """A token that works, taken apart, and the key set that verifies it."""

    def __init__(self, token: str, keys: list[dict[str, str]]) -> None:
        self.head, self.body, self.signature = token.split(".")
        self.header, self.claims = decoded(self.head), decoded(self.body)
        self.jwk = next(key for key in keys if key["kid"] == self.header["kid"])

    @property
    def public(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(self.jwk["x"] + "="))

    def resigned(self, key: Any, algorithm: str, **header: Any) -> str:
        given = {name: value for name, value in (self.header | header).items() if name != "alg"}
        return jwt.encode(self.claims, key, algorithm, given)


@pytest.fixture(scope="module")
async def genuine(house: House, people: People) -> Genuine:
    person = await people.member()
    _, tokens = await granted(house, person, house.user)
    assert (await call(house, house.user, tokens.bearer)).status_code == 200
    keys = (await house.http.get(f"{house.url}/.well-known/jwks.json")).json()["keys"]
    return Genuine(tokens.access, keys)


def unsigned(token: Genuine) -> list[str]:
    spelled = ("none", "None", "NONE", "nOnE", "")
    heads = [encoded(token.header | {"alg": each}) for each in spelled]
    return [f"{head}.{token.body}.{end}" for head in heads for end in ("", token.signature)]


def with_the_public_key_as_secret(token: Genuine) -> list[str]:
    secrets = [
        token.public.public_bytes_raw(),
        token.jwk["x"].encode(),
        token.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        json.dumps(token.jwk).encode(),
    ]
    # PyJWT refuses to sign with a PEM, so that one is signed by hand like the others.
    pem = token.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return [_hs256(token, secret) for secret in (*secrets, pem, pem.strip())]


def _hs256(token: Genuine, secret: bytes) -> str:
    signed = f"{encoded(token.header | {'alg': 'HS256'})}.{token.body}"
    algorithm = jwt.get_algorithm_by_name("HS256")
    return f"{signed}.{encoded(algorithm.sign(signed.encode(), secret))}"


def with_other_algorithms(token: Genuine) -> list[str]:
    rsa_key = rsa.generate_private_key(65537, 2048)
    return [
        token.resigned(rsa_key, "RS256"),
        token.resigned(rsa_key, "PS256"),
        token.resigned(ec.generate_private_key(ec.SECP256R1()), "ES256"),
        token.resigned("a secret of the attacker, which is long enough for this algorithm too", "HS512"),
    ]


def with_another_key(token: Genuine) -> list[str]:
    mine = Ed25519PrivateKey.generate()
    point = encoded(mine.public_key().public_bytes_raw())
    jwk = {"kty": "OKP", "crv": "Ed25519", "kid": "mine", "x": point}
    smuggled = [
        {},
        {"jwk": jwk, "kid": "mine"},
        {"jku": "http://attacker.example/jwks.json", "kid": "mine"},
        {"x5u": "http://attacker.example/chain.pem"},
        {"x5c": [point]},
        {"crit": ["exp"]},
        {"crit": ["b64"], "b64": False},
    ]
    return [token.resigned(mine, "EdDSA", **each) for each in smuggled]


def with_an_injected_kid(token: Genuine) -> list[str]:
    mine = Ed25519PrivateKey.generate()
    kids = [
        "../../../../dev/null",
        "/dev/null",
        "' or '1'='1",
        "' union select '\\x00'::bytea --",
        "x'; drop table signing_keys; --",
        "http://attacker.example/key",
        "kid\x00" + token.header["kid"],
        token.header["kid"] + "\n",
        token.header["kid"].upper() + "x",
        "",
        "k" * 3_000,
    ]
    signed = [token.resigned(mine, "EdDSA", kid=each) for each in kids]
    odd = [encoded(token.header | {"kid": each}) for each in (None, 7, ["a"], {"a": 1}, True)]
    kept = {name: value for name, value in token.header.items() if name != "kid"}
    return signed + [f"{head}.{token.body}.{token.signature}" for head in (*odd, encoded(kept))]


def with_changed_claims(token: Genuine) -> list[str]:
    changes: list[Claims] = [
        {"sub": "1"},
        {"aud": token.claims["aud"].replace("/mcp", "/mcp-admin")},
        {"scope": "mcp:read mcp:write platform:read"},
        {"exp": token.claims["exp"] + 86_400},
        {"sid": 1},
    ]
    return [f"{token.head}.{encoded(token.claims | each)}.{token.signature}" for each in changes]


def that_are_not_tokens(token: Genuine) -> list[str]:
    whole = f"{token.head}.{token.body}.{token.signature}"
    return [
        "x",
        "..",
        "...",
        f"{token.head}.{token.body}",
        f"{token.head}.{token.body}.",
        f"{whole}.",
        f"{whole}x",
        f".{token.body}.{token.signature}",
        f"{encoded([])}.{token.body}.{token.signature}",
        f"{encoded(b'{')}.{token.body}.{token.signature}",
        f"{encoded(b'[' * 2_000)}.{token.body}.{token.signature}",
        f"{token.head}.{encoded(b'[' * 2_000)}.{token.signature}",
        f"{encoded(token.header | {'typ': 'JWT'})}.{token.body}.{token.signature}",
        f"{whole[:-4]}AAAA",
        whole.replace(".", "\t."),
        "x" * 6_000,
        "%00",
        token.head,
    ]


FORGERIES: list[Callable[[Genuine], list[str]]] = [
    unsigned,
    with_the_public_key_as_secret,
    with_other_algorithms,
    with_another_key,
    with_an_injected_kid,
    with_changed_claims,
    that_are_not_tokens,
]


@pytest.mark.parametrize("forged", FORGERIES, ids=lambda each: each.__name__)
async def test_no_surface_takes_tokens(
    house: House, genuine: Genuine, forged: Callable[[Genuine], list[str]]
) -> None:
    for token in forged(genuine):
        headers = {"authorization": f"Bearer {token}"}
        member = await call(house, house.user, headers)
        guest = await call(house, house.user, headers, "list_amenities")
        rest = await house.http.get(f"{house.url}/api/v1/properties", headers=headers)
        for answer in (member, guest, rest):
            assert (answer.status_code, answer.headers.get("www-authenticate", "")[:7]) == (401, "Bearer "), (
                token
            )
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_the_genuine_one_still_works_afterwards(house: House, genuine: Genuine) -> None:
    headers = {"authorization": f"Bearer {genuine.head}.{genuine.body}.{genuine.signature}"}
    assert (await call(house, house.user, headers)).status_code == 200


async def test_a_request_with_two_tokens_is_not_the_first_ones_and_not_the_second_ones(
    house: House, genuine: Genuine
) -> None:
    good = f"Bearer {genuine.head}.{genuine.body}.{genuine.signature}"
    for pair in ([good, "Bearer x"], ["Bearer x", good]):
        headers = [("authorization", each) for each in pair]
        answer = await house.http.get(f"{house.url}/api/v1/properties", headers=headers)
        assert answer.status_code == 401


async def test_a_token_is_taken_from_the_header_only(house: House, genuine: Genuine) -> None:
    token = f"{genuine.head}.{genuine.body}.{genuine.signature}"
    answer = await call(house, f"{house.user}?access_token={token}", {})
    assert answer.status_code == 401
    cookie = await call(house, house.user, {"cookie": f"access_token={token}; authorization=Bearer {token}"})
    assert cookie.status_code == 401
