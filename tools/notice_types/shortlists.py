"""What people are told about their shortlists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from tools.contract import Model
from tools.notice import Line, Notice


class AboutComment(Model):
    comment_id: int
    name: Line
    """Of whoever said it, as they call themselves."""

    list: Line
    text: Line


TYPES: Final[Mapping[str, Notice]] = {
    "shortlist_commented": Notice(
        category="transactional",
        takes=AboutComment,
        english=("{name} commented on “{list}”", "{name}: {text}"),
        hindi=("{name} ने “{list}” पर कुछ कहा", "{name}: {text}"),
        once="{comment_id}",
        channels=("in_app", "push"),
        lives=timedelta(days=2),
        per_day=20,
    ),
}
