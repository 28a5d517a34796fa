"""Denials: what a person has said no to in a run is not tried again in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic_ai.messages import ModelResponse, ToolCallPart, ToolReturnPart

from tools.refusals import Refused
from tools.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic_ai.messages import ModelMessage

    from tools.contract import AnyTool

_AGAIN: Final = "It was not asked again. Say so, and let the person decide what to do instead."


class Denied(Refused):
    """The person said no to this, and it was not done."""


def told(reason: str | None) -> str:
    """What a model reads of a no."""
    why = f" Their reason: {reason}" if reason else ""
    return f"{Denied.code}: {Denied.__doc__}{why}"


def of(messages: Sequence[ModelMessage], tool: AnyTool, given: Mapping[str, Any]) -> str | None:
    """What to tell a model that calls a tool once more as it was denied in this run; None otherwise."""
    ask = validate(tool, given)
    for call, returned in _denied(messages, tool.name):
        try:
            if validate(tool, call.args_as_dict()) == ask:
                return f"{returned.content} {_AGAIN}"
        except Refused:
            # What the arguments may be has changed since: these are others.
            continue
    return None


def _denied(messages: Sequence[ModelMessage], name: str) -> Iterator[tuple[ToolCallPart, ToolReturnPart]]:
    calls: dict[str, ToolCallPart] = {}
    for message in messages:
        if isinstance(message, ModelResponse):
            calls |= {part.tool_call_id: part for part in message.parts if isinstance(part, ToolCallPart)}
            continue
        for part in message.parts:
            if isinstance(part, ToolReturnPart) and part.tool_name == name and part.outcome == "denied":
                yield calls[part.tool_call_id], part
