"""Races: several servers measured in one run, in turns so short that a busy machine slows all alike."""

import dataclasses
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.processes import Figure, Running

_NUMBERS = ("per_second", "p50_ms", "p95_ms", "server_cpu_ms", "postgres_cpu_ms", "bytes")


@dataclass(frozen=True, slots=True)
class Entrant:
    """A server and what it is asked."""

    name: str
    running: Running
    requests: Sequence[Mapping[str, Any]]
    expected: int = 200
    may_refuse: bool = False
    """Whether 503 is an answer that is counted and told, rather than the end of the race."""


@dataclass(frozen=True, slots=True)
class Race:
    """How long each measurement takes, how often all are repeated, and whose PostgreSQL is charged."""

    seconds: float = 1.0
    rounds: int = 15
    postgres: int | None = None

    async def warm(self, entrants: Sequence[Entrant], concurrency: int = 16) -> None:
        """Ask everything of everyone for a while, unmeasured."""
        for each in entrants:
            await each.running.measure(
                each.requests, concurrency=concurrency, seconds=self.seconds, postgres=None
            )

    async def run(self, entrants: Sequence[Entrant], concurrency: int) -> dict[str, Figure]:
        """The median figures of each, by name. Every other round goes the other way about."""
        seen: dict[str, list[Figure]] = {each.name: [] for each in entrants}
        for number in range(self.rounds):
            for each in entrants if number % 2 == 0 else reversed(entrants):
                # Each round begins elsewhere, so that a long list is not asked from its start again.
                at = len(each.requests) * number // self.rounds
                turned = [*each.requests[at:], *each.requests[:at]]
                figure = await each.running.measure(
                    turned, concurrency=concurrency, seconds=self.seconds, postgres=self.postgres
                )
                told = {str(each.expected), "503"} if each.may_refuse else {str(each.expected)}
                wrong = figure.statuses.keys() - told
                assert not wrong, f"{each.name} answered {figure.statuses}"
                seen[each.name].append(figure)
        return {name: _median(figures) for name, figures in seen.items()}


def _median(figures: Sequence[Figure]) -> Figure:
    middle = {name: statistics.median(getattr(each, name) for each in figures) for name in _NUMBERS}
    statuses = sum((Counter(each.statuses) for each in figures), Counter[str]())
    return dataclasses.replace(figures[0], **middle, statuses=dict(statuses))


def table(title: str, figures: Mapping[str, Figure]) -> str:
    """The figures as rows of a Markdown table."""
    head = [
        f"\n### {title}",
        "| server | req/s | p50 ms | p95 ms | server CPU ms | PostgreSQL CPU ms | bytes |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    rows = [
        f"| {name} | {each.per_second:.0f} | {each.p50_ms:.2f} | {each.p95_ms:.2f} "
        f"| {each.server_cpu_ms:.2f} | {each.postgres_cpu_ms:.2f} | {each.bytes:.0f} |"
        for name, each in figures.items()
    ]
    return "\n".join([*head, *rows])


def refused(figures: Mapping[str, Figure]) -> str:
    """How many requests of each were refused with 503, in all rounds."""
    shares = [
        f"{name} {each.statuses.get('503', 0)} of {sum(each.statuses.values())}"
        for name, each in figures.items()
    ]
    return f"Refused for want of time: {', '.join(shares)}."


def goal(said: str, reached: float, least: float | None = None, most: float | None = None) -> str:
    """A goal, what was reached, and whether that is enough."""
    enough = (least is None or reached >= least) and (most is None or reached <= most)
    wanted = f"at least {least:g}" if least is not None else f"at most {most:g}"
    return f"{'reached' if enough else 'MISSED '} | {said}: {reached:.2f} ({wanted})"
