"""The frame of our pages: language, theme and the policy of the browser. Importing this is cheap."""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment
    from starlette.requests import Request

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "lang"
Language: TypeAlias = Literal["en", "hi"]
Words: TypeAlias = "Mapping[str, tuple[str, str]]"
"""What a page says: from a key to the English and the Hindi text."""

_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


def render(
    request: Request, name: str, *, status: int = 200, form_action: Sequence[str] = (), **values: Any
) -> Response:
    """A page from `templates/<name>.html` and its texts in `words/<name>.py`, in the reader's language.

    The template knows `lang`, `t` (its texts, by key) and `values`. `form_action` names where else than to us
    a form of the page may lead, redirects included: see `leads_to`.
    """
    lang = language(request)
    stem = name.removesuffix(".html")
    other = request.url.include_query_params(lang="en" if lang == "hi" else "hi")
    texts = {key: said for words in ("frame", stem) for key, said in _texts(words, lang).items()}
    page = _environment().get_template(f"{stem}.html")
    known = {"lang": lang, "t": texts, "other_language": f"?{other.query}"}
    answer = Response(page.render(known | values), status, media_type="text/html; charset=utf-8")
    answer.headers["Content-Language"] = lang
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = policy(form_action)
    if request.query_params.get("lang") == lang:
        answer.set_cookie(LANGUAGE_COOKIE, lang, max_age=31_536_000, samesite="lax")
    return answer


def language(request: Request) -> Language:
    """The reader's language: what they chose here, or chose before, or what their browser prefers."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen == "en" or chosen == "hi":
            return chosen
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> Language:
    """English or Hindi by an `Accept-Language` header; English where it prefers neither."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", weight)
        main = tag.strip().lower().partition("-")[0]
        value = float(quality[1]) if quality else 1.0 if not weight else 0.0
        weights[main] = max(value, weights.get(main, 0.0))
    return "hi" if weights.get("hi", 0.0) > weights.get("en", 0.0) else "en"


def leads_to(uri: str) -> str:
    """The source to name in `form_action` for a form that is redirected to `uri`.

    Browsers hold the redirects of a form against the policy of its page.
    """
    parts = urlsplit(uri)
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme}:" if _SCHEME.fullmatch(parts.scheme) else "'none'"
    # A policy cannot name an IPv6 address, only the scheme.
    return f"{parts.scheme}://{parts.netloc}" if _HOST.fullmatch(parts.netloc) else f"{parts.scheme}:"


def policy(form_action: Sequence[str] = ()) -> str:
    """The content policy of a page without scripts, whose forms lead to us and to `form_action` only."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "base-uri 'none'",
            " ".join(("form-action 'self'", *form_action)),
            "frame-ancestors 'none'",
        )
    )


def _texts(stem: str, lang: Language) -> dict[str, str]:
    words: Words = importlib.import_module(f"servers.pages.words.{stem}").WORDS
    return {key: said[0 if lang == "en" else 1] for key, said in words.items()}


@cache
def _environment() -> Environment:
    jinja2: Any = importlib.import_module("jinja2")
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
