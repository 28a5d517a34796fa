"""What people are told about visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)
_WHY: Final[Mapping[str, tuple[str, str]]] = {
    "plans_changed": (" Plans have changed.", " योजना बदल गई है।"),
    "found_another": (" Another home was found.", " दूसरा घर मिल गया है।"),
    "cannot_come": (" It is not possible to come then.", " उस समय आना संभव नहीं है।"),
    "no_longer_offered": (" The property is no longer offered.", " यह प्रॉपर्टी अब उपलब्ध नहीं है।"),
    "nobody_free": (" Nobody was free to show it.", " दिखाने के लिए कोई ख़ाली नहीं था।"),
    "not_confirmed": (" It was not confirmed in time.", " समय रहते इसकी पुष्टि नहीं हुई।"),
    "other": ("", ""),
}
_WHEN: Final[Mapping[str, tuple[str, str]]] = {
    "day_before": ("in a day", "एक दिन में"),
    "two_hours": ("in two hours", "दो घंटे में"),
}


class AboutVisit(Model):
    visit_id: int
    title: Line
    """Of the property."""

    starts: datetime
    revision: int = 0
    """Of the visit: what was moved away and back is told of again."""


class AboutFollowUp(AboutVisit):
    on: date
    """The day that was chosen: another one is another reminder."""


class AboutCancelled(AboutVisit):
    why: Literal[
        "plans_changed", "found_another", "cannot_come", "no_longer_offered", "nobody_free", "not_confirmed",
        "other",
    ]  # fmt: skip


class AboutReminder(AboutVisit):
    stage: Literal["day_before", "two_hours"]


class AboutHandedOn(AboutVisit):
    who: Line
    """Who shows it from now on: a member of staff."""


def _about(takes: type[AboutVisit], *, once: str = "{visit_id} {starts} {revision}", **told: Any) -> Notice:
    """A type about one visit at one time, which nobody wants to learn tomorrow."""
    return Notice(
        category="transactional",
        priority="high",
        takes=takes,
        once=once,
        channels=("in_app", "push", "email"),
        lives=2 * _DAY,
        **told,
    )


TYPES: Final[Mapping[str, Notice]] = {
    "visit_requested": _about(
        AboutVisit,
        english=("A visit is requested", "Somebody asks to see “{title}” on {starts}, India time."),
        hindi=("देखने का समय माँगा गया", "कोई “{title}” को {starts} (भारतीय समय) पर देखना चाहता है।"),
        per_day=40,
    ),
    "visit_unassigned": _about(
        AboutVisit,
        english=(
            "A visit needs somebody",
            "Somebody asks to see “{title}” on {starts}, India time, and nobody shows it yet.",
        ),
        hindi=(
            "कोई दिखाने वाला चाहिए",
            "कोई “{title}” को {starts} (भारतीय समय) पर देखना चाहता है, और दिखाने वाला अभी कोई नहीं है।",
        ),
        per_day=20,
    ),
    "visit_confirmed": _about(
        AboutVisit,
        english=("The visit is confirmed", "“{title}” on {starts}, India time."),
        hindi=("देखने का समय पक्का हुआ", "“{title}”: {starts}, भारतीय समय।"),
    ),
    "visit_host_left": _about(
        AboutVisit,
        english=(
            "Somebody else has to be found",
            "Whoever was to show “{title}” on {starts}, India time, no longer can. You are told once "
            "somebody else says yes.",
        ),
        hindi=(
            "दिखाने वाला कोई और ढूँढा जा रहा है",
            "“{title}” को {starts} (भारतीय समय) पर जो दिखाने वाले थे, वे अब नहीं दिखा सकते। किसी और के हाँ कहते ही "
            "आपको बताया जाएगा।",
        ),
    ),
    "visit_moved": _about(
        AboutVisit,
        english=(
            "Another time for a visit",
            "“{title}” is to be seen on {starts} instead, India time. It waits for your yes.",
        ),
        hindi=(
            "देखने का नया समय",
            "“{title}” को अब {starts} (भारतीय समय) पर देखने का प्रस्ताव है। आपकी हाँ का इंतज़ार है।",
        ),
    ),
    "visit_cancelled": _about(
        AboutCancelled,
        english=("A visit was cancelled", "The visit to “{title}” on {starts}, India time, is off.{why}"),
        hindi=("देखने का समय रद्द हुआ", "“{title}” को {starts} (भारतीय समय) पर देखना रद्द हुआ।{why}"),
        per_day=40,
        words=_WHY,
    ),
    "visit_reminder": _about(
        AboutReminder,
        once="{visit_id} {starts} {stage}",
        english=("A visit {stage}", "“{title}” on {starts}, India time."),
        hindi=("{stage} देखने का समय", "“{title}”: {starts}, भारतीय समय।"),
        words=_WHEN,
    ),
    "visit_unconfirmed": _about(
        AboutReminder,
        once="{visit_id} {starts} {stage}",
        english=(
            "A visit {stage} waits for your yes",
            "“{title}” on {starts}, India time. Without a yes it is cancelled when it would begin.",
        ),
        hindi=(
            "{stage} का समय आपकी हाँ का इंतज़ार कर रहा है",
            "“{title}”: {starts}, भारतीय समय। हाँ के बिना यह अपने समय पर रद्द हो जाएगा।",
        ),
        words=_WHEN,
    ),
    "visit_uncertain": _about(
        AboutVisit,
        once="{visit_id} {starts}",
        english=(
            "A visit in two hours is not certain",
            "“{title}” on {starts}, India time: the other side has not said yes so far. You are told when "
            "they do; otherwise it is off when it would begin.",
        ),
        hindi=(
            "दो घंटे में होने वाली विज़िट पक्की नहीं है",
            "“{title}”: {starts}, भारतीय समय। दूसरे पक्ष ने अब तक हाँ नहीं कहा है। उनके हाँ कहते ही आपको बताया जाएगा; "
            "नहीं तो यह अपने समय पर रद्द हो जाएगी।",
        ),
    ),
    "visit_handed_on": _about(
        AboutHandedOn,
        english=(
            "Somebody else shows it",
            "{who} is to show you “{title}” on {starts}, India time. You are told once they say yes.",
        ),
        hindi=(
            "दिखाने वाले बदल गए हैं",
            "“{title}” अब {who} दिखाएँगे: {starts}, भारतीय समय। उनके हाँ कहते ही आपको बताया जाएगा।",
        ),
    ),
    "visit_how_was_it": _about(
        AboutVisit,
        english=(
            "How was the visit?",
            "You saw “{title}” on {starts}, India time. Say what you think of it.",
        ),
        hindi=("कैसा लगा?", "आपने {starts} (भारतीय समय) पर “{title}” देखा। बताएँ, कैसा लगा।"),
    ),
    "visit_how_did_it_go": _about(
        AboutVisit,
        english=(
            "How did the visit go?",
            "You showed “{title}” on {starts}, India time. Say whether the visitor came, and is interested.",
        ),
        hindi=(
            "विज़िट कैसी रही?",
            "आपने {starts} (भारतीय समय) पर “{title}” दिखाया। बताएँ, क्या वे आए और क्या उनकी रुचि है।",
        ),
    ),
    "visit_follow_up": _about(
        AboutFollowUp,
        once="{visit_id} {on}",
        english=(
            "Come back to a visitor",
            "You wanted to be reminded today of whoever saw “{title}” on {starts}, India time.",
        ),
        hindi=(
            "आगंतुक से फिर बात करें",
            "आप आज उनकी याद चाहते थे जिन्होंने {starts} (भारतीय समय) पर “{title}” देखा था।",
        ),
    ),
}
