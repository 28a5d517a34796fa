"""Offering: a form that is filled from the words of somebody who has a property to sell or let."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import ValidationError

from storage.loading import Features, Offer
from tools.contract import Call, tool
from tools.discovery import locating
from tools.discovery.importing.doubts import doubts
from tools.discovery.importing.position import EAST, NORTH, PLACES, SOUTH, WEST
from tools.discovery.importing.rows import made_title
from tools.discovery.phrases import read
from tools.discovery.question import implied
from tools.features import Age
from tools.forms import FilledForm, Form, ReadOffer, Somewhere
from tools.refusals import Contradiction
from tools.units import to_sq_ft

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Gazetteer
    from tools.discovery.understood import PlaceKind, Understood

_STOREY: Final = re.compile(
    r"\b(ground|\d{1,2})(?:st|nd|rd|th)? floor\b(?: (?:of|out of) \d{1,2})?", re.IGNORECASE
)
_BALCONIES: Final = re.compile(r"\b(\d{1,2}) balcon(?:y|ies)\b", re.IGNORECASE)
_SELLS: Final = re.compile(r"\b(?:sell(?:ing)?|bech\w*)\b|बेच", re.IGNORECASE)
_LOW, _MID = 3, 9
_HOME: Final = frozenset({"apartment", "builder_floor", "house"})
_FLOORS: Final = {"ground": "low", "low": "low", "mid": "mid", "high": "high", "top": "high"}
_YEARS: Final[tuple[tuple[int, Age], ...]] = tuple(zip((1, 5, 10, 100), get_args(Age), strict=True))
_NOTE: Final = "Selling is not a search"
_A_FLAT: Final = "Taken to be an apartment: say so if it is a house or a builder floor."
_LARGEST: Final = 100_000_000
"""Square feet, which is some nine square kilometres."""

_FOR_SALE: Final = "Taken to be for sale, since no rent is that high."


class AreaTooLarge(Contradiction):
    """area: that is larger than any home. Check its unit."""


class OutOfReach(Contradiction):
    """That point is not in or around Gurugram, where all of our properties are."""


@tool("member", "read", surfaces=frozenset())
async def read_offer(call: Call, ask: ReadOffer) -> FilledForm:
    """What a form says once what it leaves open is filled from words, and its places are known."""
    _, gazetteer = await locating.places(call)
    words = (ask.words or "").strip()
    said = _Said.of(words, gazetteer) if words else _Said({}, None, [])
    given = {name: getattr(ask, name) for name in ask.model_fields_set & Form.model_fields.keys()}
    filled = {name: value for name, value in said.values.items() if name not in given}
    if given.keys() & {"locality", "sector", "society"}:
        filled = {
            name: value for name, value in filled.items() if name not in ("locality", "sector", "society")
        }
    filled = _sensible(filled, said.notes)
    if "area" in filled:
        # Words were read in square feet, whatever unit was said beside them.
        given["area_unit"] = "sq_ft"
    form = Form.model_validate({**filled, **given})
    if form.area is not None and form.area_unit != "sq_ft":
        area = to_sq_ft(form.area, form.area_unit)
        if area > _LARGEST:
            raise AreaTooLarge
        form = form.model_copy(update={"area": float(area), "area_unit": "sq_ft"})
    return _placed(form, said, sorted(filled), gazetteer)


class _Said:
    """What words say of an offer."""

    def __init__(self, values: dict[str, Any], read: Understood | None, notes: list[str]) -> None:
        self.values, self.read, self.notes = values, read, notes

    @classmethod
    def of(cls, words: str, gazetteer: Gazetteer) -> _Said:
        values: dict[str, Any] = {}
        rest = _taken(words, values)
        found = implied(read(rest, gazetteer))
        notes = [note for note in found.notes if not note.startswith((_NOTE, "Read as properties to buy"))]
        values |= _plain(found)
        if found.purpose is None and _SELLS.search(words):
            values["purpose"] = "buy"
        elif values.get("purpose") and found.purpose and len(notes) < len(found.notes):
            notes.append(_FOR_SALE)
        _kinds(found, values, notes)
        _places(found, values, gazetteer, notes)
        return cls({name: value for name, value in values.items() if value not in (None, ())}, found, notes)

    @property
    def unread(self) -> list[str]:
        if self.read is None:
            return []
        return [each for each in self.read.unread if not _SELLS.search(each)]


def _sensible(filled: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    """What was read, without what no home has, such as 99 balconies; a note says of what."""
    try:
        Form.model_validate(filled)
    except ValidationError as error:
        odd = sorted({str(each["loc"][0]) for each in error.errors(include_input=False) if each["loc"]})
        notes.append(f"What was said of {', '.join(odd)} cannot be meant: give it by itself.")
        return {name: value for name, value in filled.items() if name not in odd}
    return filled


def _taken(words: str, values: dict[str, Any]) -> str:
    """Read what only an offer says, and blank it out for the reader of searches."""
    storey, balconies = _STOREY.search(words), _BALCONIES.search(words)
    if storey:
        number = 0 if storey[1].lower() == "ground" else int(storey[1])
        values["floor"] = "low" if number <= _LOW else "mid" if number <= _MID else "high"
    if balconies:
        values["balconies"] = int(balconies[1])
    for found in (storey, balconies):
        if found:
            words = words[: found.start()] + "," + " " * (len(found[0]) - 1) + words[found.end() :]
    return words


def _plain(found: Understood) -> dict[str, Any]:
    area = _middle(found.area_min, found.area_max)
    values: dict[str, Any] = {
        "purpose": found.purpose,
        "price": _price(found),
        "bedrooms": found.bedrooms[0] if len(found.bedrooms) == 1 else None,
        "area": None if area is None else float(area),
        "furnishing": found.furnishing[0] if len(found.furnishing) == 1 else None,
        "facing": found.facing[0] if len(found.facing) == 1 else None,
        "age": None if found.age_max is None else next(age for most, age in _YEARS if found.age_max <= most),
        "possession": found.possession,
        "amenities": found.amenities,
        "tenants": found.tenants,
    }
    if len(found.floors) == 1:
        values["floor"] = _FLOORS[found.floors[0]]
    return values


def _price(found: Understood) -> int | None:
    """One amount is the price; of two that differ neither is."""
    said = {found.budget_min, found.budget_max} - {None}
    if found.budget_about and found.budget_min is not None and found.budget_max is not None:
        return (found.budget_min + found.budget_max) // 2
    return said.pop() if len(said) == 1 else None


def _middle(least: Decimal | None, most: Decimal | None) -> Decimal | None:
    """The area that a band around it was made of."""
    if least is None or most is None:
        return least or most
    return (least + most) / 2


def _kinds(found: Understood, values: dict[str, Any], notes: list[str]) -> None:
    kinds = found.kinds
    if len(kinds) == 1:
        values["kind"] = kinds[0]
    elif found.bedrooms and not set(kinds) - _HOME:
        values["kind"] = "apartment"
        notes.append(_A_FLAT)


def _places(found: Understood, values: dict[str, Any], gazetteer: Gazetteer, notes: list[str]) -> None:
    for place in found.places:
        if place.relation == "in" and place.kind in ("locality", "sector", "society"):
            values.setdefault(place.kind, place.name)
            continue
        # Stations and office hubs have surroundings only, but some areas bear the same name.
        area = next((each for each in gazetteer.named(place.name) if each.kind == "locality"), None)
        if area is None:
            notes.append(f"{place.name} is not where it stands: name the sector, locality or society.")
        else:
            values.setdefault("locality", area.name)
            notes.append(f"Taken to stand in {area.name}: name the sector or society if it does not.")


def _placed(form: Form, said: _Said, filled: list[str], gazetteer: Gazetteer) -> FilledForm:
    society = _somewhere(form.society, gazetteer, "society")
    locality = _somewhere(form.locality, gazetteer, "locality", "sector")
    sector = _somewhere(form.sector, gazetteer, "sector")
    if locality is None and sector is None and society is not None and society.detail:
        around = [each for each in gazetteer.named(society.detail) if each.kind in ("locality", "sector")]
        locality = _shown(around[0]) if around else None
    if sector is None and locality is not None and locality.kind == "sector":
        sector = locality
    if (
        form.lat is not None
        and form.lng is not None
        and not (SOUTH <= form.lat <= NORTH and WEST <= form.lng <= EAST)
    ):
        raise OutOfReach
    at, vague = _point(form, society, sector, locality)
    named = {
        "society": society and society.name,
        "locality": locality and locality.name,
        "sector": sector and sector.name,
    }
    form = form.model_copy(update=named)
    form = form.model_copy(update={"title": (form.title or "").strip() or _title(form)})
    return FilledForm(
        form=form,
        read=filled,
        unread=said.unread,
        notes=said.notes,
        locality=locality,
        sector=sector,
        society=society,
        lat=at and at[0],
        lng=at and at[1],
        flags=[*_doubts(form), *vague],
        language=said.read.language if said.read else "en",
    )


def _somewhere(name: str | None, gazetteer: Gazetteer, *kinds: PlaceKind) -> Somewhere | None:
    if name is None:
        return None
    (place,) = locating.named((name,), gazetteer, *kinds)
    known = gazetteer.get(place.kind, place.slug)
    return _shown(known) if known else _shown(place)


def _shown(place: Any) -> Somewhere:
    return Somewhere(
        kind=place.kind,
        slug=place.slug,
        name=place.name,
        lat=place.lat,
        lng=place.lng,
        detail=getattr(place, "detail", None),
    )


def _point(form: Form, *places: Somewhere | None) -> tuple[tuple[float, float] | None, list[str]]:
    if form.lat is not None and form.lng is not None:
        return (round(form.lat, PLACES), round(form.lng, PLACES)), []
    for place in places:
        if place is not None and place.lat is not None and place.lng is not None:
            return (place.lat, place.lng), ["approximate_location"]
    return None, ["no_location"]


def _title(form: Form) -> str | None:
    if form.kind is None:
        return None
    return made_title(form.kind, form.bedrooms, form.society or form.sector or form.locality or "Gurugram")


def _doubts(form: Form) -> list[str]:
    """What contradicts itself in the form, by the rules of imports."""
    if form.purpose is None or form.kind is None or form.price is None:
        return []
    offer = Offer(0, "", form.purpose, form.kind, form.title or "", form.description, form.price)
    area = None if form.area is None else Decimal(str(form.area))
    features = Features(area, form.bedrooms, None, None, None, None, None, None, None, 0, 0, [])
    return list(doubts(offer, features, f"{offer.title} . {offer.description}".lower()))
