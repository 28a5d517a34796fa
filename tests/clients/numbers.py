"""Contacts that nobody else in this run has."""

import itertools
import os

_numbers = itertools.count()


def phone() -> str:
    """A fresh Indian mobile number, in E.164."""
    return f"+9198{os.getpid() % 10_000:04d}{next(_numbers) % 10_000:04d}"


def email() -> str:
    """A fresh e-mail address."""
    return f"person.{os.getpid()}.{next(_numbers)}@example.com"
