"""The committed places: names and coordinates rounded to 0.001 degree, nothing else."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Final

_FILES: Final = ("areas.csv", "societies.csv", "osm.csv")


def committed() -> list[dict[str, str]]:
    """Every row of the committed files: kind, name, lat, lng, detail, aliases, parts, road."""
    rows: list[dict[str, str]] = []
    for name in _FILES:
        text = files(__name__).joinpath(name).read_text(encoding="utf-8")
        rows += csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return rows
