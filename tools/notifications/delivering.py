"""Delivering: handing a notification to the mail server, the push service or the SMS gateway, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from pydantic import Field
from pydantic_core import to_json

from storage import campaigns, deliveries, devices, notification_settings, notifications, people, queue
from tools.contract import Call, Model
from tools.jobs import job
from tools.notice_types import TYPES
from tools.notices import PRIORITIES
from tools.notifications.quiet import due_at
from tools.notifications.ways import WAYS, Dropped, Going, address_of
from tools.ports import NoSuchAddress, Undeliverable, Undelivered
from tools.refusals import Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from storage.notifications import Told
    from storage.people import PersonRow
    from tools.notice import Notice, Outward
    from tools.ports import Ports

DELIVERS: Final = "deliver_notification"
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
_NOBODY: Final = "no such address"


class DeliverNotification(Model):
    notification_id: Id
    """Which."""

    channel: Literal["push", "email", "sms"]
    """Over which."""

    device_id: Id | None = None
    """Which of the person's devices, for a push notification; without it each is given a job of its own."""


class Delivered(Model):
    state: Literal["sent", "refused", "dropped", "later"]
    """What became of it: it was handed over, the provider will not take it, there was no need any more, or
    it waits for the end of the person's quiet hours."""

    why: str | None = None


async def deliver(
    call: Call,
    id_: int,
    notice: Notice,
    channel: Outward,
    *,
    at: datetime | None = None,
    to: int | None = None,
) -> int:
    """Put the job into the queue that sends a notification over a channel, `at` a time; the job's id.

    What is urgent goes before what is not. `to` is one of the person's devices.
    """
    ask = {"notification_id": id_, "channel": channel}
    return await queue.put(
        call.db,
        DELIVERS,
        to_json(ask if to is None else {**ask, "device_id": to}),
        priority=PRIORITIES[notice.priority],
        delay=max(at - call.now(), timedelta()) if at else timedelta(),
        key=f"{DELIVERS} {id_} {channel} {to or ''}",
    )


def delivery_id(url: str, told: Told, channel: str, device: int | None) -> UUID:
    """The id of a delivery, the same for every attempt at it, here and at the providers."""
    return uuid5(
        NAMESPACE_URL, f"{url}/notifications/{told.id}@{told.at.isoformat()}/{channel}/{device or ''}"
    )


class BeingSent(Unavailable):
    """Somebody is sending this at this moment."""


@job(attempts=30, minutes=2, at_once=16, steps=True)
async def deliver_notification(call: Call, ask: DeliverNotification) -> Delivered:
    """Send one notification over one channel, unless it was sent, or there is no need any more."""
    # Three steps, since a provider may take its time: no connection is held while it does.
    by = call.key or uuid4().hex
    async with call.apart() as db:
        going = await _taken(replace(call, db=db), ask, by)
    if isinstance(going, Delivered):
        return going
    try:
        done = await _sent(call.ports, ask, going)
    except Undelivered:
        async with call.apart() as db:
            await deliveries.release(db, going.id, by)
        raise
    async with call.apart() as db:
        await _mark(replace(call, db=db), ask, going, done)
    return done


async def _taken(call: Call, ask: DeliverNotification, by: str) -> Going | Delivered:
    """What is to be sent now, by us and nobody else; or why nothing is."""
    told = await notifications.get(call.db, ask.notification_id)
    notice = told and TYPES.get(told.type)
    if told is None or notice is None:
        return Delivered(state="dropped", why="forgotten")
    if ask.channel == "push" and ask.device_id is None:
        return await _to_each_device(call, told, notice)
    if await campaigns.cancelled_of(call.db, told.id):
        return Delivered(state="dropped", why="withdrawn")
    if await _put_off(call, ask, told, notice):
        return Delivered(state="later")
    id_ = delivery_id(call.ports.url, told, ask.channel, ask.device_id)
    if not await deliveries.claim(call.db, id_, told.id, told.person_id, ask.channel, ask.device_id, by=by):
        return await _made_before(call, id_)
    try:
        person = await _wanting(call, ask, told, notice)
        address = await address_of(call, person, ask.channel, ask.device_id)
    except Dropped as dropped:
        await deliveries.end(call.db, id_, "dropped", str(dropped))
        return Delivered(state="dropped", why=str(dropped))
    return Going(told, notice, person, id_, address, told.expires_at - call.now())


async def _made_before(call: Call, id_: UUID) -> Delivered:
    ended = await deliveries.state(call.db, id_)
    if ended is None:
        raise BeingSent(retry_after=int(deliveries.LEASE.total_seconds()))
    return Delivered(state=ended, why="before")


async def _to_each_device(call: Call, told: Told, notice: Notice) -> Delivered:
    found = await devices.of(call.db, told.person_id)
    for device in found:
        await deliver(call, told.id, notice, "push", to=device.id)
    return Delivered(state="sent") if found else Delivered(state="dropped", why="no device")


async def _put_off(call: Call, ask: DeliverNotification, told: Told, notice: Notice) -> bool:
    """Let it wait where it came into quiet hours, because a provider was away or other work came first."""
    at = due_at(call.now(), notice, await notification_settings.get(call.db, told.person_id))
    if at is None or at >= told.expires_at:
        return False
    await deliver(call, told.id, notice, ask.channel, at=at, to=ask.device_id)
    return True


async def _wanting(call: Call, ask: DeliverNotification, told: Told, notice: Notice) -> PersonRow:
    """The person, if there is still reason to tell them there: it may have waited."""
    person = await people.get(call.db, told.person_id)
    if person is None:
        raise Dropped("erased")
    settings = await notification_settings.get(call.db, person.id)
    if told.expires_at <= (due_at(call.now(), notice, settings) or call.now()):
        raise Dropped("expired")
    asked_for = notice.opt_in is None or notice.opt_in in settings.opted_in
    if not asked_for or not settings.wants(told.category, ask.channel):
        raise Dropped("switched off")
    if ask.channel == "push" and told.read_at is not None:
        raise Dropped("read")
    if ask.channel in {each.channel for each in await deliveries.suppressed(call.db, person.id)}:
        raise Dropped("suppressed")
    return person


async def _sent(ports: Ports, ask: DeliverNotification, going: Going) -> Delivered:
    try:
        await WAYS[ask.channel](ports, going)
    except NoSuchAddress:
        return Delivered(state="refused", why=_NOBODY)
    except Undeliverable:
        return Delivered(state="refused", why="not taken")
    return Delivered(state="sent")


async def _mark(call: Call, ask: DeliverNotification, going: Going, done: Delivered) -> None:
    """Write down how it ended, and let go of an address at which nobody is."""
    assert done.state != "later"
    await deliveries.end(call.db, going.id, done.state, done.why, address=going.address)
    if done.why != _NOBODY:
        return
    if ask.device_id is None:
        hashed = deliveries.hashed(going.address)
        await deliveries.suppress(call.db, going.person.id, ask.channel, hashed, "bounced")
    else:
        await devices.disable(call.db, ask.device_id, going.address)
