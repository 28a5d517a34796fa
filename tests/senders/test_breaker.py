"""The breaker, and what providers say of when to come again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from servers.adapters.answers import LONGEST, retry_after
from servers.adapters.breaker import AWAY, FAILURES, Breaker
from tools.ports import Undelivered


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def lost(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.check()
        breaker.lost("ConnectError")


def test_a_provider_that_fails_again_and_again_is_left_alone_and_then_tried_by_one() -> None:
    clock = Clock()
    breaker = Breaker("An e-mail", now=clock)
    lost(breaker, FAILURES - 1)
    assert not breaker.open
    lost(breaker, 1)
    assert breaker.open
    with pytest.raises(Undelivered):
        breaker.check()
    clock.now += AWAY
    breaker.check()
    with pytest.raises(Undelivered):
        breaker.check()
    breaker.found()
    breaker.check()
    assert not breaker.open


def test_what_works_in_between_begins_the_count_anew() -> None:
    breaker = Breaker("An e-mail")
    for _ in range(3):
        lost(breaker, FAILURES - 1)
        breaker.found()
    breaker.check()


def test_it_says_when_to_come_again() -> None:
    clock = Clock()
    breaker = Breaker("An e-mail", now=clock)
    assert breaker.lost("it answered 503", retry_after=90).retry_after == 90
    clock.now += 30
    with pytest.raises(Undelivered) as refused:
        breaker.check()
    assert refused.value.retry_after == 61


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 1),
        ("999999999999", LONGEST),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1),
        ("Wed, 21 Oct 2015 07:28:00", 1),
    ],
)
def test_when_to_come_again_is_a_number_or_a_date(said: str, seconds: int | None) -> None:
    assert retry_after({"retry-after": said}) == seconds


def test_a_date_to_come_again_is_counted_from_now() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    found = retry_after({"retry-after": then})
    assert found is not None
    assert 295 <= found <= 301
