"""What people are told about what they offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)


class AboutReview(Model):
    listing_id: int
    submission: int
    title: Line
    reason: Line


class AboutMove(Model):
    listing_id: int
    version: int
    title: Line
    status: Literal["draft", "review", "live", "paused", "rented", "sold", "archived"]


class AboutEnd(Model):
    listing_id: int
    title: Line
    until: datetime
    """When it is paused, or was."""


class AboutPhotos(Model):
    listing_id: int
    first: int
    """The first of the photos."""

    title: Line
    reason: Line


TYPES: Final[Mapping[str, Notice]] = {
    "listing_approved": Notice(
        category="transactional",
        takes=AboutReview,
        english=("Your listing is live", "“{title}” was approved: people find it now."),
        hindi=("आपकी लिस्टिंग चालू है", "“{title}” मंज़ूर हुई: अब लोग इसे देख सकते हैं।"),
        once="{listing_id} {submission}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
    ),
    "listing_changes_asked": Notice(
        category="transactional",
        takes=AboutReview,
        english=("Your listing needs a change", "Before “{title}” goes live: {reason}"),
        hindi=("आपकी लिस्टिंग में बदलाव चाहिए", "“{title}” को चालू करने से पहले: {reason}"),
        once="{listing_id} {submission}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
    ),
    "listing_rejected": Notice(
        category="transactional",
        takes=AboutReview,
        english=("Your listing was not accepted", "“{title}” was not accepted: {reason}"),
        hindi=("आपकी लिस्टिंग स्वीकार नहीं हुई", "“{title}” स्वीकार नहीं हुई: {reason}"),
        once="{listing_id} {submission}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
    ),
    "photos_declined": Notice(
        category="transactional",
        takes=AboutPhotos,
        english=("New photos were not taken", "New photos of “{title}” are not shown: {reason}"),
        hindi=("नई तस्वीरें नहीं ली गईं", "“{title}” की नई तस्वीरें नहीं दिखाई जाएँगी: {reason}"),
        once="{listing_id} {first}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
    ),
    "listing_moved": Notice(
        category="transactional",
        takes=AboutMove,
        english=("Your listing was changed", "Staff changed “{title}”: it is {status} now."),
        hindi=("आपकी लिस्टिंग बदली गई", "स्टाफ़ ने “{title}” को बदला: अब यह {status} है।"),
        once="{listing_id} {version}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        per_day=20,
        words={
            "draft": ("a draft", "ड्राफ़्ट"),
            "review": ("in review", "जाँच में"),
            "live": ("live", "चालू"),
            "paused": ("paused", "रुकी हुई"),
            "rented": ("let", "किराए पर चढ़ चुकी"),
            "sold": ("sold", "बिक चुकी"),
            "archived": ("archived", "संग्रहित"),
        },
    ),
    "listing_expiring": Notice(
        category="transactional",
        takes=AboutEnd,
        english=("Is it still to be had?", "Renew “{title}”, or it will be paused on {until}."),
        hindi=("क्या यह अब भी उपलब्ध है?", "“{title}” को नया करें, नहीं तो यह {until} को रुक जाएगी।"),
        once="{listing_id} {until}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
    ),
    "listing_expired": Notice(
        category="transactional",
        takes=AboutEnd,
        english=(
            "Your listing is paused",
            "Nobody said that “{title}” is still to be had. Renew it to bring it back.",
        ),
        hindi=(
            "आपकी लिस्टिंग रुकी हुई है",
            "किसी ने नहीं बताया कि “{title}” अब भी उपलब्ध है। नया करने पर यह लौट आएगी।",
        ),
        once="{listing_id} {until}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
    ),
}
