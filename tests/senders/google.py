"""Google as far as push notifications need it: its token endpoint and FCM, with the account to use there."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from servers.adapters.fcm import GRANT, SCOPE, Fcm, ServiceAccount
from tests.servers.serving import listening

EMAIL = "sender@ghar-test.iam.gserviceaccount.com"
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pem() -> str:
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key().private_bytes(serialization.Encoding.PEM, kind, plain).decode()


def account(base: str) -> dict[str, Any]:
    """The content of a key file, in the form of Google's console."""
    return {
        "type": "service_account",
        "project_id": "ghar-test",
        "private_key_id": "key-1",
        "private_key": pem(),
        "client_email": EMAIL,
        "client_id": "1",
        "token_uri": f"{base}/token",
        "universe_domain": "googleapis.com",
    }


def failed(status: int, code: str, message: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """How FCM says that something went wrong."""
    details = [{"@type": FCM_ERROR, "errorCode": code}]
    said = {"code": status, "message": message, "status": code, "details": details}
    return JSONResponse({"error": said}, status, headers=headers)


@dataclass
class Google:
    """Gives out tokens to whoever holds the account's key, and takes messages from whoever holds a token."""

    answers: list[Response] = field(default_factory=list[Response])
    """What it says next, instead of taking a message."""

    base: str = ""
    tokens: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    asked: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = await (self._token if request.url.path == "/token" else self._message)(request)
        await answer(scope, receive, send)

    async def _token(self, request: Request) -> Response:
        given = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        assert given["grant_type"] == GRANT
        audience = f"{self.base}/token"
        claims = jwt.decode(given["assertion"], key().public_key(), ["RS256"], audience=audience)
        assert (claims["iss"], claims["scope"], claims["exp"] - claims["iat"]) == (EMAIL, SCOPE, 3_600)
        assert jwt.get_unverified_header(given["assertion"])["kid"] == "key-1"
        self.tokens += 1
        return JSONResponse({"access_token": f"token-{self.tokens}", "expires_in": 3_599})

    async def _message(self, request: Request) -> Response:
        assert request.url.path == "/v1/projects/ghar-test/messages:send"
        self.asked += 1
        if request.headers["authorization"] != f"Bearer token-{self.tokens}":
            return failed(401, "UNAUTHENTICATED")
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(json.loads(await request.body())["message"])
        return JSONResponse({"name": f"projects/ghar-test/messages/{len(self.taken)}"})


@asynccontextmanager
async def reached(google: Google) -> AsyncGenerator[Fcm]:
    """Our side of it, speaking to that Google over HTTP."""
    async with listening(google) as google.base:
        fcm = Fcm(ServiceAccount.model_validate(account(google.base)), url=google.base)
        try:
            yield fcm
        finally:
            await fcm.close()
