"""Matching: which properties meet the filters of a search, for what goes on asking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from storage import search
from storage.search_plans import Wanted
from tools.contract import Call, Model, tool
from tools.discovery import phrases, saying
from tools.discovery.filters import Filters
from tools.discovery.locating import places
from tools.discovery.question import from_words, implied, merged, question
from tools.discovery.search import SearchProperties
from tools.money import Rupees
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from collections.abc import Sequence


class NothingToMatch(Contradiction):
    """Say what to look for by at least one filter, such as a place or a budget: words alone only rank."""


class MatchProperties(SearchProperties):
    among: Annotated[tuple[int, ...], Field(max_length=5_000)] | None = None
    """Only these; without it, those that a search shows first."""

    most: Annotated[int, Field(ge=1, le=5_000)] = 5_000
    """How many at most."""


class Match(Model):
    id: int
    price: Rupees


class Matches(Model):
    items: list[Match]
    more: bool
    """Whether more meet the filters than are told."""

    filters: Filters
    """What was asked for, with what was read from words: asking that again finds the same."""

    said: list[str]
    """The filters, each in a few words."""


@tool("admin", "read", surfaces=frozenset())
async def match_properties(call: Call, ask: MatchProperties) -> Matches:
    """Properties that meet all filters of a search, all of them or among some, with their prices."""
    known, gazetteer = await places(call)
    heard = implied(phrases.read(ask.words, gazetteer)) if ask.words else None
    told = from_words(heard)[0] if heard else Filters.model_construct()
    asked = merged(ask, told, ask.ignore)[0]
    asking = question(ask, heard, None, asked, known, gazetteer)
    said = saying.met(asking)
    if not said:
        raise NothingToMatch
    rows: Sequence[Any]
    if ask.among is not None:
        rows, more = await search.by_ids(call.db, ask.among, asking.filters, ask.most), False
    else:
        found = await search.page(call.db, Wanted(asking.filters, "best", None, ask.most))
        rows, more = found.rows, found.after is not None
    items = [Match.of(id=row["id"], price=row["price"]) for row in rows]
    return Matches.of(items=items, more=more, filters=asked, said=said)
