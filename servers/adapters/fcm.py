"""Push notifications through Firebase Cloud Messaging (HTTP v1), to Android, Apple devices and browsers."""

from __future__ import annotations

import asyncio
import importlib
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator

from servers.adapters.answers import retry_after
from servers.adapters.breaker import Breaker
from tools.ports import NoSuchAddress, Undeliverable

if TYPE_CHECKING:
    from tools.ports import Shown

log = logging.getLogger(__name__)

FCM: Final = "https://fcm.googleapis.com"
TOKENS: Final = "https://oauth2.googleapis.com/token"
SCOPE: Final = "https://www.googleapis.com/auth/firebase.messaging"
GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SECONDS: Final = 10.0
EARLY: Final = 120.0
"""Seconds before its end at which an access token is no longer used."""

MOST_BYTES: Final = 65_536
"""Of an answer that is read."""

MINE: Final = "registration token"
"""What FCM says of a token that is none. Other invalid arguments are faults of ours, and no device's."""


class BadAccount(Exception):
    """The file is no key of a service account; the text says what is wrong with it."""


class ServiceAccount(BaseModel):
    """The key file of a Google service account, as the console gives it out."""

    project_id: str = Field(pattern=r"^[a-z0-9:.-]+$")
    client_email: str
    private_key: SecretStr
    private_key_id: str | None = None
    token_uri: str = TOKENS

    @field_validator("token_uri")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("must be an https address")
        return value

    @classmethod
    def read(cls, path: Path) -> Self:
        """The account in a file. Nothing of its content stands in what is said of a bad one."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise BadAccount(f"{path} cannot be read: {error.strerror}") from None
        except ValidationError as error:
            where = sorted({".".join(map(str, each["loc"])) or "JSON" for each in error.errors()})
            raise BadAccount(f"{path} is no key of a service account: {', '.join(where)}") from None


class _Detail(BaseModel):
    code: str | None = Field(default=None, alias="errorCode", pattern=r"^[A-Z_]{1,40}$")


class _Error(BaseModel):
    message: str = ""
    status: str = Field(default="", pattern=r"^[A-Z_]{0,40}$")
    details: list[_Detail] = []

    @property
    def code(self) -> str:
        """FCM's own name for what went wrong, or the API's."""
        return next((each.code for each in self.details if each.code), self.status)


class _Answer(BaseModel):
    error: _Error


class Fcm:
    """Sends to one device at a time, with an access token that is asked for when the last one ends."""

    def __init__(self, account: ServiceAccount, *, url: str = FCM) -> None:
        self._account = account
        self._send_url = f"{url}/v1/projects/{quote(account.project_id)}/messages:send"
        self._client: Any = None
        self._token = ""
        self._until = 0.0
        self._asking = asyncio.Lock()
        self.breaker = Breaker("A push notification")

    async def send(self, token: str, shown: Shown) -> None:
        """Hand one notification over; `NoSuchAddress` where the device is gone."""
        self.breaker.check()
        body = {"message": message(token, shown)}
        answer = await self._post(self._send_url, json=body, headers=await self._bearer())
        if answer.status_code == 401:
            # The token was taken back before its time: once more, with a new one.
            self._until = 0.0
            answer = await self._post(self._send_url, json=body, headers=await self._bearer())
        self._judge(answer)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    def _judge(self, answer: Any) -> None:
        if answer.is_success:
            self.breaker.found()
            return
        status, error = answer.status_code, _error(answer)
        said = f"FCM answered {status} {error.code}".strip()
        no_token = error.code == "INVALID_ARGUMENT" and MINE in error.message
        if error.code == "UNREGISTERED" or no_token:
            self.breaker.found()
            raise NoSuchAddress
        if status == 400 or error.code == "SENDER_ID_MISMATCH":
            # With the account of another project that is what FCM says of every device.
            self.breaker.found()
            log.warning("A push notification was not taken: %s", said)
            raise Undeliverable
        raise self.breaker.lost(said, retry_after=retry_after(answer.headers))

    async def _bearer(self) -> dict[str, str]:
        async with self._asking:
            if time.monotonic() >= self._until:
                await self._ask()
        return {"Authorization": f"Bearer {self._token}"}

    async def _ask(self) -> None:
        """A new access token, for an assertion that the account's key signs (RFC 7523)."""
        given = {"grant_type": GRANT, "assertion": self._assertion()}
        answer = await self._post(self._account.token_uri, data=given)
        if not answer.is_success:
            said = f"the token endpoint answered {answer.status_code}"
            raise self.breaker.lost(said, retry_after=retry_after(answer.headers))
        try:
            given = answer.json()
            token, seconds = str(given["access_token"]), float(given.get("expires_in", 3_600))
        except (ValueError, TypeError, KeyError):
            raise self.breaker.lost("the token endpoint answered without a token") from None
        self._token, self._until = token, time.monotonic() + max(seconds - EARLY, seconds / 2)

    def _assertion(self) -> str:
        jwt: Any = importlib.import_module("jwt")
        account, now = self._account, int(time.time())
        claims = {"iss": account.client_email, "scope": SCOPE, "aud": account.token_uri}
        claims |= {"iat": now, "exp": now + 3_600}
        headers = {"kid": account.private_key_id} if account.private_key_id else None
        try:
            return jwt.encode(claims, account.private_key.get_secret_value(), "RS256", headers=headers)
        except (jwt.PyJWTError, ValueError, TypeError):
            raise self.breaker.lost("the service account's private key cannot be read") from None

    async def _post(self, url: str, **given: Any) -> Any:
        httpx: Any = importlib.import_module("httpx")
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=False)
        try:
            async with asyncio.timeout(SECONDS):
                return await self._client.post(url, **given)
        except (httpx.HTTPError, TimeoutError) as error:
            raise self.breaker.lost(type(error).__name__) from None


def message(token: str, shown: Shown) -> dict[str, Any]:
    """What FCM takes: the same notification for each kind of device, replaced by one with the same id."""
    id_, seconds = str(shown.id), int(shown.lives.total_seconds())
    return {
        "token": token,
        "notification": {"title": shown.title, "body": shown.body},
        "data": {**shown.about, "ghar_id": id_, "link": shown.link},
        "android": {
            "collapse_key": id_,
            "priority": "HIGH" if shown.urgent else "NORMAL",
            "ttl": f"{seconds}s",
            "notification": {"tag": id_},
        },
        "apns": {
            "headers": {
                "apns-collapse-id": id_,
                "apns-priority": "10" if shown.urgent else "5",
                "apns-expiration": str(int(time.time()) + seconds),
            },
        },
        "webpush": {
            "headers": {"TTL": str(seconds), "Topic": shown.id.hex, "Urgency": _urgency(shown)},
            "notification": {"tag": id_},
            "fcm_options": {"link": shown.link},
        },
    }


def _urgency(shown: Shown) -> str:
    return "high" if shown.urgent else "normal"


def _error(answer: Any) -> _Error:
    """What FCM or the API says went wrong; nothing where it cannot be read."""
    if len(answer.content) > MOST_BYTES:
        return _Error()
    try:
        return _Answer.model_validate_json(answer.content).error
    except ValidationError:
        return _Error()
