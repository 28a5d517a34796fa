"""Refresh tokens that somebody else got hold of."""

import asyncio

from tests.clients.crowd import People
from tests.clients.flows import again, call, granted
from tests.clients.house import House
from tests.clients.relying import registered, tokens


async def test_a_used_refresh_token_ends_its_family_at_once(house: House, people: People) -> None:
    person = await people.member()
    party, first = await granted(house, person, house.user)
    second = tokens(await party.refresh(first.refresh))
    third = tokens(await party.refresh(second.refresh))
    assert (await call(house, house.user, third.bearer)).status_code == 200

    stolen = await party.refresh(first.refresh)

    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    for each in (first, second, third):
        assert (await call(house, house.user, each.bearer)).status_code == 401
        assert (await party.refresh(each.refresh)).status_code == 400


async def test_the_end_of_one_family_leaves_the_others_alone(house: House, people: People) -> None:
    person = await people.member()
    party, first = await granted(house, person, house.user)
    other = await again(party, person, house.user)
    await party.refresh(first.refresh)
    await party.refresh(first.refresh)
    assert (await call(house, house.user, first.bearer)).status_code == 401
    assert (await call(house, house.user, other.bearer)).status_code == 200
    assert (await party.refresh(other.refresh)).status_code == 200


async def test_of_many_refreshes_at_once_at_most_one_succeeds_and_none_lasts(
    house: House, people: People
) -> None:
    person = await people.member()
    party, first = await granted(house, person, house.user)
    answers = await asyncio.gather(*(party.refresh(first.refresh) for _ in range(8)))
    given = [tokens(answer) for answer in answers if answer.status_code == 200]
    assert len(given) == 1
    assert (await call(house, house.user, given[0].bearer)).status_code == 401
    assert (await party.refresh(given[0].refresh)).status_code == 400


async def test_a_refresh_token_is_worth_nothing_to_another_client(house: House, people: People) -> None:
    person = await people.member()
    party, mine = await granted(house, person, house.user)
    thief = await registered(house.url, house.http)
    answer = await thief.refresh(mine.refresh)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert (await call(house, house.user, mine.bearer)).status_code == 200
    assert (await party.refresh(mine.refresh)).status_code == 200


async def test_a_refresh_never_widens_what_was_allowed(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    narrow = await again(party, person, house.user, scope="mcp:read")
    assert narrow.scope == {"mcp:read"}
    wider = await party.refresh(narrow.refresh, scope="mcp:read mcp:write")
    assert (wider.status_code, wider.json()["error"]) == (400, "invalid_scope")
    same = tokens(await party.refresh(narrow.refresh))
    assert same.scope == {"mcp:read"}


async def test_an_access_token_does_not_refresh_and_a_refresh_token_opens_nothing(
    house: House, people: People
) -> None:
    person = await people.member()
    party, mine = await granted(house, person, house.user)
    assert (await party.refresh(mine.access)).status_code == 400
    assert (await call(house, house.user, {"authorization": f"Bearer {mine.refresh}"})).status_code == 401


async def test_another_client_cannot_revoke_a_token_and_its_owner_can(house: House, people: People) -> None:
    person = await people.member()
    party, mine = await granted(house, person, house.user)
    thief = await registered(house.url, house.http)
    for token in (mine.refresh, mine.access, "unknown", "x.y.z"):
        assert (await thief.revoke(token)).status_code in {200, 400}
    assert (await call(house, house.user, mine.bearer)).status_code == 200
    assert (await party.revoke(mine.access)).status_code == 200
    assert (await call(house, house.user, mine.bearer)).status_code == 401
    assert (await party.refresh(mine.refresh)).status_code == 400


async def test_neither_kind_of_token_is_stored(house: House, people: People) -> None:
    person = await people.member()
    _, mine = await granted(house, person, house.user)
    rows = await house.query("select * from oauth_refresh_tokens")
    assert rows
    assert mine.refresh not in repr(rows)
    assert mine.refresh.encode() not in {row["token_hash"] for row in rows}
