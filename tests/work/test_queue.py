"""The queue: work begins with the transaction that asks for it, and is done once, whatever comes between."""

from __future__ import annotations

from storage import queue
from tests.work.workshop import Workshop, gates, most_at_work, tries


async def test_a_job_is_done_after_its_transaction_and_says_how_it_went(shop: Workshop) -> None:
    id_ = await shop.put("paint", "a chair")
    assert (await shop.standing(id_)).state == "queued"
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.note, found.attempts, found.due_at) == ("done", "Made a chair.", 1, None)
    assert await shop.made() == ["a chair"]
    assert await shop.sql("select id from pgqueuer") == []


async def test_a_job_stands_and_falls_with_the_transaction_that_asks_for_it(shop: Workshop) -> None:
    id_ = await shop.put("hand_on", "a table", times=1)
    await shop.drain()
    assert (await shop.standing(id_)).state == "failed"
    assert await shop.made() == []
    await shop.put("hand_on", "a table", times=0)
    await shop.drain()
    assert await shop.made() == ["a table"]


async def test_a_job_with_a_defect_is_tried_again_ever_later_and_then_kept(shop: Workshop) -> None:
    id_ = await shop.put("stumble", "a stool", times=9)
    waits: list[float] = []
    for attempt in (1, 2):
        await shop.drain()
        found = await shop.standing(id_)
        assert (found.state, found.attempts, found.code) == ("queued", attempt, "defect")
        assert found.due_at
        now = await shop.sql("select now()")
        waits.append((found.due_at - now[0][0]).total_seconds())
        await shop.hurry()
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.attempts, tries["a stool"]) == ("failed", 3, 3)
    assert found.note == "A defect: RuntimeError."
    assert 0 < waits[0] <= 6.25 < 15 < waits[1] <= 31.25
    assert await shop.made() == []


async def test_what_is_refused_for_good_is_not_tried_again(shop: Workshop) -> None:
    id_ = await shop.put("seek", "a unicorn")
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.code, found.note) == ("failed", "not_found", "There is no such thing.")
    assert tries["a unicorn"] == 1


async def test_whoever_refuses_says_how_long_to_wait(shop: Workshop) -> None:
    id_ = await shop.put("order", "a shelf")
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.code) == ("queued", "unavailable")
    assert found.due_at
    assert (found.due_at - found.queued_at).total_seconds() >= 59


async def test_what_takes_too_long_is_stopped_and_tried_again(shop: Workshop) -> None:
    id_ = await shop.put("doze", "a bed")
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.state, found.code) == ("queued", "took_too_long")


async def test_of_one_kind_no_more_run_at_once_than_it_allows_over_all_workers(shop: Workshop) -> None:
    ids = [await shop.put("carve", f"spoon {number}") for number in range(8)]
    async with shop.worker(), shop.worker():
        for id_ in ids:
            await shop.until(id_, "done")
    assert most_at_work["carve"] == 2
    assert sorted(await shop.made()) == sorted(f"spoon {number}" for number in range(8))


async def test_the_highest_priority_goes_first(shop: Workshop) -> None:
    async with shop.runtime.database.writing() as db:
        ids = [await queue.put(db, "paint", b"{}", priority=priority) for priority in (0, 5, -5, 10)]
    await shop.drain()
    picked = await shop.sql("select job_id from pgqueuer_log where status = 'picked' order by id")
    first, second = {row[0] for row in picked[:2]}, {row[0] for row in picked[2:]}
    assert (first, second) == ({ids[3], ids[1]}, {ids[0], ids[2]})


async def test_rounds_go_on_where_they_were(shop: Workshop) -> None:
    id_ = await shop.put("sand", "a floor", times=3)
    async with shop.worker():
        found = await shop.until(id_, "running", done=1)
        assert found.total == 3
    assert (await shop.standing(id_)).state == "queued"
    for round_ in (1, 2):
        gates[f"a floor {round_}"].set()
    await shop.drain()
    found = await shop.standing(id_)
    assert (found.done, found.total, found.note) == (3, 3, "3 done, 0 remain.")
    assert await shop.made() == ["a floor"] * 3


async def test_what_got_ahead_may_fail_as_often_as_what_begins(shop: Workshop) -> None:
    id_ = await shop.put("plane", "a door")
    for _ in range(3):
        await shop.drain()
        assert (await shop.standing(id_)).state == "queued"
        await shop.hurry()
    await shop.drain()
    assert ((await shop.standing(id_)).state, await shop.made()) == ("done", ["a door"] * 3)
