"""What a write leaves behind: what it touched, how it can be taken back, and nothing personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

PERSONAL: Final = frozenset(
    {
        "address", "bio", "body", "budget_max", "budget_min", "comment", "contact", "content", "description",
        "email", "feedback", "lat", "latitude", "lng", "localities", "longitude", "message", "name", "note",
        "notes", "phone", "photo", "reason", "remarks", "text", "title",
    }
)  # fmt: skip
"""Fields whose values stay out of the record, wherever they are nested, and those that end with one of them:
`phone` stands for `owner_phone`, too."""

MASK: Final = "•••"
LONGEST: Final = 64
"""Characters of a text. What is longer was written by a person, whatever the field is called."""

_CONTACT: Final = re.compile(r"[^\s@]@[^\s@]|(?:\+|\b)\d(?:[\s().-]?\d){9,}")
_PLAIN: Final = re.compile(
    r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
"""Days, moments and UUIDs, which look like phone numbers otherwise."""

How = Literal["changed", "needed", "about"]
State = BaseModel | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a write touched, as it was before and is afterwards."""

    kind: str
    id: int | str
    before: State = None
    after: State = None
    how: How = "changed"
    """`needed` was not changed, and must stay as it is; `about` is only named."""

    def recorded(self) -> dict[str, Any]:
        """The change as it is kept, with personal fields masked."""
        kept: dict[str, Any] = {"kind": self.kind, "id": self.id}
        for name, state in (("before", self.before), ("after", self.after)):
            if state is not None:
                kept[name] = masked(to_jsonable_python(state))
        return kept if self.how == "changed" else kept | {"how": self.how}


@dataclass(frozen=True, slots=True)
class Undo:
    """How a tool is taken back: by another tool, for so long."""

    tool: str
    within: timedelta
    given: Callable[[Any, Any], Mapping[str, Any] | None] | None = None
    """From what was asked and answered to the arguments of that tool; None where there is nothing to undo.
    Without it the tool itself says, by `call.undo_with`, what only it knows."""


def masked(value: Any) -> Any:
    """A JSON value with the values of personal fields hidden, and whatever looks like a contact or a text.

    Null stays null, so that what was set or removed can still be told.
    """
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            name: MASK if _personal(name) and each is not None else masked(each)
            for name, each in fields.items()
        }
    if isinstance(value, list):
        return [masked(each) for each in cast("list[Any]", value)]
    return MASK if isinstance(value, str) and _telling(value) else value


def _personal(field: str) -> bool:
    return field in PERSONAL or field.rpartition("_")[2] in PERSONAL


def _telling(text: str) -> bool:
    if _PLAIN.fullmatch(text):
        return False
    return len(text) > LONGEST or _CONTACT.search(text) is not None
