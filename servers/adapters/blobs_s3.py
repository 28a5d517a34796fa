"""Files in a bucket of S3, or of anything that speaks its protocol."""

from __future__ import annotations

import asyncio
import importlib
import io
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from servers.adapters.blobs_disk import START
from servers.adapters.breaker import Breaker
from tools.ports import Peek, StoreAway

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
_GONE = ("NoSuchKey", "NoSuchObject")
SECONDS = 15.0


class S3Blobs:
    """Asks through threads, since the library blocks. While the store is away, nobody waits for long."""

    def __init__(self, url: str) -> None:
        """`url` is `https://key:secret@host/bucket?region=...`."""
        self._parts = urlsplit(url)
        self._bucket = self._parts.path.strip("/")
        self.breaker = Breaker("A photo", refusal=StoreAway)

    async def put(self, name: str, content: bytes) -> None:
        """Store a file."""
        await self._ask(
            partial(self._client.put_object, self._bucket, name, io.BytesIO(content), len(content))
        )

    async def get(self, name: str) -> bytes | None:
        """Read a file."""
        return await self._ask(partial(self._read, name))

    async def put_file(self, name: str, path: Path) -> None:
        """Store a file of this machine, in parts where it is large."""
        await self._ask(partial(self._client.fput_object, self._bucket, name, str(path)))

    async def fetch(self, name: str, path: Path) -> bool:
        """Write a file to this machine."""
        return await self._ask(partial(self._fetch, name, path))

    async def peek(self, name: str) -> Peek | None:
        """How long it is, and how it begins."""
        return await self._ask(partial(self._peek, name))

    async def delete(self, name: str) -> None:
        """Remove a file."""
        await self._ask(partial(self._client.remove_object, self._bucket, name))

    async def upload_address(self, name: str, seconds: int) -> str | None:
        """An address that is signed for one name."""
        expires = timedelta(seconds=seconds)
        address: str = await self._ask(
            partial(self._client.presigned_put_object, self._bucket, name, expires=expires)
        )
        return address

    @cached_property
    def _client(self) -> Any:
        minio: Any = importlib.import_module("minio")
        urllib3: Any = importlib.import_module("urllib3")
        port = f":{self._parts.port}" if self._parts.port else ""
        region = parse_qs(self._parts.query).get("region", ["us-east-1"])[0]
        return minio.Minio(
            f"{self._parts.hostname}{port}",
            access_key=unquote(self._parts.username or ""),
            secret_key=unquote(self._parts.password or ""),
            secure=self._parts.scheme == "https",
            region=region,
            http_client=urllib3.PoolManager(timeout=SECONDS, maxsize=8, retries=False),
        )

    def _read(self, name: str, most: int | None = None) -> bytes | None:
        minio: Any = importlib.import_module("minio.error")
        try:
            answer = self._client.get_object(self._bucket, name, length=most or 0)
        except minio.S3Error as error:
            if error.code in _GONE:
                return None
            raise
        try:
            content: bytes = answer.read()
        finally:
            answer.close()
            answer.release_conn()
        return content

    def _fetch(self, name: str, path: Path) -> bool:
        minio: Any = importlib.import_module("minio.error")
        try:
            self._client.fget_object(self._bucket, name, str(path))
        except minio.S3Error as error:
            if error.code in _GONE:
                return False
            raise
        return True

    def _peek(self, name: str) -> Peek | None:
        minio: Any = importlib.import_module("minio.error")
        try:
            size: int = self._client.stat_object(self._bucket, name).size
        except minio.S3Error as error:
            if error.code in _GONE:
                return None
            raise
        return Peek(size, (self._read(name, START) or b"") if size else b"")

    async def _ask(self, question: Callable[[], T]) -> T:
        self.breaker.check()
        errors: Any = await asyncio.to_thread(_errors)
        try:
            answer = await asyncio.to_thread(question)
        except errors as error:
            raise self.breaker.lost(type(error).__name__) from error
        self.breaker.found()
        return answer


def _errors() -> tuple[type[Exception], ...]:
    minio: Any = importlib.import_module("minio.error")
    urllib3: Any = importlib.import_module("urllib3.exceptions")
    return (minio.MinioException, urllib3.HTTPError, OSError)
