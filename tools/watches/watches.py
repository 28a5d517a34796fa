"""Watches: hearing news of a search, of a property, or of what a place costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, Field

from storage import watched, watches
from storage.watched import Known
from storage.watches import Kind, Often, State, Watch
from tools.activity import Undo
from tools.contract import Call, Model, Page, tool
from tools.flags import Flag
from tools.money import Rupees
from tools.notice import one_line
from tools.offers import Id, Limit, Purpose, offered
from tools.refusals import Contradiction, NotFound, Refused
from tools.watches import asking
from tools.watches.news import ChangeKind
from tools.watches.saying import line
from tools.watches.times import due_at

WATCHES: Final = Flag("watches", ("new watches", "नई नज़र"), outward=False)
MOST: Final = 20
"""Watches of one person, or a few more where several are added at the same moment."""

WIDEST: Final = 1_000
"""Properties that a search may fit when it is watched: news of more would be noise."""

LONGEST_SNOOZE: Final = timedelta(days=365)
KEPT: Final = timedelta(days=30)
"""For how long a watch that was ended can be taken up again."""


class NoSuchWatch(NotFound):
    """You have no such watch."""


class TooManyWatches(Refused):
    """You have as many watches as one person can. End one first."""


class OneThing(Contradiction):
    """Watch one thing: give either `search`, `property_id` or `prices`."""


class TooWide(Refused):
    """More than a thousand properties fit this search. Narrow it, such as to a place or a budget."""


class TooFew(Refused):
    """There are too few such properties to tell what they cost."""


class BadSnooze(Contradiction):
    """Snooze until a time that is ahead, and at most a year."""


class WatchThis(Model):
    search: dict[str, Any] | None = None
    """What to search for, as `search_properties` takes it: `{"words": "2bhk under 40k near cyber city"}`."""

    property_id: Id | None = None
    """A property: its price, and whether it is to be had."""

    prices: dict[str, Any] | None = None
    """What a place costs, as `price_insight` takes it: `{"purpose": "rent", "locality": "Sector 57"}`."""

    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    """What the person calls it; else it is named for what it watches."""

    often: Often = "at_once"
    """When the person is told, outside of quiet hours: daily at nine, weekly on Mondays."""


class UpdateWatch(Model):
    id: Id

    state: State | None = None
    """`paused` finds no news; `ended` unsubscribes; `active` goes on from how things are now."""

    snooze_until: AwareDatetime | None = None
    """Its news is told then; a time that is past ends a snooze."""

    often: Often | None = None
    """When to tell the person."""

    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    """Another name."""


class ListWatches(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class WatchChanges(Model):
    watch_id: Id | None = None
    """Only of this watch; of all without it."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class ShownWatch(Model):
    id: int
    name: str
    kind: Kind
    state: State
    often: Often
    snoozed_until: datetime | None
    """Until when its news is not told."""

    question: dict[str, Any]
    """What it asks, of a search or of prices."""

    property_id: int | None
    median: Rupees | None
    """Of prices: the median that the person knows of."""

    made_at: datetime

    def summary(self) -> str:
        state = "" if self.state == "active" else f", {self.state}"
        snooze = "" if self.snoozed_until is None else f", snoozed until {self.snoozed_until:%d %b %Y}"
        return f"Watch {self.id}: {self.name} ({self.often.replace('_', ' ')}{state}{snooze})"


class ShownChange(Model):
    id: int
    watch_id: int
    watch: str
    """The name of the watch."""

    kind: ChangeKind
    property_id: int | None
    """Null where it is about what a place costs."""

    title: str | None
    purpose: Purpose | None
    before: Rupees | None
    """What was known before, of the price or the median."""

    after: Rupees | None
    at: datetime
    told_at: datetime | None
    """When the person was told of it."""

    offered: bool
    """Whether the property is to be had now."""

    def summary(self) -> str:
        return line(self, "en")


