"""Lists: the one that everybody has, and those that people give a name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage import shortlist_links, shortlists
from storage.shortlist_links import May
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.refusals import Conflict, NotFound, Refused
from tools.shortlists.words import Called

EVERYBODYS: Final = "Shortlist"
"""The name of the list that everybody has."""

MOST_LISTS: Final = 20


class NoSuchList(NotFound):
    """You have no shortlist of that name."""


class TooManyLists(Refused):
    """You have as many shortlists as one person can. Delete one first."""


class NameTaken(Conflict):
    """You have a shortlist of that name already."""


class ListShortlists(Model):
    pass


class ShownLink(Model):
    """A link to a list. What stands in it was shown only when it was made."""

    id: int
    may: May
    whom: str | None
    """Whom the person made it for."""

    with_notes: bool
    """Whether it also shows the person's notes."""

    expires_at: datetime


class NamedList(Model):
    id: int | None
    """Null for the one that everybody has."""

    name: str
    properties: int
    comments: int
    links: list[ShownLink]
    """Links that lead to it now."""


class Lists(Model):
    lists: list[NamedList]

    def summary(self) -> str:
        return "\n".join(
            f"- {each.name}: {each.properties} properties, {each.comments} comments"
            + (f", shared by {len(each.links)} links" if each.links else "")
            for each in self.lists
        )


class RenameShortlist(Model):
    id: Id
    name: Called
    """Its new name."""


class DeleteShortlist(Model):
    id: Id


class Renamed(Model):
    id: int
    name: str


class Deleted(Model):
    id: int
    name: str
    moved: int
    """How many properties went to the list that everybody has."""


@tool(
    "member",
    "read",
    scope="shortlist:read",
    http="GET /me/shortlists",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def list_shortlists(call: Call, ask: ListShortlists) -> Lists:
    """The person's shortlists by name, how much is on each, and with whom they are shared."""
    links = await shortlist_links.of(call.db, call.member.id, call.now())
    return Lists(
        lists=[
            NamedList(
                id=each.id,
                name=each.name or EVERYBODYS,
                properties=each.properties,
                comments=each.comments,
                links=[ShownLink.model_validate(_open(link)) for link in links if link.list_id == each.id],
            )
            for each in await shortlists.lists(call.db, call.member.id)
        ]
    )


@tool(
    "member",
    "write",
    scope="shortlist:write",
    http="PATCH /me/shortlists/{id}",
    idempotent=True,
    surfaces=frozenset({"rest", "agent", "cli"}),
    undo=Undo("rename_shortlist", within=timedelta(days=7)),
    refuses={"named_shortlists_person_id_key_key": NameTaken},
)
async def rename_shortlist(call: Call, ask: RenameShortlist) -> Renamed:
    """Give one of the person's own shortlists another name. What is on it, and its links, stay."""
    was = await _held(call, ask.id)
    if ask.name.lower() == EVERYBODYS.lower():
        raise NameTaken
    await shortlists.rename(call.db, ask.id, ask.name)
    call.changed("named_shortlist", ask.id, before={"name": was}, after={"name": ask.name})
    call.undo_with(id=ask.id, name=was)
    return Renamed(id=ask.id, name=ask.name)


@tool(
    "member",
    "destroy",
    scope="shortlist:write",
    http="DELETE /me/shortlists/{id}",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def delete_shortlist(call: Call, ask: DeleteShortlist) -> Deleted:
    """Delete one of the person's shortlists, with its links and comments. Its properties are kept."""
    was = await _held(call, ask.id)
    moved = len(await shortlists.held(call.db, call.member.id, ask.id))
    await shortlists.delete(call.db, ask.id)
    call.changed("named_shortlist", ask.id, before={"name": was, "properties": moved})
    return Deleted(id=ask.id, name=was, moved=moved)


async def found(call: Call, name: str) -> int | None:
    """The id of the person's list of that name; None for the one that everybody has."""
    if name.lower() == EVERYBODYS.lower():
        return None
    list_id = await shortlists.named(call.db, call.member.id, name)
    if list_id is None:
        raise NoSuchList
    return list_id


async def made(call: Call, name: str | None) -> tuple[str, int | None]:
    """The person's list of that name, which is made where there is none."""
    if name is None or name.lower() == EVERYBODYS.lower():
        return EVERYBODYS, None
    list_id = await shortlists.named(call.db, call.member.id, name)
    if list_id is None:
        if await shortlists.count_lists(call.db, call.member.id) >= MOST_LISTS:
            raise TooManyLists
        list_id = await shortlists.name(call.db, call.member.id, name)
    return name, list_id


def _open(link: shortlist_links.Link) -> dict[str, object]:
    return {name: getattr(link, name) for name in ShownLink.model_fields}


async def _held(call: Call, list_id: int) -> str:
    was = await shortlists.get(call.db, call.member.id, list_id)
    if was is None:
        raise NoSuchList
    return was
