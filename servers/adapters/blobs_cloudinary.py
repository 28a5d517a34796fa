"""Files in an account of Cloudinary, by its signed uploads."""

from __future__ import annotations

import asyncio
import importlib
import io
import time
from hashlib import sha1
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote, urlsplit

from servers.adapters.answers import retry_after
from servers.adapters.blobs_disk import START
from servers.adapters.breaker import Breaker
from tools.ports import Peek, StoreAway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SECONDS = 30.0
LONG_SECONDS = 300.0
"""How long a large file may take."""

API = "https://api.cloudinary.com"
DELIVERY = "https://res.cloudinary.com"


class CloudinaryBlobs:
    """Keeps every file as it is (`raw`), so that what is served is what we made."""

    def __init__(
        self, url: str, *, api: str = API, delivery: str = DELIVERY, now: Callable[[], float] = time.time
    ) -> None:
        """`url` is `cloudinary://key:secret@cloud`."""
        parts = urlsplit(url)
        self._key, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        # A cloud's name may have capitals, which a host name has not.
        self._cloud = parts.netloc.rpartition("@")[2]
        self._api, self._delivery, self._now = api, delivery, now
        self._client: Any = None
        self.breaker = Breaker("A photo", refusal=StoreAway)

    async def put(self, name: str, content: bytes) -> None:
        """Store a file, and have copies of an older one of that name forgotten."""
        await self._put(name, io.BytesIO(content), SECONDS)

    async def put_file(self, name: str, path: Path) -> None:
        """Store a file of this machine, read as it is sent."""
        with path.open("rb") as file:
            await self._put(name, file, LONG_SECONDS)

    async def _put(self, name: str, file: BinaryIO, seconds: float) -> None:
        fields = self._signed({"public_id": name, "overwrite": "true", "invalidate": "true"})
        at = f"{self._api}/v1_1/{self._cloud}/raw/upload"
        self._taken(await self._ask("POST", at, seconds, data=fields, files={"file": ("file", file)}))

    async def get(self, name: str) -> bytes | None:
        """Read a file."""
        answer = await self._ask("GET", self._at(name))
        if answer.status_code == 404:
            return None
        self._taken(answer)
        content: bytes = answer.content
        return content

    async def fetch(self, name: str, path: Path) -> bool:
        """Write a file to this machine."""
        content = await self.get(name)
        if content is not None:
            await asyncio.to_thread(path.write_bytes, content)
        return content is not None

    async def peek(self, name: str) -> Peek | None:
        """How long it is, and how it begins."""
        content = await self.get(name)
        return None if content is None else Peek(len(content), content[:START])

    async def delete(self, name: str) -> None:
        """Remove a file."""
        fields = self._signed({"public_id": name, "invalidate": "true"})
        self._taken(await self._ask("POST", f"{self._api}/v1_1/{self._cloud}/raw/destroy", data=fields))

    async def upload_address(self, name: str, seconds: int) -> str | None:
        """None: what people send is looked through before it goes there."""
        return None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    def _at(self, name: str) -> str:
        return f"{self._delivery}/{self._cloud}/raw/upload/{name}"

    def _signed(self, fields: Mapping[str, str]) -> dict[str, str]:
        return signed({**fields, "timestamp": str(int(self._now()))}, self._key, self._secret)

    def _taken(self, answer: Any) -> None:
        if not answer.is_success:
            raise self.breaker.lost(
                f"Cloudinary answered {answer.status_code}", retry_after=retry_after(answer.headers)
            )
        self.breaker.found()

    async def _ask(self, method: str, url: str, seconds: float = SECONDS, /, **sent: Any) -> Any:
        self.breaker.check()
        httpx: Any = importlib.import_module("httpx")
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=SECONDS, trust_env=False)
        try:
            async with asyncio.timeout(seconds):
                return await self._client.request(method, url, **sent)
        except (httpx.HTTPError, TimeoutError) as error:
            raise self.breaker.lost(type(error).__name__) from None


def signed(fields: Mapping[str, str], key: str, secret: str) -> dict[str, str]:
    """The fields with their signature: SHA-1 of all of them by name, and the secret behind."""
    text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
    signature = sha1((text + secret).encode(), usedforsecurity=False).hexdigest()
    return {**fields, "api_key": key, "signature": signature}
