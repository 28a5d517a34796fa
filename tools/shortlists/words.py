"""What people write on shortlists: names and texts, as they are kept and shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from tools.notice import one_line

_HIDDEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but line breaks, and those that turn the direction of text."""


SHOWS: Final = r"[^\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
"""What of a text can be seen, for whoever reads the schema; here a sentence says so."""

_OURS: Final = re.compile(
    r"(team|the)?(360)?(ghar|घर)(team|support|help|official)?|support|admin|(the)?owner"
)
_ALIKE: Final = str.maketrans("oil|", "0111")
"""Signs that look like others."""


def taken(name: str, owner: str | None) -> bool:
    """Whether a name is that of whoever shares a list, their first name included, or one of ours."""
    typed = _plain(name)
    words = (owner or "").split()
    theirs = {_alike(each) for each in ("".join(words), *words[:1])} - {""}
    return _alike(name) in theirs or _OURS.fullmatch(typed.replace("36o", "360")) is not None


def _plain(name: str) -> str:
    """A name's letters and digits, however they are written."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    digits = (str(unicodedata.decimal(each, each)) for each in folded)
    return "".join(each for each in digits if each.isalnum() or unicodedata.category(each) == "Mc")


def _alike(name: str) -> str:
    return _plain(name).translate(_ALIKE)


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


Seen = Field(json_schema_extra={"pattern": SHOWS})
Called = Annotated[str, Field(min_length=1, max_length=40), Seen, AfterValidator(_named)]
"""The name of a list or of a person."""

Said = Annotated[str, Field(min_length=1, max_length=500), Seen, AfterValidator(_shown)]
"""A comment."""

Note = Annotated[str, Field(max_length=500), AfterValidator(lambda note: _HIDDEN.sub("", note).strip())]
"""A note on a property; empty for none."""
