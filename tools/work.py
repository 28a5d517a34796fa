"""Work: how a job is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """How a job is done: see `tools.jobs.job`."""

    cron: str | None
    attempts: int
    at_once: int | None
    priority: int
    minutes: float
    steps: bool
    tells: bool
    """Whether it tells its owner itself how it went."""
