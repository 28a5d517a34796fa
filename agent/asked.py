"""What was asked: the person's own words out of a chat client's request, and nothing else of it.

Everything a client sends could have been written by anybody, so answers, tool results and instructions
in it are left where they are. A person's own earlier questions carry no more authority than the person,
which makes them the one safe context: "the second one" is found by asking the earlier question again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from tools.refusals import Invalid, Refused
from tools.validation import invalid

MAX_BODY = 512 * 1024
MAX_QUESTION = 2_000
_MAX_EARLIER = 6
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class MalformedJson(Refused):
    """The body is not JSON. Send one JSON object."""

    status = 400


class TooLarge(Refused):
    """This request is too large. Start a new conversation."""

    status = 413


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the questions before it (oldest first), and the client's names for thread and run."""

    question: str
    earlier: tuple[str, ...] = ()
    thread: str = field(default_factory=lambda: str(uuid4()))
    run: str = field(default_factory=lambda: str(uuid4()))


class _Loose(BaseModel):
    """Clients send much that is of no concern here, and newer ones send more."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel)


class _Part(_Loose):
    type: str = ""
    text: str | None = None


class _Message(_Loose):
    role: str
    parts: list[_Part] | None = None
    content: str | list[_Part] | None = None


class _Body(_Loose):
    messages: list[_Message] = Field(min_length=1, max_length=1_000)
    thread_id: str | None = Field(default=None, max_length=200)
    run_id: str | None = Field(default=None, max_length=200)


def read(body: bytes) -> Asked:
    """The question of a Vercel AI or AG-UI request. Refuses a body that holds none, or too long a one."""
    sent = _parse(body)
    if sent.messages[-1].role != "user":
        raise Invalid("The last message must be the person's question.")
    said = [_words(message) for message in sent.messages if message.role == "user"]
    question, earlier = said[-1], [words for words in said[:-1] if words][-_MAX_EARLIER:]
    if not question:
        raise Invalid("The last message holds no text. Ask a question in words.")
    if len(question) > MAX_QUESTION:
        raise Invalid(f"Ask in at most {MAX_QUESTION} characters.")
    names = {"thread": sent.thread_id, "run": sent.run_id}
    return Asked(
        question,
        tuple(words[:MAX_QUESTION] for words in earlier),
        **{name: given for name, given in names.items() if given},
    )


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
