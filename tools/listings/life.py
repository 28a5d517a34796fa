"""The life of a listing: which state may follow which, and by whose hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from tools.features import Purpose
from tools.offers import Status
from tools.refusals import Conflict, Refused

Who = Literal["owner", "carer", "admin", "reviewer", "clock"]
"""The `carer` is a member of staff who looks after it, the `reviewer` one who decides about it, and the
`clock` what happens by itself."""

_OWN: Final[frozenset[Who]] = frozenset({"owner", "carer", "admin"})
_REVIEWER: Final[frozenset[Who]] = frozenset({"reviewer"})
_CLOCK: Final[frozenset[Who]] = frozenset({"clock"})

MOVES: Final[Mapping[Status, Mapping[Status, frozenset[Who]]]] = {
    "draft": {"review": _OWN, "archived": _OWN},
    "review": {"draft": _OWN | _REVIEWER, "live": _OWN | _REVIEWER, "archived": _OWN | _REVIEWER},
    "live": {
        "paused": _OWN | _CLOCK, "rented": _OWN, "sold": _OWN, "archived": _OWN, "review": _OWN,
    },
    "paused": {"live": _OWN, "review": _OWN, "rented": _OWN, "sold": _OWN, "archived": _OWN},
    "rented": {"live": _OWN, "review": _OWN, "archived": _OWN},
    "sold": {"live": _OWN, "review": _OWN, "archived": _OWN},
    "archived": {"draft": _OWN},
}  # fmt: skip
"""From which state to which, and who may. What was not approved as it is goes live by a reviewer alone."""

ENDS: Final[Mapping[Status, frozenset[Purpose]]] = {
    "rented": frozenset({"rent", "pg"}),
    "sold": frozenset({"buy"}),
}
"""States that only fit what it was offered for."""


class NotPossible(Refused):
    """That cannot follow from where this listing stands."""


class NeedsReview(Refused):
    """What it is or where it stands was not approved as it is now: hand it in for `review` first."""


class Decided(Conflict):
    """Somebody has decided about this already, or it was changed meanwhile. Look at it again."""


def possible(status: Status, who: Who, purpose: Purpose, *, approved: bool) -> list[Status]:
    """What may follow, for whoever asks; `approved` is whether it was approved as it is now."""
    return [
        after
        for after, by in MOVES[status].items()
        if who in by
        and purpose in ENDS.get(after, {purpose})
        and (after != "live" or approved or who == "reviewer")
        # What was approved goes live again, and is not looked at twice.
        and (after != "review" or not approved)
    ]


def check(status: Status, after: Status, who: Who, purpose: Purpose, *, approved: bool) -> None:
    """Refuse what cannot follow, naming what can."""
    fitting = possible(status, who, purpose, approved=approved)
    if after in fitting:
        return
    if after == "live" and "live" in MOVES[status] and who in _OWN:
        raise NeedsReview(details={"possible": fitting})
    can = f"It can become {_either(fitting)}." if fitting else "Nothing can follow by your hand."
    raise NotPossible(
        f"This listing is {_said(status)} and cannot become {_said(after)}. {can}",
        details={"possible": fitting},
    )


def _said(status: Status) -> str:
    return {"draft": "a draft", "review": "in review"}.get(status, status)


def _either(every: list[Status]) -> str:
    said = [f"`{each}`" for each in every]
    return " or ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
