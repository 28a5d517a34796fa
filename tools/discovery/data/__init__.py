"""The committed data: places (names, and coordinates rounded to 0.001 degree) and the parser's word lists."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Final

_PLACES: Final = ("areas.csv", "societies.csv", "osm.csv")


def committed_rows() -> list[dict[str, str]]:
    """Every row of the place files: kind, name, lat, lng, detail, aliases, parts, road."""
    return [row for name in _PLACES for row in csv.DictReader(lines_of(name))]


def lines_of(name: str) -> list[str]:
    """The lines of a committed file, without comments."""
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


def words_of(name: str) -> list[str]:
    """The words of a committed file, without comments."""
    return " ".join(lines_of(name)).split()


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
