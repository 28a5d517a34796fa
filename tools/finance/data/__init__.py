"""The committed figures: what states take at a purchase, what lenders ask, and how land is measured."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any


def table_of(name: str) -> dict[str, Any]:
    """A committed TOML file, its figures as exact decimals."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"), parse_float=Decimal)
