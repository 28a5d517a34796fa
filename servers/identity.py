"""From a request to the viewer."""

from collections.abc import Mapping
from typing import Any

from servers.tokens import DevelopmentTokens
from tools.contract import GUEST, Viewer
from tools.identity import Door, InvalidToken


class Identity:
    """Answers who is asking. Without a header it is a guest; in production no token is known yet."""

    def __init__(self, tokens: DevelopmentTokens | None) -> None:
        self._tokens = tokens

    async def identify(self, scope: Mapping[str, Any], _door: Door) -> Viewer:
        """The viewer behind a request. Refuses a bad, expired or unknown token."""
        for name, value in scope["headers"]:
            if name == b"authorization":
                return await self.bearer(value.decode("latin-1"))
        return GUEST

    async def bearer(self, authorization: str | None) -> Viewer:
        """The viewer behind an `Authorization` header."""
        if authorization is None:
            return GUEST
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidToken("The Authorization header must be: Bearer <token>.")
        if self._tokens is None:
            raise InvalidToken
        return self._tokens.read(token.strip())
