"""Files of listings: taken in at a signed address, a piece at a time, and looked at before they stay."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from storage import blobs, import_files
from tools import addresses
from tools.discovery.importing.source import Source
from tools.platform.import_files import KEPT, PATH, PURPOSE, blob_name

if TYPE_CHECKING:
    from typing import BinaryIO

    from starlette.requests import Request

    from servers.runtime import Runtime

SENT: Final = re.compile(rf"{PATH}/[\w-]+")
"""The addresses that take such files."""

MOST_BODY: Final = import_files.MOST_BYTES
_PIECE: Final = 1024 * 1024
"""How much is written to the disk at once."""


class ListingFiles:
    """Takes files of listings from whoever has an address for one."""

    def __init__(self, runtime: Runtime) -> None:
        assert runtime.ports.blobs is not None
        self._store = runtime.ports.blobs
        self._ports = runtime.ports
        self._database = runtime.database

    def routes(self) -> list[Route]:
        """`/uploads/listings/{token}`."""
        return [Route(f"{PATH}/{{token}}", self._take, methods=["PUT"], name="send_listings")]

    async def _take(self, request: Request) -> Response:
        id_ = int(addresses.opened(self._ports, PURPOSE, request.path_params["token"])["id"])
        await self._waits(id_)
        with tempfile.TemporaryDirectory(prefix="ghar-upload-") as folder:
            path = Path(folder) / "listings"
            size = await _written(request, path)
            await asyncio.to_thread(_look, path)
            # Under a name of its own: one that comes late is never what somebody has checked.
            blob = blob_name()
            async with self._database.writing() as db:
                await blobs.doom(db, [blob], self._ports.clock.now() + KEPT)
            await self._store.put_file(blob, path)
        async with self._database.writing() as db:
            if not await import_files.arrived(db, id_, blob, size):
                raise addresses.UploadClosed
        return Response(status_code=204)

    async def _waits(self, id_: int) -> None:
        """Refuse a file that is not waited for, before it is read."""
        async with self._database.reading(primary=True) as db:
            row = await import_files.get(db, id_)
        if row is None or row.state not in ("waiting", "sent"):
            raise addresses.UploadClosed


async def _written(request: Request, path: Path) -> int:
    """Write a body to the disk as it comes; how many bytes it had."""
    size, held = 0, bytearray()
    with await asyncio.to_thread(path.open, "wb") as file:
        async for chunk in request.stream():
            held += chunk
            size += len(chunk)
            if len(held) >= _PIECE:
                await asyncio.to_thread(_append, file, held)
                held = bytearray()
        await asyncio.to_thread(_append, file, held)
    return size


def _append(file: BinaryIO, held: bytearray) -> None:
    file.write(held)


def _look(path: Path) -> None:
    """Refuse what is no list of listings by its first bytes and its first line, whatever it is called."""
    with Source(path) as file:
        file.check()
