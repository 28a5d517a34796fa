"""The inbox: what a person was told, on every device the same."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage import notifications, people
from storage.notifications import Told
from tools.contract import Call, Model, Page, tool
from tools.moments import Language
from tools.refusals import Contradiction, NotFound

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]


class NoSuchNotification(NotFound):
    """You have no such notification."""


class ListNotifications(Model):
    unread: bool = False
    """Only those that have not been read."""

    category: Literal["transactional", "system", "marketing"] | None = None
    """Only those; all by default."""

    language: Language | None = None
    """Of the words; the person's own by default."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Notification(Model):
    id: int
    type: str
    category: Literal["transactional", "system", "marketing"]
    title: str
    text: str
    link: str | None
    """A page of ours."""

    at: datetime
    read: bool

    def summary(self) -> str:
        return f"{self.id}{'' if self.read else ' (unread)'}: {self.title}. {self.text}"


class MarkNotificationsRead(Model):
    ids: Annotated[list[Id], Field(max_length=100)] | None = None
    """Which; give these or `all`."""

    all: bool = False
    """Whether all that are unread."""


class Marked(Model):
    marked: int
    """How many were unread until now."""

    unread: int
    """How many are unread now."""


class CountUnread(Model):
    pass


class Unread(Model):
    unread: int


@tool("member", "read", scope="notifications:read", widget="inbox", http="GET /me/notifications", fresh=True)
async def list_notifications(call: Call, ask: ListNotifications) -> Page[Notification]:
    """What the person was told about their visits, account and work, the newest first."""
    purpose = f"list_notifications:{ask.unread}:{ask.category}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    language = ask.language or await _language(call)
    found = await notifications.of(
        call.db,
        call.member.id,
        before=before,
        unread=ask.unread,
        category=ask.category,
        limit=ask.limit + 1,
    )
    has_more = len(found) > ask.limit
    items = [_shown(call, each, language) for each in found[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[Notification](items=items, next_cursor=on, has_more=has_more)


@tool("member", "write", scope="notifications:write", http="POST /me/notifications/read", idempotent=True)
async def mark_notifications_read(call: Call, ask: MarkNotificationsRead) -> Marked:
    """Mark notifications as read, some or all, on every device of the person."""
    if (ask.ids is None) != ask.all:
        raise Contradiction("Give either ids or all.")
    if ask.ids is not None and await notifications.theirs(call.db, call.member.id, ask.ids) < len({*ask.ids}):
        raise NoSuchNotification
    marked = await notifications.read(call.db, call.member.id, ask.ids, call.now())
    unread = await notifications.unread(call.db, call.member.id)
    call.changed("notifications", call.member.id, after={"marked": marked, "unread": unread})
    if marked:
        call.tell(call.member.id, "notification.read", unread=unread)
    return Marked(marked=marked, unread=unread)


@tool(
    "member",
    "read",
    scope="notifications:read",
    http="GET /me/notifications/unread",
    surfaces=frozenset({"rest", "cli"}),
    fresh=True,
)
async def count_unread(call: Call, ask: CountUnread) -> Unread:
    """How many notifications the person has not read."""
    return Unread(unread=await notifications.unread(call.db, call.member.id))


async def _language(call: Call) -> str:
    person = await people.get(call.db, call.member.id)
    return person.language if person else "en"


def _shown(call: Call, told: Told, language: str) -> Notification:
    title, text = told.in_(language)
    return Notification.of(
        id=told.id,
        type=told.type,
        category=told.category,
        title=title,
        text=text,
        link=told.link and f"{call.ports.url}{told.link}",
        at=told.at,
        read=told.read_at is not None,
    )
