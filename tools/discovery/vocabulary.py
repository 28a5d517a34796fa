"""How amenities, possession and tenants are read from a description."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from tools.amenities import AMENITIES, TABLE, bits, keys, labels
from tools.discovery.words.alternation import Phrases

if TYPE_CHECKING:
    from tools.discovery.understood import Possession, Tenant
    from tools.discovery.words.scan import Board

__all__ = [
    "AMENITIES", "amenity_phrases", "bits", "keys", "labels", "read_amenities", "read_amenity_words",
    "read_possession", "read_tenants",
]  # fmt: skip

Said = Literal["yes", "no"]


_IMPLIED: Final = tuple((key, str(row["implies"])) for key, row in TABLE.items() if "implies" in row)

_BEFORE = re.compile(
    r"(?:\b(?:no|non|without|w/o|nil|zero|lacks?|lacking|minus|bina|cannot|"
    r"(?:does|do|did|is|has|have)(?:n[o']?t| not)(?: have| offer| include| provide)?)|बिना)"
    r"(?: any| a| an| the| have| separate| dedicated)?"
    r"(?P<carried> [a-z]+(?: room| house| pool)?(?: or| and| nor| aur))?\s+$"
)
_AFTER = re.compile(
    r"\s*(?:room |facility |system |space |area )?(?:(?:is|are|was) )?(?::|-)?\s*(?:"
    r"not (?:available|there|provided|present|included|working|allowed|permitted|given|in|yet)|"
    r"unavailable|absent|nahi|nahin|नहीं|n/a\b|na\b(?! )|none\b|no\b(?=\s*(?:[.,;)]|$)))"
)
_AVAILABLE = re.compile(r"\s*(?:is |are )?(?:available|provided|included)\b")
_NOT_LACKING = re.compile(
    r"\s*(?:issues?|problems?|shortage|tension|worry|worries|charges?|hassles?|limit)\b"
)
_HINTS = (
    "no",
    "without",
    "w/o",
    "nil",
    "zero",
    "lack",
    "minus",
    "n't",
    "bina",
    "absent",
    "unavail",
    "n/a",
    "बिना",
    "नहीं",
)

_UNDER_CONSTRUCTION = re.compile(
    r"under[ -]?construction|(?:new|pre)[ -]?launch|"
    r"possession (?:by|in|from|on|expected|will be|due|is in|starts|from)\b(?! (?:immediate|one|1|a) )|"
    r"(?:available|ready) for possession (?:by|in)\b|निर्माणाधीन"
)
_READY = re.compile(
    r"ready[ -]?(?:to|for)?[ -]?(?:move|shift|possession|occupy)|"
    r"immediate(?:ly)? (?:possession|available|move)|"
    r"(?:immediate|ready|spot) possession|possession (?:is )?(?:available|ready|offered|given|immediate)|"
    r"move[ -]in[ -]ready|vacant|रेडी टू मूव"
)
_AGED = re.compile(r"\d\s*(?:-\s*\d+|\+)?\s*(?:years?|yrs?)|^\s*\d+\s*(?:-\s*\d+|\+)\s*$|\bready\b")

_TENANTS: Final[tuple[tuple[Tenant, str], ...]] = (
    (
        "family",
        r"(?:for|to|by|prefer(?:red|ably)?|only|decent|small|nuclear)[a-z ]{0,12} famil(?:y|ies)\b|"
        r"famil(?:y|ies)(?: (?:or|and|/) \w+)? "
        r"(?:only|are|is|preferred|preferable|welcome|allowed|accepted)|परिवार",
    ),
    ("bachelors", r"bachelors?|singles? (?:allowed|welcome)|बैचलर"),
    ("girls", r"girls?|ladies|females?|(?:working )?wom[ae]n|लड़कियों"),
    ("boys", r"boys?|gents|males?|लड़कों"),
    (
        "company",
        r"company[ -](?:lease|guest|let)|corporate[ -]lease|(?:to|for) (?:mnc|corporates?|companies)\b",
    ),
)
_EXCLUSIVE = re.compile(r"\b(?:only (?:for )?(?:a )?famil(?:y|ies)|famil(?:y|ies) only)\b")
_NOT_TENANTS = re.compile(
    r"girls? (?:school|college|hostel|inter)|boys? (?:school|college|hostel)|wom[ae]n (?:college|safety)"
)


def read_amenities(text: str) -> dict[str, Said]:
    """What a lower-case description says of each amenity; absent is what it leaves open or says both ways."""
    doubts = any(hint in text for hint in _HINTS)
    said: dict[str, Said] = {}
    clash: set[str] = set()
    for hit in amenity_phrases().find(text):
        answer = _answer(text, hit.start, hit.end) if doubts else "yes"
        if answer is not None and said.setdefault(hit.key, answer) != answer:
            clash.add(hit.key)
    for key in clash:
        del said[key]
    return _with_implied(said)


def read_amenity_words(board: Board) -> tuple[str, ...]:
    """The amenities a question asks for. One it does not want is left unread: there is no such filter."""
    wanted: list[str] = []
    for hit in list(amenity_phrases().find(board.text)):
        if _answer(board.text, hit.start, hit.end) != "yes":
            board.note(f"Doing without cannot be asked for: {AMENITIES[hit.key].english}.")
            continue
        if hit.key not in wanted:
            wanted.append(hit.key)
        board.claim("amenities", hit.start, hit.end)
    return tuple(wanted)


def read_possession(text: str, age: str | None = None) -> Possession | None:
    """Whether it can be moved into: from the source's age field first, its lower-case text second."""
    told = (age or "").lower()
    if "construction" in told:
        return "under_construction"
    if _AGED.search(told) or _READY.search(text):
        return "ready"
    return "under_construction" if _UNDER_CONSTRUCTION.search(text) else None


def read_tenants(text: str) -> tuple[Tenant, ...]:
    """Who a lower-case description welcomes: not who is turned away, and nobody by silence."""
    if _EXCLUSIVE.search(text):
        return ("family",)
    welcome: dict[Tenant, bool] = {}
    for match in _tenant_pattern().finditer(text):
        tenant, answer = _tenant(match.lastgroup), _answer(text, match.start(), match.end())
        if tenant is not None and answer is not None and not _NOT_TENANTS.match(text, match.start()):
            welcome[tenant] = welcome.get(tenant, True) and answer == "yes"
    return tuple(tenant for tenant, _ in _TENANTS if welcome.get(tenant))


@cache
def amenity_phrases() -> Phrases:
    """The phrases of every amenity; a hit's key is the amenity's."""
    narrow_first = sorted(TABLE.items(), key=lambda entry: "implies" not in entry[1])
    return Phrases((key, "|".join(row["written"])) for key, row in narrow_first)


@cache
def _tenant_pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?P<{tenant}>{pattern})" for tenant, pattern in _TENANTS) + r")")


def _tenant(name: str | None) -> Tenant | None:
    return next((tenant for tenant, _ in _TENANTS if tenant == name), None)


def _answer(text: str, start: int, end: int) -> Said | None:
    """Yes, no, or None where "no parking problem" says neither."""
    denied = _BEFORE.search(text, max(0, start - 40), start)
    if denied and not (denied["carried"] and _AVAILABLE.match(text, end)):
        return None if _NOT_LACKING.match(text, end) else "no"
    return "no" if _AFTER.match(text, end) else "yes"


def _with_implied(said: dict[str, Said]) -> dict[str, Said]:
    for narrow, wide in _IMPLIED:
        if said.get(narrow) == "yes":
            said[wide] = "yes"
        elif said.get(wide) == "no":
            said.setdefault(narrow, "no")
    return said
