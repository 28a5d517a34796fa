"""Development tokens: signed stand-ins for a sign-in, given out by `ghar token` and never in production."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from pydantic import BaseModel, ValidationError

from servers.keys import Keys
from servers.settings import Settings
from tools.contract import Audience, Viewer
from tools.identity import InvalidToken

ISSUER = "ghar-development"
AUDIENCE = "ghar"
ALGORITHM = "HS256"
IDS: dict[Audience, int] = {"member": 1, "staff": 2, "admin": 3}


class _Claims(BaseModel):
    sub: int
    role: Audience
    scope: str


class DevelopmentTokens:
    """Issues and reads tokens of one installation; `key` is derived from its secret."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, role: Audience, scopes: Iterable[str], *, person: int, lifetime: timedelta) -> str:
        """A token for `person`, who acts as `role` with these scopes until `lifetime` has passed."""
        now = datetime.now(UTC)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(person),
            "role": role,
            "scope": " ".join(sorted(scopes)),
            "iat": now,
            "exp": now + lifetime,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def read(self, token: str) -> Viewer:
        """Who the token stands for. Refuses one that is expired, altered or not ours."""
        try:
            claims = _Claims.model_validate(
                jwt.decode(
                    token,
                    self._key,
                    algorithms=[ALGORITHM],
                    audience=AUDIENCE,
                    issuer=ISSUER,
                    options={"require": ["exp", "iat", "sub"]},
                )
            )
        except (jwt.InvalidTokenError, ValidationError) as error:
            raise InvalidToken from error
        if claims.role == "guest":
            raise InvalidToken
        return Viewer(claims.sub, claims.role, frozenset(claims.scope.split()))


def development_tokens(settings: Settings, secret: Keys) -> DevelopmentTokens | None:
    """Development tokens, or None in production."""
    return None if settings.production else DevelopmentTokens(secret.of("development tokens"))
