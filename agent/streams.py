"""Streams: a run in the protocols that clients speak, and what they say of approvals and failures."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ag_ui.core import Interrupt, RunFinishedInterruptOutcome
from pydantic_ai import DeferredToolRequests
from pydantic_ai.exceptions import FallbackExceptionGroup, ModelAPIError, RunCancelled, UsageLimitExceeded
from pydantic_ai.ui.ag_ui import AGUIEventStream
from pydantic_ai.ui.vercel_ai import VercelAIEventStream
from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    ErrorChunk,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
)

from tools.dispatch import Caller
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from ag_ui.core import BaseEvent, RunFinishedSuccessOutcome
    from pydantic_ai.messages import ToolCallPart
    from pydantic_ai.run import AgentRunResultEvent

log = logging.getLogger(__name__)

Output: TypeAlias = str | DeferredToolRequests

_ANSWER: Final = {
    "type": "object",
    "properties": {
        "approved": {"type": "boolean"},
        "reason": {"type": "string"},
        "editedArgs": {"type": "object"},
    },
    "required": ["approved"],
}
"""What AG-UI clients answer. Edited arguments are previewed again before anything is done."""


@dataclass(frozen=True, slots=True)
class Streaming:
    """An answer on its way: encoded events, and how to announce them."""

    events: AsyncIterator[str]
    media_type: str
    headers: dict[str, str]


class Vercel(VercelAIEventStream[Caller, Output]):
    """The Vercel AI protocol. A part `data-approval` stands before each request, with what it would do."""

    async def handle_run_result(self, event: AgentRunResultEvent[Any]) -> AsyncIterator[BaseChunk]:
        async for chunk in super().handle_run_result(event):
            if not isinstance(chunk, ToolApprovalRequestChunk):
                yield chunk
        output = event.result.output
        if isinstance(output, DeferredToolRequests):
            for call in output.approvals:
                for chunk in _wanted(call, output.metadata):
                    yield chunk

    async def waiting(self, requests: DeferredToolRequests) -> AsyncIterator[BaseChunk]:
        """What waits now, where nothing was run."""
        async for chunk in self.before_stream():
            yield chunk
        for call in requests.approvals:
            yield ToolInputAvailableChunk(
                tool_call_id=call.tool_call_id, tool_name=call.tool_name, input=call.args_as_dict()
            )
            for chunk in _wanted(call, requests.metadata):
                yield chunk
        async for chunk in self.after_stream():
            yield chunk

    async def on_error(self, error: Exception) -> AsyncIterator[BaseChunk]:
        said = sentence(error)
        async for chunk in super().on_error(error):
            yield ErrorChunk(error_text=said) if isinstance(chunk, ErrorChunk) else chunk

    async def on_cancelled(self, cancelled: RunCancelled) -> AsyncIterator[BaseChunk]:
        yield ErrorChunk(error_text=sentence(cancelled))


def _wanted(call: ToolCallPart, metadata: dict[str, dict[str, Any]]) -> Iterator[BaseChunk]:
    shown = metadata[call.tool_call_id]
    ticket = shown["preview"]["ticket"]
    yield DataChunk(type="data-approval", id=ticket, data={"toolCallId": call.tool_call_id, **shown})
    yield ToolApprovalRequestChunk(approval_id=ticket, tool_call_id=call.tool_call_id)


@dataclass
class AGUI(AGUIEventStream[Caller, Output]):
    """The AG-UI protocol. A run that waits ends with an interrupt for each approval."""

    waits: DeferredToolRequests | None = None

    async def waiting(self, requests: DeferredToolRequests) -> AsyncIterator[BaseEvent]:
        """What waits now, where nothing was run."""
        self.waits = requests
        async for event in self.before_stream():
            yield event
        async for event in self.after_stream():
            yield event

    def _build_outcome(self) -> RunFinishedInterruptOutcome | RunFinishedSuccessOutcome | None:
        output = self.waits or (self._result and self._result.output)
        if isinstance(output, DeferredToolRequests) and output.approvals:
            interrupts = [_interrupt(call, output.metadata) for call in output.approvals]
            return RunFinishedInterruptOutcome(interrupts=interrupts)
        return super()._build_outcome()

    async def on_error(self, error: Exception) -> AsyncIterator[BaseEvent]:
        async for event in super().on_error(Refused(sentence(error))):
            yield event

    async def on_cancelled(self, cancelled: RunCancelled) -> AsyncIterator[BaseEvent]:
        async for event in self.on_error(cancelled):
            yield event


def _interrupt(call: ToolCallPart, metadata: dict[str, dict[str, Any]]) -> Interrupt:
    shown = metadata[call.tool_call_id]
    preview = shown["preview"]
    return Interrupt(
        id=preview["ticket"],
        reason="tool_call",
        message=preview["what"],
        tool_call_id=call.tool_call_id,
        response_schema=_ANSWER,
        expires_at=preview["expires_at"],
        metadata=shown,
    )


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
    return "Something went wrong on our side. It has been recorded; please ask again."
