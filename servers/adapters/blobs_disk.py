"""Files in a folder of this machine, or of a disk that all processes of the installation share."""

import asyncio
import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tools.ports import Peek

START = 64


class DiskBlobs:
    """Each file under its name. It is whole or not there: it is written beside and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes) -> None:
        """Write a file."""

        def write(file: BinaryIO) -> None:
            file.write(content)

        await asyncio.to_thread(_put, self._path(name), write)

    async def get(self, name: str) -> bytes | None:
        """Read a file."""
        return await asyncio.to_thread(_get, self._path(name))

    async def put_file(self, name: str, path: Path) -> None:
        """Copy a file of this machine."""

        def write(file: BinaryIO) -> None:
            with path.open("rb") as given:
                shutil.copyfileobj(given, file)

        await asyncio.to_thread(_put, self._path(name), write)

    async def fetch(self, name: str, path: Path) -> bool:
        """Copy a file to another place of this machine."""
        return await asyncio.to_thread(_copied, self._path(name), path)

    async def peek(self, name: str) -> Peek | None:
        """How long it is, and how it begins."""
        return await asyncio.to_thread(_peek, self._path(name))

    async def delete(self, name: str) -> None:
        """Remove a file, and its folder once that is empty."""
        await asyncio.to_thread(_delete, self._path(name))

    async def upload_address(self, name: str, seconds: int) -> str | None:
        """None: files come through us."""
        return None

    def _path(self, name: str) -> Path:
        path = self._folder / name
        # Names are ours; one that leads elsewhere is a defect, and must never be followed.
        if not path.resolve().is_relative_to(self._folder.resolve()):
            raise ValueError(f"{name!r} is not below the folder of files")
        return path


def _put(path: Path, write: Callable[[BinaryIO], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with beside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _get(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _copied(path: Path, into: Path) -> bool:
    try:
        shutil.copyfile(path, into)
    except FileNotFoundError:
        return False
    return True


def _peek(path: Path) -> Peek | None:
    try:
        with path.open("rb") as file:
            return Peek(os.fstat(file.fileno()).st_size, file.read(START))
    except FileNotFoundError:
        return None


def _delete(path: Path) -> None:
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()
