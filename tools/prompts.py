"""Prompts: conversation starters that hosts offer by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_type_hints

from tools.blocks import Block
from tools.contract import Audience, Model

In = TypeVar("In", bound=Model)


@dataclass(frozen=True, slots=True)
class Say:
    """One message of a prompt."""

    block: Block
    role: Literal["user", "assistant"] = "user"


Complete = Callable[[str], Sequence[str]]
"""From what has been typed to what may be meant, best first. Pure and quick."""


@dataclass(frozen=True, kw_only=True)
class Prompt(Generic[In]):
    """A conversation starter that hosts can offer by name."""

    name: str
    summary: str
    takes: type[In]
    write: Callable[[In], list[Say]]
    audience: Audience
    """Whose server offers it. A prompt holds nothing private: it is made of its arguments alone."""

    completes: Mapping[str, Complete]
    """How hosts complete an argument while it is typed, by argument."""


AnyPrompt = Prompt[Any]


def prompt(
    audience: Audience = "guest", *, completes: Mapping[str, Complete] | None = None
) -> Callable[[Callable[[In], list[Say]]], Prompt[In]]:
    """Declare a prompt: a pure function from its arguments to the messages that open a conversation."""

    def declare(function: Callable[[In], list[Say]]) -> Prompt[In]:
        return Prompt(
            name=function.__name__,
            summary=" ".join((function.__doc__ or "").split()),
            takes=get_type_hints(function)["ask"],
            write=function,
            audience=audience,
            completes=completes or {},
        )

    return declare
