"""Source text made safe and fit to show: no markup, nothing invisible, no contact details, bounded length."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES: Final = re.compile(r"\s+")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]+")
_TAG: Final = re.compile(
    r"<(?:[a-z/!?][^<>]*)?>|<(?:script|style)\b.*?</(?:script|style)\s*>", re.IGNORECASE | re.DOTALL
)
_OPENING: Final = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE: Final = re.compile(r"[6-9]\d{4}[ -]?\d{5}")
_PHONE: Final = re.compile(r"(?<![\d.,])(?:\+?91[ -]?|0)?[6-9]\d{4}[ -]?\d{5}(?![.,]?\d)")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")
_SENTENCE: Final = re.compile(r"(?:^|[.!?]\s+)[a-z]")
_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "by", "for", "in", "near", "of", "on", "or", "the", "to", "with"}
)
_CAPITAL_WORDS: Final = """
    bhk rk dlf m3m bptp ats chd ss tdi mgf ilp ld rps nri jms aipl asf aez awho afnhb cghs hsvp huda imt
    kmp pwo rwa sco ews lig mig hig pg nh mg sez g99 ii iii iv vi ndx xii
"""
_CAPITALS: Final = frozenset(_CAPITAL_WORDS.split())
_UNIT: Final = re.compile(r"\d+[a-z]{1,3}")


def clean(text: str, limit: int, note: Callable[[str], object]) -> str:
    """The text as one safe line of at most `limit` characters. Calls `note` with the name of each mending."""
    if not (text.isascii() and text.isprintable()):
        text = _without_hidden(text, note)
    if "<" in text or "&" in text:
        text = _without_markup(text, note)
    text = _SPACES.sub(" ", text).strip()
    if "@" in text or _MOBILE.search(text):
        text = _without_contacts(text, note)
    if len(text) > limit:
        note("text_shortened")
        text = text[: limit - 1].rsplit(" ", 1)[0] + "…"
    return text


def _without_hidden(text: str, note: Callable[[str], object]) -> str:
    if _SURROGATES.search(text):
        note("encoding_mended")
        text = _SURROGATES.sub(_as_windows, text)
    text = unicodedata.normalize("NFC", text)
    kept = "".join(each for at, each in enumerate(text) if _is_shown(text, at, each))
    if len(kept) != len(text):
        note("invisible_characters_removed")
    return kept


def _as_windows(match: re.Match[str]) -> str:
    """Bytes that were not UTF-8, as the Windows code page that writes most of them."""
    raw = match[0].encode("utf-8", "surrogateescape") if _is_escaped(match[0]) else b""
    return raw.decode("cp1252", "ignore")


def _is_escaped(text: str) -> bool:
    return all("\udc80" <= each <= "\udcff" for each in text)


def _is_shown(text: str, at: int, each: str) -> bool:
    if each.isspace():
        return True
    if each in _JOINERS:
        return at > 0 and "\u0900" <= text[at - 1] <= "\u0dff"
    if "\ufe00" <= each <= "\ufe0f" or "\U000e0100" <= each <= "\U000e01ef":
        return False
    return unicodedata.category(each) not in _HIDDEN


def _without_markup(text: str, note: Callable[[str], object]) -> str:
    """The text without entities and tags, also those that appear only once others have gone."""
    before = text
    for _ in range(5):
        bare = _TAG.sub(" ", _ENTITY.sub(_unescaped, text))
        if bare == text:
            break
        text = bare
    text = _OPENING.sub("", text)
    if text != before:
        note("markup_removed")
    return text


def _without_contacts(text: str, note: Callable[[str], object]) -> str:
    bare = _PHONE.sub("(contact removed)", _MAIL.sub("(contact removed)", text))
    if bare != text:
        note("contact_removed")
    return bare


def _unescaped(match: re.Match[str]) -> str:
    found = html.unescape(match[0])
    return found if found != match[0] and found.isprintable() else " "


def presented(name: str) -> str:
    """A lower-case title or name as it is shown: "3 BHK Flat in Sector 37D". Mixed case is left as it is."""
    if not name.islower():
        return name
    words = name.split(" ")
    return " ".join(_capitalised(word, first=at == 0) for at, word in enumerate(words))


def _capitalised(word: str, *, first: bool) -> str:
    bare = word.strip("(),.-")
    if bare in _CAPITALS or _UNIT.fullmatch(bare):
        return word.upper()
    if bare in _SMALL and not first:
        return word
    return re.sub(r"(?:^|(?<=[-/(]))[a-z]", lambda match: match[0].upper(), word)


def as_sentences(text: str) -> str:
    """A lower-case description with a capital at the start of each sentence."""
    return _SENTENCE.sub(lambda match: match[0].upper(), text) if text.islower() else text
