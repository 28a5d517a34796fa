"""Which client sends a request to the token and revocation endpoints, and whether it is that client."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from servers.oauth.answers import Failed

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.oauth.clients import Client, Clients
    from servers.oauth.parameters import Parameters

BASIC = {"www-authenticate": 'Basic realm="360 Ghar"'}


async def authenticated(request: Request, given: Parameters, clients: Clients) -> Client:
    """The client that sends this. A confidential one proves it by its secret, in the form or the header."""
    basic = _basic(request.headers.get("authorization"))
    if basic is not None and "client_secret" in given:
        raise Failed("invalid_request", "Send the client's secret in one way only")
    if basic is not None and given.get("client_id", basic[0]) != basic[0]:
        raise _refused("The header and the form name two clients")
    client_id = given.get("client_id") if basic is None else basic[0]
    client = None if client_id is None else await clients.known(client_id)
    if client is None:
        raise _refused("There is no such client. It may have to register again")
    secret = given.get("client_secret") if basic is None else basic[1]
    if client.confidential and not clients.knows_secret(client, secret or ""):
        raise _refused("The client's secret is missing or wrong")
    return client


def _refused(description: str) -> Failed:
    return Failed("invalid_client", description, 401, BASIC)


def _basic(header: str | None) -> tuple[str, str] | None:
    """The client's id and secret in an `Authorization` header (RFC 6749, section 2.3.1)."""
    if header is None:
        return None
    scheme, _, encoded = header.partition(" ")
    try:
        name, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode("ascii").partition(":")
    except (binascii.Error, ValueError) as error:
        raise _refused("The Authorization header must be: Basic <id and secret in base64>") from error
    name = unquote_plus(name)
    if scheme.lower() != "basic" or not colon or "\x00" in name:
        raise _refused("The Authorization header must be: Basic <id and secret in base64>")
    return name, unquote_plus(secret)
