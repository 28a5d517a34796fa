"""Places in the words: the longest name of the gazetteer, and whether in it or near it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tools.discovery.understood import PlaceRef, Relation
from tools.discovery.words import elsewhere
from tools.discovery.words.filler import FILLER, SOFT_WORDS
from tools.discovery.words.names import slug_of
from tools.discovery.words.spellings import known
from tools.discovery.words.token import NUMBER_UNITS

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Gazetteer, Place
    from tools.discovery.words.scan import Board

_DISTANCE: Final = r"(\d+(?:\.\d+)?) (km|m|meter)"
_NEAR_BEFORE: Final = re.compile(
    r"(?<!\w)(?:(?:within |under |in |max |up to |less than )?"
    rf"(?:a )?{_DISTANCE}(?: radius)? (?:of|from|radius of|around|se)|"
    r"(?:near|close|next|adjacent|walking distance|nearby|opposite|opp|beside|around|off|behind|paas)"
    r"(?: (?:to|from|by|of))?) (?:the )?$"
)
_NEAR_AFTER: Final = re.compile(
    r"^(?: station)?(?: (?:area|side))?(?: (?:ke|ki|se) "
    r"(?:aas ?paas|aaspaas|paas|nazdeek|kareeb|samne|beech|bagal mein)(?: mein)?| nazdeek| "
    rf"(?:ke |se |within |in |under |up to )?{_DISTANCE}"
    r"(?: (?:ke|ki|se) (?:andar|dur|dayre mein|kam|paas)| tak| dur)?(?: mein)?)(?!\w)"
)
_METRO_AFTER: Final = re.compile(r"^ (?:rapid )?metro(?: station)?(?!\w)|^ station(?!\w)")
_METRO: Final = re.compile(
    r"(?<!\w)(?:the |any |a )?(?:rapid )?metro(?: station| line| stop)?(?: connectivity)?(?!\w)"
)
_SECTOR_NUMBER: Final = r"(\d{1,3}(?: [a-d](?= |$))?)"
_QUANTITIES: Final = r"(?:bhk|crore|lakh|thousand|sq|gaj|km|room|marla|kanal|acre|-|to|se|/)"
_MORE_SECTORS: Final = re.compile(
    rf"^ (?:;|/|-|and|aur|or|ya|to) (?:sector )?{_SECTOR_NUMBER}(?!\S)(?! (?:\w+|%|\+))|"
    rf"^ (?:;|/|and|aur|or|ya) {_SECTOR_NUMBER}(?= (?!{_QUANTITIES})\S)"
)
_AREAS: Final = frozenset({"locality", "sector"})


@dataclass(frozen=True, slots=True)
class Where:
    """The places read: in the catalog's area, outside it, and any metro station."""

    places: tuple[PlaceRef, ...]
    elsewhere: tuple[str, ...]
    near_metro: bool
    metro_within_m: int | None


def read_places(board: Board, gazetteer: Gazetteer) -> Where:
    """Every place named in the words."""
    _mend_typos(board, gazetteer)
    places: list[PlaceRef] = []
    outside: list[str] = []
    at = 0
    while at < len(board.tokens):
        end = _elsewhere_at(board, gazetteer, at, outside) or _place_at(board, gazetteer, at, places)
        at = end or at + 1
    near_metro, within = _metro(board)
    return Where(tuple(_without_wider(places, gazetteer)), tuple(outside), near_metro, within)


def _mend_typos(board: Board, gazetteer: Gazetteer) -> None:
    """Spell words one typo away from a place's word as the place does, where its whole name then stands."""
    tokens = board.tokens
    for at, token in enumerate(tokens):
        if not token.is_word or _is_known(token.word) or gazetteer.of_words((token.word,)):
            continue
        word = gazetteer.corrected(token.word)
        if word is None:
            continue
        mended = [*tokens[:at], token.spelt(word), *tokens[at + 1 :]]
        if _covers([each.word for each in mended], at, gazetteer):
            board.note(f"“{board.said(at, at + 1)}” is read as “{word}”.")
            tokens = mended
            board.lay(tokens)


def _is_known(word: str) -> bool:
    return word in FILLER or word in SOFT_WORDS or word in known() or word in elsewhere.names()


def _covers(words: list[str], at: int, gazetteer: Gazetteer) -> bool:
    """Whether some name of the gazetteer that stands in these words covers the word at `at`.

    A society's name of one word does not count: "quarter" is not a misspelt "Quartier".
    """
    return any(
        start + length > at
        and any(
            length > 1 or place.kind != "society"
            for place in gazetteer.of_words(tuple(words[start : start + length]))
        )
        for start in range(max(0, at - 4), at + 1)
        for length in gazetteer.starting(words[start])
        if start + length <= len(words)
    )


def _place_at(board: Board, gazetteer: Gazetteer, at: int, places: list[PlaceRef]) -> int | None:
    words = [token.word for token in board.tokens]
    lengths = (*gazetteer.starting(words[at]), *((2,) if words[at] == "sector" else ()))
    for length in lengths:
        end = at + length
        if end > len(words) or any(board.taken[at:end]) or _ends_in_quantity(words, end):
            continue
        found = gazetteer.of_words(tuple(words[at:end]))
        if found:
            return _claimed(board, gazetteer, found, at, end, places)
    return None


