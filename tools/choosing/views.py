"""Views: what was looked at, told in batches by apps and widgets; of guests only how often."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b
from typing import Annotated, Final

from pydantic import Field

from storage import views
from tools.contract import Batch, Call, Model, Round, tool
from tools.jobs import job
from tools.moments import INDIA
from tools.offers import Id

KEPT: Final = timedelta(days=180)
"""How long it is known who looked at what."""

DAYS_KEPT: Final = timedelta(days=400)
"""How long it is known how often something was looked at on a day."""


_DAY: Final = 86_400


class RecordViews(Model):
    property_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=50)]
    """What was really looked at, not merely listed."""


class ViewsRecorded(Model):
    counted: int
    """Those that are offered, and that the person had not looked at within half an hour."""


@tool(
    "guest",
    "write",
    http="POST /views",
    surfaces=frozenset({"rest", "mcp"}),
    app_only=True,
    idempotent=True,
    per_minute=30,
)
async def record_views(call: Call, ask: RecordViews) -> ViewsRecorded:
    """Count that properties were looked at. Of guests nothing else is kept."""
    person = call.viewer.id or None
    seen = ask.property_ids if person else await _not_seen(call, ask.property_ids)
    counted = await views.record(call.db, person, seen, call.now())
    call.changed("views", call.viewer.id or "guests", after={"counted": counted})
    return ViewsRecorded(counted=counted)


async def _not_seen(call: Call, ids: tuple[int, ...]) -> list[int]:
    """Those of which this guest's address has told no look today.

    It is the limits that remember, for a day: a keyed hash, of which nobody reads who looked at what.
    """
    today = call.now().astimezone(INDIA).date().isoformat()
    new: list[int] = []
    for each in sorted(set(ids)):
        signed = call.ports.cursors.write("view", {"day": today, "by": call.client, "of": each})
        look = blake2b(signed.encode(), digest_size=16).hexdigest()
        if not await call.ports.limiter.take(f"view {look}", 1, _DAY):
            new.append(each)
    return new


@job("destroy", cron="20 3 * * *")
async def forget_old_views(call: Call, ask: Batch) -> Round:
    """Forget who looked at what long ago, and old counts by day. Repeat until none remain."""
    now = call.now()
    days = (now - DAYS_KEPT).astimezone(INDIA).date()
    done, remaining = await views.forget(call.db, now - KEPT, days, ask.limit)
    return Round(done=done, remaining=remaining)
