"""Sending: what a person is told goes into their inbox, and out over the channels that they want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import AwareDatetime, Field, ValidationError

from storage import campaigns, notification_settings, notifications, people
from storage.notifications import New
from tools.contract import Call, Model
from tools.jobs import job
from tools.notice_types import TYPES
from tools.notifications.choosing import reachable
from tools.notifications.delivering import deliver
from tools.notifications.quiet import due_at
from tools.refusals import NotFound
from tools.validation import invalid

if TYPE_CHECKING:
    from storage.notification_settings import Settings
    from storage.notifications import Fate
    from tools.notice import Notice

Outcome = Literal[
    "sent", "digest", "dropped", "told before", "expired", "not asked for", "withdrawn", "nobody"
]


class NoSuchType(NotFound):
    """There is no such type of notification."""


class SendNotification(Model):
    person_id: Annotated[int, Field(ge=1)]
    """Whom."""

    type: str
    """Its name in `tools.notice_types`."""

    about: dict[str, Any]
    """What its words need."""

    at: AwareDatetime
    """When it happened."""


class SentNotification(Model):
    outcome: Outcome
    id: int | None = None
    """Of the notification, where one was kept."""

    def summary(self) -> str:
        return f"{self.outcome}: {self.id}" if self.id else self.outcome


@job(attempts=8)
async def send_notification(call: Call, ask: SendNotification) -> SentNotification:
    """Tell a person something: in their inbox, and wherever else they want to be told such things."""
    notice = TYPES.get(ask.type)
    if notice is None:
        raise NoSuchType
    about = _read(notice, ask.about)
    if await people.get(call.db, ask.person_id) is None:
        return SentNotification(outcome="nobody")
    if await _withdrawn(call, ask):
        return SentNotification(outcome="withdrawn")
    # What is read below is then what the last one for this person has left behind.
    await notifications.hold(call.db, ask.person_id)
    settings = await notification_settings.get(call.db, ask.person_id)
    if notice.opt_in is not None and notice.opt_in not in settings.opted_in:
        return SentNotification(outcome="not asked for")
    fate = await _fate(call, notice, ask)
    late = fate == "sent" and call.now() >= ask.at + notice.lives
    new = _new(call, ask, notice, about, settings, fate, late=late)
    id_ = await notifications.add(call.db, new)
    if id_ is None:
        return SentNotification(outcome="told before")
    await _pass_on(call, id_, new, notice, settings)
    return SentNotification(outcome="expired" if late else fate, id=id_)


async def _withdrawn(call: Call, ask: SendNotification) -> bool:
    """Whether it is of a campaign that was cancelled. Whoever cancels one waits for those who ask this."""
    return ask.type == "campaign" and await campaigns.cancelled(call.db, ask.about["campaign_id"])


def _read(notice: Notice, about: dict[str, Any]) -> Model:
    try:
        return notice.takes.model_validate(about)
    except ValidationError as error:
        raise invalid(error) from error


async def _fate(call: Call, notice: Notice, ask: SendNotification) -> Fate:
    """What becomes of it, given how many of its type the person was sent of late."""
    if notice.per_day is None and notice.per_week is None:
        return "sent"
    sent = await notifications.sent(call.db, ask.person_id, ask.type, call.now())
    most = ((sent.day, notice.per_day), (sent.week, notice.per_week))
    if all(limit is None or count < limit for count, limit in most):
        return "sent"
    return "dropped" if notice.over == "drop" else "digest"


def _new(
    call: Call,
    ask: SendNotification,
    notice: Notice,
    about: Model,
    settings: Settings,
    fate: Fate,
    *,
    late: bool,
) -> New:
    listed = "in_app" in notice.channels and settings.wants(notice.category, "in_app")
    return New(
        person_id=ask.person_id,
        type=ask.type,
        key=notice.key(about),
        category=notice.category,
        said=cast("dict[str, tuple[str, str]]", notice.said(about)),
        link=notice.page(about),
        # What is too late to be sent is no reason to send less of what is not.
        fate="dropped" if late else fate,
        listed=listed and fate != "dropped",
        at=call.now(),
        expires_at=ask.at + notice.lives,
    )


async def _pass_on(call: Call, id_: int, new: New, notice: Notice, settings: Settings) -> None:
    """Tell the person's devices that are listening, and put a delivery for each other channel."""
    if new.listed:
        unread = await notifications.unread(call.db, new.person_id)
        call.tell(new.person_id, "notification.new", notification_id=id_, type=new.type, unread=unread)
    if new.fate != "sent":
        return
    at = due_at(call.now(), notice, settings)
    if at is not None and at >= new.expires_at:
        return
    ways = await reachable(call, new.person_id)
    for channel in ways:
        if channel in notice.channels and settings.wants(new.category, channel):
            await deliver(call, id_, notice, channel, at=at)
