"""Tokens made by hand, as somebody would who has no key of ours."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any


def encoded(part: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def decoded(part: str) -> bytes:
    """The bytes behind it."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def header(token: str) -> dict[str, Any]:
    """A token's header."""
    found: dict[str, Any] = json.loads(decoded(token.split(".")[0]))
    return found


def claims(token: str) -> dict[str, Any]:
    """A token's claims."""
    found: dict[str, Any] = json.loads(decoded(token.split(".")[1]))
    return found


def forged(head: dict[str, Any], said: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """A token with this header and these claims, signed like that."""
    whole = f"{encoded(json.dumps(head).encode())}.{encoded(json.dumps(said).encode())}"
    return f"{whole}.{encoded(sign(whole.encode()))}"


def by_secret(secret: bytes) -> Callable[[bytes], bytes]:
    """HS256 with this secret."""
    return lambda whole: hmac.digest(secret, whole, hashlib.sha256)


def unsigned(_whole: bytes) -> bytes:
    """No signature."""
    return b""
