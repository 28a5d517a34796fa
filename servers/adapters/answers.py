"""What providers answer over HTTP: when to come again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 3_600
"""Seconds; who asks for more is asked again after an hour."""


def retry_after(headers: Mapping[str, str]) -> int | None:
    """The seconds of a `Retry-After`, which may be a number or a date; None without one that can be read."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return max(1, min(int(said[:9]), LONGEST))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    seconds = (until - datetime.now(UTC if until.tzinfo else None)).total_seconds()
    return max(1, min(int(seconds) + 1, LONGEST))
