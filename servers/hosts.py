"""MCP hosts that differ from the rest, each with the source that says so; read there, not tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Challenge = Literal["http", "result"]
"""How a host wants to hear that somebody must sign in: 401 with a header, or a failed result with `_meta`."""


@dataclass(frozen=True, slots=True)
class KnownHost:
    """One host, told apart by how its `User-Agent` starts."""

    name: str
    user_agent: str
    challenge: Challenge
    source: str


HOSTS: Sequence[KnownHost] = (
    KnownHost(
        name="ChatGPT",
        user_agent="openai-mcp",
        challenge="result",
        source="https://developers.openai.com/apps-sdk/build/auth: the sign-in opens for a result with "
        'isError and _meta["mcp/www_authenticate"]',
    ),
)


def challenge(user_agent: str, hosts: Sequence[KnownHost] = HOSTS) -> Challenge:
    """The way to ask this host for a sign-in; 401 and 403 unless the table says otherwise."""
    named = user_agent.lower()
    for host in hosts:
        if named.startswith(host.user_agent):
            return host.challenge
    return "http"
