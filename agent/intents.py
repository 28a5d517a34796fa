"""Intents: what a question wants of the offline model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from tools.discovery.gazetteer import Gazetteer
from tools.discovery.phrases import read

if TYPE_CHECKING:
    from tools.discovery.understood import Language

Doing = Literal["shortlist_property", "remove_from_shortlist", "reveal_contact"]
"""What can be done about a property without a language model."""

_MOST_WORDS = 300
_DEVANAGARI = re.compile(r"[ऀ-ॿ]")
_HINGLISH = re.compile(
    r"\b(?:mujhe|chahiye|chahie|dikhao|dikhaiye|batao|bataiye|kya|hai|hain|mein|ke paas|ka|ki|wala|wali|"
    r"kitna|kitne|kaisa|namaste|kiraya|kiraye|ghar|makan|sasta|andar|tak)\b",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:tell|show|give|find|get|help|send) me\b", re.IGNORECASE)
_BY_ID = re.compile(
    r"(?:\b(?:property|listing|home|house|flat|id)|संपत्ति|प्रॉपर्टी|घर|फ्लैट)\s*"
    r"(?:(?:no|number|id|नंबर)\b\.?|#|:)?\s*#?\s*([0-9०-९]{1,12})(?!\s*(?:bhk|lakh|crore|cr\b|k\b|sq|%|[0-9.,]))",
    re.IGNORECASE,
)
_ABOUT_ONE = re.compile(
    r"\b(?:tell|about|details?|more|info|describe|show|open|what|batao|bataiye|dikhao|dikhaiye|jankari|baare)\b|"
    r"विवरण|जानकारी|बता|दिखा|बारे",
    re.IGNORECASE,
)
_ORDINALS: tuple[tuple[int, str], ...] = (
    (0, r"first|1st|pehla|pehli|pehle|pahla|pahli|पहला|पहली|पहले"),
    (1, r"second|2nd|doosra|dusra|doosri|dusri|doosre|dusre|दूसरा|दूसरी|दूसरे"),
    (2, r"third|3rd|teesra|tisra|teesri|tisri|teesre|तीसरा|तीसरी|तीसरे"),
    (3, r"fourth|4th|chautha|chauthi|चौथा|चौथी|चौथे"),
    (4, r"fifth|5th|paanchva|panchva|paanchvi|पाँचवाँ|पाँचवीं|पांचवां|पांचवीं"),
    (-1, r"last|aakhri|akhri|aakhiri|आखिरी|आख़िरी|अंतिम"),
)
_THING = (
    r"\s+(?:one|option|property|home|house|flat|listing|result|card|wala|wali|wale|ghar|"
    r"वाला|वाली|वाले|घर|फ्लैट)"
)
_END = r"\s*(?:$|[?.!।]|\b(?:ke|ka|ki)\b|के|का|की)"
_ORDINAL = [
    (place, re.compile(rf"(?<!\w)(?:{names})(?:{_THING}|{_END})", re.IGNORECASE))
    for place, names in _ORDINALS
]
_NUMBERED = re.compile(r"\b(?:number|no\.?|option|#)\s*([1-9])\b(?!\s*(?:bhk|lakh|cr))", re.IGNORECASE)
_GREETING = re.compile(
    r"^\W*(?:hi+|hello|hey|namaste|namaskar|good (?:morning|afternoon|evening)|thanks?(?: you)?|thank u|"
    r"dhanyavaad|shukriya|help|what can you do|who are you|aap kaun hain?|नमस्ते|नमस्कार|धन्यवाद|शुक्रिया|मदद|"
    r"आप कौन हैं|आप क्या कर सकते हैं)(?:\s+(?:there|ji|जी|all|everyone))?\W*$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:sign(?:ed)?[- ]?(?:in|out|up)|log(?:ged)?[- ]?(?:in|out)|register|my (?:account|profile|sessions?|"
    r"preferences|consents|data)|(?:mera|meri|apna|apni) (?:account|khata|profile)|who am i)\b|"
    r"साइन (?:इन|आउट|अप)|लॉग ?(?:इन|आउट)|(?:मेरा|मेरी|अपना|अपनी) (?:खाता|अकाउंट|प्रोफ़ाइल|प्रोफाइल)",
    re.IGNORECASE,
)
_CHANGES: tuple[tuple[Doing, re.Pattern[str]], ...] = (
    (
        "remove_from_shortlist",
        re.compile(
            r"\b(?:remove|take|drop|delete|hata(?:o|iye|do)?|nikaal(?:o|iye)?)\b.*\b(?:shortlist|saved|list)\b|"
            r"(?:शॉर्टलिस्ट|सूची|लिस्ट).*(?:हटा|निकाल)",
            re.IGNORECASE,
        ),
    ),
    (
        "shortlist_property",
        re.compile(
            r"\b(?:shortlist|bookmark|save|favou?rite)\b|शॉर्टलिस्ट|पसंदीदा|सहेज|सेव कर",
            re.IGNORECASE,
        ),
    ),
    (
        "reveal_contact",
        re.compile(
            r"\b(?:contact|phone(?: number)?|call|sampark|phone karo)\b|संपर्क|फ़ोन|फोन|नंबर (?:दो|दीजिए|दिखा)",
            re.IGNORECASE,
        ),
    ),
)
_ACTIVITY = re.compile(
    r"\bmy (?:activity|history|actions|changes)\b|\bwhat (?:did|have) (?:i|you) (?:do|done|changed?)\b|"
    r"^\W*undo\b|\bmeri activity\b|\bmaine kya kiya\b|मैंने क्या (?:किया|बदला)|मेरी गतिविधि|मेरा इतिहास",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"\b(?:compare|comparison|tulna|muqabla)\b|तुलना|मुक़ाबला|मुकाबला", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.,])#?([0-9०-९]{1,12})(?![\w.,]*(?:bhk|lakh|cr)|\s*(?:bhk|lakh|cr|k\b|sq|%))", re.IGNORECASE
)
_FIRST_FEW = re.compile(
    r"\b(?:first|top|pehl[ei]|pahl[ei])\s+(two|three|four|2|3|4|do|teen|char)\b|पहल[ेी]\s+(दो|तीन|चार)",
    re.IGNORECASE,
)
_FEW = {"two": 2, "three": 3, "four": 4, "do": 2, "teen": 3, "char": 4, "दो": 2, "तीन": 3, "चार": 4}
_MOST_COMPARED = 4
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


@dataclass(frozen=True, slots=True)
class Help:
    """A greeting, or a question about us."""

    language: Language


@dataclass(frozen=True, slots=True)
class Account:
    """Something about the person's own account, or signing in."""

    language: Language