def _ends_in_quantity(words: list[str], end: int) -> bool:
    """Whether the last word is the number of something else: "sushant lok 2 bhk" is not phase 2."""
    if not words[end - 1][:1].isdecimal() or end == len(words):
        return False
    after = words[end : end + 3]
    return after[0] in NUMBER_UNITS or (
        len(after) == 3
        and after[0] in {"-", "to", "/", "se", "or", "ya"}
        and after[1][:1].isdecimal()
        and after[2] in NUMBER_UNITS
        and words[end - 2] != "sector"
    )


def _claimed(
    board: Board, gazetteer: Gazetteer, found: tuple[Place, ...], at: int, end: int, places: list[PlaceRef]
) -> int:
    start = board.starts[at]
    stop = board.starts[end - 1] + len(board.tokens[end - 1].word)
    before = _NEAR_BEFORE.search(board.text[:start])
    station = _METRO_AFTER.match(board.text[stop:]) if any(place.kind == "metro" for place in found) else None
    after = _NEAR_AFTER.match(board.text[stop + (station.end() if station else 0) :])
    radius = next((_metres(match) for match in (before, after) if match and match.group(1)), None)
    place = _meant(found, near=bool(before or after), station=station is not None)
    relation: Relation = (
        "near" if before or after or place.is_road or place.kind in {"metro", "hub"} else "in"
    )
    first = board.index(before.start()) if before else at
    last = end + sum(len(match.group().split()) for match in (station, after) if match)
    for each in [place, *_siblings(board, gazetteer, place, last)]:
        _add(places, each, relation, radius)
        last = last if each is place else last + len(each.name.split()[1:]) + 1
    board.claim_tokens("places", first, min(last, len(board.tokens)))
    return last


def _siblings(board: Board, gazetteer: Gazetteer, place: Place, at: int) -> list[Place]:
    """The sectors of a list after its first: "sector 56, 57 and 58"."""
    found: list[Place] = []
    while place.kind == "sector" and at < len(board.tokens):
        match = _MORE_SECTORS.match(" " + board.text[board.starts[at] :])
        number = (match.group(1) or match.group(2)) if match else None
        named = gazetteer.of_words(("sector", *number.split())) if number else ()
        if not named:
            break
        found.append(named[0])
        at += 1 + len((number or "").split())
    return found


def _meant(found: tuple[Place, ...], *, near: bool, station: bool) -> Place:
    """Which of the namesakes: a station if one is said, an area when "in", the point when "near"."""
    order = ("city", "sector", "locality", "hub", "metro", "society")
    if station:
        order = ("metro", *order)
    elif near or any(place.kind == "hub" and place.is_road for place in found):
        order = ("city", "sector", "hub", "locality", "metro", "society")
    return min(found, key=lambda place: order.index(place.kind))


def _add(places: list[PlaceRef], place: Place, relation: Relation, radius: int | None) -> None:
    ref = PlaceRef(place.kind, place.name, place.slug, place.lat, place.lng, relation, radius, place.parts)
    if all((ref.kind, ref.slug) != (known_ref.kind, known_ref.slug) for known_ref in places):
        places.append(ref)


def _metres(found: re.Match[str]) -> int:
    number, unit = next((pair for pair in (found.group(1, 2),) if pair[0]), ("0", "m"))
    return int(min(Decimal(number), Decimal(10_000)) * (1000 if unit == "km" else 1))


def _without_wider(places: list[PlaceRef], gazetteer: Gazetteer) -> list[PlaceRef]:
    """The places without the city that holds them all, and without the area of a society named beside it."""
    narrow = [place for place in places if place.kind != "city"] or places
    societies = [gazetteer.get("society", place.slug) for place in narrow if place.kind == "society"]
    details = {society.detail for society in societies if society and society.detail}
    homes = {slug_of(detail) for detail in details}
    homes |= {area.slug for detail in details for area in gazetteer.named(detail)}
    return [place for place in narrow if place.kind not in _AREAS or place.slug not in homes]


def _elsewhere_at(board: Board, gazetteer: Gazetteer, at: int, outside: list[str]) -> int | None:
    words = tuple(token.word for token in board.tokens)
    for name in elsewhere.names().get(words[at], ()):
        end = at + len(name)
        longest = next(
            (n for n in gazetteer.starting(words[at]) if gazetteer.of_words(words[at : at + n])), 0
        )
        if words[at:end] != name or longest > len(name) or any(board.taken[at:end]):
            continue
        if words[end : end + 1] == ("road",):
            return None
        at, end = _with_sector(words, at, end)
        outside.append(board.said(at, end))
        board.claim_tokens("elsewhere", at, end)
        return end
    return None


def _with_sector(words: tuple[str, ...], at: int, end: int) -> tuple[int, int]:
    """A sector of another town belongs to that town: "noida sector 62", "sector 62 noida"."""
    if len(words) > end + 1 and words[end] == "sector" and words[end + 1].isdecimal():
        return at, end + 2
    return at, end


def _metro(board: Board) -> tuple[bool, int | None]:
    """Whether any metro station is wanted near, and how far away at most."""
    within: int | None = None
    said = False
    for found in board.find(_METRO):
        said = True
        before = _NEAR_BEFORE.search(board.text[: found.start()])
        after = _NEAR_AFTER.match(board.text[found.end() :])
        within = within or next(
            (_metres(match) for match in (before, after) if match and match.group(1)), None
        )
        start = before.start() if before else found.start()
        board.claim("near_metro", start, found.end() + (after.end() if after else 0))
    return said, within
