"""Words that ask for nothing by themselves, and soft words that only a text can answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tools.discovery.data import lines_of, words_of

if TYPE_CHECKING:
    from tools.discovery.words.scan import Board

FILLER: Final = frozenset(words_of("filler.txt"))
_ALSO: Final = re.compile(r"(?<!\w)(?:penthouse|farm ?house|duplex|townhouse)(?!\w)")
_SOFT: Final = "|".join(lines_of("wishes.txt"))
_PATTERN: Final = re.compile(rf"(?<!\w)(?:{_SOFT})(?!\w)")
SOFT_WORDS: Final = frozenset(re.findall(r"[^\W\d_]{3,}", _SOFT))


def read_wishes(board: Board) -> tuple[str, ...]:
    """The soft wishes, as written."""
    wishes = [found.group() for found in _ALSO.finditer(board.words.casefold())]
    for found in board.find(_PATTERN):
        first, last = board.index(found.start()), board.index(found.end() - 1) + 1
        said = board.said(first, last)
        if said not in wishes:
            wishes.append(said)
        board.claim("wishes", found.start(), found.end())
    return tuple(wishes)


def _opens(board: Board, at: int) -> bool:
    """Whether this is the "ke" of a "ke paas" that nothing stands before."""
    return not board.taken[at] and board.tokens[at].word in {"ke", "se"}


def read_rest(board: Board) -> tuple[str, ...]:
    """The runs of words that nobody understood, as written."""
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(board.tokens):
        if board.taken[at] or token.word in FILLER:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at - (at > 0 and _opens(board, at - 1)), at + 1))
    unread = list(dict.fromkeys(board.said(first, last) for first, last in runs))
    for first, last in runs:
        board.claim_tokens("unread", first, last)
    return tuple(unread)
