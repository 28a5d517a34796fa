"""The file: opened, unpacked, decoded and split into rows without ever holding it whole."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from tools.refusals import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUIRED: Final = (
    "source_id", "listing_for", "property_type", "title", "description", "price_inr", "area_sqft", "bhk",
    "furnishing", "facing", "locality", "lat", "lng",
)  # fmt: skip
OPTIONAL: Final = (
    "price_per_unit_raw", "balconies", "age", "total_floor_band", "floor_band", "society", "sector",
)  # fmt: skip


_UNREADABLE: Final = [""]
"""Stands for a row that cannot be parsed."""


class UnreadableFile(Invalid):
    """This file cannot be read as a list of listings. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one import may read, after unpacking."""

    rows: int = 1_000_000
    characters: int = 4_000_000_000
    line: int = 1_000_000


class Source:
    """An open file of listings. `rows` can be walked once; leaving the context closes the file."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        with ExitStack() as opened:
            self._raw = opened.enter_context(_opened(path))
            self._size = max(path.stat().st_size, 1)
            self._text = opened.enter_context(_decoded(self._raw))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._opened.close()

    @property
    def fraction(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(self._raw.tell() / self._size, 1.0)

    def check(self) -> None:
        """Refuse a file that is no list of listings by its first line. Rows cannot be walked after it."""
        _header(_next(csv.reader(self._lines())) or [])

    def rows(self) -> Iterator[tuple[int, dict[str, str] | str]]:
        """Each row's number, from 1, and its values by column; or the reason why it cannot be read."""
        reader = csv.reader(self._lines())
        header = _header(_next(reader) or [])
        number = 0
        while (fields := _next(reader)) is not None:
            if not fields:
                continue
            number += 1
            if number > self._limits.rows:
                raise UnreadableFile(
                    f"This file has more than {self._limits.rows:,} rows. Split it. Nothing was imported."
                )
            yield number, _values(header, fields)

    def _lines(self) -> Iterator[str]:
        read = 0
        while line := self._line():
            read += len(line)
            if len(line) >= self._limits.line and not line.endswith("\n"):
                raise UnreadableFile("A line of this file never ends, so it is not a CSV of listings.")
            if read > self._limits.characters:
                raise UnreadableFile(
                    f"This file unpacks to more than {self._limits.characters:,} characters. Split it. "
                    "Nothing was imported."
                )
            yield line

    def _line(self) -> str:
        try:
            return self._text.readline(self._limits.line)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableFile(
                "This gzip file is cut off or damaged. Fetch it again. Nothing was imported."
            ) from error
        except UnicodeError as error:
            raise UnreadableFile("This file is not text in UTF-8 or UTF-16. Nothing was imported.") from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableFile(f"There is no file {path.name!r} here.") from error
    except OSError as error:
        raise UnreadableFile(f"The file {path.name!r} cannot be opened: {error.strerror}.") from error


def _decoded(raw: BinaryIO) -> io.TextIOWrapper:
    """The text of a plain or gzipped file. Bytes that are not UTF-8 are kept as lone surrogates."""
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    unpacked = cast("io.BufferedReader", gzip.GzipFile(fileobj=raw)) if packed else raw
    buffered = io.BufferedReader(cast("io.RawIOBase", unpacked), 1 << 16)
    start = _peeked(buffered)
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableFile("This is a zip file or a workbook. Save it as CSV first.")
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding, errors = ("utf-16", "strict") if is_wide else ("utf-8-sig", "surrogateescape")
    return io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")


def _peeked(buffered: io.BufferedReader[io.RawIOBase]) -> bytes:
    try:
        return buffered.peek(4096)[:4096]
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(
            "This gzip file is cut off or damaged. Fetch it again. Nothing was imported."
        ) from error


def _header(names: list[str]) -> list[str]:
    header = [name.strip().lower() for name in names]
    missing = [name for name in REQUIRED if name not in header]
    if len(missing) == len(REQUIRED):
        raise UnreadableFile("This is not a CSV of listings: its first line names none of their columns.")
    if missing:
        raise UnreadableFile(
            f"This file lacks the columns {', '.join(missing)}. Nothing was imported.",
            details={"missing": missing},
        )
    known = [name for name in header if name in REQUIRED + OPTIONAL]
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        raise UnreadableFile(f"This file has two columns named {', '.join(twice)}. Nothing was imported.")
    return header


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row, or None at the end."""
    try:
        return next(reader, None)
    except csv.Error:
        return _UNREADABLE


def _values(header: list[str], fields: list[str]) -> dict[str, str] | str:
    if fields is _UNREADABLE:
        return "unreadable_row"
    if len(fields) != len(header):
        return "wrong_number_of_fields"
    return dict(zip(header, fields, strict=True))
