"""Settings: what a person is told over which channel, and when they are left alone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field

from storage import deliveries, devices, people
from storage import notification_settings as kept
from storage.notification_settings import Settings, pair
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.notice import Category, Channel, Outward
from tools.refusals import Contradiction, Refused, SignInRequired

Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
FIXED: Final = ("transactional", "in_app")
"""What cannot be switched off: there must be one place where a person finds what was done."""


class AlwaysThere(Refused):
    """What was done in your name always stands in your inbox."""


class NoSettings(Model):
    pass


class Switch(Model):
    category: Literal["transactional", "system", "marketing"]
    channel: Literal["in_app", "push", "email", "sms"]
    on: bool


class NotificationSettings(Model):
    switches: list[Switch]
    """Every category and channel. Transactional in_app stays on."""

    offers: bool
    """Whether the person asked for offers; without it there is no marketing on any channel."""

    quiet_from: str
    quiet_until: str
    """India time. Between these, all but the urgent waits outside the inbox; none where both are the same."""

    reachable: list[Literal["push", "email", "sms"]]
    """Channels on which the person can be reached: there is a device, an address, a phone."""

    returned: list[Literal["email", "sms"]]
    """Channels where messages came back. Switching one on there, or a new address, tries again."""

    def summary(self) -> str:
        off = [f"{each.category} {each.channel}" for each in self.switches if not each.on]
        quiet = f"{self.quiet_from}-{self.quiet_until}" if self.quiet_from != self.quiet_until else "never"
        return f"Off: {', '.join(off) or 'nothing'}. Offers: {self.offers}. Quiet, India time: {quiet}."


class UpdateNotificationSettings(Model):
    category: Literal["transactional", "system", "marketing"] | None = None
    """With `channel` and `on`: what to switch."""

    channel: Literal["in_app", "push", "email", "sms"] | None = None
    """Where."""

    on: bool | None = None
    """Whether the person is told there."""

    offers: bool | None = None
    """Whether the person wants offers at all."""

    quiet_from: Hour | None = None
    """Such as 22:00, India time."""

    quiet_until: Hour | None = None
    """Such as 08:00; the same as `quiet_from` for no quiet hours."""


@tool("member", "read", scope="notifications:read", http="GET /me/notification-settings", fresh=True)
async def notification_settings(call: Call, ask: NoSettings) -> NotificationSettings:
    """What the person is told over which channel, their quiet hours, and where they can be reached."""
    return await _shown(call, await kept.get(call.db, call.member.id))


@tool(
    "member",
    "write",
    scope="notifications:write",
    http="PATCH /me/notification-settings",
    idempotent=True,
    undo=Undo("update_notification_settings", within=timedelta(days=7)),
)
async def update_notification_settings(call: Call, ask: UpdateNotificationSettings) -> NotificationSettings:
    """Switch a category of notifications on or off on a channel, ask for offers, or set quiet hours."""
    before = await kept.held(call.db, call.member.id)
    after = _changed(before, ask)
    await kept.put(call.db, call.member.id, after)
    if ask.on and ask.channel is not None:
        await deliveries.lift(call.db, call.member.id, ask.channel)
    was = _told(before, ask)
    call.changed("notification_settings", call.member.id, before=was, after=_told(after, ask))
    if was:
        call.undo_with(**was)
    return await _shown(call, after)


def _changed(before: Settings, ask: UpdateNotificationSettings) -> Settings:
    """What is wanted from now on."""
    off, opted_in = set(before.off), set(before.opted_in)
    if ask.offers is not None:
        (opted_in.add if ask.offers else opted_in.discard)("offers")
    switched = _switched(ask)
    if switched is not None:
        (off.discard if ask.on else off.add)(switched)
    return Settings(
        frozenset(off),
        frozenset(opted_in),
        before.quiet_from if ask.quiet_from is None else time.fromisoformat(ask.quiet_from),
        before.quiet_until if ask.quiet_until is None else time.fromisoformat(ask.quiet_until),
    )


def _switched(ask: UpdateNotificationSettings) -> str | None:
    """The switch that is meant, if one is."""
    given = [each is not None for each in (ask.category, ask.channel, ask.on)]
    if any(given) and not all(given):
        raise Contradiction("Give category, channel and on together.")
    if ask.category is None or ask.channel is None:
        return None
    if (ask.category, ask.channel) == FIXED and not ask.on:
        raise AlwaysThere
    return pair(ask.category, ask.channel)


def _told(wanted: Settings, ask: UpdateNotificationSettings) -> dict[str, Any]:
    """Those of a person's settings that were asked to change."""
    told: dict[str, Any] = {}
    if ask.category is not None and ask.channel is not None:
        on = wanted.wants(ask.category, ask.channel)
        told = {"category": ask.category, "channel": ask.channel, "on": on}
    if ask.offers is not None:
        told["offers"] = "offers" in wanted.opted_in
    for name in ("quiet_from", "quiet_until"):
        if getattr(ask, name) is not None:
            told[name] = _hour(getattr(wanted, name))
    return told


async def _shown(call: Call, wanted: Settings) -> NotificationSettings:
    return NotificationSettings(
        switches=[
            Switch(category=category, channel=channel, on=wanted.wants(category, channel))
            for category in get_args(Category)
            for channel in get_args(Channel)
        ],
        offers="offers" in wanted.opted_in,
        quiet_from=_hour(wanted.quiet_from),
        quiet_until=_hour(wanted.quiet_until),
        reachable=await reachable(call, call.member.id),
        returned=await _returned(call, call.member.id),
    )


async def reachable(call: Call, person_id: int) -> list[Outward]:
    """Channels on which a person can be reached."""
    person = await people.get(call.db, person_id)
    if person is None:
        raise SignInRequired
    ways: dict[Outward, Any] = {"push": await devices.of(call.db, person_id)}
    ways |= {"email": person.email, "sms": person.phone}
    returned = await _returned(call, person_id)
    return [channel for channel, way in ways.items() if way and channel not in returned]


async def _returned(call: Call, person_id: int) -> list[Any]:
    return [each.channel for each in await deliveries.suppressed(call.db, person_id)]


def _hour(at: time) -> str:
    return f"{at:%H:%M}"
