"""The deck: properties one after the other, chosen for whoever looks through them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field, ValidationError

from storage import listings, people, recommending, search
from storage.search_counts import counts
from storage.search_filters import Inside
from storage.search_plans import Position, Wanted
from tools.contract import Call, Model, tool
from tools.discovery import locating, mixing, phrases, saying, vectors
from tools.discovery.cards import PropertyCard, Why, card, line, made_up
from tools.discovery.chance import Chance
from tools.discovery.filters import Alone, Asked, Filters, Names
from tools.discovery.mixing import Because
from tools.discovery.question import Question, from_words, implied, merged, question
from tools.discovery.search import doubted
from tools.discovery.understood import Kind, Purpose
from tools.money import Rupees
from tools.offers import Id
from tools.validation import invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.recommending import Liking
    from storage.search_places import Directory
    from tools.discovery.gazetteer import Gazetteer
    from tools.discovery.mixing import Next
    from tools.discovery.understood import PlaceRef

A_SIDE: Final = 24
"""How many properties are looked at from each side; a full deck is longer than none of them."""

MANY: Final = 3
"""From how many likes on a card says so: what one or two think is theirs."""

_SAID: Final[Mapping[Because, str]] = {
    "taste": "like one you liked",
    "wanted": "fits what you look for",
    "popular": "popular now",
    "fresh": "new here",
    "explore": "something different",
}
_TELLING: Final = ("words", "limit", "without")
_END: Final = "You have seen all that fits. Ask for more kinds, a wider budget or another place."
_NOTHING: Final = "Nothing fits what was asked."
_PREFERRED: Final = ("purpose", "bedrooms", "budget_min", "budget_max")


class NextProperties(Model):
    words: Annotated[str, Field(max_length=300)] | None = None
    """What is wanted, as in search_properties: "2bhk under 40k near cyber city"."""

    purpose: Purpose | None = None
    kinds: Annotated[tuple[Kind, ...], Field(max_length=7), Alone] = ()
    bedrooms: Annotated[tuple[Annotated[int, Field(ge=0, le=50)], ...], Field(max_length=10), Alone] = ()
    """Any of these; 0 is a studio."""

    budget_min: Rupees | None = None
    """Rupees; a month's rent to rent."""

    budget_max: Rupees | None = None
    """Likewise."""

    locality: Names = ()
    near: Names = ()
    """Names of places, near any of them."""

    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    """With `lng`, where somebody is."""

    lng: Annotated[float, Field(ge=-180, le=180)] | None = None
    without: Annotated[tuple[Id, ...], Field(max_length=200), Alone] = ()
    """Ids to leave out, such as those shown just now."""

    limit: Annotated[int, Field(ge=1, le=20)] = 10


class DeckCard(PropertyCard):
    """A property in the deck, and why it is there."""

    because: Because
    """`taste`: like what the person liked; `wanted`: what they ask for and where they prefer to live."""

    like: int | None
    """The property that they liked or looked at, which this one is like."""

    reason: str
    """The same in a few words."""

    likes: int
    """How many people like it; 0 where it is one or two, since that is theirs."""


