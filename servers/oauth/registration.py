"""`/register`: a client registers itself (RFC 7591), within bounds, through the SDK's own handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp.server.auth.handlers.register import RegistrationHandler
from mcp.server.auth.settings import ClientRegistrationOptions
from pydantic_core import from_json

from servers.oauth.answers import NEVER_STORED, Failed
from servers.oauth.described import BadMetadata, BadRedirects, Described

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.oauth.provider import Provider

MOST_BYTES = 16_384


class Registration:
    """Checks what the SDK's handler lets pass, and then lets it register the client."""

    def __init__(self, provider: Provider) -> None:
        self._handler = RegistrationHandler(provider, ClientRegistrationOptions(enabled=True))

    async def handle(self, request: Request) -> Response:
        """The client as it was registered, or the error of RFC 7591 (section 3.2.2)."""
        try:
            _check(await request.body())
        except BadRedirects as error:
            return Failed("invalid_redirect_uri", str(error)).response()
        except BadMetadata as error:
            return Failed("invalid_client_metadata", str(error)).response()
        # The handler reads the same body again from the request, which keeps it.
        answer = await self._handler.handle(request)
        answer.headers.update(NEVER_STORED)
        return answer


def _check(body: bytes) -> None:
    """Refuse, on the raw text, what the SDK's types would let pass or silently put into another form."""
    if len(body) > MOST_BYTES:
        raise BadMetadata(f"The description of a client has at most {MOST_BYTES:,} bytes")
    try:
        said = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise BadMetadata("The description of a client is a JSON object") from error
    Described.of(said)
