"""Clients that pretend to be many, so that no limit holds them."""

from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from storage import embedded
from tests.clients.house import House, open_house

LIMIT = 40
MANY = 3 * LIMIT
BORNE = 2 * LIMIT
"""The window slides, so that slow machines get some more through than the limit."""

LIES = ("x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip")


async def refused(
    house: House, every: Sequence[dict[str, str]], path: str = "/api/v1/amenities"
) -> list[int]:
    """Which of these requests were refused for being too many, by number."""
    answers: list[httpx.Response] = [
        await house.http.get(house.url + path, headers=headers) for headers in every
    ]
    for answer in answers:
        assert answer.status_code == 200 or int(answer.headers["retry-after"]) > 0
    return [number for number, answer in enumerate(answers) if answer.status_code == 429]


def lies(name: str, number: int) -> dict[str, str]:
    address = f"203.0.113.{number % 250}"
    return {name: f"for={address}" if name == "forwarded" else address, "user-agent": f"browser {number}"}


async def test_an_address_that_is_made_up_anew_for_each_request_is_still_one_client(
    server: embedded.Server, empty_template: str, tmp_path: Path
) -> None:
    async with open_house(server, empty_template, tmp_path, requests_per_minute=LIMIT) as house:
        every = [lies(LIES[number % len(LIES)], number) for number in range(MANY)]
        found = await refused(house, every)
    assert len(found) >= MANY - BORNE
    assert min(found) >= LIMIT


@pytest.mark.parametrize(
    ("said", "one_client"),
    [
        ("203.0.113.{0}", False),
        ("203.0.113.{0}, 198.51.100.7", True),
        ("10.0.0.{0}, 203.0.113.{0}, 198.51.100.7", True),
    ],
    ids=["of many clients", "made up before the proxy", "private"],
)
async def test_behind_a_proxy_only_what_the_proxy_says_counts(
    server: embedded.Server, empty_template: str, tmp_path: Path, said: str, one_client: bool
) -> None:
    proxies = ("127.0.0.1",)
    async with open_house(
        server, empty_template, tmp_path, requests_per_minute=LIMIT, trusted_proxies=proxies
    ) as house:
        every = [{"x-forwarded-for": said.format(number)} for number in range(MANY)]
        found = await refused(house, every)
    assert bool(found) is one_client
    assert len(found) >= (MANY - BORNE if one_client else 0)


async def test_a_limit_holds_over_all_surfaces_together(
    server: embedded.Server, empty_template: str, tmp_path: Path
) -> None:
    async with open_house(server, empty_template, tmp_path, requests_per_minute=LIMIT) as house:
        paths = ("/api/v1/amenities", "/", "/docs", "/mcp", "/.well-known/jwks.json", "/nowhere")
        statuses = [
            (await house.http.get(house.url + paths[number % len(paths)])).status_code
            for number in range(MANY)
        ]
    assert 429 not in statuses[:LIMIT]
    assert statuses.count(429) >= MANY - BORNE


async def test_what_is_refused_reaches_nothing_behind_the_door(
    server: embedded.Server, empty_template: str, tmp_path: Path
) -> None:
    async with open_house(server, empty_template, tmp_path, requests_per_minute=LIMIT) as house:
        body = {"redirect_uris": ["https://app.example.com/callback"]}
        answers = [await house.http.post(f"{house.url}/register", json=body) for _ in range(LIMIT)]
        made = sum(answer.status_code == 201 for answer in answers)
        assert 0 < made < LIMIT
        assert answers[-1].status_code == 429
        rows = await house.query("select count(*) from oauth_clients")
        assert rows[0]["count"] == made
