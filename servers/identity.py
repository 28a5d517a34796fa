"""From the `Authorization` header to the viewer."""

from servers.tokens import DevelopmentTokens
from tools.contract import GUEST, Viewer
from tools.identity import InvalidToken


class Identity:
    """Answers who is asking. Without a header it is a guest; in production no token is known yet."""

    def __init__(self, tokens: DevelopmentTokens | None) -> None:
        self._tokens = tokens

    async def identify(self, authorization: str | None) -> Viewer:
        """The viewer behind an `Authorization` header. Refuses a bad, expired or unknown token."""
        if authorization is None:
            return GUEST
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidToken("The Authorization header must be: Bearer <token>.")
        if self._tokens is None:
            raise InvalidToken
        return self._tokens.read(token.strip())
