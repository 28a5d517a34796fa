"""By link: a signed link shows what a watch found, and ends it without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import watched, watches
from tools.contract import Call, Model, tool
from tools.cursors import BadCursor
from tools.refusals import NotFound
from tools.watches.watches import ShownChange, room, taken_up

if TYPE_CHECKING:
    from storage.watches import State, Watch
    from tools.ports import Ports

PATH: Final = "/watch"
SHOWN: Final = 20
"""The last pieces of news that the page tells."""

_PURPOSE: Final = "watch"


class BadLink(NotFound):
    """This link is not one of ours, or what it was about is gone. See your watches after signing in."""


class WatchToken(Model):
    token: Annotated[str, Field(max_length=200)]
    """What stands in the link. It names a watch, and does not end."""


class SwitchByLink(WatchToken):
    on: bool = False
    """Whether to take it up again."""


class WatchByLink(Model):
    name: str
    on: bool
    """Whether its news is told."""

    changes: list[ShownChange]
    """What it found, the newest first."""


def token_for(ports: Ports, watch_id: int) -> str:
    """What follows `/watch/` in the address of a watch's page."""
    return ports.cursors.write(_PURPOSE, {"w": watch_id})


@tool("admin", "read", surfaces=frozenset(), fresh=True)
async def watch_by_link(call: Call, ask: WatchToken) -> WatchByLink:
    """What the watch of a signed link found of late."""
    watch = await _named(call, ask.token)
    news = await watched.changes(call.db, watch.person_id, watch.id, before=None, limit=SHOWN)
    changes = [ShownChange.model_validate(each._asdict()) for each in news]
    return WatchByLink(name=watch.name, on=watch.state == "active", changes=changes)


@tool("admin", "write", idempotent=True, surfaces=frozenset())
async def switch_watch_by_link(call: Call, ask: SwitchByLink) -> WatchByLink:
    """End the watch of a signed link, or take it up again."""
    named = await _named(call, ask.token)
    was = await watches.get(call.db, named.person_id, named.id)
    if was is None:
        raise BadLink
    state: State = "active" if ask.on else "ended"
    if (was.state == "active") != ask.on:
        if was.state == "ended":
            await room(call, was.person_id)
        changed = was._replace(state=state, tell_at=None)
        await watches.put(call.db, changed, call.now())
        if ask.on:
            await taken_up(call, changed)
        call.changed(
            "watch", was.id, before={"state": was.state}, after={"state": state}, whose=was.person_id
        )
    return WatchByLink(name=was.name, on=ask.on, changes=[])


async def _named(call: Call, token: str) -> Watch:
    try:
        which: int = call.ports.cursors.read(_PURPOSE, token)["w"]
    except BadCursor:
        raise BadLink from None
    watch = await watches.anybodys(call.db, which)
    if watch is None:
        raise BadLink
    return watch
