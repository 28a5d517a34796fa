"""What people are told about visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)


class AboutVisit(Model):
    visit_id: int
    title: Line
    """Of the property."""

    starts: datetime


TYPES: Final[Mapping[str, Notice]] = {
    "visit_requested": Notice(
        category="transactional",
        priority="high",
        takes=AboutVisit,
        english=("A visit is requested", "Somebody asks to see “{title}” on {starts}, India time."),
        hindi=("देखने का समय माँगा गया", "कोई “{title}” को {starts} (भारतीय समय) पर देखना चाहता है।"),
        once="{visit_id}",
        channels=("in_app", "push", "email"),
        lives=2 * _DAY,
        per_day=40,
    ),
    "visit_cancelled": Notice(
        category="transactional",
        priority="high",
        takes=AboutVisit,
        english=("A visit was cancelled", "Nobody comes to see “{title}” on {starts}, India time."),
        hindi=("देखने का समय रद्द हुआ", "“{title}” को {starts} (भारतीय समय) पर अब कोई देखने नहीं आएगा।"),
        once="{visit_id}",
        channels=("in_app", "push", "email"),
        lives=2 * _DAY,
        per_day=40,
    ),
}
