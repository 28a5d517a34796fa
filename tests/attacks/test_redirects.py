"""Addresses that would send a code, or a person, to somebody else."""

from urllib.parse import quote

import pytest

from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.relying import registered

NOT_TO_BE_REGISTERED = [
    "http://attacker.example/callback",
    "http://app.example.com/callback",
    "http://localhost.attacker.example/callback",
    "http://127.0.0.1.attacker.example/callback",
    "http://127.0.0.1@attacker.example/callback",
    "http://localhost@attacker.example/callback",
    "http://attacker@127.0.0.1/callback",
    "http://127.1/callback",
    "http://2130706433/callback",
    "http://0x7f000001/callback",
    "http://0.0.0.0/callback",
    "http://[::ffff:127.0.0.1]/callback",
    "http://169.254.169.254/latest/meta-data",
    "https://user:secret@app.example.com/callback",
    "https://app.example.com@attacker.example/callback",
    "https://app.example.com/callback#",
    "https://app.example.com/callback#code=1",
    "https://*.example.com/callback",
    "https://app.example.com/*",
    "https://app.example.com/%2a",
    "https://app.example.com\\@attacker.example/callback",
    "https://app.example.com/%5c@attacker.example",
    "https://app.example.com/callback?code=mine",
    "https://app.example.com/callback?state=mine&x=1",
    "https:///callback",
    "https://app.example.com:99999/callback",
    "https://app.example.com/call\r\nSet-Cookie: a=b",
    "https://app.example.com/call\x00back",
    " https://app.example.com/callback",
    "https://app.example.com/नमस्ते",
    "//app.example.com/callback",
    "/callback",
    "callback",
    "",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "javascript://app.example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://app.example.com/1",
    "about:blank",
    "ftp://app.example.com/callback",
    "ws://app.example.com/callback",
    "mailto:somebody@example.com",
    "tel:+919800000000",
    "view-source:https://app.example.com/",
    "intent://app.example.com/#Intent;scheme=https;end",
    "urn:ietf:wg:oauth:2.0:oob",
    "myapp:/callback",
    "https://app.example.com/" + "a" * 5_000,
]


@pytest.mark.parametrize("uri", NOT_TO_BE_REGISTERED, ids=lambda each: ascii(each)[:60])
async def test_such_an_address_cannot_be_registered_alone_or_beside_a_good_one(
    house: House, uri: str
) -> None:
    for addresses in ([uri], ["https://app.example.com/callback", uri]):
        answer = await house.http.post(f"{house.url}/register", json={"redirect_uris": addresses})
        assert (answer.status_code, answer.json()["error"]) in {
            (400, "invalid_redirect_uri"),
            (400, "invalid_client_metadata"),
        }, answer.text


REGISTERED = "https://app.example.com/callback"
NOT_THE_REGISTERED_ONE = [
    "https://attacker.example/callback",
    "https://app.example.com/callback/",
    "https://app.example.com/callback/../evil",
    "https://app.example.com/callback/..%2fevil",
    "https://app.example.com/evil/../callback",
    "https://app.example.com/./callback",
    "https://app.example.com//callback",
    "https://app.example.com/Callback",
    "https://app.example.com/%63allback",
    "https://app.example.com/callback?x=1",
    "https://app.example.com/callback?",
    "https://app.example.com/callback#",
    "https://app.example.com/callback#x",
    "https://app.example.com/callback;x",
    "https://app.example.com/callback%00",
    "https://app.example.com/callback%20",
    "https://app.example.com/callback ",
    "https://app.example.com:443/callback",
    "https://app.example.com:8443/callback",
    "https://APP.example.com/callback",
    "HTTPS://app.example.com/callback",
    "http://app.example.com/callback",
    "https://app.example.com./callback",
    "https://evil.app.example.com/callback",
    "https://app.example.com.attacker.example/callback",
    "https://app.example.com@attacker.example/callback",
    "https://attacker.example@app.example.com/callback",
    "https://attacker.example/https://app.example.com/callback",
    "https://attacker.example?https://app.example.com/callback",
    "https://attacker.example\\@app.example.com/callback",
    "https://app.example.com",
    "https://app.example.com/",
    "//app.example.com/callback",
    "javascript:alert(1)//https://app.example.com/callback",
    "data:text/html,x",
    "",
]


