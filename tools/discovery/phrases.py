"""The phrase parser: plain English, Hinglish or Hindi words in, filters that can be edited out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tools.discovery.data import words_of
from tools.discovery.understood import Language, Understood
from tools.discovery.vocabulary import read_amenity_words
from tools.discovery.words.areas import read_area
from tools.discovery.words.filler import read_rest, read_wishes
from tools.discovery.words.homes import EARLY, LATE, read_age, read_bedrooms, read_facing, read_rules
from tools.discovery.words.money import read_budget
from tools.discovery.words.places import read_places
from tools.discovery.words.scan import Board

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Gazetteer

LONGEST: Final = 500
_KINDS: Final = {"home": ("apartment", "builder_floor", "house"), "commercial": ("shop", "office")}
_ONE: Final = ("possession", "sharing", "sort")
_MANY: Final = ("furnishing", "floors", "tenants")
_HINGLISH: Final = frozenset(words_of("hinglish.txt"))


def read(words: str, gazetteer: Gazetteer) -> Understood:
    """What these words ask for. Never raises and never guesses silently: the rest comes back as `unread`.

    Only the first 500 characters are read.
    """
    board = Board.of(words[:LONGEST])
    where = read_places(board, gazetteer)
    found = read_rules(board, EARLY)
    bedrooms, age_max, facing, area = (
        read_bedrooms(board),
        read_age(board),
        read_facing(board),
        read_area(board),
    )
    amenities = read_amenity_words(board)
    budget = read_budget(board)
    found += read_rules(board, LATE)
    if len(words) > LONGEST:
        board.note(f"Only the first {LONGEST} characters were read.")
    return Understood(
        words=words,
        bedrooms=bedrooms,
        budget_min=budget.least,
        budget_max=budget.most,
        budget_about=budget.about,
        area_min=area.least,
        area_max=area.most,
        area_about=area.about,
        places=where.places,
        elsewhere=where.elsewhere,
        near_metro=where.near_metro,
        metro_within_m=where.metro_within_m,
        facing=facing,
        age_max=age_max,
        amenities=amenities,
        **_ruled(found, board),
        wishes=read_wishes(board),
        unread=_rest(board),
        notes=tuple(board.notes),
        language=_language(board),
        spans=tuple(sorted(board.spans, key=lambda span: span.start)),
    )


def _ruled(found: list[tuple[str, str]], board: Board) -> dict[str, Any]:
    ruled: dict[str, Any] = {field: _values(found, field) for field in _MANY}
    for field in _ONE:
        values = _values(found, field)
        ruled[field] = values[0] if values else None
        if len(values) > 1:
            board.note(f"{' and '.join(values)} exclude each other; {values[0]} was used.")
    purpose = _purpose(_values(found, "purpose"), board)
    kinds = [kind for said in _values(found, "kinds") for kind in _KINDS.get(said, (said,))]
    return {**ruled, "purpose": purpose, "kinds": tuple(dict.fromkeys(["pg"] if purpose == "pg" else kinds))}


def _purpose(said: tuple[str, ...], board: Board) -> str | None:
    """What it is for. A budget's size does not decide it: one lakh is a rent here and a token there."""
    if "pg" in said:
        return "pg"
    if len(said) > 1:
        board.note("Both buying and renting were named; neither was used as a filter.")
        return None
    return said[0] if said else None


def _values(found: list[tuple[str, str]], field: str) -> tuple[str, ...]:
    return tuple(value for name, value in found if name == field)


def _rest(board: Board) -> tuple[str, ...]:
    if any(token.word == "sell" for token in board.tokens):
        board.note("Selling is not a search; say buy or rent to find a property.")
    refused = [board.words[span.start : span.end] for span in board.spans if span.field == "unread"]
    return tuple(dict.fromkeys((*refused, *read_rest(board))))


def _language(board: Board) -> Language:
    """Hindi when it holds Devanagari, Hinglish when it holds Hindi words in Latin letters."""
    if any("\u0900" <= sign <= "\u097f" for sign in board.words):
        return "hi"
    said = {token.word for token in board.tokens}
    return "hinglish" if said & _HINGLISH else "en"
