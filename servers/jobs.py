"""Jobs: tools without a surface, run by whoever runs this system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.contract import AnyTool, Round, Viewer
from tools.dispatch import Caller, Dispatcher

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from servers.runtime import Runtime
    from storage.engine import Lane
    from tools.catalog import Catalog


_VECTORS = frozenset({"embed_listings"})
"""What is left to others where the settings say so, since it takes a processor for itself."""


def jobs(catalog: Catalog) -> list[AnyTool]:
    """Every job, by name."""
    return sorted((tool for tool in catalog if not tool.surfaces), key=lambda tool: tool.name)


def queued(runtime: Runtime) -> list[AnyTool]:
    """The jobs that this process takes from the queue, by name. Others wait for a process that takes them."""
    left = frozenset[str]() if runtime.settings.vectors else _VECTORS
    return [tool for tool in jobs(runtime.catalog) if tool.work is not None and tool.name not in left]


def clocked(runtime: Runtime) -> list[AnyTool]:
    """Those of them that the clock puts there."""
    return [tool for tool in queued(runtime) if tool.work is not None and tool.work.cron is not None]


def operator(tool: AnyTool, lane: Lane = "request", *, key: str | None = None) -> Caller:
    """Whoever runs this system, with the permission that `tool` asks for."""
    return Caller("cli", Viewer(0, "admin", frozenset(tool.scopes)), lane=lane, key=key)


async def rounds(dispatcher: Dispatcher, name: str, given: Mapping[str, Any]) -> AsyncGenerator[Any]:
    """The answers of a job that is run until nothing remains, or until it finds nothing that it can do.

    It can be stopped between two answers and begun again. A job that does not give a `Round` is run once.
    """
    job = dispatcher.catalog[name]
    while True:
        answer = await dispatcher.run(job, given, operator(job, "background"))
        yield answer
        if not isinstance(answer, Round) or answer.remaining == 0 or answer.done == 0:
            return
