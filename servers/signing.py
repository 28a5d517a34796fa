"""Access tokens: signed with keys that rotate, and verified by every replica."""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import jwt
from cryptography.fernet import Fernet
from cryptography.fernet import InvalidToken as Unsealable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic_core import from_json, to_json

from servers.keys import Keys
from servers.verified import MOST_CHARACTERS, Verified
from storage import keys as stored
from storage.engine import Database
from tools.identity import InvalidToken
from tools.ports import Clock, SystemClock

ALGORITHM = "EdDSA"
TYPE = "at+jwt"
LONGEST = timedelta(hours=24)
"""How long a token may live at most."""

ROTATE_AFTER = timedelta(days=30)
KEPT_AFTER = LONGEST + timedelta(hours=1)
"""How long a retired key still verifies: every token that it signed has ended before."""

LEEWAY = 10
"""Seconds by which the clocks of two replicas may differ."""

RELOAD_AFTER = timedelta(seconds=60)
"""What another process has changed about the keys is seen after this time at the latest."""

_HEADER = {"alg", "kid", "typ"}
_JWS = jwt.PyJWS(algorithms=[ALGORITHM])


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of this installation, unsealed."""

    kid: str
    private: Ed25519PrivateKey
    created_at: datetime
    retired_at: datetime | None

    def jwk(self) -> dict[str, str]:
        """Its public part as a JWK (RFC 8037)."""
        point = base64.urlsafe_b64encode(self.private.public_key().public_bytes_raw()).rstrip(b"=").decode()
        return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": ALGORITHM, "kid": self.kid, "x": point}


class Signer:
    """Signs access tokens of one issuer, and verifies them. Its keys are in the database, sealed."""

    def __init__(self, database: Database, secret: Keys, issuer: str, clock: Clock | None = None) -> None:
        """`issuer` is the installation's public address."""
        self.issuer = issuer
        self._database = database
        self._seal = Fernet(base64.urlsafe_b64encode(secret.of("signing keys")))
        self._stamp = secret.of("names of signing keys")
        self._clock = clock or SystemClock()
        self._ring: dict[str, SigningKey] = {}
        self._read_at: datetime | None = None
        self._gone: set[str] = set()
        self._reading = asyncio.Lock()
        self._verified = Verified[Mapping[str, Any]]()

    async def sign(self, claims: Mapping[str, Any]) -> str:
        """A token with these claims and our `iss`, `iat` and `jti`. They must have an `exp`."""
        now = self._clock.now()
        assert claims["exp"] <= (now + LONGEST).timestamp(), "a token may not outlive the key that signed it"
        key = await self._current()
        issued = {"iss": self.issuer, "iat": int(now.timestamp()), "jti": secrets.token_urlsafe(12)}
        header = {"typ": TYPE, "kid": key.kid}
        return _JWS.encode(to_json(dict(claims) | issued), key.private, ALGORITHM, header)

    async def verify(self, token: str) -> Mapping[str, Any]:
        """The claims of a token that we signed and that has not ended. Refuses every other.

        Whom it is for (`aud`) and whether its session stands is for the caller to ask.
        """
        if len(token) > MOST_CHARACTERS:
            raise InvalidToken
        now = self._clock.now().timestamp()
        known = self._verified.get(token, now)
        if known is not None and self._fresh():
            return known
        claims = await self._checked(token)
        within_its_time(claims, now)
        self._verified.put(token, claims, now, claims["exp"] + LEEWAY)
        return claims

    async def jwks(self) -> dict[str, Any]:
        """The public keys, as a JSON Web Key Set (RFC 7517)."""
        await self._current()
        return {"keys": [key.jwk() for key in self._ring.values()]}

    async def rotate(self, *, drop: bool = False) -> str:
        """Let a new key take over, and tell its name. `drop` ends the others at once, for one that leaked."""
        async with self._reading:
            await self._succeed(drop=drop)
        return next(iter(self._ring))

    async def _current(self) -> SigningKey:
        """The key that signs now: made at first use, and again when it has become old."""
        if not self._fresh():
            await self._read()
        found = self._signing()
        if found is None:
            async with self._reading:
                await self._succeed(only_if_due=True)
            found = self._signing()
        assert found is not None
        return found

    def _signing(self) -> SigningKey | None:
        due = self._clock.now() - ROTATE_AFTER
        return next((key for key in self._ring.values() if not key.retired_at and key.created_at > due), None)

    async def _checked(self, token: str) -> dict[str, Any]:
        """The claims under a signature of ours, whatever they are."""
        try:
            header = _JWS.get_unverified_header(token)
            kid = header.get("kid")
            if header.keys() != _HEADER or header["typ"] != TYPE or not isinstance(kid, str):
                raise InvalidToken
            key = await self._named(kid)
            payload = _JWS.decode(token, key.private.public_key(), [ALGORITHM])
            claims: Any = from_json(payload, allow_inf_nan=False)
        except (jwt.PyJWTError, ValueError) as error:
            raise InvalidToken from error
        if not isinstance(claims, dict):
            raise InvalidToken
        found = cast("dict[str, Any]", claims)
        if found.get("iss") != self.issuer:
            raise InvalidToken
        return found

    async def _named(self, kid: str) -> SigningKey:
        """The key of that name. Only a name that we gave can make us look for it in the database."""
        if not self._fresh():
            await self._read()
        if kid not in self._ring and kid not in self._gone and self._is_ours(kid):
            await self._read(kid)
        found = self._ring.get(kid)
        if found is None:
            raise InvalidToken
        return found

    def _fresh(self) -> bool:
        return self._read_at is not None and self._clock.now() < self._read_at + RELOAD_AFTER

    async def _read(self, wanted: str | None = None) -> None:
        """Read the keys anew, unless another request has done so while this one waited."""
        async with self._reading:
            if wanted in self._ring or (wanted is None and self._fresh()):
                return
            async with self._database.reading(primary=True) as db:
                self._take(await stored.every(db))
            if wanted is not None and wanted not in self._ring:
                # Keys are stored before they sign, so one that is not there was deleted and never comes back.
                self._gone.add(wanted)

    async def _succeed(self, *, drop: bool = False, only_if_due: bool = False) -> None:
        """Store a new key, unless another process has just done what was due."""
        async with self._database.writing("background") as db:
            await stored.alone(db)
            self._take(await stored.every(db))
            if only_if_due and self._signing() is not None:
                return
            now = self._clock.now()
            await stored.succeed(db, self._made(now), list(self._ring))
            await stored.forget(db, now if drop else now - KEPT_AFTER)
            kept = await stored.every(db)
        self._take(kept)

    def _take(self, found: list[stored.SealedKey]) -> None:
        until = self._clock.now() - KEPT_AFTER
        standing = [key for key in found if key.retired_at is None or key.retired_at > until]
        ring = {key.kid: opened for key in standing if (opened := self._opened(key)) is not None}
        if ring.keys() != self._ring.keys():
            self._verified.clear()
        self._ring, self._read_at = ring, self._clock.now()

    def _made(self, now: datetime) -> stored.SealedKey:
        name = secrets.token_bytes(9)
        kid = base64.urlsafe_b64encode(name + self._stamped(name)).decode()
        private = Ed25519PrivateKey.generate().private_bytes_raw()
        return stored.SealedKey(kid, self._seal.encrypt(private), now, None)

    def _opened(self, key: stored.SealedKey) -> SigningKey | None:
        """The key itself; None where it was sealed with another secret than ours."""
        try:
            private = Ed25519PrivateKey.from_private_bytes(self._seal.decrypt(key.sealed))
        except Unsealable:
            return None
        return SigningKey(key.kid, private, key.created_at, key.retired_at)

    def _is_ours(self, kid: str) -> bool:
        try:
            name = base64.urlsafe_b64decode(kid.encode("ascii"))
        except ValueError:
            return False
        return hmac.compare_digest(name[9:], self._stamped(name[:9]))

    def _stamped(self, name: bytes) -> bytes:
        return hmac.digest(self._stamp, name, hashlib.sha256)[:9]


def within_its_time(claims: Mapping[str, Any], now: float) -> None:
    """Refuse claims that have ended or are yet to begin, by more than clocks may differ."""
    begins, ends = claims.get("iat"), claims.get("exp")
    if not isinstance(begins, int) or not isinstance(ends, int):
        raise InvalidToken
    if now >= ends + LEEWAY or max(begins, claims.get("nbf", begins)) > now + LEEWAY:
        raise InvalidToken
