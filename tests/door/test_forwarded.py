"""Whose word on the client's address is believed, and whose is not."""

import os
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from servers import middleware
from servers.settings import BadSettings, load
from tests.door.asking import coming_from, small
from tests.surfaces.serving import environment, serving

PROXY, OTHER_PROXY, STRANGER = "10.1.2.3", "10.9.9.9", "203.0.113.7"
pytestmark = pytest.mark.requirement("S5")


async def said(host: str, proxies: Sequence[str], *headers: tuple[str, str]) -> tuple[str, str]:
    """The client and the scheme that a request seems to have."""
    app = middleware.wrapped(small(), middleware.FrontDoor(proxies=proxies))
    async with coming_from(app, host) as client:
        answer = (await client.get("/hello", headers=list(headers))).json()
    return answer["client"], answer["scheme"]


async def test_a_proxy_of_ours_says_who_came_to_it_and_how() -> None:
    headers = ("x-forwarded-for", "198.51.100.1"), ("x-forwarded-proto", "https")
    assert await said(PROXY, ["10.0.0.0/8"], *headers) == ("198.51.100.1", "https")


FORGED = {
    "one": [("x-forwarded-for", "198.51.100.1")],
    "two": [("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "10.1.2.3")],
    "loopback": [("x-forwarded-for", "127.0.0.1")],
    "forwarded": [("forwarded", "for=198.51.100.1;proto=https")],
    "real ip": [("x-real-ip", "198.51.100.1"), ("true-client-ip", "198.51.100.1")],
    "cloud": [("cf-connecting-ip", "198.51.100.1"), ("x-client-ip", "198.51.100.1")],
    "scheme": [("x-forwarded-proto", "https"), ("x-forwarded-scheme", "https")],
    "host": [("x-forwarded-host", "evil.test"), ("x-forwarded-port", "443")],
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED.keys())
@pytest.mark.parametrize("proxies", [(), ("10.0.0.0/8",)])
async def test_a_stranger_cannot_say_to_be_somebody_else(
    headers: list[tuple[str, str]], proxies: Sequence[str]
) -> None:
    assert await said(STRANGER, proxies, *headers) == (STRANGER, "http")


@pytest.mark.parametrize(
    "forged",
    ["198.51.100.1", "10.1.2.3", "127.0.0.1", "198.51.100.1, 10.1.2.3", "a\tb", "[::1]:99", "," * 200],
)
async def test_what_a_stranger_forges_counts_for_nothing_behind_a_proxy(forged: str) -> None:
    appended = ("x-forwarded-for", f"{forged}, {STRANGER}")
    assert (await said(PROXY, ["10.0.0.0/8"], appended))[0] == STRANGER


async def test_the_address_is_found_behind_several_proxies_of_ours() -> None:
    headers = ("x-forwarded-for", f"198.51.100.1, {STRANGER}"), ("x-forwarded-for", OTHER_PROXY)
    assert (await said(PROXY, ["10.0.0.0/8"], *headers))[0] == STRANGER


async def test_no_header_but_the_configured_one_is_read_from_a_proxy() -> None:
    headers = ("forwarded", "for=198.51.100.1"), ("x-real-ip", "198.51.100.1")
    assert (await said(PROXY, ["10.0.0.0/8"], *headers))[0] == PROXY


async def test_a_proxy_is_known_on_a_socket_of_both_versions() -> None:
    header = ("x-forwarded-for", "198.51.100.1")
    assert (await said(f"::ffff:{PROXY}", ["10.0.0.0/8"], header))[0] == "198.51.100.1"
    assert (await said("2001:db8::9", ["2001:db8::/64"], header))[0] == "198.51.100.1"
    assert (await said(f"::ffff:{STRANGER}", ["10.0.0.0/8"], header))[0] == f"::ffff:{STRANGER}"


@pytest.mark.parametrize("network", ["*", "0.0.0.0/0", "::/0", "proxy.internal", "10.0.0.1/8"])
def test_only_networks_can_be_trusted_and_not_the_whole_internet(network: str) -> None:
    with pytest.raises(BadSettings, match="GHAR_TRUSTED_PROXIES"):
        load(trusted_proxies=network)


async def forging(url: str, count: int) -> list[int]:
    """What a client of this machine is answered that claims another address every time."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        forged = ({"x-forwarded-for": f"198.51.100.{number}"} for number in range(count))
        return [(await client.get("/health/live", headers=each)).status_code for each in forged]


@pytest.mark.timeout(180)
async def test_a_server_believes_its_own_machine_only_where_it_is_told_to(
    demo_url: str, tmp_path: Path
) -> None:
    usual = {**environment(demo_url, tmp_path), "GHAR_REQUESTS_PER_MINUTE": "20"}
    # The server's own library would read this variable, and trust 127.0.0.1 without it.
    usual |= {"FORWARDED_ALLOW_IPS": "*", "PATH": os.environ["PATH"]}
    async with serving(usual) as direct:
        assert (await forging(direct.url, 25)).count(429) >= 5
    async with serving(usual | {"GHAR_TRUSTED_PROXIES": "127.0.0.1"}) as proxied:
        assert set(await forging(proxied.url, 25)) == {200}
