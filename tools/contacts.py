"""Contacts: a phone number or an e-mail address, as people write it, as it is kept, and as it is shown."""

import importlib
import re
from typing import Any

from tools.refusals import Invalid

COUNTRY = "IN"
"""Whose numbers may be written without a country code."""

LONGEST = 254
_PHONE = re.compile(r"[\d\s()+.\-]+")
_HOME = "+91"
_DOT = "•"


class NotAContact(Invalid):
    """This is neither a phone number nor an e-mail address."""


def normalised(written: str) -> str:
    """The phone in E.164, or the e-mail address in lower case. Refuses anything else.

    +91 98765 43210, 0091-98765-43210, 098765 43210 and 9876543210 are one phone.
    """
    text = written.strip()
    if not text or len(text) > LONGEST:
        raise NotAContact
    return _email(text) if "@" in text else _phone(text)


def masked(contact: str) -> str:
    """As much of a contact as its owner recognises: +91 98••••••10, a••••@example.com."""
    if "@" in contact:
        name, _, domain = contact.rpartition("@")
        return f"{name[0]}{_DOT * 4}@{domain}"
    home = contact.startswith(_HOME)
    shown = f"{_HOME} {contact[3:5]}" if home else contact[:4]
    return f"{shown}{_DOT * (len(contact) - (7 if home else 6))}{contact[-2:]}"


def _email(text: str) -> str:
    # Imported when the first one is read: it costs a start more than the rest of this module ever will.
    validator: Any = importlib.import_module("email_validator")
    try:
        read = validator.validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except validator.EmailNotValidError:
        raise NotAContact from None
    return str(read.ascii_email).lower()


def _phone(text: str) -> str:
    phonenumbers: Any = importlib.import_module("phonenumbers")
    if not _PHONE.fullmatch(text):
        raise NotAContact
    try:
        read = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        raise NotAContact from None
    if not phonenumbers.is_valid_number(read):
        raise NotAContact
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))
