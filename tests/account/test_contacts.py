"""Contacts: however one is written it is one person, and nobody else reads it whole."""

import pytest

from tools.contacts import NotAContact, masked, normalised


@pytest.mark.parametrize(
    "written",
    ["+91 98765 43210", "0091-98765-43210", "098765 43210", "9876543210", " (987) 654.3210 ", "९८७६५४३२१०"],
)
def test_a_phone_is_one_however_it_is_written(written: str) -> None:
    assert normalised(written) == "+919876543210"


def test_a_phone_of_another_country_needs_its_code() -> None:
    assert normalised("+1 (650) 253-0000") == "+16502530000"


@pytest.mark.parametrize("written", ["Asha@Example.COM", " asha@example.com\n"])
def test_an_address_is_one_however_it_is_written(written: str) -> None:
    assert normalised(written) == "asha@example.com"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Asha",
        "12345",
        "+999999999999",
        "98765HELLO",
        "9876543210 ext. 5",
        "a@localhost",
        "Asha <asha@example.com>",
        "a" * 250 + "@example.com",
        "9876543210\0",
        "9876543210@",
    ],
)
def test_what_is_neither_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(NotAContact) as refused:
        normalised(written)
    assert refused.value.message == "This is neither a phone number nor an e-mail address."


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("+919876543210", "+91 98••••••10"),
        ("+16502530000", "+165••••••00"),
        ("asha.rao@example.com", "a••••@example.com"),
    ],
)
def test_a_contact_is_shown_as_far_as_its_owner_recognises_it(contact: str, shown: str) -> None:
    assert masked(contact) == shown
