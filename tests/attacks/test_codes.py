"""Authorization codes that were stolen, guessed, used twice, or asked for without their proof."""

import asyncio
import string

import httpx
import pytest

from tests.clients.crowd import People
from tests.clients.flows import call, granted
from tests.clients.house import House
from tests.clients.relying import challenge, registered, tokens, verifier


def refused(answer: httpx.Response, error: str) -> None:
    assert (answer.status_code, answer.json().get("error")) == (400, error), answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_a_code_that_comes_twice_ends_everything_that_it_began(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    told = await person.allows(party.authorization(house.user))
    first = tokens(await party.exchange(told["code"], house.user))
    renewed = tokens(await party.refresh(first.refresh))
    assert (await call(house, house.user, renewed.bearer)).status_code == 200

    refused(await party.exchange(told["code"], house.user), "invalid_grant")

    for each in (first, renewed):
        assert (await call(house, house.user, each.bearer)).status_code == 401
        refused(await party.refresh(each.refresh), "invalid_grant")


async def test_of_many_exchanges_at_once_at_most_one_succeeds_and_none_lasts(
    house: House, people: People
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    told = await person.allows(party.authorization(house.user))
    answers = await asyncio.gather(*(party.exchange(told["code"], house.user) for _ in range(8)))
    given = [tokens(answer) for answer in answers if answer.status_code == 200]
    assert len(given) == 1
    assert {answer.json()["error"] for answer in answers if answer.status_code != 200} == {"invalid_grant"}
    assert (await call(house, house.user, given[0].bearer)).status_code == 401


async def test_a_stolen_code_is_worth_nothing_to_another_client(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    thief = await registered(house.url, house.http)
    told = await person.allows(party.authorization(house.user))
    stolen = await thief.exchange(told["code"], house.user, code_verifier=party.verifier)
    refused(stolen, "invalid_grant")
    mine = await party.token(
        grant_type="authorization_code",
        code=told["code"],
        redirect_uri=party.redirect_uri,
        code_verifier=party.verifier,
    )
    assert mine.status_code == 200


@pytest.mark.parametrize("method", ["plain", "PLAIN", "s256", "S512", "", "none", None])
async def test_a_challenge_in_any_method_but_s256_is_refused(
    house: House, people: People, method: str | None
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    asked = party.authorization(house.user, code_challenge_method=method, code_challenge=party.verifier)
    await person.open(asked)
    assert person.told["error"] == "invalid_request"
    assert "code" not in person.told


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        "short",
        "x" * 42,
        "x" * 44,
        "x" * 200,
        challenge("x") + "=",
        "+" * 43,
        "é" * 43,
        "x" * 42 + " ",
    ],
    ids=ascii,
)
async def test_a_request_without_a_well_formed_challenge_is_refused(
    house: House, people: People, sent: str | None
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    await person.open(party.authorization(house.user, code_challenge=sent))
    assert person.told["error"] == "invalid_request"
    assert (person.told["state"], person.told["iss"]) == (party.state, house.url)


async def test_a_code_needs_the_verifier_of_its_own_challenge(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    other = verifier()
    first = await person.allows(party.authorization(house.user))
    second = await person.allows(party.authorization(house.user, code_challenge=challenge(other)))
    wrong = [
        other,
        challenge(party.verifier),
        party.verifier[:-1],
        party.verifier + "x",
        party.verifier.swapcase(),
        f" {party.verifier}",
        f"{party.verifier}\n",
        "",
        None,
        string.ascii_letters,
    ]
    for each in wrong:
        answer = await party.exchange(first["code"], house.user, code_verifier=each)
        assert answer.status_code == 400, each
        assert answer.json()["error"] in {"invalid_grant", "invalid_request"}
    refused(await party.exchange(second["code"], house.user), "invalid_grant")


async def test_the_verifier_cannot_be_sent_with_the_request_for_the_code(
    house: House, people: People
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    told = await person.allows(party.authorization(house.user, code_verifier=party.verifier))
    refused(await party.exchange(told["code"], house.user, code_verifier="x" * 43), "invalid_grant")


@pytest.mark.parametrize(
    "kind", ["token", "id_token", "code token", "code id_token", "none", "", None, "CODE"]
)
async def test_nothing_but_a_code_is_ever_given_in_an_address(
    house: House, people: People, kind: str | None
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    await person.open(party.authorization(house.user, response_type=kind))
    assert person.told["error"] in {"unsupported_response_type", "invalid_request"}
    assert not {"code", "access_token", "id_token"} & person.told.keys()


@pytest.mark.parametrize(
    "kind",
    ["password", "client_credentials", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "", None],
)
async def test_there_is_no_other_grant(house: House, people: People, kind: str | None) -> None:
    person = await people.member()
    party, _ = await granted(house, person, house.user)
    more = {"username": person.contact, "password": "x", "assertion": "x.y.z"}
    answer = await party.token(grant_type=kind, **more)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"unsupported_grant_type", "invalid_request"}


async def test_a_client_with_a_secret_must_show_it(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http, token_endpoint_auth_method="client_secret_post")
    told = await person.allows(party.authorization(house.user))
    for secret in (None, "", "wrong", party.client["client_secret"].swapcase()):
        answer = await party.exchange(told["code"], house.user, client_secret=secret)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), secret
    assert (await party.exchange(told["code"], house.user)).status_code == 200


@pytest.mark.parametrize(
    "name", ["client_id", "redirect_uri", "state", "code_challenge", "scope", "resource"]
)
async def test_a_parameter_that_comes_twice_is_refused(house: House, people: People, name: str) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    answer = await person.open(f"{party.authorization(house.user)}&{name}=another")
    given = person.told if person.left_for else {"error": "shown" if answer.status_code == 400 else "none"}
    assert given["error"] in {"invalid_request", "invalid_target", "invalid_scope", "shown"}
    assert "code" not in given


async def test_a_code_serves_a_minute_or_two_and_is_stored_as_a_hash(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    told = await person.allows(party.authorization(house.user))
    rows = await house.query("select *, expires_at - now() < '10 minutes' as soon from oauth_codes")
    assert all(row["soon"] for row in rows)
    assert told["code"] not in repr(rows)
    await house.query(
        "update oauth_codes set expires_at = now() - interval '1 second' where client_id = $1", party.id
    )
    refused(await party.exchange(told["code"], house.user), "invalid_grant")
