"""What people write on shortlists: names and texts, as they are kept and shown."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from tools.notice import one_line

_HIDDEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but line breaks, and those that turn the direction of text."""


def _shown(text: str) -> str:
    """A text of several lines, as it is shown. Refuses one that shows nothing."""
    shown = _HIDDEN.sub("", text).strip()
    if not shown:
        raise ValueError("must show something")
    return shown


def _named(name: str) -> str:
    named = one_line(name)
    if not named:
        raise ValueError("must show something")
    return named


Called = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_named)]
"""The name of a list or of a person."""

Said = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_shown)]
"""A comment."""

Note = Annotated[str, Field(max_length=500), AfterValidator(lambda note: _HIDDEN.sub("", note).strip())]
"""A note on a property; empty for none."""
