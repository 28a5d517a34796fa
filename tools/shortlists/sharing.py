"""Sharing: a link to a shortlist for family and friends, who need no account to look at it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import Field

from storage import photos, shortlist_links, shortlists
from storage.shortlist_links import Comment, Link, May, Opened
from tools.activity import Undo
from tools.contract import Batch, Call, Model, Round, tool
from tools.cursors import BadCursor
from tools.features import Kind
from tools.flags import Flag
from tools.jobs import job
from tools.money import Rupees
from tools.notice import one_line
from tools.offers import Id, Purpose
from tools.refusals import NotFound, Refused
from tools.shortlists.lists import EVERYBODYS, found
from tools.shortlists.words import Called

SHARING: Final = Flag("sharing", ("new links to shortlists", "पसंद की सूचियों के नए लिंक"))
PATH: Final = "/s"
MOST_LINKS: Final = 20
"""Links of one person that have not ended."""

SHOWN: Final = 100
"""Properties and comments that a shared list shows, the first of it and the last of them."""

Author = Literal["owner", "member", "guest"]
"""Who says something: whoever shares the list, somebody who had signed in, or anybody else with the link.
Of the latter two the name is what they typed."""

_PURPOSE: Final = "shared shortlist"


class NoSuchLink(NotFound):
    """You have no such link."""


class LinkEnded(NotFound):
    """This link leads nowhere: it has ended, or not all of it was copied."""


class TooManyLinks(Refused):
    """You have as many links as one person can. End one first."""


class ShareShortlist(Model):
    list: Called | None = None
    """Which list, by name; without it the one that everybody has."""

    may: Literal["view", "comment"] = "view"
    """Whether whoever has the link can also comment."""

    whom: Called | None = None
    """Whom it is for, so that the person knows it by that."""

    with_notes: bool = False
    """Whether it also shows the person's notes."""

    days: Annotated[int, Field(ge=1, le=365)] = 30
    """For how long it leads there."""


class StopSharing(Model):
    id: Id
    """The link, as list_shortlists tells it."""


class SharedLink(Model):
    id: int
    url: str
    """Whoever has it sees the list. It is shown this once: only a hash of it is kept."""

    list: str
    may: May
    expires_at: datetime

    def summary(self) -> str:
        more = " and comment on it" if self.may == "comment" else ""
        return f"Whoever has this link can see “{self.list}”{more}: {self.url}"


class Stopped(Model):
    id: int


class OpenSharedShortlist(Model):
    token: Annotated[str, Field(max_length=200)]
    """What stands in the link."""


class SharedComment(Model):
    property_id: int | None
    """Null where it is about the whole list."""

    name: str
    by: Author
    text: str
    at: datetime


class SharedProperty(Model):
    property_id: int
    title: str
    purpose: Purpose
    kind: Kind
    price: Rupees | None
    """The whole price to buy, or a month's rent."""

    offered: bool
    """Whether it is still to be had. Of what is not, only its kind is told."""

    bedrooms: int | None
    area_sqft: float | None
    place: str | None
    photo: str | None
    note: str | None
    comments: list[SharedComment]


class SharedShortlist(Model):
    name: str
    whose: str | None
    """The first name of whoever shares it."""

    may: May
    expires_at: datetime
    properties: list[SharedProperty]
    comments: list[SharedComment]
    """About the list as a whole, the last first."""


@tool(
    "member",
    "write",
    scope="shortlist:write",
    http="POST /me/shortlist-links",
    flag=SHARING,
    undo=Undo("stop_sharing", within=timedelta(days=7), given=lambda _ask, answer: {"id": answer.id}),
)
async def share_shortlist(call: Call, ask: ShareShortlist) -> SharedLink:
    """A link with which family can see one of the person's shortlists, and comment if so wished."""
    list_id = None if ask.list is None else await found(call, ask.list)
    now = call.now()
    if len(await shortlist_links.of(call.db, call.member.id, now)) >= MOST_LINKS:
        raise TooManyLinks
    token = call.ports.cursors.write(_PURPOSE, {"r": secrets.token_urlsafe(24)})
    link = Link(0, list_id, ask.may, ask.whom, ask.with_notes, now, now + timedelta(days=ask.days))
    id_ = await shortlist_links.add(call.db, call.member.id, link, _hashed(token))
    call.changed("shortlist_link", id_, after={"list_id": list_id, "may": ask.may, "days": ask.days})
    return SharedLink(
        id=id_,
        url=f"{call.ports.url}{PATH}/{token}",
        list=ask.list if ask.list is not None and list_id is not None else EVERYBODYS,
        may=ask.may,
        expires_at=link.expires_at,
    )


