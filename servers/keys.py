"""The installation's secret, and the keys derived from it: one for each purpose, so that none serves two."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from servers.settings import Settings

_FILE = "secret"


class Keys:
    """Derives keys of 32 bytes from the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, purpose: str) -> bytes:
        """The key for `purpose`: always the same while the secret is."""
        return hmac.digest(self._secret, purpose.encode(), hashlib.sha256)

    @property
    def installation(self) -> str:
        """What all that this installation has in a Redis begins with; it tells nothing of the secret."""
        return f"ghar:{self.of('installation').hex()[:12]}"


def keys(settings: Settings) -> Keys:
    """The keys of this installation. In development the secret is generated once and kept in its folder."""
    if settings.secret is not None:
        return Keys(settings.secret.get_secret_value().encode())
    return Keys(_kept(settings.home).encode())


def _kept(home: Path) -> str:
    home.mkdir(parents=True, exist_ok=True)
    path = home / _FILE
    if not path.exists():
        _generate(path)
    return path.read_text()


def _generate(path: Path) -> None:
    """Write a new secret whole under a name of its own and link it: of two processes the first one wins."""
    draft = path.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
