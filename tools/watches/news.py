"""News: what differs between what the person of a watch knows and how things are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from storage.watched import Known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

ChangeKind = Literal["new", "price_down", "price_up", "paused", "back", "gone"]
"""What can happen to a property that somebody watches. A median goes down and up as a price does."""

CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = get_args(ChangeKind)
_MOVED: Final = 0.02
"""By which part a median must move to be news: it never stands quite still."""


class Change(NamedTuple):
    """What happened to a property, with the price that was known and the one that it has."""

    property_id: int
    kind: ChangeKind
    before: Decimal | None
    after: Decimal | None


def standing(
    before: Mapping[int, Known], facts: Mapping[int, Known], fitting: Mapping[int, Decimal]
) -> dict[int, Known]:
    """How the properties stand for a watch, of those that are known or fit now.

    `facts` is how they stand for everybody. One that is on offer and does not fit any more is gone for this
    watch. Of what is not on offer the price stays that which was asked for last.
    """
    now: dict[int, Known] = {}
    for id_, was in before.items():
        if id_ in fitting:
            continue
        fact = facts.get(id_)
        paused = fact is not None and fact.status == "paused"
        now[id_] = Known("paused" if paused else "gone", was.price)
    return now | {id_: Known("live", price) for id_, price in fitting.items()}


def news(before: Mapping[int, Known], now: Mapping[int, Known]) -> list[Change]:
    """What is new, by property: at most one piece each, and none where nothing differs."""
    found = (_of(id_, before.get(id_), stands) for id_, stands in sorted(now.items()))
    return [each for each in found if each is not None]


def moved(known: Decimal | None, median: Decimal) -> ChangeKind | None:
    """Whether a median has moved since the one that is known, and which way."""
    if not known or abs(median - known) < known * type(known)(str(_MOVED)):
        return None
    return "price_up" if median > known else "price_down"


def _of(id_: int, was: Known | None, stands: Known) -> Change | None:
    if was is None:
        return Change(id_, "new", None, stands.price) if stands.status == "live" else None
    if stands.status != was.status:
        kind: ChangeKind = "back" if stands.status == "live" else stands.status
        # What was sold and is only paused now is no news: it is still not to be had.
        if (was.status, stands.status) == ("gone", "paused"):
            return None
        return Change(id_, kind, was.price, stands.price)
    if stands.status != "live" or stands.price == was.price:
        return None
    return Change(id_, "price_up" if stands.price > was.price else "price_down", was.price, stands.price)
