"""What a write leaves behind: what it touched, how it can be taken back, and nothing personal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

PERSONAL: Final = frozenset(
    {"phone", "email", "contact", "name", "address", "note", "message", "reason", "bio", "photo", "title"}
)
"""Fields whose values stay out of the record, wherever they are nested."""

MASK: Final = "•••"

State = BaseModel | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a write touched, as it was before and is afterwards."""

    kind: str
    id: int | str
    before: State = None
    after: State = None

    def recorded(self) -> dict[str, Any]:
        """The change as it is kept, with personal fields masked."""
        kept: dict[str, Any] = {"kind": self.kind, "id": self.id}
        for name, state in (("before", self.before), ("after", self.after)):
            if state is not None:
                kept[name] = masked(to_jsonable_python(state))
        return kept


@dataclass(frozen=True, slots=True)
class Undo:
    """How a tool is taken back: by another tool, for so long."""

    tool: str
    within: timedelta
    given: Callable[[Any, Any], Mapping[str, Any] | None]
    """From what was asked and answered to the arguments of that tool; None where there is nothing to undo."""


def masked(value: Any) -> Any:
    """A JSON value with the values of personal fields hidden; null stays null."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            name: MASK if name in PERSONAL and each is not None else masked(each)
            for name, each in fields.items()
        }
    if isinstance(value, list):
        return [masked(each) for each in cast("list[Any]", value)]
    return value