@tool(
    "member",
    "write",
    scope="watches:write",
    http="POST /me/watches",
    flag=WATCHES,
    undo=Undo("update_watch", within=KEPT, given=lambda _ask, answer: {"id": answer.id, "state": "ended"}),
    per_minute=20,
)
async def create_watch(call: Call, ask: WatchThis) -> ShownWatch:
    """Tell the person of news: what is new, changed or gone in a search, a property, or a place's prices."""
    given = [name for name in ("search", "property_id", "prices") if getattr(ask, name) is not None]
    if len(given) != 1:
        raise OneThing
    await room(call, call.member.id)
    if ask.search is not None:
        return await _search(call, ask, ask.search)
    if ask.prices is not None:
        return await _prices(call, ask, ask.prices)
    assert ask.property_id is not None
    return await _property(call, ask, ask.property_id)


async def room(call: Call, person_id: int) -> None:
    """Refuse one watch more than a person can have."""
    if await watches.count(call.db, person_id) >= MOST:
        raise TooManyWatches


async def _search(call: Call, ask: WatchThis, search: dict[str, Any]) -> ShownWatch:
    taken = {name: value for name, value in search.items() if name not in _ONLY_SHOWN}
    found = await asking.fitting(call, taken, most=WIDEST)
    if found.more:
        raise TooWide
    name = ask.name or str(search.get("words") or "") or found.said
    id_ = await _add(call, ask, "search", name, question=found.filters)
    stands = {each: Known("live", price) for each, price in found.prices.items()}
    await watched.know(call.db, [(id_, each, known) for each, known in stands.items()])
    return await _shown_of(call, id_)


_ONLY_SHOWN: Final = frozenset({"sort", "facets", "limit", "cursor", "among", "most"})
"""What of a search says how it is shown, and not what it looks for."""


async def _property(call: Call, ask: WatchThis, property_id: int) -> ShownWatch:
    offer = await offered(call, property_id)
    id_ = await _add(call, ask, "property", ask.name or offer.title, property_id=property_id)
    await watched.know(call.db, [(id_, property_id, Known("live", offer.price))])
    return await _shown_of(call, id_)


async def _prices(call: Call, ask: WatchThis, prices: dict[str, Any]) -> ShownWatch:
    found = await asking.median(call, prices)
    if found.price is None:
        raise TooFew
    name = ask.name or ", ".join(map(str, found.question.get("locality", ["Gurugram"])))
    id_ = await _add(call, ask, "prices", name, question=found.question, median=found.price)
    return await _shown_of(call, id_)


async def _add(
    call: Call,
    ask: WatchThis,
    kind: Kind,
    name: str,
    *,
    question: dict[str, Any] | None = None,
    property_id: int | None = None,
    median: Decimal | None = None,
) -> int:
    id_ = await watches.add(
        call.db,
        call.member.id,
        kind,
        one_line(name)[:80],
        question or {},
        property_id=property_id,
        often=ask.often,
        median=median,
        now=call.now(),
    )
    call.changed("watch", id_, after={"kind": kind, "often": ask.often, "property_id": property_id})
    if property_id is not None:
        call.concerns("property", property_id)
    return id_


@tool(
    "member",
    "write",
    scope="watches:write",
    http="PATCH /me/watches/{id}",
    idempotent=True,
    undo=Undo("update_watch", within=KEPT),
)
async def update_watch(call: Call, ask: UpdateWatch) -> ShownWatch:
    """Pause, snooze, go on with or unsubscribe from a watch, rename it, or change how often it tells."""
    was = await watches.get(call.db, call.member.id, ask.id)
    if was is None:
        raise NoSuchWatch
    now = call.now()
    state, often = ask.state or was.state, ask.often or was.often
    if was.state == "ended" != state:
        await room(call, was.person_id)
    snoozed = _snoozed(call, was, ask)
    held = was.tell_at is not None
    tell = due_at(now, often, snoozed) if held and state == "active" else None
    changed = was._replace(
        name=one_line(ask.name) if ask.name else was.name,
        state=state,
        often=often,
        snoozed_until=snoozed,
        tell_at=tell,
    )
    await watches.put(call.db, changed, now)
    if was.state != "active" and state == "active":
        await taken_up(call, changed)
    _changed(call, was, changed)
    return _shown(changed, now)