@dataclass(frozen=True, slots=True)
class Search:
    """A search, in the person's own words."""

    words: str
    language: Language


@dataclass(frozen=True, slots=True)
class Details:
    """One property: by its id, or by its place (0 is the first, -1 the last) in the search for `words`."""

    language: Language
    id: int | None = None
    place: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something to be done about one property, which is named like that of `Details`."""

    language: Language
    tool: Doing
    id: int | None = None
    place: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done in the person's name."""

    language: Language


@dataclass(frozen=True, slots=True)
class Compare:
    """Properties side by side: by their ids, or by their places in the search for `words`."""

    language: Language
    ids: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    words: str = ""


Intent = Help | Account | Activity | Search | Details | Compare | Change


def of(question: str, earlier: list[str]) -> Intent:
    """What this question wants, given the questions before it (oldest first)."""
    language = _language(question)
    if _GREETING.match(question):
        return Help(language)
    if _ACCOUNT.search(question):
        return Account(language)
    if _ACTIVITY.search(question):
        return Activity(language)
    compared = _compared(question, language, earlier)
    if compared is not None:
        return compared
    doing: Doing | None = next((tool for tool, pattern in _CHANGES if pattern.search(question)), None)
    named = _by_id(question)
    if named is not None:
        return Change(language, doing, id=named) if doing else Details(language, id=named)
    place = _place(question)
    before = _last_search(earlier)
    if place is not None and before is not None:
        if doing:
            return Change(language, doing, place=place, words=before)
        return Details(language, place=place, words=before)
    return Search(_fitting(question), language)


def _compared(question: str, language: Language, earlier: list[str]) -> Compare | None:
    if not _COMPARE.search(question):
        return None
    ids = tuple(int(each.translate(_DIGITS)) for each in _NUMBER.findall(question))
    few = _FIRST_FEW.search(question)
    if few is None and len(set(ids)) > 1:
        return Compare(language, ids=ids[:_MOST_COMPARED])
    before = _last_search(earlier)
    if before is None:
        return None
    if few is not None:
        said = (few.group(1) or few.group(2)).lower()
        return Compare(language, places=tuple(range(_FEW.get(said) or int(said))), words=before)
    named = tuple(
        place for place, names in _ORDINALS if re.search(rf"(?<!\w)(?:{names})(?!\w)", question, re.I)
    )
    return Compare(language, places=named if len(named) > 1 else (0, 1, 2), words=before)


def _fitting(question: str) -> str:
    """The words as far as a search takes them, cut between two words."""
    if len(question) <= _MOST_WORDS:
        return question
    return question[:_MOST_WORDS].rpartition(" ")[0] or question[:_MOST_WORDS]


def _last_search(earlier: list[str]) -> str | None:
    """The last earlier question that was a search: what "the second one" counts in."""
    for question in reversed(earlier):
        other = any(each.search(question) for each in (_GREETING, _ACTIVITY, _COMPARE))
        if not other and _by_id(question) is None and _place(question) is None:
            return _fitting(question)
    return None


def _by_id(question: str) -> int | None:
    found = _BY_ID.search(question)
    if found is None:
        return None
    about = _ABOUT_ONE.search(question) or any(pattern.search(question) for _, pattern in _CHANGES)
    if not (about or found.group(0) == question.strip()):
        return None
    return int(found.group(1).translate(_DIGITS))


def _place(question: str) -> int | None:
    if len(question) > 80:
        return None
    for place, pattern in _ORDINAL:
        if pattern.search(question):
            return place
    found = _NUMBERED.search(question)
    return int(found.group(1)) - 1 if found else None


def _language(question: str) -> Language:
    """As the phrase parser says, which reads property words; and as greetings and small words tell."""
    if _DEVANAGARI.search(question):
        return "hi"
    # "me" is Hindi for "in"; in "show me" it is not.
    said = read(_ME.sub("", question), _gazetteer()).language
    return "hinglish" if said == "en" and _HINGLISH.search(question) else said


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer()
