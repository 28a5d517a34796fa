"""Masking: how to reach somebody is hidden however it is written, and prices, areas and days are not."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.masking import HIDDEN, masked

_NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_HINDI = ["शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"]
_ROMAN = ["shunya", "ek", "do", "teen", "char", "paanch", "chhe", "saat", "aath", "nau"]


@pytest.mark.parametrize(
    "text",
    [
        "+91-98765-43210",
        "0124 4567890",
        "011-23456789",
        "98 double 7 543210",
        "9876 5 4321 0",
        "+1 415 555 2671",
        "9\u200b8765\u200b43210",
        "९८७६५४३२१०",
        "９８７６５４３２１０",
        "asha@gmail.com",
        "asha [at] gmail [dot] com",
        "asha at gmail dot com",
        "asha@okaxis",
        "https://evil.example/path?x=1",
        "wa.me/919876543210",
        "www.mysite.in",
        "mysite.co.in/flat",
        "@asha_rao",
        "tg://resolve?domain=asha",
    ],
)
def test_what_leads_past_us_is_hidden(text: str) -> None:
    assert masked(text) == (HIDDEN, True)
    said, hidden = masked(f"Ring me: {text} please")
    assert hidden
    assert HIDDEN in said
    assert text not in said


@pytest.mark.parametrize(
    "text",
    [
        "Is ₹1,20,00,000 final? 1450 sq ft, sector 57, 122003.",
        "On 2031-06-02 10:30 or 3/6/2031?",
        "My budget is 40,000 to 60,000 a month, deposit 1,20,000.",
        "Price 85,00,000-95,00,000, or 9000000-9500000?",
        "I am at sector 42, tower 5, flat no.1204",
        "One or two of us, for three days; do teen din.",
        "क्या यह 2 बीएचके 45,000 में है?",
        "Is it quiet at night? Any parking?",
        "e.g. the 2nd floor, i.e. no lift",
    ],
)
def test_what_belongs_to_a_home_is_passed_on_as_it_was_written(text: str) -> None:
    assert masked(text) == (text, False)


_BETWEEN = st.sampled_from(["", " ", "-", ".", " - ", ", ", "/", "_", ")("])
_STYLES = [
    str.maketrans("0123456789", digits) for digits in ("0123456789", "०१२३४५६७८९", "０１２３４５６７８９")
]


@given(
    number=st.from_regex(r"[6-9][0-9]{9}", fullmatch=True),
    prefix=st.sampled_from(["", "+91", "0", "91", "+91 ", "0091-"]),
    gaps=st.tuples(*[_BETWEEN] * 9),
    style=st.sampled_from(_STYLES),
)
def test_a_mobile_number_is_hidden_however_its_digits_stand(
    number: str, prefix: str, gaps: tuple[str, ...], style: dict[int, str]
) -> None:
    written = prefix + number[0] + "".join(gap + digit for gap, digit in zip(gaps, number[1:], strict=True))
    said, hidden = masked(f"Call {written.translate(style)} today")
    assert hidden
    assert sum(each.isdecimal() for each in said) <= 2


@given(
    number=st.from_regex(r"[6-9][0-9]{9}", fullmatch=True), words=st.sampled_from([_NAMES, _HINDI, _ROMAN])
)
def test_a_number_in_words_is_hidden(number: str, words: list[str]) -> None:
    spoken = " ".join(words[int(digit)] for digit in number)
    assert masked(f"Ring {spoken}, please") == (f"Ring {HIDDEN}, please", True)


@given(text=st.text(max_size=300))
def test_any_text_is_read_and_what_was_hidden_once_hides_no_more(text: str) -> None:
    said, hidden = masked(text)
    assert hidden or said == text
    assert not re.search(r"(?<!\d)[6-9]\d{9}(?!\d)", said)


@pytest.mark.parametrize(
    "part", ["x", "a.", "1-", "a-", "+", "a at ", "a dot ", "a@b.c ", "\u337f", "\ufdfa"]
)
def test_no_text_takes_long_to_read(part: str) -> None:
    """Everybody waits while it is read: what a letter stands for, and how it repeats, must not matter."""
    text = (part * 5_000)[:5_000]
    begun = time.process_time()
    assert masked(text) == (text, False)
    # It takes a few hundredths; without bounds it took from two seconds to half an hour.
    assert time.process_time() - begun < 1
