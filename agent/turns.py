"""Turns: one question with everything that is done for it, and how a turn that waits is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from pydantic_ai import DeferredToolRequests
from pydantic_ai.messages import (
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    TextPart,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_core import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_ai.tools import DeferredToolResults

_NOT_KEPT = "(My answer was shown and is not kept.)"
_DID = "(Data, told by the person's client, of what they did in its views since their last question:)"
Shown = dict[str, Any]
"""What is shown of something that waits: its `preview`, also `hindi`, and whether it is `approvable` here."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question to be answered, or an answer that goes on, with what was decided."""

    prompt: str | list[str] | None
    history: list[ModelMessage]
    id: UUID = field(default_factory=uuid4)
    message: str = field(default_factory=lambda: str(uuid4()))
    """The answer's id in the Vercel protocol: it stays the same over every pause."""

    results: DeferredToolResults | None = None
    waits: DeferredToolRequests | None = None
    """What waits now, where there is nothing to go on with."""


@dataclass(frozen=True, slots=True)
class Paused:
    """A turn that waits: what was said and done so far, and what for, by the id of each tool call."""

    id: UUID
    message: str
    messages: list[ModelMessage]
    waiting: Mapping[str, Shown]

    def encoded(self) -> bytes:
        """As it is kept."""
        messages = ModelMessagesTypeAdapter.dump_python(self.messages, mode="json")
        return to_json({"message": self.message, "messages": messages, "waiting": self.waiting})

    @classmethod
    def decoded(cls, run: UUID, kept: bytes) -> Paused:
        """What was kept."""
        held = from_json(kept)
        messages = ModelMessagesTypeAdapter.validate_python(held["messages"])
        return cls(run, held["message"], messages, held["waiting"])

    @property
    def tickets(self) -> dict[UUID, str]:
        """The id of the tool call that waits for each ticket."""
        return {UUID(shown["preview"]["ticket"]): call for call, shown in self.waiting.items()}

    def with_edited(self, call: str, shown: Shown) -> Paused:
        """The same, as if the model had called with the arguments that the person wants."""
        return replace(
            self,
            messages=[_edited(message, call, shown["preview"]["arguments"]) for message in self.messages],
            waiting={**self.waiting, call: shown},
        )

    def requests(self) -> DeferredToolRequests:
        """What waits, as a run would say it."""
        last = next(each for each in reversed(self.messages) if isinstance(each, ModelResponse))
        calls = [
            part
            for part in last.parts
            if isinstance(part, ToolCallPart) and part.tool_call_id in self.waiting
        ]
        return DeferredToolRequests(approvals=calls, metadata=dict(self.waiting))


def asking(question: str, earlier: tuple[str, ...], did: tuple[str, ...] = ()) -> Turn:
    """A new turn. Earlier questions are turns too, since models expect question and answer to alternate.

    What was done beside the conversation stands after the question, quoted, so that it cannot pass for it.
    """
    history: list[ModelMessage] = []
    for each in earlier:
        history += [
            ModelRequest(parts=[UserPromptPart(each)]),
            ModelResponse(parts=[TextPart(_NOT_KEPT)]),
        ]
    return Turn([question, f"{_DID} {to_json(did).decode()}"] if did else question, history)


def _edited(message: ModelMessage, call: str, arguments: dict[str, Any]) -> ModelMessage:
    if not isinstance(message, ModelResponse):
        return message

    def wanted(part: ModelResponsePart) -> ModelResponsePart:
        found = isinstance(part, ToolCallPart) and part.tool_call_id == call
        return replace(part, args=arguments) if found else part

    return replace(message, parts=[wanted(part) for part in message.parts])
