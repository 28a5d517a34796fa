"""Unsubscribing: a signed link ends one category on one channel, for whoever holds it, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from storage import notification_settings, people
from tools.contract import Call, Model, tool
from tools.cursors import BadCursor
from tools.refusals import NotFound

if TYPE_CHECKING:
    from tools.ports import Ports

PATH: Final = "/unsubscribe"
_PURPOSE: Final = "unsubscribe"


class BadLink(NotFound):
    """This link is not one of ours. Copy all of it, or change your settings after signing in."""


class ByLink(Model):
    token: str
    """What stands in the link. It names a person, a category and a channel, and does not end."""

    on: bool = False
    """Whether to take it back: to be told there again."""


class Ended(Model):
    category: Literal["transactional", "system", "marketing"]
    channel: Literal["push", "email", "sms"]
    on: bool
    """Whether the person is told there now."""


class Named(Model):
    """What a link names."""

    person: int
    category: Literal["transactional", "system", "marketing"]
    channel: Literal["push", "email", "sms"]


def link_for(ports: Ports, person_id: int, category: str, channel: str) -> str:
    """The address that ends a category on a channel for a person."""
    named = {"p": person_id, "c": category, "h": channel}
    return f"{ports.url}{PATH}/{ports.cursors.write(_PURPOSE, named)}"


def named(ports: Ports, token: str) -> Named:
    """What the token of a link names. Refuses one that we did not write."""
    try:
        read: dict[str, Any] = ports.cursors.read(_PURPOSE, token)
    except BadCursor:
        raise BadLink from None
    return Named(person=read["p"], category=read["c"], channel=read["h"])


@tool("admin", "write", idempotent=True, surfaces=frozenset())
async def switch_by_link(call: Call, ask: ByLink) -> Ended:
    """End a category on a channel for the person of a signed link, or take that back."""
    who = named(call.ports, ask.token)
    if await people.get(call.db, who.person) is None:
        raise BadLink
    there = await notification_settings.held(call.db, who.person)
    pair = notification_settings.pair(who.category, who.channel)
    if (pair not in there.off) != ask.on:
        off = there.off - {pair} if ask.on else there.off | {pair}
        await notification_settings.put(call.db, who.person, there._replace(off=off))
        before, after = ("on", "off") if not ask.on else ("off", "on")
        call.changed(
            "notification_settings", who.person, before={pair: before}, after={pair: after}, whose=who.person
        )
        call.tell(who.person, "notification.settings")
    return Ended(category=who.category, channel=who.channel, on=ask.on)
