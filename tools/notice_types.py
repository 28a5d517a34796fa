"""Every type of notification that there is. What does not stand here cannot be sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from tools.contract import Model
from tools.notice import Line, Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY: Final = timedelta(days=1)
_ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "member": ("a member", "सदस्य"),
    "staff": ("staff", "स्टाफ़"),
    "admin": ("an admin", "एडमिन"),
}


class AboutVisit(Model):
    visit_id: int
    title: Line
    """Of the property."""

    starts: datetime


class AboutContact(Model):
    reveal_id: int
    title: Line
    """Of the property."""


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


class AboutJob(Model):
    job_id: int
    what: Line
    """The job's name, as a person reads it."""


class AboutDigest(Model):
    day: date
    count: int
    english: list[str]
    hindi: list[str]
    """A line for each, in each language."""


class AboutCampaign(Model):
    campaign_id: int
    title_en: Line
    title_hi: Line
    text_en: str
    text_hi: str
    page: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9/?=&.%_-]*)?$")] = ""
    """Which page of ours it leads to, without the first slash; empty for the first page."""


TYPES: Final[Mapping[str, Notice]] = MappingProxyType(
    {
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
                "{at} (भारतीय समय) पर {label} ने आपके खाते में साइन इन किया। यदि यह आप नहीं थे, "
                "तो खाता पेज पर इसे बंद करें।",
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
        "job_done": Notice(
            category="system",
            takes=AboutJob,
            english=("Done: {what}", "What you asked for has been done."),
            hindi=("पूरा हुआ: {what}", "आपने जो काम दिया था, वह पूरा हो गया।"),
            once="{job_id}",
            channels=("in_app", "push"),
            lives=_DAY,
            per_day=20,
        ),
        "job_failed": Notice(
            category="system",
            takes=AboutJob,
            english=("Failed: {what}", "What you asked for could not be done. Somebody will look into it."),
            hindi=("नहीं हो सका: {what}", "आपने जो काम दिया था, वह नहीं हो सका। इसे देखा जाएगा।"),
            once="{job_id}",
            channels=("in_app", "push", "email"),
            lives=2 * _DAY,
            per_day=20,
        ),
        "digest": Notice(
            category="system",
            priority="low",
            takes=AboutDigest,
            english=("{count} more in your inbox", "{english}"),
            hindi=("आपके इनबॉक्स में {count} और", "{hindi}"),
            once="{day}",
            # What it tells of stands in the inbox.
            # No cap: one that was a second early would be lost, and its key lets through one a day anyway.
            channels=("push", "email"),
            lives=_DAY,
        ),
        "campaign": Notice(
            category="marketing",
            priority="low",
            takes=AboutCampaign,
            english=("{title_en}", "{text_en}"),
            hindi=("{title_hi}", "{text_hi}"),
            once="{campaign_id}",
            channels=("in_app", "push", "email", "sms"),
            lives=3 * _DAY,
            link="/{page}",
            per_day=1,
            per_week=3,
            over="drop",
            opt_in="offers",
        ),
    }
)
