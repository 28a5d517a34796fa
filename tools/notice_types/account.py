"""What somebody is told about their account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)
_ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "member": ("a member", "सदस्य"),
    "staff": ("staff", "स्टाफ़"),
    "admin": ("an admin", "एडमिन"),
}


class AboutSignIn(Model):
    session_id: int
    label: Line
    """What the person knows it by: an app's name, or the kind of browser."""

    at: datetime


class AboutLeaving(Model):
    deletes_at: datetime


class AboutStaying(Model):
    at: datetime
    """When it was taken back."""


class AboutRole(Model):
    role: Literal["member", "staff", "admin"]
    at: datetime


TYPES: Final[Mapping[str, Notice]] = {
    "signed_in": Notice(
        category="system",
        priority="high",
        takes=AboutSignIn,
        english=(
            "New sign-in",
            "{label} signed in to your account on {at}, India time. If that was not you, end it on your "
            "account page.",
        ),
        hindi=(
            "नया साइन इन",
            "{at} (भारतीय समय) पर {label} ने आपके खाते में साइन इन किया। यदि यह आप नहीं थे, तो खाता पेज पर इसे बंद करें।",
        ),
        once="{session_id}",
        channels=("in_app", "push", "email"),
        lives=_DAY,
        link="/account",
    ),
    "account_leaving": Notice(
        category="transactional",
        priority="high",
        takes=AboutLeaving,
        english=(
            "Your account will be deleted",
            "Your account and everything in it will be erased after {deletes_at}, India time. Until then "
            "you can keep it on your account page.",
        ),
        hindi=(
            "आपका खाता हटा दिया जाएगा",
            "आपका खाता और उसमें रखा सब कुछ {deletes_at} (भारतीय समय) के बाद मिटा दिया जाएगा। "
            "तब तक आप इसे खाता पेज पर बचा सकते हैं।",
        ),
        once="{deletes_at}",
        channels=("in_app", "push", "email", "sms"),
        lives=7 * _DAY,
        link="/account",
    ),
    "account_kept": Notice(
        category="transactional",
        priority="high",
        takes=AboutStaying,
        english=(
            "Your account stays",
            "The deletion of your account was taken back on {at}, India time.",
        ),
        hindi=("आपका खाता बना रहेगा", "{at} (भारतीय समय) पर आपके खाते को हटाना वापस ले लिया गया।"),
        once="{at}",
        channels=("in_app", "push", "email", "sms"),
        lives=7 * _DAY,
        link="/account",
    ),
    "role_granted": Notice(
        category="system",
        takes=AboutRole,
        english=("Your role has changed", "From now on you are {role} of 360 Ghar."),
        hindi=("आपकी भूमिका बदली", "अब से 360 घर में आपकी भूमिका: {role}।"),
        once="{role} {at}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        link="/account",
        words=_ROLES,
    ),
}
