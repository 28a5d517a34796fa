"""What kind of home, for whom, in which state: the rules that a word or two decide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from tools.discovery.understood import Facing
from tools.discovery.words.bounds import Bound, bound_of

if TYPE_CHECKING:
    from tools.discovery.words.scan import Board


class Rule(NamedTuple):
    """Words that give a field a value. Rules are tried in order; what one has read the next does not see."""

    field: str
    value: str
    pattern: re.Pattern[str]


def _rules(field: str, *rows: tuple[str, str]) -> list[Rule]:
    return [Rule(field, value, re.compile(rf"(?<![\w.])(?:{pattern})(?!\w)")) for value, pattern in rows]


_ALLOWED: Final = r"(?: (?:allowed|friendly|only|welcome|preferred))?"

EARLY: Final = [
    # Somebody's own office is where they go, not what they look for.
    *_rules(
        "unread",
        (
            "own place",
            r"(?:near |close to )?(?:my|our|mere|meri|mera|apne|apni) (?:office|shop)(?: ke paas)?",
        ),
    ),
    *_rules(
        "sort",
        (
            "price_per_sq_ft",
            (
                r"(?:cheapest|lowest|best)(?: price| rate)? (?:par|/) (?:sqft|sq ft)|"
                r"(?:sort )?by (?:rate|price) par sq ?ft"
            ),
        ),
        (
            "price",
            (
                r"(?:sabse )?cheapest(?: first)?|(?:lowest|least)(?: (?:price|rent|budget|"
                r"cost))?(?: first)?|low to high|sabse kam (?:price|rent|daam|kimat)|"
                r"price low to high"
            ),
        ),
        (
            "newest",
            (
                r"newest(?: first)?|(?:recently|newly|just) (?:added|listed|posted)|most recent|"
                r"new listings?|sabse nay[aei]"
            ),
        ),
        ("distance", r"nearest(?: first)?|closest(?: first)?|sabse paas"),
    ),
    *_rules(
        "furnishing",
        ("unfurnished", r"unfurnished|(?:un|non|not|without|bina) furnished|bare ?shell"),
        (
            "semi_furnished",
            r"semi ?furnished|half furnished|adha furnished|partly furnished|partially furnished",
        ),
        ("furnished", r"(?:fully |well )?furnished|fullyfurnished"),
    ),
    *_rules(
        "possession",
        (
            "under_construction",
            (
                r"under construction|under ?construction|underconstruction|new launch|pre ?launch|"
                r"upcoming|निर्माणाधीन|nirmanadheen"
            ),
        ),
        (
            "ready",
            (
                r"ready (?:to move|possession|to shift|to occupy)(?: in)?|"
                r"immediate(?:ly)? (?:possession|available|move in)|ready|rtm|turant|तुरंत|"
                r"रेडी टू मूव"
            ),
        ),
    ),
    *_rules(
        "floors",
        ("ground", r"ground floor|bhutal|tal manzil"),
        (
            "top",
            (
                r"top(?: most)? floor|topmost floor|last floor|sabse upar(?: ka| wala|"
                r" wali)?(?: floor)?|uppermost floor"
            ),
        ),
        ("low", r"low(?:er)? floor|niche (?:ka|wala|wali|ke) floor"),
        ("mid", r"mid(?:dle)? floor"),
        ("high", r"high(?:er)? floor|upper floor|upar (?:ka|wala|wali|ke) floor"),
    ),
    *_rules(
        "sharing",
        (
            "single",
            (
                r"(?:single|1|no|private)(?: room| bed)? sharing|single (?:room|seater)|"
                r"private room|single occupancy"
            ),
        ),
        ("double", r"(?:double|2|two) (?:bhk )?(?:sharing|seater)|double room"),
        ("triple", r"(?:triple|3|three) (?:bhk )?(?:sharing|seater)"),
    ),
]

LATE: Final = [
    *_rules(
        "tenants",
        ("bachelors", rf"bachelor{_ALLOWED}|unmarried"),
        ("girls", rf"(?:working )?girls{_ALLOWED}"),
        ("boys", rf"(?:working )?boys{_ALLOWED}"),
        ("family", rf"(?:small |nuclear |only )?family{_ALLOWED}"),
        ("company", r"company rent|corporate rent|company guest"),
    ),
    *_rules("purpose", ("pg", r"(?:pg|paying guest|hostel|co ?living)(?: accommodation)?")),
    *_rules(
        "purpose",
        ("rent", r"(?:for |on |to )?rent|to let|tolet"),
        ("buy", r"(?:to |for )?buy|for sale|on sale|sale|resale"),
    ),
    *_rules(
        "kinds",
        ("builder_floor", r"(?:independent |builder |individual )(?:builder )?floor(?: flat)?|floor"),
        ("house", r"(?:independent |duplex )?house|row house|farm ?house|kothi|town house|independent home"),
        ("office", r"office(?: space)?|co ?working(?: space)?"),
        ("shop", r"shop"),
        ("commercial", r"commercial(?: space| property| land)?"),
        ("plot", r"(?:residential )?(?:plot|land)(?: plot)?"),
        ("apartment", r"flat|penthouse|service flat"),
        ("home", r"home"),
    ),
]

_BHK: Final = re.compile(
    r"(?<![\w.])(?P<before>(?:at least|min|kam se kam|more than|above) )?(?P<first>\d{1,2})(?P<half>\.5)?"
    r"(?P<more>(?: (?:-|to|se|/|or|ya|and|aur|;|bhk) \d{1,2})*)(?P<plus> \+)? bhk(?: set)?"
    r"(?P<after> (?:\+|or more|and above|se zyada|ya (?:us ?se )?zyada|plus)(?! \w+ room))?(?!\w)"
)
_ROOMS: Final = re.compile(r"(?<![\w.])(\d{1,2}) room(?: set)?(?! sharing)(?!\w)")
_STUDIO: Final = re.compile(r"(?<!\w)(?:1 rk|1 room kitchen|studio|rk)(?!\w)")
_AGE: Final = re.compile(
    r"(?<![\w.])(?:(?:under|less than|max|up to|within|not more than|"
    r"newer than) )?(\d{1,2}) sal(?: se (?:kam|naya|"
    r"zyada nahi))?(?: tak)?(?: old)?(?: (?:property|building))?(?!\w)"
)
_OLDER: Final = re.compile(
    r"(?<![\w.])(?:more than|above|min|at least|over) \d{1,2} sal(?: old)?|\d{1,2} sal se zyada(?: old)?"
)
_DIRECTION: Final = r"(?:(?:north|south) ?(?:east|west)|north|south|east|west)"
_FACING: Final = re.compile(
    rf"(?<!\w)({_DIRECTION}(?: (?:facing )?(?:or|ya|/|and|aur|"
    rf";) {_DIRECTION})*) (?:facing|open|disha|muh)(?!\w)|"
    rf"facing (?:is )?({_DIRECTION})(?!\w)"
)
_COMPASS: Final[dict[str, Facing]] = {point: point for point in get_args(Facing)}
_JOINED: Final = re.compile(r"^(north|south) ?(east|west)$")
_RANGES: Final = frozenset({"-", "to", "se"})
_MOST_ROOMS: Final = 10


def read_rules(board: Board, rules: list[Rule]) -> list[tuple[str, str]]:
    """Every (field, value) that the rules find, in the order of the rules; each is claimed on the board."""
    found: list[tuple[str, str]] = []
    for rule in rules:
        for match in board.find(rule.pattern):
            board.claim(rule.field, match.start(), match.end())
            if (rule.field, rule.value) not in found:
                found.append((rule.field, rule.value))
    return found


def read_bedrooms(board: Board) -> tuple[int, ...]:
    """How many bedrooms: "2-3 bhk", "2/3bhk", "3+ bhk", "studio" (0), "do kamre"."""
    rooms: set[int] = set()
    for found in board.find(_BHK):
        rooms |= _counted(found, board)
        board.claim("bedrooms", found.start(), found.end())
    for found in board.find(_STUDIO):
        rooms.add(0)
        board.claim("bedrooms", found.start(), found.end())
    for found in board.find(_ROOMS):
        rooms.add(int(found.group(1)))
        board.note(f"{found.group(1)} rooms are read as {found.group(1)} bedrooms.")
        board.claim("bedrooms", found.start(), found.end())
    return tuple(sorted(rooms))


def read_age(board: Board) -> int | None:
    """The greatest age in years: "less than 5 years old"."""
    for found in board.find(_OLDER):
        board.note("A least age cannot be asked for, only a greatest.")
        board.claim("unread", found.start(), found.end())
    for found in board.find(_AGE):
        board.claim("age_max", found.start(), found.end())
        return int(found.group(1))
    return None


def read_facing(board: Board) -> tuple[Facing, ...]:
    """The compass directions asked for, as `north_east`."""
    directions: list[Facing] = []
    for found in board.find(_FACING):
        for said in re.findall(_DIRECTION, found.group(1) or found.group(2)):
            direction = _COMPASS[_JOINED.sub(r"\1_\2", said)]
            if direction not in directions:
                directions.append(direction)
        board.claim("facing", found.start(), found.end())
    return tuple(directions)


def _counted(found: re.Match[str], board: Board) -> set[int]:
    first = int(found.group("first"))
    if found.group("half"):
        board.note(f"{first}.5 BHK is read as {first} bedrooms; the half is a small room beside them.")
    if found.group("plus") or bound_of(found.group("before"), found.group("after")) is Bound.LEAST:
        return set(range(first, max(first, _MOST_ROOMS) + 1))
    more = found.group("more").split()
    rooms = {first, *(int(word) for word in more if word.isdecimal())}
    return set(range(min(rooms), max(rooms) + 1)) if _RANGES & set(more) else rooms
