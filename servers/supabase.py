"""Supabase: sign-ins that it has proven, checked against the keys that it publishes."""

import asyncio
import base64
import importlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

import jwt
from pydantic_core import from_json

from servers.signing import LEEWAY, within_its_time
from servers.verified import MOST_CHARACTERS, Verified
from tools.identity import InvalidToken
from tools.ports import Clock, SystemClock
from tools.refusals import AuthProviderUnreachable

log = logging.getLogger(__name__)

KEPT_SECONDS = 3_600
"""How long the published keys are used before they are read again."""

ASK_AGAIN_SECONDS = 60
"""How often a name of a key that is not known, or an outage, makes us read them at most."""

RETRY_SECONDS = 5
"""The same while nothing could be read and nothing can be checked."""

TIMEOUT_SECONDS = 3.0
LARGEST = 65_536
ALGORITHMS = {"EC": "ES256", "RSA": "RS256", "OKP": "EdDSA"}
"""The one algorithm of each kind of key. None of them takes a published key for a shared secret."""

LEAST_RSA_BITS = 2_048
_PHONE = re.compile(r"\+?([1-9][0-9]{6,14})")
_JWS = jwt.PyJWS(algorithms=list(ALGORITHMS.values()))


class _Unreadable(Exception):
    """The keys could not be read; the text says why."""


@dataclass(slots=True)
class SupabaseSignIn:
    """What a token of Supabase says of a person."""

    subject: str
    """Supabase's id of the person, a UUID."""

    phone: str | None
    """The phone that was proven there, in E.164."""

    anonymous: bool
    synced: bool = False
    """Whether the local person was brought up to this."""


class PublishedKeys:
    """The keys that an issuer publishes, read when needed and not too often."""

    def __init__(self, url: str, clock: Clock, patience: float = TIMEOUT_SECONDS) -> None:
        self.url = url
        self._clock = clock
        self._patience = patience
        self._asking = asyncio.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = self._asked_at = float("-inf")
        self._failed = True

    async def named(self, kid: str) -> jwt.PyJWK:
        """The key of that name. Refuses a name that is not published, and says so where that is not known."""
        if self._due(kid):
            async with self._asking:
                if self._due(kid):
                    await self._read()
        found = self._keys.get(kid)
        if found is None:
            raise AuthProviderUnreachable if self._failed else InvalidToken
        return found

    async def warm(self) -> None:
        """Read the keys, unless somebody needed them before."""
        async with self._asking:
            if self._asked_at == float("-inf"):
                await self._read()

    async def _read(self) -> None:
        """Read the keys. Those that are known stay in use where it fails."""
        self._failed = True
        try:
            found = _usable(await self._fetched())
        except _Unreadable as error:
            log.warning("The keys at %s could not be read: %s", self.url, error)
        else:
            if not found:
                log.warning("%s has no ES256, RS256 or EdDSA key: no sign-in of Supabase is valid", self.url)
            self._keys, self._read_at = found, self._clock.now().timestamp()
            self._failed = False
        self._asked_at = self._clock.now().timestamp()

    def _due(self, kid: str) -> bool:
        now = self._clock.now().timestamp()
        if kid in self._keys:
            return min(now - self._read_at - KEPT_SECONDS, now - self._asked_at - ASK_AGAIN_SECONDS) >= 0
        return now - self._asked_at >= (RETRY_SECONDS if self._failed else ASK_AGAIN_SECONDS)

    async def _fetched(self) -> bytes:
        # In a thread: importing it and reading the machine's certificates would hold up every request.
        http, made = await asyncio.to_thread(_client, self._patience)
        try:
            async with (
                made as client,
                asyncio.timeout(self._patience),
                client.stream("GET", self.url, headers={"accept": "application/json"}) as answer,
            ):
                if answer.status_code != 200:
                    raise _Unreadable(f"status {answer.status_code}")
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise _Unreadable(f"more than {LARGEST:,} bytes")
                return bytes(body)
        except (http.HTTPError, OSError) as error:
            raise _Unreadable(type(error).__name__) from error


