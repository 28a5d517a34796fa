"""Words one typo away: a letter missing, added, changed, or two swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST: Final = 6


class Typos:
    """Looks up which of a set of words a misspelt one may be. Words under six letters are left out."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_deletion: dict[str, set[str]] = {}
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                for form in _deletions(word):
                    self._by_deletion.setdefault(form, set()).add(word)

    def __contains__(self, word: str) -> bool:
        return word in self._by_deletion.get(word, ())

    def nearest(self, word: str) -> str | None:
        """The only word one edit away, or None."""
        if len(word) < SHORTEST - 1 or not word.isalpha():
            return None
        near = {
            known
            for form in _deletions(word)
            for known in self._by_deletion.get(form, ())
            if known != word and _one_edit(known, word)
        }
        return near.pop() if len(near) == 1 else None


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_edit(one: str, other: str) -> bool:
    if len(one) == len(other):
        unlike = [at for at in range(len(one)) if one[at] != other[at]]
        if len(unlike) <= 1:
            return True
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
        return swapped and one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]]
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
