"""What was asked: the person's words and decisions out of a chat client's request, and nothing else of it.

Everything a client sends could have been written by anybody, so answers, tool results and instructions
in it are left where they are. A person's own earlier questions carry no more authority than the person,
which makes them the one safe context: "the second one" is found by asking the earlier question again.
Of an approval its id counts, with yes or no, a reason and changed arguments: what was shown is what we kept.
What a person did beside the conversation is told by their client, too: it goes to the model as data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from tools.refusals import Invalid, Refused
from tools.validation import invalid

MAX_BODY = 512 * 1024
MAX_QUESTION = 2_000
MAX_REASON = 500
_MAX_EARLIER = 6
_MOST_DECISIONS = 20
DID: Final = "what the person did"
"""How AG-UI's context names it."""

_MOST_DID = 10
_MAX_DID = 300
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class MalformedJson(Refused):
    """The body is not JSON. Send one JSON object."""

    status = 400


class TooLarge(Refused):
    """This request is too large. Start a new conversation."""

    status = 413


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says to something that waits for their approval."""

    id: str
    """The approval's id, as it was sent to the client."""

    approved: bool
    reason: str | None = None
    """Why not, in the person's words."""

    edited: dict[str, Any] | None = None
    """The arguments as the person wants them, all of them; they see what that does before it is done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the questions before it (oldest first), and the client's names for thread and run.

    With decisions it goes on with what waits for them, and there may be no question.
    """

    question: str | None
    earlier: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    """What the person did in the views of their client since the question before, a sentence each."""

    decisions: tuple[Decision, ...] = ()
    thread: str = field(default_factory=lambda: str(uuid4()))
    run: str = field(default_factory=lambda: str(uuid4()))


class _Loose(BaseModel):
    """Clients send much that is of no concern here, and newer ones send more."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel)


class _Said(_Loose):
    approved: StrictBool
    reason: str | None = Field(default=None, max_length=MAX_REASON)


class _Answered(_Said):
    """What the Vercel protocol says to an approval, in the part of its tool call."""

    id: str = Field(max_length=100)


class _Part(_Loose):
    type: str = ""
    text: str | None = None
    state: Any = None
    approval: Any = None
    data: Any = None


class _Message(_Loose):
    role: str
    parts: list[_Part] | None = None
    content: str | list[_Part] | None = None


class _Context(_Loose):
    """What AG-UI says beside the messages."""

    description: str = ""
    value: Any = None


class _Payload(_Said):
    """What AG-UI's resumption says to an approval."""

    edited_args: dict[str, Any] | None = None


class _Resume(_Loose):
    interrupt_id: str = Field(max_length=100)
    status: Literal["resolved", "cancelled"]
    payload: Any = None


class _Body(_Loose):
    messages: list[_Message] = Field(min_length=1, max_length=1_000)
    resume: list[_Resume] | None = Field(default=None, max_length=_MOST_DECISIONS)
    context: list[_Context] | None = Field(default=None, max_length=100)
    edits: dict[str, dict[str, Any]] | None = None
    """Beside the Vercel protocol, which has none: an approval's id and the arguments as they should be."""

    thread_id: str | None = Field(default=None, max_length=200)
    run_id: str | None = Field(default=None, max_length=200)


def read(body: bytes) -> Asked:
    """What a Vercel AI or AG-UI request asks or decides. Refuses a body that holds neither, or too much."""
    sent = _parse(body)
    decisions = _decisions(sent)
    said = [_words(message) for message in sent.messages if message.role == "user"]
    question = said.pop() if sent.messages[-1].role == "user" else None
    if question is None and not decisions:
        raise Invalid("The last message must be the person's question.")
    if question == "":
        raise Invalid("The last message holds no text. Ask a question in words.")
    if question is not None and len(question) > MAX_QUESTION:
        raise Invalid(f"Ask in at most {MAX_QUESTION} characters.")
    names = {"thread": sent.thread_id, "run": sent.run_id}
    return Asked(
        question,
        tuple(words[:MAX_QUESTION] for words in said if words)[-_MAX_EARLIER:],
        _did(sent) if question else (),
        decisions,
        **{name: given for name, given in names.items() if given},
    )


def _did(sent: _Body) -> tuple[str, ...]:
    """What was done, the newest of it: a part `data-did` of the question, or AG-UI's context."""
    told: list[Any] = [each.value for each in sent.context or [] if each.description == DID]
    parts = [part for part in sent.messages[-1].parts or [] if part.type == "data-did"]
    lists: list[Any] = [part.data for part in parts]
    told += [each for data in lists if isinstance(data, list) for each in cast("list[Any]", data)]
    sentences = [_clean(" ".join(each.split()))[:_MAX_DID] for each in told if isinstance(each, str)]
    return tuple(each for each in sentences if each)[-_MOST_DID:]


def _decisions(sent: _Body) -> tuple[Decision, ...]:
    try:
        if sent.resume:
            return tuple(_resumed(each) for each in sent.resume)
        # Earlier ones stand in the history for good; those to be acted on are in the message that goes on.
        last = sent.messages[-1]
        waiting = [part for part in last.parts or [] if part.state == "approval-responded"]
        if last.role != "assistant" or not waiting:
            return ()
        answered = [_Answered.model_validate(part.approval) for part in waiting]
    except ValidationError as error:
        raise invalid(error) from error
    if len(answered) > _MOST_DECISIONS:
        raise Invalid(f"Decide at most {_MOST_DECISIONS} at once.")
    edits = sent.edits or {}
    return tuple(_decision(each.id, each, edits.get(each.id)) for each in answered)


def _resumed(entry: _Resume) -> Decision:
    if entry.status == "cancelled":
        return Decision(entry.interrupt_id, approved=False)
    said = _Payload.model_validate(entry.payload)
    return _decision(entry.interrupt_id, said, said.edited_args)


def _decision(of: str, said: _Said, edited: dict[str, Any] | None) -> Decision:
    reason = _clean(said.reason or "") or None
    return Decision(of, said.approved, reason, edited if said.approved else None)


def _parse(body: bytes) -> _Body:
    try:
        sent = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise MalformedJson from error
    try:
        return _Body.model_validate(sent)
    except ValidationError as error:
        raise invalid(error) from error


def _words(message: _Message) -> str:
    if isinstance(message.content, str):
        return _clean(message.content)
    parts: list[Any] = [*(message.parts or []), *(message.content or [])]
    return _clean("\n".join(part.text for part in parts if part.type == "text" and part.text))


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text).strip()
