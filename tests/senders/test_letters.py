"""Letters: what a notification looks like as an e-mail and as a text message, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from storage.notifications import CATEGORIES, Told
from tests.notifications.examples import EXAMPLES
from tools.notice import LANGUAGES
from tools.notice_types import TYPES
from tools.notifications.letters import letter, short

LINK, LEAVE = "https://ghar.example/account?a=1&b=2", "https://ghar.example/unsubscribe/token"
NOW = datetime(2031, 6, 2, tzinfo=UTC)


def told(title: str, body: str, *, category: str = "system", link: str | None = "/account?a=1&b=2") -> Told:
    said = {lang: [title, body] for lang in LANGUAGES}
    return Told(1, 2, "signed_in", category, said, link, NOW, NOW, None)


class Read(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_others_wrote_is_text_and_nothing_else() -> None:
    nasty = '<script>alert(1)</script> & "quotes" $title ${link}\r\nBcc: all@example.com'
    written = letter(told(nasty, nasty), "en", link=LINK, leave=LEAVE)
    page = Read(written.html)
    assert "script" not in page.tags
    assert {*page.links} <= {LINK, LEAVE, "https://ghar.example/"}
    assert "$title ${link}" in page.text
    assert "\n" not in written.subject
    assert "\r" not in written.subject


def test_it_shows_paragraphs_and_leads_somewhere_only_where_there_is_something() -> None:
    page = letter(
        told("Hello", "One.\nTwo.\n\nThree.", link=None), "en", link="https://ghar.example/", leave=LEAVE
    )
    assert "<p>One.<br>Two.</p><p>Three.</p>" in page.html
    assert "display:none" in page.html
    assert "Open in 360 Ghar" not in page.text
    assert "Open in 360 Ghar" in letter(told("Hello", "One."), "en", link=LINK, leave=LEAVE).text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TYPES)
def test_every_type_can_be_written_in_every_language(name: str, lang: str) -> None:
    notice = TYPES[name]
    about = notice.takes.model_validate(EXAMPLES[name])
    said = {each: list(notice.said(about)[each]) for each in LANGUAGES}
    one = Told(1, 2, name, notice.category, said, notice.page(about), NOW, NOW, None)
    written = letter(one, lang, link=LINK, leave=LEAVE)
    page = Read(written.html)
    assert said[lang][0] in page.text
    assert LEAVE in page.links
    assert said[lang][0] in written.text
    assert "$" not in written.html
    assert len(written.html.encode()) < 12_000, "mail programs clip what is long"
    assert said[lang][0] in short(one, lang, link=LINK, leave=None)


def test_it_says_why_one_gets_it_and_how_to_end_it() -> None:
    says = {
        each: letter(told("Hello", "One.", category=each), "hi", link=LINK, leave=LEAVE)
        for each in CATEGORIES
    }
    assert len({each.text for each in says.values()}) == len(CATEGORIES)
    assert all(LEAVE in each.text for each in says.values())


def test_a_text_message_is_one_line_and_its_addresses() -> None:
    said = short(told("Hello", "One.\nTwo."), "en", link=LINK, leave=LEAVE)
    assert said == f"360 Ghar: Hello. One. Two.\n{LINK}\nNo more of these: {LEAVE}"
