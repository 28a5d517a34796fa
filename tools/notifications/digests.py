"""The digest: once a day, what was one too many to be sent by itself."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from storage import notifications
from tools.contract import Batch, Call, Round
from tools.jobs import job
from tools.moments import INDIA
from tools.notices import notify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.notifications import Told

LINES: Final = 10
"""What a digest says one by one; of the rest it says how many."""


@job(cron="0 9 * * *", at_once=1)
async def send_digests(call: Call, ask: Batch) -> Round:
    """Tell people what waits for their digest. Repeat until nobody remains."""
    # A digest a day is what there is: what comes after it waits for the next.
    since = datetime.combine(call.now().astimezone(INDIA).date(), time(), INDIA)
    found = await notifications.with_digest(call.db, 0, ask.limit + 1, since)
    for person_id in found[: ask.limit]:
        await _digest(call, person_id)
    done = min(len(found), ask.limit)
    return Round(done=done, remaining=len(found) - done)


async def _digest(call: Call, person_id: int) -> None:
    waiting = await notifications.digest(call.db, person_id, call.now())
    if waiting:
        lines = {lang: _lines(waiting, lang) for lang in ("en", "hi")}
        day = call.now().astimezone(INDIA).date()
        about = {"day": day, "count": len(waiting), "english": lines["en"], "hindi": lines["hi"]}
        await notify(call, person_id, "digest", **about)


def _lines(waiting: Sequence[Told], language: str) -> list[str]:
    lines = [told.in_(language)[1] for told in waiting[:LINES]]
    return [*lines, "…"] if len(waiting) > LINES else lines