@tool(
    "member",
    "destroy",
    scope="shortlist:write",
    http="DELETE /me/shortlist-links/{id}",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def stop_sharing(call: Call, ask: StopSharing) -> Stopped:
    """End a link to a shortlist: it leads nowhere from now on. What was said stays on the list."""
    if not await shortlist_links.revoke(call.db, call.member.id, ask.id):
        raise NoSuchLink
    call.changed("shortlist_link", ask.id)
    return Stopped(id=ask.id)


@tool(
    "guest",
    "read",
    http="GET /shared-shortlists/{token}",
    surfaces=frozenset({"rest"}),
    per_minute=60,
    fresh=True,
)
async def open_shared_shortlist(call: Call, ask: OpenSharedShortlist) -> SharedShortlist:
    """What a link to somebody's shortlist shows, with what was said about it."""
    link = await opened(call, ask.token)
    rows = await shortlists.of(
        call.db, link.person_id, before=None, limit=SHOWN, every=False, list_id=link.list_id
    )
    said = await shortlist_links.comments(call.db, link.person_id, link.list_id, before=None, limit=SHOWN)
    return SharedShortlist(
        name=link.list or EVERYBODYS,
        whose=first_name(link.owner),
        may=link.may,
        expires_at=link.expires_at,
        properties=[_property(row, link, said) for row in rows],
        comments=[_comment(each, link) for each in said if each.property_id is None],
    )


@job("destroy", cron="25 4 * * *")
async def forget_shortlist_links(call: Call, ask: Batch) -> Round:
    """Forget links to shortlists that have ended. Repeat until none remain."""
    done = await shortlist_links.forget(call.db, call.now(), ask.limit)
    return Round(done=done, remaining=int(done == ask.limit))


async def opened(call: Call, token: str) -> Opened:
    """What the token of a link opens."""
    try:
        call.ports.cursors.read(_PURPOSE, token)
    except BadCursor:
        raise LinkEnded from None
    link = await shortlist_links.opened(call.db, _hashed(token), call.now())
    if link is None:
        raise LinkEnded
    return link


def first_name(name: str | None) -> str | None:
    """The first word of a name."""
    words = one_line(name or "").split()
    return words[0] if words else None


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _property(row: shortlists.Shortlisted, link: Opened, said: list[Comment]) -> SharedProperty:
    live = row.status == "live"
    return SharedProperty(
        property_id=row.property_id,
        title=row.title if live else row.kind.replace("_", " ").capitalize(),
        purpose=row.purpose,  # pyright: ignore[reportArgumentType]
        kind=row.kind,  # pyright: ignore[reportArgumentType]
        price=row.price if live else None,
        offered=live,
        bedrooms=row.bedrooms if live else None,
        area_sqft=None if row.area_sqft is None or not live else float(row.area_sqft),
        place=row.place if live else None,
        photo=photos.at_most(row.photo, 640) if row.photo and live else None,
        note=row.note if link.with_notes else None,
        comments=[_comment(each, link) for each in said if each.property_id == row.property_id],
    )


def author(comment: Comment, owner: int) -> Author:
    """Who said something on a list of this owner's."""
    if comment.author_id is None:
        return "guest"
    return "owner" if comment.author_id == owner else "member"


def _comment(comment: Comment, link: Opened) -> SharedComment:
    return SharedComment(
        property_id=comment.property_id,
        name=comment.name,
        by=author(comment, link.person_id),
        text=comment.text,
        at=comment.at,
    )
