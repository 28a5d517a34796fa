"""Checking: finding the news of watches, soon after each edit and once a day as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic_core import to_json

from storage import watched, watches
from storage.watched import Known, News
from storage.watches import Watch
from tools.contract import Batch, Call, Round
from tools.jobs import job, later
from tools.refusals import Refused
from tools.watches import asking
from tools.watches.news import moved, news, standing
from tools.watches.times import due_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

EDITS: Final = 1_000
"""Edits of listings that one sweep goes through all watches for."""

AT_ONCE: Final = 500
"""Watches that one transaction sees to, at most."""

WHOLE: Final = timedelta(hours=20)
TELLS: Final = "tell_watches"


@dataclass
class Found:
    """What one transaction has found, to be kept together."""

    now: datetime
    news: list[News] = field(default_factory=list[News])
    learnt: list[tuple[int, int, Known]] = field(default_factory=list[tuple[int, int, Known]])
    due: dict[int, datetime] = field(default_factory=dict[int, "datetime"])

    def compare(
        self,
        watch: Watch,
        before: Mapping[int, Known],
        facts: Mapping[int, Known],
        fitting: Mapping[int, Decimal],
    ) -> None:
        """Note what differs for a watch between what is known and what is."""
        stands = standing(before, facts, fitting)
        self.learnt += [(watch.id, id_, each) for id_, each in stands.items() if before.get(id_) != each]
        found = [News(watch.id, *each) for each in news(before, stands)]
        self.report(watch, found)

    def report(self, watch: Watch, found: Sequence[News]) -> None:
        """Note news of a watch, and when it is to be told."""
        self.news += found
        if found:
            self.due[watch.id] = due_at(self.now, watch.often, watch.snoozed_until)

    async def keep(self, call: Call) -> None:
        """Keep all of it, and have told what is due."""
        await watched.know(call.db, self.learnt)
        await watched.report(call.db, self.news, self.now)
        await watches.tell_at(call.db, self.due)
        if any(at <= self.now for at in self.due.values()):
            await later(call, TELLS, key="now")


@job(cron="* * * * *", at_once=1)
async def check_watches(call: Call, ask: Batch) -> Round:
    """Find what edits of listings mean for whoever watches them. Repeat until none remain."""
    sweep = await watched.sweep(call.db, EDITS)
    if sweep is None:
        return Round(done=0, remaining=0)
    most = min(ask.limit, AT_ONCE)
    some = await watches.concerned(call.db, sweep.property_ids, sweep.after, most)
    facts = await watched.now_of(call.db, sweep.property_ids)
    live = {id_: each.price for id_, each in facts.items() if each.status == "live"}
    known = await watched.known(call.db, [each.id for each in some], sweep.property_ids)
    found, asked = Found(call.now()), dict[bytes, "dict[int, Decimal] | None"]()
    for watch in some:
        # Many people ask the same, such as two rooms in one sector.
        same = to_json([watch.kind, watch.property_id, watch.question])
        if same not in asked:
            asked[same] = await _fitting(call, watch, live)
        fitting = asked[same]
        if fitting is not None:
            found.compare(watch, known[watch.id], facts, fitting)
    await found.keep(call)
    await watched.swept(call.db, sweep, some[-1].id if len(some) == most else None)
    return Round(done=max(len(some), 1), remaining=1)


@job(cron="40 3 * * *", at_once=1)
async def recheck_watches(call: Call, ask: Batch) -> Round:
    """Look at watches as a whole, and at what places cost. Repeat until none remain."""
    before = call.now() - WHOLE
    some = await watches.to_check(call.db, before, min(ask.limit, AT_ONCE // 10))
    found = Found(call.now())
    known = await watched.known(call.db, [each.id for each in some])
    for watch in some:
        if watch.kind == "prices":
            await _median(call, watch, found)
        else:
            await _whole(call, watch, known[watch.id], found)
    await found.keep(call)
    await watches.checked(call.db, [each.id for each in some], call.now())
    return Round(done=len(some), remaining=await watches.count_unchecked(call.db, before))


async def _fitting(call: Call, watch: Watch, live: Mapping[int, Decimal]) -> dict[int, Decimal] | None:
    """Which of these properties fit a watch; None where its question can no longer be asked."""
    if watch.kind == "property":
        return {id_: price for id_, price in live.items() if id_ == watch.property_id}
    if not live:
        return {}
    try:
        return (await asking.fitting(call, watch.question, among=list(live))).prices
    except Refused:
        # A place that it names may have been merged into another.
        return None


async def _whole(call: Call, watch: Watch, before: Mapping[int, Known], found: Found) -> None:
    if watch.kind == "property":
        assert watch.property_id is not None
        facts = await watched.now_of(call.db, [watch.property_id])
        live = {id_: each.price for id_, each in facts.items() if each.status == "live"}
        found.compare(watch, before, facts, live)
        return
    try:
        fits = await asking.fitting(call, watch.question)
        # Of more than can be told some were there before, so only what is known can be compared.
        some = (await asking.fitting(call, watch.question, among=list(before))) if fits.more else fits
    except Refused:
        return
    found.compare(watch, before, await watched.now_of(call.db, list(before)), some.prices)


async def _median(call: Call, watch: Watch, found: Found) -> None:
    try:
        price = (await asking.median(call, watch.question)).price
    except Refused:
        return
    kind = None if price is None else moved(watch.median, price)
    if price is None or kind is None:
        return
    await watches.set_median(call.db, watch.id, price)
    found.report(watch, [News(watch.id, None, kind, watch.median, price)])
