"""What people are told about enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)


class AboutContact(Model):
    reveal_id: int
    title: Line
    """Of the property."""


TYPES: Final[Mapping[str, Notice]] = {
    "contact_shown": Notice(
        category="transactional",
        takes=AboutContact,
        english=(
            "Your contact was shown",
            "Somebody who asks about “{title}” was shown how to reach you.",
        ),
        hindi=("आपका संपर्क दिखाया गया", "“{title}” के बारे में पूछने वाले को आपका संपर्क दिखाया गया।"),
        once="{reveal_id}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        per_day=20,
        per_week=100,
    ),
}
