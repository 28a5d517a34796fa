"""A Supabase project on this machine: real keys, published over real HTTP, and every way of being away."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Kind = Literal["ES256", "RS256", "EdDSA"]
State = Literal["well", "500", "404", "garbage", "not a key set", "huge", "cut off", "silent"]
PEOPLE = "11111111-2222-4333-8444-555555555555"


def private_key(kind: Kind) -> Any:
    """A new private key."""
    if kind == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    if kind == "RS256":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return Ed25519PrivateKey.generate()


class Provider:
    """The project's sign-in service."""

    def __init__(self) -> None:
        self.state: State = "well"
        self.asked = 0
        self.url = ""
        self.keys: dict[str, tuple[Kind, Any]] = {}
        self.published: list[dict[str, Any]] = []
        self.current = self.rotate("ES256")
        self._server: asyncio.Server | None = None

    def rotate(self, kind: Kind) -> str:
        """Publish one more key and sign with it; its name."""
        kid = str(uuid4())
        key = private_key(kind)
        self.keys[kid] = (kind, key)
        algorithm = jwt.get_algorithm_by_name(kind)
        public: dict[str, Any] = algorithm.to_jwk(key.public_key(), as_dict=True)
        self.published.append(public | {"kid": kid, "alg": kind, "use": "sig", "key_ops": ["verify"]})
        self.current = kid
        return kid

    def token(self, *, header: dict[str, Any] | None = None, **changed: Any) -> str:
        """An access token as Supabase makes them, with claims changed; None leaves one out."""
        kind, key = self.keys[self.current]
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": f"{self.url}/auth/v1",
            "aud": "authenticated",
            "sub": PEOPLE,
            "role": "authenticated",
            "aal": "aal1",
            "amr": [{"method": "otp", "timestamp": now}],
            "session_id": str(uuid4()),
            "email": "",
            "phone": "919876543210",
            "app_metadata": {"provider": "phone", "providers": ["phone"]},
            "user_metadata": {},
            "is_anonymous": False,
            "iat": now,
            "exp": now + 3600,
        } | changed
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(said, key, kind, headers={"kid": self.current} | (header or {}))

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["Provider"]:
        """Serve on a free port."""
        await self.start(0)
        try:
            yield self
        finally:
            await self.stop()

    async def start(self, port: int) -> None:
        """Listen on that port."""
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Listen no more."""
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].decode()
            self.asked += 1
            if self.state == "silent":
                await reader.read()
            found = head.startswith("GET /auth/v1/.well-known/jwks.json ")
            status, body = self._said() if found else (404, b"{}")
            length = len(body) + (10 if self.state == "cut off" else 0)
            writer.write(
                f"HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n".encode()
            )
            writer.write(body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    def _said(self) -> tuple[int, bytes]:
        said = json.dumps({"keys": self.published}).encode()
        by_state: dict[State, tuple[int, bytes]] = {
            "500": (500, said),
            "404": (404, b"{}"),
            "garbage": (200, b"<html>"),
            "not a key set": (200, b'["keys"]'),
            "huge": (200, b" " * 70_000 + said),
        }
        return by_state.get(self.state, (200, said))