class Deck(Model):
    """The properties to look at next."""

    items: list[DeckCard]
    note: str | None
    """Why there are none."""

    demo: str | None
    """Says so when properties are made-up demonstration data."""

    def summary(self) -> str:
        said = [f"- {line(each)}: {each.reason}" for each in self.items]
        return "\n".join(filter(None, [*said, self.note, self.demo]))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked for, what is preferred beside it, and what is known of who asks."""

    question: Question
    preferred: Inside | None
    """Where they would rather live."""

    likings: Sequence[Liking]
    person: int | None
    without: tuple[int, ...]
    seed: str


@tool("guest", "read", widget="property-deck", http="GET /deck", fresh=True)
async def next_properties(call: Call, ask: NextProperties) -> Deck:
    """Properties to swipe through, by what the person liked and prefers; never one they swiped already."""
    known, gazetteer = await locating.places(call)
    asking = await _asking(call, ask, known, gazetteer)
    found = await recommending.candidates(call.db, await _sought(call, asking))
    turns = mixing.WARM if any(each.similarity is not None for each in found) else mixing.COLD
    chosen = mixing.mixed(found, ask.limit, turns, asking.seed)
    items = await _cards(call, asking, chosen, known)
    note = None if items else await _why_none(call, asking)
    return Deck(items=items, note=note, demo=made_up(items))


async def _asking(call: Call, ask: NextProperties, known: Directory, gazetteer: Gazetteer) -> _Asking:
    person = call.viewer.id or None
    preferences = await _preferences(call)
    read = implied(phrases.read(ask.words.strip(), gazetteer)) if ask.words and ask.words.strip() else None
    given = _given(ask)
    asked, _ = merged(given, from_words(read)[0] if read else Filters(), ())
    asked = _with(asked, preferences)
    asks = question(given, read, "best", asked, known, gazetteer)
    placed = asks.filters.boxes or asks.filters.inside
    likings = await recommending.likings(call.db, person, call.now()) if person else []
    newest = f"{likings[0].property_id} {len(likings)}" if likings else ""
    return _Asking(
        question=asks,
        preferred=None if placed else _preferred(preferences, known, gazetteer),
        likings=likings,
        person=person,
        without=ask.without,
        seed=f"{person} {call.now().date()} {newest} {len(ask.without)}",
    )


def _given(ask: NextProperties) -> Asked:
    """The filters that were given, which must make sense together as those of a search."""
    try:
        return Asked.model_validate(
            {name: getattr(ask, name) for name in ask.model_fields_set - set(_TELLING)}
        )
    except ValidationError as error:
        raise invalid(error) from error


async def _preferences(call: Call) -> Mapping[str, Any]:
    return await people.preferences(call.db, call.viewer.id) if call.viewer.id else {}


def _with(asked: Filters, preferences: Mapping[str, Any]) -> Filters:
    """What is asked for, and what is preferred where nothing is asked. A budget to buy is none to rent."""
    if asked.purpose and preferences.get("purpose") not in (None, asked.purpose):
        return asked
    budget = asked.budget_min is not None or asked.budget_max is not None
    missing = {
        name: preferences[name]
        for name in _PREFERRED
        if preferences.get(name) is not None and getattr(asked, name) in (None, ())
        if not (budget and name.startswith("budget"))
    }
    checked = Filters.model_validate(missing)
    return asked.model_copy(update={name: getattr(checked, name) for name in missing})


def _preferred(preferences: Mapping[str, Any], known: Directory, gazetteer: Gazetteer) -> Inside | None:
    """The places that somebody prefers, as far as there are such places."""
    inside = locating.inside(_places(preferences.get("localities", ()), gazetteer), known)
    return inside if inside != Inside() else None


def _places(names: Iterable[str], gazetteer: Gazetteer) -> Iterator[PlaceRef]:
    for name in names:
        # A name that nobody bears is no reason to show nothing.
        with suppress(locating.UnknownPlace):
            yield from locating.named([name], gazetteer, "locality", "sector", "society")


async def _sought(call: Call, asking: _Asking) -> recommending.Sought:
    """The sides to look from. Each costs the same, however many properties there are."""
    filters = asking.question.filters
    learned = mixing.learned(filters, asking.likings, listings.PURPOSES)
    price = await _somewhere(call, asking)
    wanted = filters if asking.preferred is None else replace(filters, inside=(asking.preferred,))
    sides: dict[str, Wanted] = {
        "wanted": Wanted(wanted, "best", None, A_SIDE, asking.without, asking.person),
        "fresh": Wanted(filters, "newest", None, A_SIDE, asking.without, asking.person),
        "explore": Wanted(filters, "price", price, A_SIDE, asking.without, asking.person),
    }
    if learned is not None:
        sides["taste"] = Wanted(learned, "best", None, 2 * A_SIDE, asking.without, asking.person)
    return recommending.Sought(
        sides=sides,
        popular=filters,
        person_id=asking.person,
        without=asking.without,
        limit=A_SIDE,
        likings=asking.likings,
        model=await vectors.in_use(call),
    )


async def _somewhere(call: Call, asking: _Asking) -> Position | None:
    """A price to look from on, drawn anew each day and after each like."""
    filters = asking.question.filters
    held = await counts(call.db)
    prices = sorted(price for purpose in filters.purposes for price in held.prices.get(purpose, ()))
    within = [
        price
        for price in prices
        if (filters.price_min or 0) <= price and (filters.price_max is None or price < filters.price_max)
    ]
    # The dearest few are left out: from there on there would be next to nothing.
    return Position(Chance(asking.seed).choice(within[:-1]), 0) if len(within) > 1 else None


async def _cards(call: Call, asking: _Asking, chosen: Sequence[Next], known: Directory) -> list[DeckCard]:
    """The cards of what was chosen, as far as it is still offered."""
    ids = [each.candidate.property_id for each in chosen]
    rows = {row["id"]: row for row in await search.by_ids(call.db, ids, asking.question.filters, len(ids))}
    met = saying.met(asking.question)
    liked = {each.property_id for each in asking.likings if each.liked}
    cards: list[DeckCard] = []
    for each in chosen:
        row = rows.get(each.candidate.property_id)
        if row is None:
            continue
        shown = card(row, known, doubted(Why(met=met, missed=[], unknown=[]), row))
        cards.append(
            DeckCard.of(
                **vars(shown),
                because=each.because,
                like=each.candidate.like if each.because == "taste" else None,
                likes=_told(each.candidate.likes),
                reason=_reason(each, liked),
            )
        )
    return cards


def _reason(each: Next, liked: set[int]) -> str:
    """Why it comes now, in a few words."""
    candidate = each.candidate
    said = _SAID[each.because]
    if each.because == "taste" and candidate.like not in liked:
        said = "like one you looked at"
    likes = _told(candidate.likes)
    return f"{said}, liked by {likes} people" if likes else said


def _told(likes: int) -> int:
    """As many likes as a card says."""
    return likes if likes >= MANY else 0


async def _why_none(call: Call, asking: _Asking) -> str:
    """Nothing fits at all, or all of it was seen."""
    there = await search.page(call.db, Wanted(asking.question.filters, "best", None, 1))
    return _END if there.rows else _NOTHING
