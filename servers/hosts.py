"""MCP hosts that were seen to differ, each with the source that says so; read there, not tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

Challenge = Literal["http", "result"]
"""How a host wants to hear that somebody must sign in: 401 with a header, or a failed result with `_meta`."""


@dataclass(frozen=True, slots=True)
class KnownHost:
    """One host, told apart by how its `User-Agent` starts (in lower case)."""

    name: str
    user_agent: str
    challenge: Challenge
    source: str


HOSTS: Sequence[KnownHost] = (
    KnownHost(
        name="ChatGPT",
        user_agent="openai-mcp",
        challenge="result",
        source="A tool's sign-in opens only for a result with isError and _meta['mcp/www_authenticate'] that "
        "names an error: https://developers.openai.com/apps-sdk/build/auth, 'Triggering authentication UI'. "
        "Its name, openai-mcp/1.0.0, stands in a server's logs: "
        "https://github.com/openai/openai-apps-sdk-examples/issues/201 (February 2026).",
    ),
    KnownHost(
        name="Claude",
        user_agent="claude",
        challenge="http",
        source="Only a 401 opens its sign-in; a result with isError goes to the model like any failure: its "
        "guide to lazy authentication, as quoted in https://github.com/JSONbored/metagraphed/pull/11578 "
        "(August 2026).",
    ),
)


def table(configured: Iterable[str] = ()) -> Sequence[KnownHost]:
    """The known hosts, after those that this installation configures as `user-agent=http` or `...=result`."""
    return (*map(_row, configured), *HOSTS)


def challenge(user_agent: str, hosts: Sequence[KnownHost] = HOSTS) -> Challenge:
    """The way to ask this host for a sign-in, by the first row that fits; 401 and 403 where none does."""
    named = user_agent.lower()
    for host in hosts:
        if named.startswith(host.user_agent):
            return host.challenge
    return "http"


def _row(configured: str) -> KnownHost:
    user_agent, _, way = configured.rpartition("=")
    source = "GHAR_HOST_CHALLENGES of this installation."
    return KnownHost(user_agent, user_agent.lower(), cast("Challenge", way), source)
