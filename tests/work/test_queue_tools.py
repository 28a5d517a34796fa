"""The queue's tools: admins see all of it, whoever asked for a job theirs, and old jobs are forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from storage import people, queue
from storage.engine import driver
from tests.work.workshop import Workshop
from tools.contract import Viewer
from tools.dispatch import Caller
from tools.refusals import NotFound

SCOPES = frozenset({"mcp:read", "mcp:write", "account:read", "account:write"})


async def person(shop: Workshop, contact: str) -> Caller:
    async with shop.runtime.database.writing() as db:
        found = await people.ensure(db, contact)
    return Caller("rest", Viewer(found.id, "member", SCOPES))


async def ask(shop: Workshop, caller: Caller, name: str, /, **given: Any) -> Any:
    answer = await shop.runtime.dispatcher.run(shop.runtime.catalog[name], given, caller)
    return answer.model_dump(mode="json")


async def test_whoever_asked_for_a_job_follows_and_cancels_it_and_nobody_else_does(
    shop: Workshop,
) -> None:
    asha, ravi = await person(shop, "asha@ghar.test"), await person(shop, "ravi@ghar.test")
    first = await shop.put("paint", "a fence", owner=asha.viewer.id)
    second = await shop.put("paint", "a hedge", owner=asha.viewer.id)
    await shop.put("paint", "a path")
    page = await ask(shop, asha, "my_jobs", limit=1)
    assert [each["id"] for each in page["items"]] == [second]
    page = await ask(shop, asha, "my_jobs", limit=1, cursor=page["next_cursor"])
    assert ([each["id"] for each in page["items"]], page["has_more"]) == ([first], False)
    assert (await ask(shop, ravi, "my_jobs"))["items"] == []
    for name in ("job_status", "cancel_my_job"):
        with pytest.raises(NotFound):
            await ask(shop, ravi, name, id=first)
    assert (await ask(shop, asha, "cancel_my_job", id=first))["state"] == "cancelled"
    await shop.drain()
    assert (await ask(shop, asha, "job_status", id=second))["note"] == "Made a hedge."
    assert sorted(await shop.made()) == ["a hedge", "a path"]


async def test_admins_see_what_waits_and_what_failed(shop: Workshop) -> None:
    failed = await shop.put("seek", "a phoenix")
    await shop.put("order", "a rug")
    await shop.drain()
    await shop.put("paint", "a wall")
    status = await shop.tool("queue_status")
    counts = {each["name"]: (each["due"], each["later"], each["failed"]) for each in status["jobs"]}
    assert counts == {"seek": (0, 0, 1), "order": (0, 1, 0), "paint": (1, 0, 0)}
    assert (status["due"], status["failed"]) == (1, 1)
    listed = await shop.tool("list_jobs")
    assert [each["name"] for each in listed["items"]] == ["paint", "order", "seek"]
    page = await shop.tool("list_jobs", states=["failed", "done"], name="seek")
    assert [(each["id"], each["code"]) for each in page["items"]] == [(failed, "not_found")]


async def test_what_is_not_done_is_found_without_going_through_what_is(shop: Workshop) -> None:
    await shop.sql(
        "insert into jobs (id, name, state) "
        "select n, 'paint', case n % 500 when 0 then 'failed' else 'done' end from generate_series(1, 5000) n"
    )
    async with shop.runtime.database.writing() as db:
        connection = await driver(db)
        await connection.execute("analyze jobs")
        # Whoever has asked often enough is given a plan that knows none of the values.
        await connection.execute("set local plan_cache_mode = force_generic_plan")
        await connection.execute(
            f"prepare listed (bigint, text[], text, int) as {vars(queue)['_LIST_UNDONE']}"
        )
        asked = "explain (analyze) execute listed (9999, array['queued', 'failed'], null, 3)"
        plan = "\n".join(row[0] for row in await connection.fetch(asked))
        await connection.execute("deallocate listed")
    assert "jobs_state_id_idx" in plan
    assert "Seq Scan" not in plan.replace("Seq Scan on pgqueuer", "")
    listed = await shop.tool("list_jobs", states=["queued", "failed"], limit=3)
    assert [each["id"] for each in listed["items"]] == [5000, 4500, 4000]


async def test_what_ended_long_ago_is_forgotten_and_dead_letters_later(
    shop: Workshop,
) -> None:
    done, failed = await shop.put("paint", "a roof"), await shop.put("seek", "a sphinx")
    await shop.drain()
    await shop.sql("update jobs set ended_at = now() - interval '8 days'")
    await shop.sql("update pgqueuer_log set created = now() - interval '8 days'")
    assert (await shop.tool("forget_old_jobs"))["remaining"] == 0
    assert [row[0] for row in await shop.sql("select id from jobs")] == [failed] != [done]
    assert await shop.sql("select id from pgqueuer_log") == []
    await shop.sql("update jobs set ended_at = now() - interval '31 days'")
    await shop.tool("forget_old_jobs")
    assert await shop.sql("select id from jobs union all select id from pgqueuer") == []
