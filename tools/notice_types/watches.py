"""What people are told of what they watch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from tools.contract import Model
from tools.notice import Line, Notice


class AboutWatch(Model):
    watch_id: int
    last: int
    """The last piece of news."""

    name: Line
    """Of the watch."""

    english: list[str]
    """The news, a line each."""

    hindi: list[str]
    page: str
    """The page of the watch, which can end it: what follows `/watch/`."""


TYPES: Final[Mapping[str, Notice]] = {
    "watch_found": Notice(
        category="transactional",
        takes=AboutWatch,
        english=("News of “{name}”", "{english}"),
        hindi=("“{name}” की ख़बर", "{hindi}"),
        once="{watch_id} {last}",
        channels=("in_app", "push", "email"),
        lives=timedelta(days=3),
        link="/watch/{page}",
        per_day=20,
    ),
}
