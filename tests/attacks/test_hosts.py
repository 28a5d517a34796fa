"""Requests that lie about which host, which origin and which address they come from."""

import re
from pathlib import Path

import pytest

from storage import embedded
from tests.clients import numbers
from tests.clients.browser import Browser
from tests.clients.crowd import People
from tests.clients.flows import call, granted
from tests.clients.house import House, open_house

LIES = [
    {"host": "attacker.example"},
    {"host": "localhost.attacker.example"},
    {"x-forwarded-host": "attacker.example"},
    {"forwarded": "for=1.2.3.4;host=attacker.example;proto=https"},
    {"x-forwarded-proto": "gopher", "x-forwarded-host": "attacker.example", "x-forwarded-port": "666"},
    {"x-original-url": "/attacker.example", "x-rewrite-url": "/attacker.example"},
    {"x-forwarded-prefix": "/attacker.example"},
]
PAGES = [
    "/",
    "/sign-in",
    "/sign-in?next=/account",
    "/account",
    "/docs",
    "/openapi.json",
    "/health",
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource",
    "/.well-known/oauth-protected-resource/mcp",
    "/.well-known/oauth-protected-resource/mcp-admin",
    "/.well-known/jwks.json",
    "/api/v1/properties?limit=1",
    "/api/v1/admin/database",
    "/nowhere",
    "/docs/",
]


@pytest.mark.parametrize("lie", LIES, ids=lambda each: "+".join(each))
async def test_no_address_in_any_answer_is_made_of_what_a_request_says_of_its_host(
    house: House, lie: dict[str, str]
) -> None:
    seen: set[int] = set()
    for path in PAGES:
        answer = await house.http.get(house.url + path, headers=lie)
        whole = f"{answer.headers!r}{answer.text}"
        assert "attacker.example" not in whole, path
        assert "gopher:" not in whole, path
        assert answer.status_code < 500
        seen.add(answer.status_code)
    assert seen & {200, 400, 421}


@pytest.mark.parametrize("lie", LIES, ids=lambda each: "+".join(each))
async def test_no_challenge_is_made_of_what_a_request_says_of_its_host(
    house: House, lie: dict[str, str]
) -> None:
    for server in (house.user, house.admin):
        answer = await call(house, server, lie)
        assert answer.status_code in {401, 403, 421}
        assert "attacker.example" not in f"{answer.headers!r}{answer.text}"


async def test_a_message_with_a_code_names_no_host_that_a_request_made_up(house: House) -> None:
    contact = numbers.email()
    async with Browser(house.url) as browser:
        await browser.open("/sign-in")
        form = browser.form("contact")
        headers = {"x-forwarded-host": "attacker.example", "forwarded": "host=attacker.example"}
        await browser.send(form.action, form.fields | {"contact": contact}, **headers)
    assert house.runtime.outbox is not None
    (sent,) = [each for each in house.runtime.outbox.messages if each.to == contact]
    assert "attacker.example" not in f"{sent.subject}{sent.text}"
    assert not re.findall(r"https?://(?!localhost)", sent.text)


@pytest.mark.parametrize(
    "host", ["attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example"]
)
async def test_mcp_refuses_another_host_even_with_a_good_token(
    house: House, people: People, host: str
) -> None:
    person = await people.member()
    _, mine = await granted(house, person, house.user)
    answer = await call(house, house.user, mine.bearer | {"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "origin",
    [
        "https://attacker.example",
        "http://localhost.attacker.example",
        "null",
        "file://",
    ],
)
async def test_mcp_refuses_another_origin_even_with_a_good_token(
    house: House, people: People, origin: str
) -> None:
    person = await people.member()
    _, mine = await granted(house, person, house.user)
    answer = await call(house, house.user, mine.bearer | {"origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip"]
)
async def test_an_address_that_a_request_makes_up_is_in_no_answer(house: House, header: str) -> None:
    value = "for=203.0.113.66" if header == "forwarded" else "203.0.113.66"
    answer = await house.http.get(f"{house.url}/api/v1/properties", headers={header: value})
    assert "203.0.113.66" not in f"{answer.headers!r}{answer.text}"


async def test_a_webpage_of_another_site_cannot_read_what_a_person_sees(house: House, people: People) -> None:
    person = await people.member()
    for path in ("/account", "/api/v1/properties", "/sign-in"):
        answer = await person.http.get(path, headers={"origin": "https://attacker.example"})
        assert answer.headers.get("access-control-allow-credentials") != "true"
        assert answer.headers.get("access-control-allow-origin") != "https://attacker.example"


async def test_registration_answers_with_what_was_registered_and_with_nothing_of_the_request(
    house: House,
) -> None:
    forged = {"host": "attacker.example", "x-forwarded-host": "attacker.example"}
    body = {"redirect_uris": ["https://app.example.com/callback"]}
    answer = await house.http.post(f"{house.url}/register", json=body, headers=forged)
    assert "attacker.example" not in answer.text


async def test_under_its_public_name_a_page_of_the_visitors_own_machine_is_another_origin_too(
    server: embedded.Server, empty_template: str, tmp_path: Path
) -> None:
    async with open_house(server, empty_template, tmp_path, public_url="https://ghar.example") as house:
        public = {"host": "ghar.example"}
        assert (await call(house, house.user, public, "list_amenities")).status_code == 200
        for origin in (house.url, "http://localhost:1", "http://127.0.0.1:6274"):
            answer = await call(house, house.user, public | {"origin": origin}, "list_amenities")
            assert answer.status_code == 403, origin


@pytest.mark.parametrize(("method", "path"), [("GET", "/outbox"), ("POST", "/preview/token?as=admin")])
@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"origin": "https://attacker.example"}, id="another site"),
        pytest.param({"origin": "null"}, id="a page without an origin"),
        pytest.param({"origin": "http://localhost:1"}, id="another port of this machine"),
        pytest.param({"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, id="as the browser says"),
        pytest.param({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, id="a neighbour"),
    ],
)
async def test_what_opens_accounts_in_development_is_not_told_to_pages_of_other_sites(
    house: House, method: str, path: str, said: dict[str, str]
) -> None:
    answer = await house.http.request(method, house.url + path, headers=said)
    assert answer.status_code == 404
    own = {"origin": house.url, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}
    assert (await house.http.request(method, house.url + path, headers=own)).status_code == 200


async def test_a_link_to_the_outbox_can_be_followed(house: House) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert (await house.http.get(house.url + "/outbox", headers=followed)).status_code == 200
