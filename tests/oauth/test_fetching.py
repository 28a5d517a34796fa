"""Fetching from outside: only public addresses over https, small, quick, and never led elsewhere."""

import gzip
import zlib
from collections.abc import AsyncGenerator

import pytest

from servers.fetching import Fetcher, Unfetchable, is_public
from tests.oauth.outside import Outside, outside

pytestmark = pytest.mark.requirement("S3")


@pytest.fixture
async def away(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Outside]:
    async with outside(tmp_path_factory.mktemp("outside")) as running:
        yield running


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3ffe::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2606:4700::5efe:7f00:1",
        "fe80::1%eth0",
        "127.1",
        "localhost",
        "",
    ],
)
def test_such_an_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "2a00::1"])
def test_such_an_address_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_document_is_fetched_by_its_name_from_the_address_that_was_judged(away: Outside) -> None:
    url = away.serve("/app.json?x=1", b"{}", "content-type: application/json")
    fetched = await away.fetcher().get(url, limit=100, accept="application/json")
    assert (fetched.body, fetched.headers["content-type"]) == (b"{}", "application/json")
    assert away.asked == [(f"client.example:{away.port}", "/app.json?x=1")]
    assert away.resolved == ["client.example"]


@pytest.mark.parametrize(
    "addresses",
    [("10.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:127.0.0.1",), ("169.254.169.254",), ("::1",)],
)
async def test_one_address_that_is_not_public_is_enough_to_refuse(
    away: Outside, addresses: tuple[str, ...]
) -> None:
    with pytest.raises(Unfetchable, match="not on the public internet"):
        await away.fetcher(*addresses).get(away.serve("/", b""), limit=100, accept="*/*")
    assert away.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://0177.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/x",
    ],
)
async def test_with_the_machines_own_resolver_this_machine_cannot_be_reached(url: str) -> None:
    with pytest.raises(Unfetchable, match=r"not on the public internet|not known"):
        await Fetcher().get(url, limit=100, accept="*/*")


@pytest.mark.parametrize(
    "url",
    [
        "http://client.example/x",
        "ftp://client.example/x",
        "file:///etc/passwd",
        "https:///x",
        "https://user@client.example/x",
        "https://client.example/x#y",
        "https://client.example:0/x",
        "https://client.example:99999/x",
        "https://client.example\\@evil.example/x",
        "https://client.example/x y",
        "https://client.example/x\r\nhost: evil",
        "https://bücher.example/x",
        "",
    ],
)
async def test_such_an_address_is_not_even_looked_up(away: Outside, url: str) -> None:
    with pytest.raises(Unfetchable, match="not an"):
        await away.fetcher().get(url, limit=100, accept="*/*")
    assert away.resolved == []


async def test_a_name_that_changes_its_address_in_between_gains_nothing(away: Outside) -> None:
    turns = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    fetcher = Fetcher(
        resolve=lambda _host, _port: next(turns), may_reach=lambda ip: ip == "127.0.0.1", trust=away.trust
    )
    assert (await fetcher.get(away.serve("/", b"ok"), limit=100, accept="*/*")).body == b"ok"
    with pytest.raises(Unfetchable, match="public internet"):
        await fetcher.get(away.url("/"), limit=100, accept="*/*")


async def test_redirects_and_errors_are_refused_and_not_followed(away: Outside) -> None:
    away.serve("/target", b"secret")
    moved = away.serve("/moved", b"", f"location: {away.url('/target')}", status="302 Found")
    for url in (moved, away.serve("/gone", b"", status="404 Not Found")):
        with pytest.raises(Unfetchable, match="status"):
            await away.fetcher().get(url, limit=100, accept="*/*")
    assert all(path != "/target" for _, path in away.asked)


async def test_what_is_too_large_is_refused_while_it_arrives(away: Outside) -> None:
    fetcher = away.fetcher()
    assert len((await fetcher.get(away.serve("/fits", b"x" * 100), limit=100, accept="*/*")).body) == 100
    away.answers["/endless"] = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000
    for url in (away.serve("/large", b"x" * 101), away.url("/endless")):
        with pytest.raises(Unfetchable, match="larger than 100 bytes"):
            await fetcher.get(url, limit=100, accept="*/*")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_what_is_compressed_is_not_unpacked(away: Outside, coding: str) -> None:
    packed = gzip.compress(b"{}") if coding == "gzip" else zlib.compress(b"{}")
    url = away.serve("/packed", packed, f"content-encoding: {coding}")
    with pytest.raises(Unfetchable, match="compressed"):
        await away.fetcher().get(url, limit=100, accept="*/*")


async def test_what_does_not_answer_is_given_up(away: Outside) -> None:
    with pytest.raises(Unfetchable, match="too long"):
        await away.fetcher().get(away.url("/silent"), limit=100, accept="*/*", seconds=0.3)


async def test_a_certificate_of_another_name_or_of_nobody_we_trust_is_refused(away: Outside) -> None:
    other = away.serve("/", b"").replace("client.example", "other.example")
    with pytest.raises(Unfetchable, match="cannot be reached"):
        await away.fetcher().get(other, limit=100, accept="*/*")
    stranger = Fetcher(resolve=lambda _host, _port: ["127.0.0.1"], may_reach=lambda _: True)
    with pytest.raises(Unfetchable, match="cannot be reached"):
        await stranger.get(away.url("/"), limit=100, accept="*/*")
    assert away.asked == []


async def test_a_proxy_of_the_environment_is_not_used(away: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert (await away.fetcher().get(away.serve("/", b"ok"), limit=100, accept="*/*")).body == b"ok"