@pytest.mark.parametrize("uri", NOT_THE_REGISTERED_ONE, ids=lambda each: ascii(each)[:60])
async def test_a_code_goes_to_the_registered_address_and_to_no_other(
    house: House, people: People, uri: str
) -> None:
    person = await people.stranger()
    party = await registered(
        house.url, house.http, redirect_uris=[REGISTERED, "https://app.example.com/other"]
    )
    answer = await person.open(party.authorization(house.user, redirect_uri=uri))
    assert answer.status_code == 400
    assert person.left_for is None
    assert "location" not in answer.headers


async def test_an_address_may_be_left_out_only_where_one_is_registered(house: House, people: People) -> None:
    person = await people.member()
    two = await registered(house.url, house.http, redirect_uris=[REGISTERED, "https://app.example.com/other"])
    assert (await person.open(two.authorization(house.user, redirect_uri=None))).status_code == 400
    one = await registered(house.url, house.http, redirect_uris=[REGISTERED])
    told = await person.allows(one.authorization(house.user, redirect_uri=None))
    assert (person.left_for or "").startswith(f"{REGISTERED}?")
    assert told["state"] == one.state


@pytest.mark.parametrize(
    ("registered_uri", "asked", "status"),
    [
        ("http://127.0.0.1/callback", "http://127.0.0.1:61234/callback", 200),
        ("http://127.0.0.1:5000/callback", "http://127.0.0.1:61234/callback", 200),
        ("http://[::1]/callback", "http://[::1]:61234/callback", 200),
        ("http://127.0.0.1/callback", "http://127.0.0.1:61234/other", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.1:61234/callback?x=1", 400),
        ("http://127.0.0.1/callback", "http://localhost:61234/callback", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.2:61234/callback", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.1:61234@attacker.example/callback", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.1:@attacker.example/callback", 400),
        ("http://127.0.0.1/callback", "https://127.0.0.1:61234/callback", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.1:99999/callback", 400),
        ("http://127.0.0.1/callback", "http://127.0.0.1:x/callback", 400),
    ],
)
async def test_only_the_port_of_a_loopback_address_may_differ(
    house: House, people: People, registered_uri: str, asked: str, status: int
) -> None:
    person = await people.stranger()
    party = await registered(house.url, house.http, redirect_uris=[registered_uri])
    answer = await person.open(party.authorization(house.user, redirect_uri=asked))
    assert answer.status_code == status
    assert person.left_for is None


async def test_a_code_is_bound_to_the_address_that_it_was_sent_to(house: House, people: People) -> None:
    person = await people.member()
    addresses = [REGISTERED, "https://app.example.com/other"]
    party = await registered(house.url, house.http, redirect_uris=addresses)
    told = await person.allows(party.authorization(house.user, redirect_uri=addresses[0]))
    for other in (addresses[1], None, "", f"{REGISTERED}/"):
        refused = await party.exchange(told["code"], redirect_uri=other)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant"), other


ELSEWHERE = [
    "https://attacker.example/",
    "//attacker.example/",
    "///attacker.example/",
    "////attacker.example",
    "/\\attacker.example/",
    "\\\\attacker.example/",
    "/\t/attacker.example/",
    "/%09/attacker.example",
    "/\n/attacker.example/",
    "\t//attacker.example",
    " //attacker.example",
    "http:attacker.example",
    "https:/attacker.example",
    "https:///attacker.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@attacker.example",
    ".attacker.example",
    "/..//attacker.example",
    "/.//attacker.example",
    "/sign-in/..//attacker.example",
    "/\u2044attacker.example",
    "/%5cattacker.example",
    "/%2f/attacker.example",
    "/x\r\nlocation: https://attacker.example",
    "?next=//attacker.example",
]


@pytest.mark.parametrize("target", ELSEWHERE, ids=ascii)
async def test_a_sign_in_never_ends_on_another_site(house: House, people: People, target: str) -> None:
    """As a browser reads the address, which takes backslashes for slashes and drops tabs and line ends."""
    person = await people.stranger()
    await person.signs_in(f"/sign-in?next={quote(target, safe='')}")
    await person.open(f"/sign-in?next={quote(target, safe='')}")
    assert person.left_for is None
    assert person.trail, "a sign-in goes somewhere"
    for location in map(as_a_browser_reads, person.trail):
        assert location.startswith(("/", f"{house.url}/")), location
        assert not location.startswith("//"), location


def as_a_browser_reads(location: str) -> str:
    dropped = str.maketrans("\\", "/", "\t\r\n")
    return location.translate(dropped).strip()
