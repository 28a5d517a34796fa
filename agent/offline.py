"""The offline model: answers questions about properties from the phrase parser alone, without a network."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    ModelResponseStreamEvent,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse

from agent import intents, speech

if TYPE_CHECKING:
    from pydantic_ai import RunContext
    from pydantic_ai.settings import ModelSettings

NAME = "offline"
_Asking = (
    intents.Account | intents.Activity | intents.Search | intents.Details | intents.Compare | intents.Change
)


class OfflineModel(Model):
    """Reads a question, calls one or two tools, and says in a few sentences what they answered.

    It says nothing that does not stand in a tool's answer, and that it is offline.
    """

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def system(self) -> str:
        return NAME

    @property
    def provider(self) -> None:
        return None

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The next step: a tool call, or the answer."""
        del model_settings
        part = _next(_Turn.of(messages), _offered(model_request_parameters))
        return ModelResponse(parts=[part], model_name=NAME, finish_reason=_reason(part))

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:
        """The same, in pieces."""
        del model_settings, run_context
        part = _next(_Turn.of(messages), _offered(model_request_parameters))
        yield _Stream(model_request_parameters=model_request_parameters, part=part)


@dataclass
class _Stream(StreamedResponse):
    part: ModelResponsePart
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def _get_event_iterator(self) -> AsyncIterator[ModelResponseStreamEvent]:
        self.finish_reason = _reason(self.part)
        if isinstance(self.part, TextPart):
            for piece in self.part.content.splitlines(keepends=True):
                for event in self._parts_manager.handle_text_delta(vendor_part_id="text", content=piece):
                    yield event
        else:
            yield self._parts_manager.handle_part(vendor_part_id="call", part=self.part)

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def timestamp(self) -> datetime:
        return self.made

    @property
    def provider_name(self) -> str:
        return NAME

    @property
    def provider_url(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class _Turn:
    """The conversation as this model sees it: questions, and what tools answered to the last of them."""

    question: str
    earlier: list[str]
    returns: list[ToolReturnPart]

    @classmethod
    def of(cls, messages: list[ModelMessage]) -> _Turn:
        questions: list[str] = []
        returns: list[ToolReturnPart] = []
        for part in (part for each in messages if isinstance(each, ModelRequest) for part in each.parts):
            if isinstance(part, UserPromptPart):
                questions.append(_question(part))
                returns = []
            elif isinstance(part, ToolReturnPart):
                returns.append(part)
        return cls(questions[-1], questions[:-1], returns)


def _question(prompt: UserPromptPart) -> str:
    """The person's words, without what stands beside them."""
    first = prompt.content if isinstance(prompt.content, str) else prompt.content[0]
    assert isinstance(first, str), "a question begins with words"
    return first


def _next(turn: _Turn, offered: frozenset[str]) -> TextPart | ToolCallPart:
    """What to do now, given what was asked and what tools have answered so far."""
    intent = intents.of(turn.question, turn.earlier)
    if isinstance(intent, intents.Help):
        return TextPart(speech.help_text(intent.language))
    last = turn.returns[-1] if turn.returns else None
    call = _first(intent) if last is None else _follow(intent, last)
    if call is None:
        assert last is not None
        return TextPart(_said(intent, last))
    if call.tool_name not in offered:
        return TextPart(speech.cannot(intent.language))
    return call


def _first(intent: _Asking) -> ToolCallPart:
    if isinstance(intent, intents.Account):
        return ToolCallPart("list_sessions", {})
    if isinstance(intent, intents.Activity):
        return ToolCallPart("my_activity", {})
    if isinstance(intent, intents.Compare) and intent.ids:
        return ToolCallPart("compare_properties", {"ids": list(intent.ids)})
    if isinstance(intent, (intents.Search, intents.Compare)):
        return ToolCallPart("search_properties", {"words": intent.words})
    if intent.id is not None:
        return _about(intent, intent.id)
    return ToolCallPart("search_properties", {"words": intent.words})


def _about(intent: intents.Details | intents.Change, home: int) -> ToolCallPart:
    if isinstance(intent, intents.Change):
        return ToolCallPart(intent.tool, {"property_id": home})
    return ToolCallPart("get_property", {"id": home})


def _follow(intent: _Asking, last: ToolReturnPart) -> ToolCallPart | None:
    """The second step of "the second one": that property of the search that was just repeated."""
    if isinstance(intent, (intents.Account, intents.Activity, intents.Search)):
        return None
    if last.tool_name != "search_properties":
        return None
    found = _items(last)
    if isinstance(intent, intents.Compare):
        ids = [found[place]["id"] for place in intent.places if -len(found) <= place < len(found)]
        return ToolCallPart("compare_properties", {"ids": ids}) if len(set(ids)) > 1 else None
    if intent.place is None or not -len(found) <= intent.place < len(found):
        return None
    return _about(intent, found[intent.place]["id"])


def _said(intent: _Asking, last: ToolReturnPart) -> str:
    if last.outcome == "denied":
        return speech.denied(intent.language)
    if last.outcome != "success":
        return speech.failed(str(last.content), intent.language)
    if isinstance(intent, intents.Account):
        return speech.account(len(_items(last)), intent.language)
    if isinstance(intent, intents.Activity):
        return speech.activity(len(_items(last)), intent.language)
    if last.tool_name == "compare_properties":
        return speech.compared(_structured(last), intent.language)
    if last.tool_name == "get_property":
        return speech.details(_structured(last), intent.language)
    if isinstance(intent, intents.Change) and last.tool_name == intent.tool:
        return speech.changed(intent.tool, _structured(last), intent.language)
    if isinstance(intent, (intents.Details, intents.Compare, intents.Change)):
        return speech.no_such_place(len(_items(last)), intent.language)
    return speech.found(_structured(last), intent.language)


def _items(answer: ToolReturnPart) -> list[dict[str, Any]]:
    return _structured(answer)["items"] if answer.outcome == "success" else []


def _structured(answer: ToolReturnPart) -> dict[str, Any]:
    return cast("dict[str, Any]", answer.content)


def _offered(parameters: ModelRequestParameters) -> frozenset[str]:
    return frozenset(tool.name for tool in parameters.function_tools)


def _reason(part: ModelResponsePart) -> Any:
    return "stop" if isinstance(part, TextPart) else "tool_call"
