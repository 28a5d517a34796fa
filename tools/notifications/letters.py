"""Letters: a notification as an e-mail, in text and as a page, and as a text message."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.notifications import Told

_PAGE: Final = Path(__file__).with_name("letter.html")
_BRAND: Final = {"en": "360 Ghar", "hi": "360 घर"}
_OPEN: Final = {"en": "Open in 360 Ghar", "hi": "360 घर में खोलें"}
_WHY: Final[Mapping[str, Mapping[str, str]]] = {
    "transactional": {
        "en": "You get this because it is about something that you or somebody else did in 360 Ghar.",
        "hi": "यह आपको इसलिए मिला है क्योंकि यह 360 घर में आपके या किसी और के किए काम के बारे में है।",
    },
    "system": {
        "en": "You get this because you have an account with 360 Ghar.",
        "hi": "यह आपको इसलिए मिला है क्योंकि 360 घर में आपका खाता है।",
    },
    "marketing": {
        "en": "You get this because you asked for offers from 360 Ghar.",
        "hi": "यह आपको इसलिए मिला है क्योंकि आपने 360 घर के ऑफ़र माँगे थे।",
    },
}
_LEAVE: Final[Mapping[str, Mapping[str, str]]] = {
    "transactional": {"en": "No more e-mails like this", "hi": "ऐसे ई-मेल अब न भेजें"},
    "system": {"en": "No more e-mails like this", "hi": "ऐसे ई-मेल अब न भेजें"},
    "marketing": {"en": "Unsubscribe from offers", "hi": "ऑफ़र के ई-मेल बंद करें"},
}
_END: Final = {"en": ".", "hi": "।"}
_STOP: Final = {"en": "No more of these:", "hi": "बंद करने के लिए:"}


class Letter(NamedTuple):
    """One e-mail."""

    subject: str
    text: str
    html: str


def letter(told: Told, lang: str, *, link: str, leave: str) -> Letter:
    """A notification as an e-mail. `link` is where it leads, `leave` the address that ends such e-mails."""
    title, body = told.in_(lang)
    why, leaves = _WHY[told.category][lang], _LEAVE[told.category][lang]
    opens = "" if told.link is None else f"{_OPEN[lang]}: {link}\n\n"
    text = f"{title}\n\n{body}\n\n{opens}-- \n{_BRAND[lang]}\n{why}\n{leaves}: {leave}\n"
    said = {
        "lang": lang,
        "brand": _BRAND[lang],
        "title": title,
        "why": why,
        "leaves": leaves,
        "leave": leave,
        "home": link if told.link is None else link.removesuffix(told.link) + "/",
        "link": link,
        "open": _OPEN[lang],
    }
    values = {name: escape(value) for name, value in said.items()}
    values["body"] = _paragraphs(body)
    values["shown"] = "none" if told.link is None else "table"
    return Letter(_one_line(title), text, _page().substitute(values))


def short(told: Told, lang: str, *, link: str, leave: str | None) -> str:
    """A notification as a text message: who writes, what, and where to go."""
    title, body = told.in_(lang)
    parts = [f"{_BRAND[lang]}: {title}{_END[lang]} {_one_line(body)}"]
    if told.link is not None:
        parts.append(link)
    if leave is not None:
        parts.append(f"{_STOP[lang]} {leave}")
    return "\n".join(parts)


@cache
def _page() -> Template:
    return Template(_PAGE.read_text())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Blank lines part paragraphs; others are kept as they are."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)
