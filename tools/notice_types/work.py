"""What somebody is told about work that was done for them, and campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import Field

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)


class AboutJob(Model):
    job_id: int
    what: Line
    """The job's name, as a person reads it."""


class AboutImport(Model):
    report: int
    """Which import, or trial of one."""

    file: Line
    added: int
    changed: int
    refused: int


class AboutBadFile(Model):
    upload: int
    file: Line
    problem: Line


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


TYPES: Final[Mapping[str, Notice]] = {
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
    "import_checked": Notice(
        category="system",
        takes=AboutImport,
        english=(
            "Your file was checked",
            "“{file}” would add {added} listings and change {changed}; {refused} rows were refused. Nothing "
            "is loaded before you confirm it.",
        ),
        hindi=(
            "आपकी फ़ाइल जाँची गई",
            "“{file}” से {added} लिस्टिंग जुड़ेंगी और {changed} बदलेंगी; {refused} पंक्तियाँ नहीं ली गईं। आपकी पुष्टि के बिना "
            "कुछ नहीं जुड़ेगा।",
        ),
        once="{report}",
        channels=("in_app", "push"),
        lives=_DAY,
    ),
    "import_done": Notice(
        category="system",
        takes=AboutImport,
        english=(
            "Your listings were imported",
            "“{file}”: {added} listings added, {changed} changed, {refused} rows refused.",
        ),
        hindi=(
            "आपकी लिस्टिंग जुड़ गईं",
            "“{file}”: {added} लिस्टिंग जुड़ीं, {changed} बदलीं, {refused} पंक्तियाँ नहीं ली गईं।",
        ),
        once="{report}",
        channels=("in_app", "push", "email"),
        lives=_DAY,
    ),
    "import_refused": Notice(
        category="system",
        takes=AboutBadFile,
        english=("Your file cannot be read", "“{file}”: {problem}"),
        hindi=("आपकी फ़ाइल पढ़ी नहीं जा सकी", "“{file}”: {problem}"),
        once="{upload}",
        channels=("in_app", "push"),
        lives=_DAY,
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