def _changed(call: Call, was: Watch, changed: Watch) -> None:
    fields = ("name", "state", "often", "snoozed_until")
    differ = [name for name in fields if getattr(was, name) != getattr(changed, name)]
    before, after = ({name: getattr(each, name) for name in differ} for each in (was, changed))
    call.changed("watch", was.id, before=before, after=after)
    back = {name: value for name, value in before.items() if name != "snoozed_until"}
    if "snoozed_until" in before:
        # A moment that is past says that there was none.
        back["snooze_until"] = (was.snoozed_until or was.made_at).isoformat()
    call.undo_with(id=was.id, **back)


def _snoozed(call: Call, was: Watch, ask: UpdateWatch) -> datetime | None:
    now = call.now()
    if ask.snooze_until is None:
        return was.snoozed_until if was.snoozed_until and was.snoozed_until > now else None
    if ask.snooze_until - now > LONGEST_SNOOZE:
        raise BadSnooze
    return ask.snooze_until if ask.snooze_until > now else None


async def taken_up(call: Call, watch: Watch) -> None:
    """Go on from how things are now: what happened meanwhile is no news."""
    await watched.forget_known(call.db, watch.id)
    await watched.told(call.db, [watch.id], call.now())
    if watch.kind == "prices":
        price = (await asking.median(call, watch.question)).price
        if price is not None:
            await watches.set_median(call.db, watch.id, price)
        return
    if watch.kind == "property":
        assert watch.property_id is not None
        stands = await watched.now_of(call.db, [watch.property_id])
    else:
        found = await asking.fitting(call, watch.question)
        stands = {each: Known("live", price) for each, price in found.prices.items()}
    await watched.know(call.db, [(watch.id, each, known) for each, known in stands.items()])


@tool("member", "read", scope="watches:read", http="GET /me/watches", widget="watch-list")
async def list_watches(call: Call, ask: ListWatches) -> Page[ShownWatch]:
    """What the person watches, the newest first, and how each stands."""
    before = call.ports.cursors.read("list_watches", ask.cursor)["before"] if ask.cursor else None
    rows = await watches.of(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(rows) > ask.limit
    items = [_shown(each, call.now()) for each in rows[: ask.limit]]
    on = call.ports.cursors.write("list_watches", {"before": items[-1].id}) if has_more else None
    return Page[ShownWatch](items=items, next_cursor=on, has_more=has_more)


@tool("member", "read", scope="watches:read", http="GET /me/watch-changes")
async def watch_changes(call: Call, ask: WatchChanges) -> Page[ShownChange]:
    """What the person's watches found: new, cheaper, dearer, paused, back or gone, the newest first."""
    purpose = f"watch_changes:{ask.watch_id or ''}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    rows = await watched.changes(call.db, call.member.id, ask.watch_id, before=before, limit=ask.limit + 1)
    has_more = len(rows) > ask.limit
    items = [ShownChange.model_validate(each._asdict()) for each in rows[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[ShownChange](items=items, next_cursor=on, has_more=has_more)


def _shown(watch: Watch, now: datetime) -> ShownWatch:
    values = {name: getattr(watch, name) for name in ShownWatch.model_fields}
    over = watch.snoozed_until is not None and watch.snoozed_until <= now
    return ShownWatch.model_validate(values | ({"snoozed_until": None} if over else {}))


async def _shown_of(call: Call, watch_id: int) -> ShownWatch:
    watch = await watches.anybodys(call.db, watch_id)
    assert watch is not None
    return _shown(watch, call.now())
