"""Commenting: what family and friends say about a shared shortlist, and what its owner answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import Field

from storage import people, shortlist_links, shortlists
from tools.contract import Call, Model, Page, tool
from tools.flags import Flag
from tools.masking import masked
from tools.notices import notify
from tools.offers import Id, Limit
from tools.refusals import Forbidden, NotFound, Refused
from tools.shortlists.lists import EVERYBODYS, found
from tools.shortlists.sharing import Author, author, first_name, opened
from tools.shortlists.shortlist import NotShortlisted
from tools.shortlists.words import Called, Said, taken

COMMENTS: Final = Flag("comments", ("comments on shared shortlists", "साझा सूचियों पर टिप्पणियाँ"))
MOST: Final = 1_000
"""Comments on all lists of one person."""

OWNER: Final = "The owner"
"""Whoever shares a list, where we do not know their name."""


class NoSuchComment(NotFound):
    """There is no such comment of yours."""


class OnlyToLookAt(Forbidden):
    """With this link the list can be looked at, and not commented on."""


class NameOfAnother(Refused):
    """This name is that of whoever shares the list, or of 360 Ghar. Give your own."""


class TooMuchSaid(Refused):
    """So much was said about these lists that no more can be added."""


class CommentOnShortlist(Model):
    text: Said
    """What the person says."""

    property_id: Id | None = None
    """The property on the list that it is about; without it, the whole list."""

    list: Called | None = None
    """Which list, by name, where it is about a whole one; else the one that everybody has."""


class CommentByLink(Model):
    token: Annotated[str, Field(max_length=200)]
    """What stands in the link."""

    text: Said
    """What is said."""

    name: Called
    """Who says it, as the owner of the list knows them."""

    property_id: Id | None = None
    """The property on the list that it is about; without it, the whole list."""


class ListComments(Model):
    list: Called | None = None
    """Which list, by name; without it the one that everybody has."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class RemoveComment(Model):
    id: Id


class ShownComment(Model):
    id: int
    property_id: int | None
    """Null where it is about the whole list."""

    name: str
    by: Author
    text: str
    mine: bool
    """Whether the person said it."""

    at: datetime

    def summary(self) -> str:
        about = f" on property {self.property_id}" if self.property_id else ""
        guest = " (guest)" if self.by == "guest" else ""
        return f"{self.name}{guest}{about}: {self.text}"


class Commented(Model):
    id: int


@tool(
    "member",
    "write",
    scope="shortlist:write",
    http="POST /me/shortlist-comments",
    flag=COMMENTS,
    surfaces=frozenset({"rest", "agent", "cli"}),
    per_minute=20,
)
async def comment_on_shortlist(call: Call, ask: CommentOnShortlist) -> Commented:
    """Say something on the person's own shortlist, for those whom it is shared with."""
    list_id = None if ask.list is None else await found(call, ask.list)
    if ask.property_id is not None:
        kept = await shortlists.entry(call.db, call.member.id, ask.property_id)
        if kept is None:
            raise NotShortlisted
        list_id = kept.list_id
    person = await people.get(call.db, call.member.id)
    name = first_name(person and person.name) or OWNER
    return await _said(call, (call.member.id, list_id), ask.property_id, name, ask.text)


@tool(
    "guest",
    "write",
    http="POST /shared-shortlists/{token}/comments",
    flag=COMMENTS,
    surfaces=frozenset({"rest"}),
    per_minute=6,
)
async def comment_by_link(call: Call, ask: CommentByLink) -> Commented:
    """Say something about a shortlist that was shared by a link, for its owner and whoever has a link."""
    link = await opened(call, ask.token)
    if link.may != "comment":
        raise OnlyToLookAt
    if ask.property_id is not None:
        kept = await shortlists.entry(call.db, link.person_id, ask.property_id)
        if kept is None or kept.list_id != link.list_id:
            raise NotShortlisted("That property is not on this list.")
    if call.viewer.id != link.person_id and taken(ask.name, link.owner):
        raise NameOfAnother
    said = await _said(call, (link.person_id, link.list_id), ask.property_id, ask.name, ask.text)
    if call.viewer.id != link.person_id:
        await notify(
            call,
            link.person_id,
            "shortlist_commented",
            comment_id=said.id,
            # Nobody's links and numbers go out as ours; on the list itself it stands as it was written.
            name=masked(ask.name)[0],
            list=link.list or EVERYBODYS,
            text=masked(ask.text)[0],
        )
    return said


@tool(
    "member",
    "read",
    scope="shortlist:read",
    http="GET /me/shortlist-comments",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def list_shortlist_comments(call: Call, ask: ListComments) -> Page[ShownComment]:
    """What was said about one of the person's shortlists and what is on it, the last first."""
    list_id = None if ask.list is None else await found(call, ask.list)
    purpose = f"list_shortlist_comments:{list_id or 0}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    rows = await shortlist_links.comments(
        call.db, call.member.id, list_id, before=before, limit=ask.limit + 1
    )
    has_more = len(rows) > ask.limit
    me = call.member.id
    items = [
        ShownComment(
            id=each.id,
            property_id=each.property_id,
            name=each.name,
            by=author(each, me),
            text=each.text,
            mine=each.author_id == me,
            at=each.at,
        )
        for each in rows[: ask.limit]
    ]
    on = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[ShownComment](items=items, next_cursor=on, has_more=has_more)


@tool(
    "member",
    "destroy",
    scope="shortlist:write",
    http="DELETE /me/shortlist-comments/{id}",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def remove_shortlist_comment(call: Call, ask: RemoveComment) -> Commented:
    """Remove a comment from the person's own shortlist, or one that they made on another's."""
    removed = await shortlist_links.unsay(call.db, call.member.id, ask.id)
    if removed is None:
        raise NoSuchComment
    whose, property_id = removed
    call.changed("shortlist_comment", ask.id, before={"property_id": property_id}, whose=whose)
    return Commented(id=ask.id)


async def _said(
    call: Call, whose: tuple[int, int | None], about: int | None, name: str, text: str
) -> Commented:
    if await shortlist_links.count(call.db, whose[0]) >= MOST:
        raise TooMuchSaid
    id_ = await shortlist_links.say(call.db, whose, about, (call.viewer.id, name), text, call.now())
    call.changed("shortlist_comment", id_, after={"property_id": about}, whose=whose[0])
    return Commented(id=id_)
