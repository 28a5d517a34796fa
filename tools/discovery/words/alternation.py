"""Fast matching of many phrases: sorted by their first letter, few are tried at each place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EDGES = (r"(?<![^\W_])(?:", r")(?![^\W_])")
_LOOK_BEHIND = re.compile(r"(\(\?<[=!][^)]*\))")


class Hit(NamedTuple):
    """One phrase found: whose it is, and where."""

    key: str
    start: int
    end: int


class Phrases:
    """Patterns by key, matched as whole words; of two that match at one place the one given first wins."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        loose = [(key, loosened(pattern)) for key, pattern in rows]
        self._named = re.compile(
            _EDGES[0] + "|".join(f"(?P<{key}>{text})" for key, text in loose) + _EDGES[1]
        )
        buckets: dict[str, list[str]] = {}
        for _, text in loose:
            for branch in _branches(text):
                buckets.setdefault(branch[0] if branch[0].isalnum() else "", []).append(branch)
        # Written with its letter in front, an alternation is skipped by one comparison.
        sorted_in = ["|".join(buckets[""])] if "" in buckets else []
        sorted_in += [
            f"{first}(?:{'|'.join(b[1:] for b in rest)})" for first, rest in buckets.items() if first
        ]
        self._coarse = re.compile(_EDGES[0] + "|".join(sorted_in) + _EDGES[1])

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase in the text, left to right."""
        for found in self._coarse.finditer(text):
            named = self._named.match(text, found.start())
            if named is not None and named.lastgroup is not None:
                yield Hit(named.lastgroup, named.start(), named.end())


def loosened(pattern: str) -> str:
    """The pattern with every space optional or a hyphen, but in look-behinds, whose width must stay fixed."""
    parts = _LOOK_BEHIND.split(pattern)
    return "".join(part if part.startswith("(?<") else part.replace(" ", "[ -]?") for part in parts)


def _branches(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, with a leading group written out."""
    for branch in _split(pattern):
        if not branch.startswith("(?:"):
            yield branch
            continue
        end = _closing(branch)
        rest, optional = (
            (branch[end + 2 :], True) if branch[end + 1 : end + 2] == "?" else (branch[end + 1 :], False)
        )
        for inner in _branches(branch[3:end]):
            yield inner + rest
        if optional:
            yield from _branches(rest)


def _split(pattern: str) -> list[str]:
    parts, depth = [""], 0
    for sign in pattern:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _closing(pattern: str) -> int:
    depth = 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    raise ValueError(f"unbalanced pattern: {pattern}")
