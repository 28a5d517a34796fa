"""Search: properties for plain words and filters, ranked, explained and paged."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from storage import listings, search, search_ranked
from storage.search_plans import Wanted
from tools.contract import Call, Model, Page, tool
from tools.discovery import paging, phrases, relaxing, saying, vectors
from tools.discovery.cards import PropertyCard, Why, card, line, made_up
from tools.discovery.facets import Facets, faceted
from tools.discovery.filters import Alone, Asked, Filters, Sort
from tools.discovery.locating import places
from tools.discovery.question import Question, from_words, implied, merged, question
from tools.discovery.relaxing import Relaxation
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from storage.search_places import Directory
    from storage.search_plans import Position
    from tools.discovery.gazetteer import Gazetteer
    from tools.discovery.understood import Understood

FEW: Final = 5
"""A first page with fewer than this says what could be relaxed."""

_NO_FILTERS: Final = Filters.model_construct()
"""Unchecked, since checking would build the model on import."""

_DOUBTS: Final = frozenset(listings.PRICE_FLAGS)
_NEWEST: Final = "Newest is by the day we first imported a property; the source gives no listing date."
_TOLD_FLOORS: Final = "Sources tell low, middle and high floors only: ground is read as low, top as high."

FilterName = Literal[
    "purpose", "kinds", "bedrooms", "budget_min", "budget_max", "area_min", "area_max", "near", "radius",
    "locality", "sector", "society", "metro_within", "furnishing", "facing", "amenities", "age", "floor",
    "possession", "tenants",
]  # fmt: skip


class SearchProperties(Asked):
    """A search. Every filter that is given goes before what the words say."""

    words: Annotated[str, Field(max_length=300)] | None = None
    """What is wanted, in English, Hinglish or Hindi: "2bhk under 40k near cyber city"."""

    ignore: Annotated[tuple[FilterName, ...], Field(max_length=20), Alone] = ()
    """Filters that are to be left out although the words say them."""

    sort: Sort | None = None
    """`best` unless the words say otherwise. `distance` needs `near` or a point."""

    facets: bool = False
    """Also count the matches by kind, bedrooms, furnishing, locality and amenity."""

    limit: Annotated[int, Field(ge=1, le=50)] = 20
    cursor: Annotated[str, Field(max_length=4000)] | None = None
    """`next_cursor` of the page before."""


class Understanding(Model):
    """What was read from the words. Give a filter yourself to change it, or put its name into `ignore`."""

    filters: Filters
    overridden: list[str]
    """Filters that were read but do not apply, because they were given or ignored."""

    unread: list[str]
    """Words that were not understood; they only rank."""

    wishes: list[str]
    """Soft wishes; they rank, and filter nothing."""

    elsewhere: list[str]
    """Places named that we have no properties in."""

    notes: list[str]
    language: Literal["en", "hi", "hinglish"]


class PropertySearch(Page[PropertyCard]):
    """Properties that meet every filter, best first unless sorted otherwise."""

    understood: Understanding | None
    """What was read from the words; null without words."""

    relaxed: list[Relaxation]
    """When nothing or little fits: single changes that would find more, the least first."""

    facets: Facets | None
    notes: list[str]
    demo: str | None
    """Says so when properties are made-up demonstration data."""

    def summary(self) -> str:
        if not self.items:
            said = ["Nothing fits."]
        else:
            count = f"{len(self.items)}{' or more' if self.has_more else ''}"
            said = [f"{count} found:", *(f"- {line(each)}" for each in self.items[:3])]
        if self.relaxed:
            said.append(f"Instead: {'; '.join(each.text for each in self.relaxed[:3])}.")
        return "\n".join([*said, *self.notes, *([self.demo] if self.demo else [])])


@tool("guest", "read", widget="property-list", http="GET /properties")
async def search_properties(call: Call, ask: SearchProperties) -> PropertySearch:
    """Find properties in Gurugram to buy, rent or share, from plain words, filters or both. Says how each
    fits, and what to relax when nothing does."""
    known, gazetteer = await places(call)
    read = _read(ask.words.strip(), gazetteer) if ask.words and ask.words.strip() else None
    from_them, wild = from_words(read) if read else (_NO_FILTERS, [])
    asked, overridden = merged(ask, from_them, ask.ignore)
    asking = question(ask, read, ask.sort, asked, known, gazetteer)
    if asking.sort == "distance" and not asking.filters.circles:
        raise Contradiction("Sorting by distance needs `near` or a point (`lat` and `lng`).")
    understood = _understanding(read, from_them, [*overridden, *wild]) if read else None
    if read and read.elsewhere and not (asking.near or asking.within or asking.filters.boxes):
        return _nowhere(read, understood)
    rows, cursor = await _page(call, asking, ask)
    return await _answer(call, ask, asking, understood, known, rows, cursor)


@lru_cache(maxsize=1024)
def _read(words: str, gazetteer: Gazetteer) -> Understood:
    return implied(phrases.read(words, gazetteer))


async def _page(call: Call, asking: Question, ask: SearchProperties) -> tuple[Sequence[Any], str | None]:
    """The rows of the page, and the cursor of the next."""
    place = paging.read(call, asking, ask.cursor) if ask.cursor else paging.Place()
    if ask.cursor is None and asking.text and asking.sort == "best":
        place = paging.Place(frozen=tuple(await _ranked(call, asking)))
    rows: list[Any] = []
    if place.shown < len(place.frozen):
        left = place.frozen[place.shown :]
        rows += await search.by_ids(call.db, left, asking.filters, ask.limit + 1)
        if len(rows) > ask.limit:
            shown = place.frozen.index(rows[ask.limit - 1]["id"]) + 1
            return rows[: ask.limit], paging.write(call, asking, paging.Place(place.frozen, shown))
    return await _filled(call, asking, ask.limit, rows, place)


async def _filled(
    call: Call, asking: Question, limit: int, rows: list[Any], place: paging.Place
) -> tuple[Sequence[Any], str | None]:
    """The rest of the page in plain order, once a frozen ranking is used up or where there is none."""
    if len(rows) == limit:
        wanted = Wanted(asking.filters, asking.sort, place.after, 1, place.frozen)
        beyond = await search.page(call.db, wanted)
        after = place.after if beyond.rows else None
        return rows, _cursor(call, asking, place, after, more=bool(beyond.rows))
    wanted = Wanted(asking.filters, asking.sort, place.after, limit - len(rows), place.frozen)
    found = await search.page(call.db, wanted)
    return [*rows, *found.rows], _cursor(call, asking, place, found.after, more=found.after is not None)


def _cursor(
    call: Call, asking: Question, place: paging.Place, after: Position | None, *, more: bool
) -> str | None:
    if not more:
        return None
    return paging.write(call, asking, paging.Place(place.frozen, len(place.frozen), after))


async def _ranked(call: Call, asking: Question) -> list[int]:
    return await search_ranked.fused(call.db, asking.filters, await vectors.meaning_of(call, asking.text))


async def _answer(
    call: Call,
    ask: SearchProperties,
    asking: Question,
    understood: Understanding | None,
    known: Directory,
    rows: Sequence[Any],
    cursor: str | None,
) -> PropertySearch:
    reasons = await _whys(call, asking, rows)
    items = [card(row, known, why) for row, why in zip(rows, reasons, strict=True)]
    short = ask.cursor is None and len(items) < min(FEW, ask.limit)
    return PropertySearch.of(
        items=items,
        next_cursor=cursor,
        has_more=cursor is not None,
        understood=understood,
        relaxed=await relaxing.relaxed(call, asking, len(items)) if short else [],
        facets=await faceted(call, asking, known) if ask.facets else None,
        notes=_notes(asking, understood),
        demo=made_up(items),
    )


async def _whys(call: Call, asking: Question, rows: Sequence[Any]) -> list[Why]:
    """Why each fits: all meet the filters; wishes are looked up in the texts; a doubtful price is unknown."""
    met = saying.met(asking)
    if not asking.wishes or not rows:
        plain = Why(met=met, missed=[], unknown=[])
        return [doubted(plain, row) if row["flags"] else plain for row in rows]
    mentions = await search_ranked.mentions(call.db, [row["id"] for row in rows], asking.wishes)
    reasons: list[Why] = []
    for row in rows:
        said = mentions.get(row["id"], [False] * len(asking.wishes))
        wished = list(zip(asking.wishes, said, strict=True))
        why = Why(
            met=[*met, *(wish for wish, is_said in wished if is_said)],
            missed=[],
            unknown=[wish for wish, is_said in wished if not is_said],
        )
        reasons.append(doubted(why, row))
    return reasons


def doubted(why: Why, row: Any) -> Why:
    """The same, and that the price is not certain where the listing is doubtful."""
    if not set(row["flags"]) & _DOUBTS:
        return why
    return Why(met=why.met, missed=why.missed, unknown=[*why.unknown, "whether the price is right"])


def _understanding(read: Understood, filters: Filters, overridden: list[str]) -> Understanding:
    return Understanding.of(
        filters=filters,
        overridden=overridden,
        unread=list(read.unread),
        wishes=list(read.wishes),
        elsewhere=list(read.elsewhere),
        notes=list(read.notes),
        language=read.language,
    )


def _notes(asking: Question, understood: Understanding | None) -> list[str]:
    notes: list[str] = []
    if asking.sort == "newest":
        notes.append(_NEWEST)
    if {"ground", "top"} & set(asking.asked.floor):
        notes.append(_TOLD_FLOORS)
    if understood and understood.elsewhere:
        notes.append(f"We have no properties in {saying.either(understood.elsewhere)}.")
    for group, ids in zip(asking.within, asking.filters.inside, strict=True):
        if not (ids.localities or ids.sectors or ids.societies):
            notes.append(f"There are no properties in {saying.either(place.name for place in group)} yet.")
    return notes


def _nowhere(read: Understood, understood: Understanding | None) -> PropertySearch:
    """The answer for a town we do not cover: nothing, and why."""
    where = saying.either(read.elsewhere)
    return PropertySearch(
        items=[],
        next_cursor=None,
        has_more=False,
        understood=understood,
        relaxed=[],
        facets=None,
        notes=[f"We have no properties in {where}; all of ours are in and around Gurugram."],
        demo=None,
    )
