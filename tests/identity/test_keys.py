"""Signing keys: made once, replaced in time, forgotten later, and known to every replica."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import event

from servers.cli import main
from servers.signing import KEPT_AFTER, LONGEST, RELOAD_AFTER, ROTATE_AFTER
from storage.engine import Database, DatabaseOptions
from tests.identity.forging import by_secret, claims, encoded, forged, header
from tests.identity.house import House, Moving
from tools.catalog import Catalog
from tools.identity import InvalidToken

HOUR = timedelta(hours=1)


async def kids(house: House) -> list[str]:
    return [key["kid"] for key in (await house.signer.jwks())["keys"]]


async def test_replicas_that_start_at_once_make_one_key(
    database: Database, catalog: Catalog, clock: Moving
) -> None:
    replicas = [House(database, catalog, clock) for _ in range(8)]
    found = await asyncio.gather(*(kids(each) for each in replicas for _ in range(2)))
    assert len(found[0]) == 1
    assert all(each == found[0] for each in found)
    assert await replicas[0].value("select count(*) from signing_keys") == 1


async def test_only_public_parts_are_published(house: House) -> None:
    (key,) = (await house.signer.jwks())["keys"]
    assert key.keys() == {"kty", "crv", "use", "alg", "kid", "x"}
    assert (key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "EdDSA")


async def test_a_key_at_rest_cannot_be_read_without_the_secret(house: House) -> None:
    private = await house.key((await kids(house))[0])
    sealed: bytes = await house.value("select sealed from signing_keys")
    raw = private.private_bytes_raw()
    assert raw not in sealed
    assert encoded(raw).encode() not in sealed


async def test_after_a_rotation_both_replicas_take_old_and_new_tokens_at_once(
    house: House, replica: House
) -> None:
    old = await house.token()
    assert (await replica.viewer(old)).role == "member"
    new_kid = await house.signer.rotate()
    new = await house.token()
    assert header(new)["kid"] == new_kid != header(old)["kid"]
    assert (await replica.viewer(new)).role == "member"
    assert (await replica.viewer(old)).role == "member"
    assert await kids(replica) == [new_kid, header(old)["kid"]]


async def test_keys_rotate_by_themselves_and_the_old_one_goes_when_its_tokens_have_ended(
    house: House, replica: House
) -> None:
    (first,) = await kids(house)
    house.clock.move(ROTATE_AFTER - HOUR)
    old = await house.signed(exp=int((house.clock.now() + LONGEST).timestamp()))
    assert header(old)["kid"] == first
    house.clock.move(2 * HOUR)
    second = header(await house.signed())["kid"]
    assert second != first
    assert header(await replica.signed())["kid"] == second
    house.clock.move(LONGEST - 2 * HOUR)
    assert await kids(replica) == [second, first]
    house.clock.move(KEPT_AFTER)
    assert await kids(house) == await kids(replica) == [second]
    await house.signer.rotate()
    assert await house.value("select count(*) from signing_keys where kid = :kid", kid=first) == 0


async def test_replicas_that_find_the_key_old_at_once_replace_it_once(house: House, replica: House) -> None:
    await kids(house)
    house.clock.move(ROTATE_AFTER + HOUR)
    tokens = await asyncio.gather(*(each.signed() for each in (house, replica) * 3))
    assert len({header(each)["kid"] for each in tokens}) == 1
    assert await house.value("select count(*) from signing_keys") == 2


async def test_a_key_that_leaked_is_refused_at_once_here_and_soon_everywhere(
    house: House, replica: House
) -> None:
    old = await house.token()
    await replica.viewer(old)
    await house.signer.rotate(drop=True)
    with pytest.raises(InvalidToken):
        await house.viewer(old)
    replica.clock.move(RELOAD_AFTER)
    with pytest.raises(InvalidToken):
        await replica.viewer(old)
    assert (await replica.viewer(await house.token())).role == "member"


async def test_a_key_that_was_not_sealed_by_us_is_never_used(house: House, replica: House) -> None:
    token = await house.token()
    planted = "update signing_keys set sealed = :sealed"
    await house.value(planted, sealed=b"gAAAAABnotours")
    with pytest.raises(InvalidToken):
        await replica.viewer(token)
    assert (await replica.viewer(await replica.token())).role == "member"


async def questions(database: Database) -> list[str]:
    """Every statement that goes through SQLAlchemy from now on."""
    seen: list[str] = []
    async with database.reading() as db:
        engine = db.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    return seen


KIDS = [
    "../../../../etc/passwd",
    "/dev/null",
    "' or '1'='1",
    "'; drop table signing_keys; --",
    "https://evil.example/jwks.json",
    "x" * 4_000,
    "\u0000",
    "\r\nset-cookie: a=b",
    "",
    "घर",
    encoded(b"eighteen bytes...."),
]


@pytest.mark.parametrize("kid", KIDS)
async def test_a_name_of_a_key_that_is_not_ours_is_refused_without_asking_the_database(
    house: House, kid: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = await house.token()
    seen = await questions(house.database)
    with caplog.at_level(logging.DEBUG), pytest.raises(InvalidToken):
        await house.viewer(forged(header(token) | {"kid": kid}, claims(token), by_secret(b"")))
    assert [each for each in seen if "signing_keys" in each] == []
    assert len(kid) < 8 or kid not in caplog.text


@pytest.mark.parametrize("kid", [None, 1, True, ["a"], {"a": 1}])
async def test_a_name_of_a_key_that_is_no_text_is_refused(house: House, kid: object) -> None:
    token = await house.token()
    with pytest.raises(InvalidToken):
        await house.viewer(forged(header(token) | {"kid": kid}, claims(token), by_secret(b"")))


async def test_a_thousand_unknown_names_cost_the_database_nothing(house: House) -> None:
    token = await house.token()
    seen = await questions(house.database)
    for number in range(1_000):
        with pytest.raises(InvalidToken):
            await house.viewer(
                forged(header(token) | {"kid": f"{number:024}"}, claims(token), by_secret(b""))
            )
    assert [each for each in seen if "signing_keys" in each] == []


async def test_a_key_that_was_deleted_is_looked_for_once(house: House, replica: House) -> None:
    old = await house.token()
    await house.signer.rotate(drop=True)
    await kids(replica)
    seen = await questions(replica.database)
    for _ in range(20):
        with pytest.raises(InvalidToken):
            await replica.viewer(old)
    assert len([each for each in seen if "signing_keys" in each]) == 1


async def test_no_token_may_outlive_the_key_that_signs_it(house: House) -> None:
    too_late = int((house.clock.now() + LONGEST + HOUR).timestamp())
    with pytest.raises(AssertionError):
        await house.signed(exp=too_late)


async def test_keys_are_read_from_the_primary_even_with_a_replica_of_the_database(
    database: Database, database_url: str, catalog: Catalog, clock: Moving
) -> None:
    token = await House(database, catalog, clock).token()
    behind = "postgresql://nobody@127.0.0.1:1/a_replica_that_never_answers"
    split = Database(DatabaseOptions(database_url, replica_url=behind, pool_size=2))
    try:
        assert (await House(split, catalog, clock).viewer(token)).role == "member"
    finally:
        await split.close()


def test_the_command_line_lists_and_replaces_keys(database_url: str, tmp_path: Path) -> None:
    env = {"GHAR_DATABASE_URL": database_url, "GHAR_HOME": str(tmp_path), "GHAR_EMBEDDER": "hashing"}

    def keys(*words: str) -> list[str]:
        done = CliRunner().invoke(main, ["keys", *words], env=env)
        assert done.exit_code == 0, done.stderr
        return done.stdout.split()

    (first,) = keys("list")
    (second,) = keys("rotate")
    assert keys("list") == [second, first]
    (third,) = keys("rotate", "--leaked")
    assert keys("list") == [third]
