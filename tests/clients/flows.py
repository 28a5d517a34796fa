"""What the tests of OAuth do over and over: get a person's tokens, and call tools with them."""

from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.clients.house import House
from tests.clients.people import Person
from tests.clients.relying import RelyingParty, Tokens, registered, tokens

RPC = {"accept": "application/json, text/event-stream"}
MEMBERS_TOOL = "list_sessions"


async def granted(
    house: House, person: Person, resource: str, **registration: Any
) -> tuple[RelyingParty, Tokens]:
    """A fresh client with a person's tokens for one of the servers."""
    party = await registered(house.url, house.http, **registration)
    return party, await again(party, person, resource)


async def again(party: RelyingParty, person: Person, resource: str, **changed: str | None) -> Tokens:
    """A person's tokens for a client that is registered."""
    told = await person.allows(party.authorization(resource, **changed))
    return tokens(await party.exchange(told["code"], resource))


async def call(
    house: House, server: str, headers: dict[str, str], tool: str = MEMBERS_TOOL, **arguments: Any
) -> httpx.Response:
    """One tool call at an MCP server, in the handshake's era, without a host around it."""
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    return await house.http.post(server, json=message, headers=RPC | headers)


def path_of(url: str) -> str:
    """The path of an address."""
    return urlsplit(url).path