class Supabase:
    """Checks the access tokens of one Supabase project."""

    def __init__(
        self, url: str, audience: str, clock: Clock | None = None, patience: float = TIMEOUT_SECONDS
    ) -> None:
        """`url` is the project's, such as `https://abc.supabase.co`; `patience` is in seconds."""
        self.issuer = f"{url.rstrip('/')}/auth/v1"
        self._audience = audience
        self._clock = clock or SystemClock()
        self._keys = PublishedKeys(f"{self.issuer}/.well-known/jwks.json", self._clock, patience)
        self._verified = Verified[SupabaseSignIn]()

    def issued(self, token: str) -> bool:
        """Whether a token says that it is from here; nothing is checked yet."""
        if len(token) > MOST_CHARACTERS:
            return False
        try:
            payload = token.split(".")[1]
            claims = from_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        except (IndexError, ValueError):
            return False
        return isinstance(claims, dict) and cast("dict[str, Any]", claims).get("iss") == self.issuer

    async def check(self, token: str) -> SupabaseSignIn:
        """Whose token this is. Refuses every one but a valid one, or that it cannot be checked now."""
        now = self._clock.now().timestamp()
        known = self._verified.get(token, now)
        if known is not None:
            return known
        claims = await self._checked(token)
        within_its_time(claims, now)
        found = _read(claims)
        self._verified.put(token, found, now, claims["exp"] + LEEWAY)
        return found

    async def prewarm(self) -> None:
        """Look its host up and read the keys, so that a wrong address is told in the log of the start."""
        parts = urlsplit(self.issuer)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            await asyncio.get_running_loop().getaddrinfo(parts.hostname, port)
        except OSError:
            log.warning("GHAR_SUPABASE_URL: the host %s is not known", parts.hostname)
            return
        await self._keys.warm()

    async def _checked(self, token: str) -> dict[str, Any]:
        """The claims under a valid signature, of this issuer and for this audience."""
        try:
            header = _JWS.get_unverified_header(token)
            kid = header.get("kid")
            if not isinstance(kid, str) or "crit" in header or "b64" in header:
                raise InvalidToken
            key = await self._keys.named(kid)
            # The algorithm is the key's, whatever the token names.
            claims: Any = from_json(_JWS.decode(token, key, [key.algorithm_name]), allow_inf_nan=False)
        except (jwt.PyJWTError, ValueError) as error:
            raise InvalidToken from error
        if not isinstance(claims, dict):
            raise InvalidToken
        found = cast("dict[str, Any]", claims)
        audience = found.get("aud")
        if found.get("iss") != self.issuer or self._audience not in (
            cast("list[Any]", audience) if isinstance(audience, list) else [audience]
        ):
            raise InvalidToken
        return found


def _client(patience: float) -> tuple[Any, Any]:
    http: Any = importlib.import_module("httpx")
    return http, http.AsyncClient(timeout=patience, trust_env=False)


def _read(claims: Mapping[str, Any]) -> SupabaseSignIn:
    """What is believed: never `user_metadata`, which people edit themselves, nor an e-mail address."""
    try:
        subject = str(UUID(str(claims.get("sub"))))
    except ValueError as error:
        raise InvalidToken from error
    phone = _PHONE.fullmatch(str(claims.get("phone") or ""))
    return SupabaseSignIn(subject, f"+{phone[1]}" if phone else None, claims.get("is_anonymous") is True)


def _usable(body: bytes) -> dict[str, jwt.PyJWK]:
    """The keys of a key set that may verify, by name."""
    try:
        listed = cast("dict[str, Any]", from_json(body))["keys"]
        given = [cast("dict[str, Any]", each) for each in cast("list[Any]", listed) if isinstance(each, dict)]
    except (ValueError, KeyError, TypeError) as error:
        raise _Unreadable("it is not a JSON Web Key Set") from error
    found: dict[str, jwt.PyJWK] = {}
    for each in given:
        key = _key(each)
        if key is not None:
            found[str(each["kid"])] = key
    return found


def _key(given: dict[str, Any]) -> jwt.PyJWK | None:
    algorithm = ALGORITHMS.get(str(given.get("kty")))
    if algorithm is None or given.get("alg", algorithm) != algorithm or given.get("use", "sig") != "sig":
        return None
    if not isinstance(given.get("kid"), str):
        return None
    try:
        key = jwt.PyJWK(given, algorithm)
    except jwt.PyJWTError:
        return None
    bits: int = getattr(key.key, "key_size", LEAST_RSA_BITS)
    return None if algorithm == "RS256" and bits < LEAST_RSA_BITS else key
