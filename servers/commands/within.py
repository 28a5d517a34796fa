"""Running a command's work with a runtime, and ending with a sentence where it cannot be done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import uvloop

from servers.commands.console import Failed, bars
from servers.runtime import Runtime, running
from servers.settings import Settings
from storage.embedded import EmbeddedError
from tools.faults import DATABASE_ERRORS
from tools.refusals import InsufficientScope, Refused, SignInRequired

HOW = "Say who is calling with --token TOKEN; `ghar token` prints one."
T = TypeVar("T")


def with_runtime(
    work: Callable[[Runtime], Awaitable[T]], chosen: Settings, *, migrates: bool | None = None
) -> T:
    """Do `work` with a runtime of its own. What can be foreseen to go wrong ends the command."""
    logging.getLogger().setLevel(max(logging.WARNING, logging.root.level))

    async def within() -> T:
        with bars() as progress:
            async with running(chosen, progress, migrates=migrates) as runtime:
                return await work(runtime)

    return complete(within())


def complete(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`, run in a loop of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            return runner.run(work)
        except (SignInRequired, InsufficientScope) as refused:
            raise Failed(f"{refused.message} {HOW}", code=refused.code) from None
        except Refused as refused:
            raise Failed(refused.message, code=refused.code) from None
        except EmbeddedError as error:
            raise Failed(str(error)) from None
        except DATABASE_ERRORS as error:
            raise Failed(f"The database could not be used: {_first_line(error)}") from None


def _first_line(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
