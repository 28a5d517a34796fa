"""Sharing: a property for anybody who follows a link to it, also once it is no longer offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from storage import listings, photos
from tools import links
from tools.contract import Call, Model, tool
from tools.discovery.properties import (
    GetProperty,
    NoSuchProperty,
    PropertyDetails,
    get_property,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.photos import PhotoRow

State = Literal["live", "paused", "gone"]
_STATES: Final[dict[str, State]] = {
    "live": "live", "paused": "paused", "rented": "gone", "sold": "gone", "archived": "gone",
}  # fmt: skip


class LinkedPicture(Model):
    """A picture of a shared property."""

    path: str
    """At most 1280 pixels wide."""

    width: int
    height: int
    caption: str | None
    floor_plan: bool
    placeholder: str | None
    """A few pixels of it as a `data:` address."""


class LinkedProperty(Model):
    """What a link to a property leads to. What was never offered is not there."""

    id: int
    state: State
    """`gone` is rented, sold or taken back for good."""

    link: str
    """Its page for everybody."""

    app_link: str
    """What our apps open in place of the page."""

    title: str
    property: PropertyDetails | None
    """Null unless it is live."""

    pictures: list[LinkedPicture]

    def summary(self) -> str:
        return f"{self.title}: {self.link}" if self.state == "live" else f"{self.title}: no longer offered"


@tool("guest", "read", http="GET /properties/{id}/share", surfaces=frozenset({"rest"}))
async def share_property(call: Call, ask: GetProperty) -> LinkedProperty:
    """A property as its page for everybody shows it: link, pictures with sizes, and whether it is offered."""
    row = await listings.shared(call.db, ask.id)
    state = None if row is None else _STATES.get(row.status)
    if row is None or state is None:
        raise NoSuchProperty
    shown = await get_property(call, ask) if state == "live" else None
    slug = links.slug(row.id, row.purpose, row.kind, row.bedrooms)
    return LinkedProperty(
        id=row.id,
        state=state,
        link=links.home(call.ports.url, slug) if shown is None else shown.link,
        app_link=links.app(row.id),
        title=row.title,
        property=shown,
        pictures=[] if shown is None else _pictures(shown, await photos.of(call.db, row.id)),
    )


def _pictures(shown: PropertyDetails, rows: Sequence[PhotoRow]) -> list[LinkedPicture]:
    """Its photos; those of its source where nobody sent any."""
    own = [
        LinkedPicture(
            path=f"{photos.MEDIA}{row.folder}/1280.webp",
            width=row.width,
            height=row.height,
            caption=row.caption,
            floor_plan=row.kind == "floor_plan",
            placeholder=row.placeholder,
        )
        for row in rows
        if row.state == "ready" and not row.held and row.width and row.height
    ]
    return own or [_drawn(path) for path in shown.photos if not path.startswith(photos.MEDIA)]


def _drawn(path: str) -> LinkedPicture:
    return LinkedPicture(path=path, width=640, height=400, caption=None, floor_plan=False, placeholder=None)
