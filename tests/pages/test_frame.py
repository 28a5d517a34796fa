"""The frame of the pages that need no script: languages, texts, and the browser's policy."""

import importlib
import string
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from servers.pages import frame, share
from servers.pages.frame import leads_to, policy, preferred

PAGES = Path(frame.__file__).parent
TABLES = sorted(path.stem for path in (PAGES / "words").glob("[a-z]*.py"))
TEMPLATES = sorted(path.stem for path in frame.TEMPLATES.glob("*.html"))
SHARED = {"fields", "refusal"}
"""Templates of parts, which bring no texts of their own."""


def request(path: str = "/sign-in", query: str = "", **headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    where = {"path": path, "query_string": query.encode(), "server": ("localhost", 3600), "scheme": "http"}
    return Request({"type": "http", "method": "GET", "headers": sent, **where})


def page(asked: Request, **more: Any) -> Response:
    return frame.render(asked, "sign_out", csrf="x", next="/", **more)


@pytest.mark.parametrize("table", TABLES)
def test_every_text_is_there_in_both_languages(table: str) -> None:
    words: frame.Words = importlib.import_module(f"servers.pages.words.{table}").WORDS
    for key, (english, hindi) in words.items():
        assert english.strip(), key
        assert hindi.strip(), key
        assert placeholders(english) == placeholders(hindi), key
        if key != "other_language":
            assert english.isascii() or not any("\u0900" <= sign <= "\u097f" for sign in english), key


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_page_has_its_texts() -> None:
    assert set(TEMPLATES) - SHARED == set(TABLES)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("hi", "hi"),
        ("hi-IN,hi;q=0.9,en;q=0.8", "hi"),
        ("en-IN,hi;q=0.9", "en"),
        ("fr, hi;q=0.5", "hi"),
        ("hi;q=0", "en"),
        ("en;q=0.4, hi;q=0.5", "hi"),
        ("hi;q=x, en;q=0.1", "en"),
        ("fil, hil", "en"),
        (",;=" * 500, "en"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_prefers(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_a_language_that_was_chosen_goes_before_the_browsers() -> None:
    assert frame.language(request(accept_language="hi")) == "hi"
    assert frame.language(request(accept_language="hi", cookie="lang=en")) == "en"
    assert frame.language(request(accept_language="hi", cookie="lang=en", query="lang=hi")) == "hi"
    assert frame.language(request(accept_language="hi", cookie="lang=xx", query="lang=<b>")) == "hi"


def test_a_language_is_remembered_when_it_is_chosen() -> None:
    assert page(request(query="lang=hi")).headers["set-cookie"].startswith("lang=hi; ")
    assert "set-cookie" not in page(request(accept_language="hi")).headers
    assert "set-cookie" not in page(request(query="lang=x")).headers


def test_the_other_language_keeps_the_rest_of_the_address() -> None:
    text = bytes(page(request(query="next=%2Fa%26b&lang=hi")).body).decode()
    assert 'href="?next=%2Fa%26b&amp;lang=en"' in text


def test_a_page_holds_nothing_that_runs() -> None:
    for name in TEMPLATES:
        text = (frame.TEMPLATES / f"{name}.html").read_text()
        if name == "preview":
            # A page of development, which is one script of ours and nothing that is written into it.
            text = text.replace('<script type="module" src="/preview/preview.js"></script>', "")
        if name == "share":
            # What search engines read: no browser runs it, so that the policy needs no source for it.
            text = text.replace('<script type="application/ld+json">{{ structured }}</script>', "", 1)
        assert "<script" not in text
        assert " style=" not in text
        assert "<style" not in text
        assert not [part for part in text.split() if part.startswith("on") and "=" in part]
        assert "|safe" not in text.replace(" ", "")


def test_no_page_may_run_a_script() -> None:
    for said in (policy(), share.policy()):
        assert said.startswith("default-src 'none'; ")
        assert "script-src" not in said


def test_values_are_text_and_unknown_ones_are_a_defect() -> None:
    answer = frame.render(request(), "sign_out", csrf='"><b>', next="/")
    assert b'value="&#34;&gt;&lt;b&gt;"' in answer.body
    undefined = importlib.import_module("jinja2").UndefinedError
    with pytest.raises(undefined):
        frame.render(request(), "sign_out", next="/")


@pytest.mark.parametrize(
    ("uri", "source"),
    [
        ("https://client.example/callback?a=1", "https://client.example"),
        ("https://client.example:8443/callback", "https://client.example:8443"),
        ("http://127.0.0.1:33418/", "http://127.0.0.1:33418"),
        ("http://localhost/x", "http://localhost"),
        ("http://[::1]:9/x", "http:"),
        ("com.example.app:/callback", "com.example.app:"),
        ("https://client.example;script-src *", "https:"),
        ("https://user@client.example/", "https:"),
        ("cursor://anysphere.cursor-retrieval/oauth", "cursor:"),
        ("x y:/", "'none'"),
    ],
)
def test_a_form_may_lead_to_where_it_is_redirected_and_to_nowhere_else(uri: str, source: str) -> None:
    assert leads_to(uri) == source
    assert f"form-action 'self' {source};" in policy([source])
    assert (
        f"form-action 'self' {source};"
        in page(request(), form_action=[source]).headers["content-security-policy"]
    )
