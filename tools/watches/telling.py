"""Telling: what watches have found goes to their people, when and as often as they want it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from storage import watched, watches
from tools.contract import Batch, Call, Round
from tools.jobs import job
from tools.notices import notify
from tools.watches.by_link import token_for
from tools.watches.saying import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.watched import Told
    from storage.watches import Watch
    from tools.moments import Language

LINES: Final = 6
"""What a notification says one by one; of the rest it says how many."""

_KEPT: Final = timedelta(days=90)
_ENDED: Final = timedelta(days=30)


@job(cron="*/5 * * * *", at_once=1)
async def tell_watches(call: Call, ask: Batch) -> Round:
    """Tell people what their watches found, of those that are due. Repeat until none remain."""
    some = await watches.due(call.db, call.now(), ask.limit)
    ids = [each.id for each in some]
    news = await watched.untold(call.db, ids)
    for watch in some:
        if news[watch.id]:
            await _tell(call, watch, news[watch.id])
    await watched.told(call.db, ids, call.now())
    await watches.told(call.db, ids)
    return Round(done=len(some), remaining=await watches.count_due(call.db, call.now()))


@job("destroy", cron="15 4 * * *")
async def forget_watch_news(call: Call, ask: Batch) -> Round:
    """Forget old news that was told, and watches that were ended. Repeat until none remain."""
    done = [
        await watched.forget(call.db, call.now() - _KEPT, ask.limit),
        await watches.forget(call.db, call.now() - _ENDED, ask.limit),
    ]
    return Round(done=sum(done), remaining=int(ask.limit in done))


async def _tell(call: Call, watch: Watch, news: Sequence[Told]) -> None:
    await notify(
        call,
        watch.person_id,
        "watch_found",
        watch_id=watch.id,
        last=news[-1].id,
        name=watch.name,
        english=_lines(news, "en"),
        hindi=_lines(news, "hi"),
        page=token_for(call.ports, watch.id),
    )


def _lines(news: Sequence[Told], language: Language) -> list[str]:
    lines = [line(each, language) for each in news[:LINES]]
    left = len(news) - LINES
    return [*lines, f"… +{left}"] if left > 0 else lines
