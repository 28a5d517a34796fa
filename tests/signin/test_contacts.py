"""Contacts, for any way of writing one: the same person stays the same, and nothing odd gets through."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.contacts import NotAContact, normalised

MOBILE = st.integers(6_000_000_000, 9_999_999_999).map(str)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "  "])
DEVANAGARI = {ord(str(n)): "०१२३४५६७८९"[n] for n in range(10)}


def read(written: str) -> str | None:
    try:
        return normalised(written)
    except NotAContact:
        return None


@settings(deadline=None)
@given(MOBILE, SEPARATORS, st.booleans())
def test_one_number_in_all_its_forms_is_one_person(number: str, separator: str, hindi: bool) -> None:
    typed = separator.join((number[:5], number[5:]))
    forms = [prefix + typed for prefix in ("", "0", "+91", "+91 ", "0091", "0091-", "+91-", " ")]
    shown = [form.translate(DEVANAGARI) if hindi else form for form in forms]
    found = {read(form) for form in shown}
    assert len(found) == 1
    assert found <= {f"+91{number}", None}, "one that India does not give out is refused in every form"


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(st.sampled_from("0123456789+-() .०९१x;,#*\n\t")), st.emails()))
def test_what_is_kept_is_in_one_form_only(written: str) -> None:
    kept = read(written)
    if kept is None:
        return
    assert normalised(kept) == kept
    assert kept.isascii()
    assert kept.isprintable()
    assert kept == kept.lower()
    if "@" not in kept:
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", kept)


@settings(deadline=None)
@given(st.sampled_from(["asha@example.com", "+919876543210"]), st.text(min_size=1, max_size=20))
def test_no_line_end_or_control_character_gets_in(contact: str, more: str) -> None:
    for sign in "\r\n\0\x1b\u2028\u202e":
        for written in (f"{contact}{sign}{more}", f"a{sign}{contact}"):
            kept = read(written)
            assert kept is None or (kept.isprintable() and kept.isascii())


@settings(deadline=None)
@given(st.emails())
def test_an_address_is_one_in_any_case(address: str) -> None:
    assert read(address) == read(address.upper()) == read(f" {address.title()} ")
