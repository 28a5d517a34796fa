"""Cleaning up: what has expired goes, and what may still be needed stays."""

from datetime import timedelta

import pytest

from servers.jobs import rounds
from tests.oauth.world import World

pytestmark = pytest.mark.requirement("S3")


async def clean(world: World) -> None:
    async for _ in rounds(world.runtime.dispatcher, "clean_up_sign_ins", {}):
        pass


async def test_what_has_expired_goes_and_the_rest_stays(ghar: World) -> None:
    app, browser, unused, fresh = await ghar.app(), await ghar.browser(), await ghar.app(), await ghar.app()
    tokens = await ghar.tokens(app, browser)
    await ghar.waiting(fresh)
    await ghar.waiting(app)
    await ghar.change("update oauth_requests set expires_at = now() where client_id = :id", id=app.id)
    old = "update oauth_clients set created_at = now() - interval '31 days'"
    await ghar.change(f"{old} where id in (:one, :two, :three)", one=app.id, two=unused.id, three=fresh.id)
    await clean(ghar)
    assert await ghar.sql("select client_id from oauth_requests") == [(fresh.id,)]
    assert set(await ghar.sql("select id from oauth_clients")) == {(app.id,), (fresh.id,)}
    assert (await ghar.refresh(app, tokens["refresh_token"])).status_code == 200


async def test_a_metadata_document_that_led_to_nothing_goes_after_a_day(ghar: World) -> None:
    aged = """insert into oauth_clients (id, kind, metadata, created_at)
              values (:id, 'document', '{}', now() - cast(:age as interval))"""
    await ghar.change(aged, id="https://new.example/app.json", age=timedelta(hours=23))
    await ghar.change(aged, id="https://old.example/app.json", age=timedelta(hours=25))
    await clean(ghar)
    kept = await ghar.sql("select id from oauth_clients where kind = 'document'")
    assert kept == [("https://new.example/app.json",)]


async def test_a_used_code_is_recognised_for_a_day_after_it_expired(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser)
    tokens = (await ghar.exchange(app, code)).json()
    aged = "update oauth_codes set expires_at = now() - interval '23 hours' where client_id = :id"
    await ghar.change(aged, id=app.id)
    await clean(ghar)
    assert (await ghar.exchange(app, code)).json()["error"] == "invalid_grant"
    assert await ghar.works(tokens["access_token"]) == 401
    await ghar.change("update oauth_codes set expires_at = now() - interval '25 hours'")
    await ghar.change("update oauth_refresh_tokens set expires_at = now() - interval '25 hours'")
    await clean(ghar)
    assert await ghar.sql("select 1 from oauth_codes union all select 1 from oauth_refresh_tokens") == []
