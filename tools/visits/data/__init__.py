"""The committed data of visits: public holidays, by `scripts.holidays`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Holidays(NamedTuple):
    """Public holidays, and who says so."""

    source: str
    days: dict[date, str]


@cache
def holidays() -> Holidays:
    """The public holidays of Haryana, by day."""
    told = tomllib.loads(files(__name__).joinpath("holidays.toml").read_text(encoding="utf-8"))
    return Holidays(told["source"], {date.fromisoformat(day): name for day, name in told["days"].items()})
