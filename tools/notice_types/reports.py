"""What people are told of reports: those who reported something, and those whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from tools.contract import Model
from tools.notice import Line, Notice

_LIVES: Final = timedelta(days=7)
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "property": ("listing", "लिस्टिंग"),
    "photo": ("photo", "तस्वीर"),
    "enquiry": ("message", "संदेश"),
    "comment": ("comment", "टिप्पणी"),
    "dismissed": ("we found nothing against our rules", "हमें नियमों के ख़िलाफ़ कुछ नहीं मिला"),
    "taken_down": ("we took it down", "हमने इसे हटा दिया"),
    "warned": ("we warned whoever it is from", "हमने इसे लिखने वाले को चेतावनी दी"),
    "blocked": ("we blocked whoever it is from", "हमने इसे लिखने वाले को रोक दिया"),
}


class AboutReport(Model):
    report_id: int
    kind: Literal["property", "photo", "enquiry", "comment"]


class AboutOutcome(AboutReport):
    outcome: Literal["dismissed", "taken_down", "warned", "blocked"]


class AboutDecision(AboutReport):
    note: Line
    """Why, in the words of whoever decided."""


class AboutRestriction(AboutDecision):
    until: datetime


TYPES: Final[Mapping[str, Notice]] = {
    "report_handled": Notice(
        category="transactional",
        takes=AboutOutcome,
        english=("We looked at what you reported", "About the {kind}: {outcome}. Thank you for telling us."),
        hindi=("हमने आपकी शिकायत देखी", "{kind} के बारे में: {outcome}। बताने के लिए धन्यवाद।"),
        once="{report_id}",
        channels=("in_app", "push"),
        lives=_LIVES,
        per_day=10,
        words=_WORDS,
    ),
    "content_taken_down": Notice(
        category="system",
        takes=AboutDecision,
        english=("We took something of yours down", "Your {kind} was taken down: {note}"),
        hindi=("हमने आपकी एक चीज़ हटाई", "आपकी {kind} हटाई गई: {note}"),
        once="{report_id}",
        channels=("in_app", "push", "email"),
        lives=_LIVES,
        words=_WORDS,
    ),
    "content_warned": Notice(
        category="system",
        takes=AboutDecision,
        english=("Please mind our rules", "About your {kind}: {note}"),
        hindi=("कृपया हमारे नियमों का ध्यान रखें", "आपकी {kind} के बारे में: {note}"),
        once="{report_id}",
        channels=("in_app", "push", "email"),
        lives=_LIVES,
        words=_WORDS,
    ),
    "reaching_restricted": Notice(
        category="system",
        takes=AboutRestriction,
        english=(
            "You cannot reach others for a while",
            "Until {until}, India time, you cannot write to others, ask for visits or offer homes: {note}",
        ),
        hindi=(
            "कुछ समय तक आप दूसरों तक नहीं पहुँच सकते",
            "{until} (भारतीय समय) तक आप दूसरों को लिख नहीं सकते, विज़िट नहीं माँग सकते और घर नहीं दे सकते: {note}",
        ),
        once="{report_id}",
        channels=("in_app", "push", "email"),
        lives=_LIVES,
        words=_WORDS,
    ),
}
