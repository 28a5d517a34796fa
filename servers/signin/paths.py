"""Where a sign-in may lead afterwards: only ever to a page of our own."""

import re
from urllib.parse import urlencode

HOME = "/"
LONGEST = 2_000
_OWN = re.compile(r"/(?!/)[!-\[\]-~]*")
"""Visible ASCII without a backslash, which browsers read as a slash."""


def own_path(wanted: str | None) -> str:
    """`wanted` where it is a path of ours, with its query; the first page where it is anything else."""
    if wanted is None or len(wanted) > LONGEST or not _OWN.fullmatch(wanted):
        return HOME
    return wanted


def with_next(path: str, wanted: str) -> str:
    """`path`, remembering where to go on to."""
    return path if wanted == HOME else f"{path}?{urlencode({'next': wanted})}"
