"""Paging: where a page of the search ended, as a cursor, for plain orders and for frozen rankings."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search_plans import Position
    from tools.contract import Call
    from tools.discovery.question import Question


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on: in the frozen ranking from `shown` on, or, once that is used up, after a position."""

    frozen: tuple[int, ...] = ()
    shown: int = 0
    after: Position | None = None


def purpose(question: Question) -> str:
    """What a cursor is bound to: the question, whatever its page size."""
    asked = f"{question.asked.model_dump_json(exclude_defaults=True)}\n{question.sort}\n{question.text}"
    return f"search_properties:{asked}"


def write(call: Call, question: Question, place: Place) -> str:
    """The cursor of a place."""
    position: dict[str, Any] = {}
    if place.frozen:
        position |= {"f": _packed(place.frozen), "n": place.shown}
    if place.after is not None:
        position["a"] = search.pack(question.sort, place.after)
    return call.ports.cursors.write(purpose(question), position)


def read(call: Call, question: Question, cursor: str) -> Place:
    """The place of a cursor. Refuses one that was made for another question."""
    position = call.ports.cursors.read(purpose(question), cursor)
    return Place(
        frozen=_unpacked(position.get("f", "")),
        shown=position.get("n", 0),
        after=search.unpack(question.sort, position["a"]) if "a" in position else None,
    )


def _packed(ids: Sequence[int]) -> str:
    """Ids as base64 of variable-length numbers: three bytes each up to two million."""
    out = bytearray()
    for each in ids:
        left = each
        while left > 0x7F:
            out.append(left & 0x7F | 0x80)
            left >>= 7
        out.append(left)
    return base64.b85encode(bytes(out)).decode()


def _unpacked(packed: str) -> tuple[int, ...]:
    ids: list[int] = []
    value = shift = 0
    for byte in base64.b85decode(packed):
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            ids.append(value)
            value = shift = 0
    return tuple(ids)
