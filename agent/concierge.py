"""The concierge: one agent for everybody, and its runs as streams of the protocols that clients speak."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pydantic_ai
from pydantic_ai import Agent, DeferredToolRequests
from pydantic_ai.run import AgentRunResultEvent
from pydantic_ai.usage import UsageLimits

from agent.approvals import Approvals
from agent.persona import INSTRUCTIONS
from agent.streams import AGUI, Output, Streaming, Vercel
from agent.toolset import CatalogToolset
from agent.turns import Turn, asking
from tools.dispatch import Caller

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pydantic_ai.models import Model
    from pydantic_ai.ui import NativeEvent

    from agent.asked import Asked
    from tools.dispatch import Dispatcher

pydantic_ai.BANNER_ENABLED = False

_LIMITS = UsageLimits(request_limit=8, tool_calls_limit=12)
_SECONDS = 120.0


class Concierge:
    """Answers questions with one model and the catalog's tools."""

    def __init__(self, dispatcher: Dispatcher, model: Model, sign_in: str = "/sign-in") -> None:
        self.model = model
        self._approvals = Approvals(dispatcher)
        self.agent: Agent[Caller, Output] = Agent(
            model,
            name="concierge",
            deps_type=Caller,
            output_type=[str, DeferredToolRequests],
            instructions=INSTRUCTIONS,
            toolsets=[CatalogToolset(dispatcher, sign_in)],
        )

    async def begin(self, asked: Asked, caller: Caller) -> Turn:
        """The turn that answers a question, or the one that goes on with what was decided.

        Refuses decisions that are not this caller's to make.
        """
        if asked.decisions:
            return await self._approvals.decided(asked.decisions, asked.question, caller)
        assert asked.question is not None, "a request asks or decides"
        return asking(asked.question, asked.earlier, asked.did)

    def vercel(self, turn: Turn, caller: Caller) -> Streaming:
        """The answer in the Vercel AI protocol, version 6."""
        return self._streaming(Vercel(sdk_version=6, server_message_id=turn.message), turn, caller)

    def ag_ui(self, turn: Turn, caller: Caller, asked: Asked) -> Streaming:
        """The answer in the AG-UI protocol, for the thread and run that the client named."""
        return self._streaming(AGUI(thread_id=asked.thread, run_id=asked.run), turn, caller)

    def _streaming(self, stream: Vercel | AGUI, turn: Turn, caller: Caller) -> Streaming:
        stream_of: Any = stream
        events = (
            stream_of.transform_stream(self._run(turn, caller))
            if turn.waits is None
            else stream_of.waiting(turn.waits)
        )
        headers = dict(stream.response_headers or {})
        return Streaming(stream_of.encode_stream(events), stream.content_type, headers)

    async def _run(self, turn: Turn, caller: Caller) -> AsyncGenerator[NativeEvent]:
        kept = turn.results is None
        try:
            async with self.agent.run_stream_events(
                turn.prompt,
                message_history=turn.history,
                deferred_tool_results=turn.results,
                deps=replace(caller, turn=str(turn.id)),
                usage_limits=_LIMITS,
                timeout=_SECONDS,
            ) as events:
                async for event in events:
                    if isinstance(event, AgentRunResultEvent):
                        await self._stopped(turn, event, caller)
                        kept = True
                    yield event
        finally:
            if not kept:
                await asyncio.shield(self._approvals.release(turn))

    async def _stopped(self, turn: Turn, event: AgentRunResultEvent[Output], caller: Caller) -> None:
        output = event.result.output
        if isinstance(output, DeferredToolRequests):
            await self._approvals.stop(turn, event.result.all_messages(), output, caller)
        elif turn.results is not None:
            await self._approvals.ended(turn)
