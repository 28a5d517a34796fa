"""What a caller without a name is counted by: the address that a request came from."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any

NETWORK = 64
"""The bits of an IPv6 address that name a network; one customer has all addresses behind them."""


def client_of(scope: Mapping[str, Any]) -> str:
    """The address behind an HTTP request (its ASGI scope): all of IPv4, and the network of IPv6."""
    client = scope.get("client")
    return "unknown" if client is None else _counted(client[0])


@lru_cache(4096)
def _counted(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> NETWORK << NETWORK))
