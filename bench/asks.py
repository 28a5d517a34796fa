"""The questions of the benchmarks: a fixed list of distinct structured searches, from a seed."""

from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tools.discovery.demo.homes import home

SEED = 2026
COUNT = 800
PLACED = 20_000
"""Searches are around the first so many properties, so that they are the same at every scale."""

BANDS = {"buy": (5_000_000, 20_000_000, 50_000), "rent": (20_000, 80_000, 500)}
"""Where the lower end of a price band may lie, and its step, in rupees."""

WIDTH = 1.6


@dataclass(frozen=True, slots=True)
class Ask:
    """A circle of 3 to 5 km, purpose, kind, two and three bedrooms, a price band; newest first, 20 cards."""

    lat: float
    lng: float
    radius: int
    purpose: str
    kind: str
    budget_min: int
    budget_max: int

    def query(self) -> str:
        """The query string, the same for every server."""
        return urlencode(
            [
                ("purpose", self.purpose),
                ("kinds", self.kind),
                ("bedrooms", "2"),
                ("bedrooms", "3"),
                ("budget_min", self.budget_min),
                ("budget_max", self.budget_max),
                ("lat", self.lat),
                ("lng", self.lng),
                ("radius", self.radius),
                ("sort", "newest"),
                ("limit", "20"),
            ]
        )


def asks(count: int = COUNT) -> list[Ask]:
    """The first `count` questions, all different."""
    random = Random(SEED)
    return [_ask(random) for _ in range(count)]


def _ask(random: Random) -> Ask:
    near = home(SEED, random.randrange(PLACED)).site
    purpose = random.choices(list(BANDS), [6, 4])[0]
    least, most, step = BANDS[purpose]
    low = random.randrange(least, most, step)
    return Ask(
        lat=round(near.lat + random.gauss(0, 0.01), 5),
        lng=round(near.lng + random.gauss(0, 0.01), 5),
        radius=random.randrange(3_000, 5_001, 10),
        purpose=purpose,
        kind=random.choices(["apartment", "builder_floor"], [7, 3])[0],
        budget_min=low,
        budget_max=round(low * WIDTH / step) * step,
    )


def requests(path: str, every: list[Ask], headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """The questions as requests for the load."""
    return [
        {"method": "GET", "path": f"{path}?{ask.query()}", "headers": headers or {}, "body": ""}
        for ask in every
    ]
