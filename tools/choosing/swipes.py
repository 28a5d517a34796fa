"""Swipes: what a person thinks of a property, one word each, taken back as easily as said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

from pydantic import Field

from storage import listings, swipes
from tools.activity import Undo
from tools.contract import Call, Model, Page, Surface, tool
from tools.money import Rupees
from tools.offers import Id, Limit, Purpose, Status, offered
from tools.refusals import NotFound, Refused

if TYPE_CHECKING:
    from storage.swipes import Swiped

Said = Literal["pass", "like", "super_like"]
Choice = Literal["pass", "like", "super_like", "none"]
NONE: Final = "none"
SAID: Final[dict[str, str]] = {"pass": "passed", "like": "liked", "super_like": "super-liked"}
WIDELY: Final[frozenset[Surface]] = frozenset({"rest", "agent", "cli"})
"""Of MCP hosts' lists the longest part is what nobody misses there: `swipe_property` takes back, too."""

_UNDONE_WITHIN: Final = timedelta(days=7)
_LATER: Final = datetime(9999, 1, 1, tzinfo=UTC)
_START: Final = (_LATER, 0)
"""After everything."""


class OwnProperty(Refused):
    """You offer this property yourself."""


class NothingSwiped(NotFound):
    """You have not swiped anything yet."""


class SwipeProperty(Model):
    property_id: Id
    """Which property, such as one of next_properties."""

    choice: Choice
    """`none` takes back what was said before."""


class UndoSwipe(Model):
    """Nothing is asked."""


class Swipe(Model):
    """What the person thinks of a property now, and thought before."""

    property_id: int
    choice: Choice
    before: Choice
    changed: bool

    def summary(self) -> str:
        if self.choice == NONE:
            return f"Property {self.property_id} is undecided again."
        return f"Property {self.property_id} is {SAID[self.choice]}."


class ListSwipes(Model):
    choices: Annotated[tuple[Said, ...], Field(max_length=3)] = get_args(Said)
    """Any of these."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class SwipedProperty(Model):
    property_id: int
    title: str
    purpose: Purpose
    price: Rupees
    status: Status
    """Whether it is still offered: `live`."""

    choice: Said
    swiped_at: datetime

    def summary(self) -> str:
        return f"{self.title} ({self.property_id}): {SAID[self.choice]}."


def _back(_ask: SwipeProperty | UndoSwipe, answer: Swipe) -> dict[str, object] | None:
    return {"property_id": answer.property_id, "choice": answer.before} if answer.changed else None


@tool(
    "member",
    "write",
    scope="swipes:write",
    http="PUT /me/swipes/{property_id}",
    idempotent=True,
    per_minute=120,
    undo=Undo("swipe_property", within=_UNDONE_WITHIN, given=_back),
)
async def swipe_property(call: Call, ask: SwipeProperty) -> Swipe:
    """Like, super-like or pass a property, once each; the deck does not show it again."""
    if ask.choice == NONE:
        before = await swipes.take_back(call.db, call.member.id, ask.property_id)
    else:
        await offered(call, ask.property_id)
        if await listings.owner(call.db, ask.property_id) == call.member.id:
            raise OwnProperty
        before = await swipes.choose(call.db, call.member.id, ask.property_id, ask.choice, call.now())
    return _answered(call, ask.property_id, before, ask.choice)


@tool(
    "member",
    "write",
    scope="swipes:write",
    http="POST /me/swipes/undo",
    surfaces=WIDELY,
    undo=Undo("swipe_property", within=_UNDONE_WITHIN, given=_back),
)
async def undo_swipe(call: Call, ask: UndoSwipe) -> Swipe:
    """Take back the person's last swipe; its property may come again."""
    last = await swipes.last(call.db, call.member.id)
    if last is None:
        raise NothingSwiped
    await swipes.take_back(call.db, call.member.id, last.property_id)
    return _answered(call, last.property_id, last.choice, NONE)


@tool("member", "read", scope="swipes:read", http="GET /me/swipes")
async def list_swipes(call: Call, ask: ListSwipes) -> Page[SwipedProperty]:
    """What the person liked, super-liked or passed, the last first, with today's prices."""
    before = _START
    if ask.cursor:
        read = call.ports.cursors.read("list_swipes", ask.cursor)
        before = datetime.fromisoformat(read["at"]), int(read["id"])
    found = await swipes.history(call.db, call.member.id, ask.choices, before, ask.limit + 1)
    has_more = len(found) > ask.limit
    shown = found[: ask.limit]
    on = _cursor(call, shown[-1]) if has_more else None
    items = [SwipedProperty.model_validate(each) for each in shown]
    return Page[SwipedProperty](items=items, next_cursor=on, has_more=has_more)


def _cursor(call: Call, last: Swiped) -> str:
    return call.ports.cursors.write("list_swipes", {"at": last.swiped_at.isoformat(), "id": last.property_id})


def _answered(call: Call, property_id: int, before: str | None, after: Choice) -> Swipe:
    was = before or NONE
    call.changed("swipe", property_id, before={"choice": was}, after={"choice": after})
    call.concerns("property", property_id)
    return Swipe.model_validate(
        {"property_id": property_id, "choice": after, "before": was, "changed": was != after}
    )
