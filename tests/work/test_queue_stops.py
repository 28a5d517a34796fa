"""The queue when things end early: jobs that are cancelled, workers that stop or die, lost connections."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from servers.jobs import operator
from storage import bus, queue
from tests.work.workshop import Workshop, eventually, gates, tries
from tools.refusals import Refused


async def refused(shop: Workshop, name: str, /, **given: object) -> str:
    tool = shop.runtime.catalog[name]
    with pytest.raises(Refused) as refusal:
        await shop.runtime.dispatcher.run(tool, given, operator(tool))
    return refusal.value.code


async def test_a_waiting_job_that_is_cancelled_is_never_begun(shop: Workshop) -> None:
    id_ = await shop.put("paint", "a gate")
    assert (await shop.tool("cancel_job", id=id_))["state"] == "cancelled"
    await shop.drain()
    assert (await shop.standing(id_)).state == "cancelled"
    assert await shop.made() == []
    assert await refused(shop, "cancel_job", id=id_) == "job_ended"


@pytest.mark.parametrize("hint", ["heard", "lost"])
async def test_a_running_job_that_is_cancelled_stops_and_is_rolled_back(shop: Workshop, hint: str) -> None:
    thing = f"a door {hint}"
    id_ = await shop.put("polish" if hint == "heard" else "scrub", thing)
    async with shop.worker():
        await shop.until(id_, "running")
        await eventually(lambda: tries[thing] == 1)
        if hint == "heard":
            assert (await shop.tool("cancel_job", id=id_))["stopping"]
        else:
            await shop.sql("update jobs set stop_at = now() where id = $1", id_)
        found = await shop.until(id_, "cancelled")
    assert found.ended_at is not None
    assert await shop.made() == []
    assert await shop.sql("select id from pgqueuer") == []


async def test_a_dead_letter_is_replayed_as_if_for_the_first_time(shop: Workshop) -> None:
    id_ = await shop.put("stumble", "a window", times=3)
    for _ in range(3):
        await shop.drain()
        await shop.hurry()
    assert (await shop.standing(id_)).state == "failed"
    assert [each["id"] for each in (await shop.tool("list_jobs", states=["failed"]))["items"]] == [id_]
    assert await shop.tool("replay_job", name="stumble") == {"replayed": [id_]}
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.attempts, found.code) == ("done", 1, None)
    assert await refused(shop, "replay_job", id=id_) == "nothing_to_replay"
    assert await shop.made() == ["a window"]


async def test_a_dead_letter_that_is_cancelled_is_gone(shop: Workshop) -> None:
    id_ = await shop.put("seek", "a griffin")
    await shop.drain()
    await shop.tool("cancel_job", id=id_)
    assert await shop.sql("select id from pgqueuer") == []
    assert await refused(shop, "replay_job", id=id_) == "nothing_to_replay"


async def test_what_still_runs_when_a_worker_stops_goes_back_and_counts_as_no_attempt(
    shop: Workshop,
) -> None:
    id_ = await shop.put("polish", "a table")
    async with shop.worker():
        await eventually(lambda: tries["a table"] == 1)
    found = await shop.standing(id_)
    assert (found.state, found.attempts) == ("queued", 0)
    assert await shop.made() == []
    gates["a table"].set()
    await shop.drain()
    assert (await shop.standing(id_)).state == "done"
    assert await shop.made() == ["a table"]


async def test_what_a_dead_process_held_is_done_by_another_and_its_effects_happen_once(
    shop: Workshop,
) -> None:
    id_ = await shop.put("paint", "a bench")
    await shop.drain()
    # As if it had died between the commit of the effect and the word that the job is done.
    await shop.sql(
        "insert into pgqueuer (id, priority, status, entrypoint, payload, queue_manager_id, heartbeat) "
        "values ($1, 0, 'picked', 'paint', $2, gen_random_uuid(), now() - interval '21 seconds')",
        id_,
        b'{"thing":"a bench","times":0}',
    )
    await shop.sql("update jobs set state = 'running', ended_at = null where id = $1", id_)
    async with shop.worker():
        found = await shop.until(id_, "done")
    assert (found.attempts, found.note) == (2, "Made a bench.")
    assert await shop.made() == ["a bench"]


async def test_a_job_that_kills_whoever_takes_it_is_given_up(shop: Workshop) -> None:
    id_ = await shop.put("paint", "a bomb")
    await shop.sql("update jobs set attempts = 5 where id = $1", id_)
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.code, tries["a bomb"]) == ("failed", "lost", 0)


async def test_what_was_taken_over_meanwhile_hears_of_it_with_its_next_progress_and_writes_none(
    shop: Workshop,
) -> None:
    id_ = await shop.put("scrub", "a lamp shade")
    async with shop.worker():
        await shop.until(id_, "running", done=1)
        await shop.sql("update pgqueuer set queue_manager_id = gen_random_uuid() where id = $1", id_)
        await shop.sql("update jobs set done = 7 where id = $1", id_)
        async with asyncio.timeout(20):
            while any("scrub" in task.get_name() for task in asyncio.all_tasks()):
                await asyncio.sleep(0.02)
    assert (await shop.standing(id_)).done == 7
    assert await shop.made() == []


async def test_what_was_taken_over_meanwhile_is_not_ended_by_whoever_had_it(shop: Workshop) -> None:
    id_ = await shop.put("polish", "a lamp")
    async with shop.worker():
        await eventually(lambda: tries["a lamp"] == 1)
        await shop.sql("update pgqueuer set queue_manager_id = gen_random_uuid() where id = $1", id_)
        gates["a lamp"].set()
        async with asyncio.timeout(20):
            while await shop.made() == []:
                await asyncio.sleep(0.02)
    assert (await shop.standing(id_)).state == "running"
    assert [row[0] for row in await shop.sql("select status::text from pgqueuer")] == ["picked"]


async def test_a_worker_whose_connection_breaks_lets_go_and_comes_back(shop: Workshop) -> None:
    id_ = await shop.put("polish", "a clock")
    async with shop.worker():
        await eventually(lambda: tries["a clock"] == 1)
        broken = await shop.sql(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            "where datname = current_database() and application_name = 'ghar worker'"
        )
        assert broken[0][0] >= 1
        await eventually(lambda: tries["a clock"] == 2)
        gates["a clock"].set()
        await shop.until(id_, "done")
    assert await shop.made() == ["a clock"]


async def test_of_the_same_key_one_waits_and_the_next_comes_once_it_has_begun(shop: Workshop) -> None:
    first = await shop.put("polish", "a mirror", key="mirror")
    assert await shop.put("polish", "a mirror", key="mirror") == first
    assert await shop.put("polish", "a mirror", key="other") != first
    async with shop.worker():
        await shop.until(first, "running")
        second = await shop.put("polish", "a mirror", key="mirror")
        assert second != first
        gates["a mirror"].set()
        await shop.until(second, "done")


async def test_a_job_of_the_same_key_waits_for_the_transaction_that_wants_it(shop: Workshop) -> None:
    first = await shop.put("paint", "a vase", key="vase")
    async with shop.runtime.database.writing() as db:
        assert await queue.put(db, "paint", b"{}", key="vase") == first
        async with shop.worker():
            await shop.until(await shop.put("paint", "another"), "done")
            assert (await shop.standing(first)).state == "queued"
    await shop.drain()
    assert (await shop.standing(first)).state == "done"


async def test_of_the_same_key_the_sooner_time_and_the_higher_priority_count(shop: Workshop) -> None:
    first = await shop.put("paint", "a drawer", key="drawer", delay=timedelta(hours=1))
    assert await shop.put("paint", "a drawer", key="drawer", priority=7) == first
    found = await shop.standing(first)
    assert found.priority == 7
    assert found.due_at
    assert found.due_at - found.queued_at < timedelta(minutes=1)


async def test_progress_is_written_beside_the_transaction_and_hinted_at(shop: Workshop) -> None:
    id_ = await shop.put("polish", "a knob")
    heard: list[str] = []
    with shop.runtime.ports.bus.listen(heard.append):
        async with shop.worker():
            found = await shop.until(id_, "running", done=1)
            assert (found.total, found.note) == (2, "Half of it shines.")
            gates["a knob"].set()
            await shop.until(id_, "done")
            await eventually(lambda: heard.count(bus.job(id_)) >= 2)
    assert bus.job(id_) in heard
