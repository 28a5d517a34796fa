"""Whose code is being waited for: a cookie between the two steps of a sign-in."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from servers.keys import Keys
from servers.signin.codes import LIFETIME
from servers.signin.websession import Cookie


class Pending:
    """Remembers a contact in the browser that typed it, so that reloading a page sends nothing again."""

    def __init__(self, keys: Keys, *, secure: bool) -> None:
        self._key = keys.of("pending sign-ins")
        self._cookie = Cookie("ghar-contact", secure=secure)

    def remember(self, contact: str) -> str:
        """The `Set-Cookie` header that remembers a contact for as long as its code lives."""
        name = urlsafe_b64encode(contact.encode()).decode()
        return self._cookie.set(f"{name}.{self._signed(contact)}", LIFETIME)

    def contact(self, scope: Mapping[str, Any]) -> str | None:
        """The contact whose code this browser waits for."""
        name, _, signature = (self._cookie.read(scope) or "").partition(".")
        try:
            contact = urlsafe_b64decode(name).decode()
        except ValueError:
            return None
        right = hmac.compare_digest(signature.encode(), self._signed(contact).encode())
        return contact if contact and right else None

    def forget(self) -> str:
        """The `Set-Cookie` header that takes it away."""
        return self._cookie.set("", timedelta(0))

    def _signed(self, contact: str) -> str:
        return hmac.digest(self._key, contact.encode(), "sha256").hex()
