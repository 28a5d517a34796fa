"""The concierge: one agent for everybody, and its runs as streams of the protocols that clients speak."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pydantic_ai
from pydantic_ai import Agent, DeferredToolRequests
from pydantic_ai.exceptions import FallbackExceptionGroup, ModelAPIError, RunCancelled, UsageLimitExceeded
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, UserPromptPart
from pydantic_ai.ui.ag_ui import AGUIEventStream
from pydantic_ai.ui.vercel_ai import VercelAIEventStream
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk, ErrorChunk
from pydantic_ai.usage import UsageLimits

from agent.persona import INSTRUCTIONS
from agent.toolset import CatalogToolset
from tools.dispatch import Caller
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from ag_ui.core import BaseEvent
    from pydantic_ai.models import Model
    from pydantic_ai.ui import NativeEvent, UIEventStream

    from agent.asked import Asked
    from tools.dispatch import Dispatcher

pydantic_ai.BANNER_ENABLED = False

log = logging.getLogger(__name__)

_LIMITS = UsageLimits(request_limit=8, tool_calls_limit=12)
_SECONDS = 120.0
_NOT_KEPT = "(My answer was shown and is not kept.)"

Output = str | DeferredToolRequests


class Concierge:
    """Answers questions with one model and the catalog's tools."""

    def __init__(self, dispatcher: Dispatcher, model: Model, sign_in: str = "/sign-in") -> None:
        self.model = model
        self.agent: Agent[Caller, Output] = Agent(
            model,
            name="concierge",
            deps_type=Caller,
            output_type=[str, DeferredToolRequests],
            instructions=INSTRUCTIONS,
            toolsets=[CatalogToolset(dispatcher, sign_in)],
        )

    def vercel(self, asked: Asked, caller: Caller) -> Streaming:
        """The answer in the Vercel AI protocol, version 6."""
        return self._streaming(_Vercel(sdk_version=6, server_message_id=str(uuid4())), asked, caller)

    def ag_ui(self, asked: Asked, caller: Caller) -> Streaming:
        """The answer in the AG-UI protocol, for the thread and run that the client named."""
        return self._streaming(_AGUI(thread_id=asked.thread, run_id=asked.run), asked, caller)

    def _streaming(
        self, stream: UIEventStream[Any, Any, Any, Any], asked: Asked, caller: Caller
    ) -> Streaming:
        events = stream.encode_stream(stream.transform_stream(self._run(asked, caller)))
        return Streaming(events, stream.content_type, dict(stream.response_headers or {}))

    async def _run(self, asked: Asked, caller: Caller) -> AsyncGenerator[NativeEvent]:
        async with self.agent.run_stream_events(
            asked.question,
            message_history=_history(asked.earlier),
            deps=caller,
            usage_limits=_LIMITS,
            timeout=_SECONDS,
        ) as events:
            async for event in events:
                yield event


@dataclass(frozen=True, slots=True)
class Streaming:
    """An answer on its way: encoded events, and how to announce them."""

    events: AsyncIterator[str]
    media_type: str
    headers: dict[str, str]


class _Vercel(VercelAIEventStream[Caller, Output]):
    async def on_error(self, error: Exception) -> AsyncIterator[BaseChunk]:
        said = sentence(error)
        async for chunk in super().on_error(error):
            yield ErrorChunk(error_text=said) if isinstance(chunk, ErrorChunk) else chunk

    async def on_cancelled(self, cancelled: RunCancelled) -> AsyncIterator[BaseChunk]:
        yield ErrorChunk(error_text=sentence(cancelled))


class _AGUI(AGUIEventStream[Caller, Output]):
    async def on_error(self, error: Exception) -> AsyncIterator[BaseEvent]:
        async for event in super().on_error(Refused(sentence(error))):
            yield event

    async def on_cancelled(self, cancelled: RunCancelled) -> AsyncIterator[BaseEvent]:
        async for event in self.on_error(cancelled):
            yield event


def sentence(error: Exception) -> str:
    """What to tell a person when an answer broke off. What they need not know goes to the log."""
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, RunCancelled):
        return "This took too long and was stopped. Ask for less at once."
    if isinstance(error, UsageLimitExceeded):
        return "This took more steps than one answer may take. Ask for something smaller."
    if isinstance(error, (ModelAPIError, FallbackExceptionGroup)):
        log.warning("no model answered: %s", error)
        return "The language model cannot be reached right now. Try again in a minute."
    log.error("an answer broke off", exc_info=error)
    return "Something went wrong on our side. Nothing was changed; please ask again."


def _history(earlier: tuple[str, ...]) -> list[ModelMessage]:
    """Earlier questions as turns, since models expect question and answer to alternate."""
    messages: list[ModelMessage] = []
    for question in earlier:
        messages += [
            ModelRequest(parts=[UserPromptPart(question)]),
            ModelResponse(parts=[TextPart(_NOT_KEPT)]),
        ]
    return messages
