"""Delivering: handing a notification to the mail server, the push service or the SMS gateway, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field
from pydantic_core import to_json

from storage import deliveries, devices, notification_settings, notifications, people, queue
from tools.contract import Call, Model
from tools.jobs import job
from tools.notice_types import TYPES
from tools.notices import PRIORITIES
from tools.notifications.letters import letter, short
from tools.notifications.unsubscribing import link_for
from tools.ports import NoSuchAddress, Shown, Undeliverable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.notifications import Told
    from storage.people import PersonRow
    from tools.notice import Notice, Outward

DELIVERS: Final = "deliver_notification"
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]


class DeliverNotification(Model):
    notification_id: Id

    channel: Literal["push", "email", "sms"]

    device_id: Id | None = None
    """Which of the person's devices, for a push notification; without it each is given a job of its own."""


class Delivered(Model):
    state: Literal["sent", "refused", "dropped"]
    """What became of it: it was handed over, the provider will not take it, or there was no need any more."""

    why: str | None = None


class Wanted(NamedTuple):
    """One notification that is to leave, for whom, and as what."""

    told: Told
    person: PersonRow
    id: UUID
    link: str


class _Dropped(Exception):
    """There is no need for it any more; the text says why, in a word."""


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


@job(attempts=30, minutes=2)
async def deliver_notification(call: Call, ask: DeliverNotification) -> Delivered:
    """Send one notification over one channel, unless it was sent, or there is no need any more."""
    told = await notifications.get(call.db, ask.notification_id)
    if told is None:
        return Delivered(state="dropped", why="forgotten")
    if ask.channel == "push" and ask.device_id is None:
        return await _to_each_device(call, told)
    id_ = delivery_id(call.ports.url, told, ask.channel, ask.device_id)
    # The claim: others who try the same wait for the end of this transaction.
    if not await deliveries.claim(call.db, id_, told.id, told.person_id, ask.channel, ask.device_id):
        return Delivered(state=await deliveries.state(call.db, id_) or "dropped", why="before")
    done = await _attempt(call, ask, told, id_)
    await deliveries.end(call.db, id_, done.state, done.why)
    return done


async def _to_each_device(call: Call, told: Told) -> Delivered:
    found = await devices.of(call.db, told.person_id)
    for device in found:
        await deliver(call, told.id, TYPES[told.type], "push", to=device.id)
    return Delivered(state="sent") if found else Delivered(state="dropped", why="no device")


async def _attempt(call: Call, ask: DeliverNotification, told: Told, id_: UUID) -> Delivered:
    try:
        wanted = await _wanted(call, ask, told, id_)
        await _SENDERS[ask.channel](call, ask, wanted)
    except _Dropped as dropped:
        return Delivered(state="dropped", why=str(dropped))
    except NoSuchAddress:
        return Delivered(state="refused", why="no such address")
    except Undeliverable:
        return Delivered(state="refused", why="not taken")
    return Delivered(state="sent")


async def _wanted(call: Call, ask: DeliverNotification, told: Told, id_: UUID) -> Wanted:
    """The notification with its person, if there is still reason to send it: it may have waited."""
    if told.expires_at <= call.now():
        raise _Dropped("expired")
    person = await people.get(call.db, told.person_id)
    if person is None:
        raise _Dropped("erased")
    settings = await notification_settings.get(call.db, person.id)
    opt_in = TYPES[told.type].opt_in if told.type in TYPES else None
    if not settings.wants(told.category, ask.channel) or (opt_in and opt_in not in settings.opted_in):
        raise _Dropped("switched off")
    if ask.channel == "push" and told.read_at is not None:
        raise _Dropped("read")
    if ask.channel in {each.channel for each in await deliveries.suppressed(call.db, person.id)}:
        raise _Dropped("suppressed")
    return Wanted(told, person, id_, f"{call.ports.url}{told.link or '/'}")


async def _by_mail(call: Call, _ask: DeliverNotification, wanted: Wanted) -> None:
    address, told = wanted.person.email, wanted.told
    if call.ports.mailer is None or address is None:
        raise _Dropped("no address")
    leave = link_for(call.ports, wanted.person.id, told.category, "email")
    written = letter(told, wanted.person.language, link=wanted.link, leave=leave)
    header = None if told.category == "transactional" else leave
    try:
        await call.ports.mailer.send(
            address, written.subject, written.text, written.html, id_=wanted.id, unsubscribe=header
        )
    except NoSuchAddress:
        await deliveries.suppress(call.db, wanted.person.id, "email", address, "bounced")
        raise


async def _by_text(call: Call, _ask: DeliverNotification, wanted: Wanted) -> None:
    phone, told = wanted.person.phone, wanted.told
    if call.ports.sms is None or phone is None:
        raise _Dropped("no address")
    marketing = told.category == "marketing"
    leave = link_for(call.ports, wanted.person.id, told.category, "sms") if marketing else None
    said = short(told, wanted.person.language, link=wanted.link, leave=leave)
    try:
        await call.ports.sms.send(phone, said, id_=wanted.id)
    except NoSuchAddress:
        await deliveries.suppress(call.db, wanted.person.id, "sms", phone, "bounced")
        raise


async def _by_push(call: Call, ask: DeliverNotification, wanted: Wanted) -> None:
    found = await devices.of(call.db, wanted.person.id)
    device = next((each for each in found if each.id == ask.device_id), None)
    if call.ports.push is None or device is None:
        raise _Dropped("no device")
    told = wanted.told
    title, body = told.in_(wanted.person.language)
    shown = Shown(
        id=wanted.id,
        title=title,
        body=body,
        link=wanted.link,
        urgent=TYPES[told.type].priority == "high",
        lives=told.expires_at - call.now(),
        about={"type": told.type, "notification_id": str(told.id)},
    )
    try:
        await call.ports.push.send(device.token, shown)
    except NoSuchAddress:
        await devices.disable(call.db, device.id, device.token)
        raise


_SENDERS: Final[dict[str, Callable[[Call, DeliverNotification, Wanted], Awaitable[None]]]] = {
    "push": _by_push,
    "email": _by_mail,
    "sms": _by_text,
}
