"""Merging and naming places: what stood in either is found by both names, and stays so whatever comes."""

import random
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot
from sqlalchemy import text

from servers.jobs import operator
from storage import search_places
from storage.engine import Database
from tests.account.conftest import Join, Somebody, admin, clock, dispatcher, join
from tests.discovery.homes import Guest
from tests.discovery.listing_files import row, write
from tests.street import previewed
from tools.consent import TicketVoid
from tools.contract import Round
from tools.discovery.importing.run import import_listings
from tools.discovery.merging import NotOfOneKind
from tools.discovery.naming import NameStays, NameTaken, NoName, NoSuchName, NoSuchPlace, OwnNameStays
from tools.dispatch import Dispatcher
from tools.ports import Ports
from tools.refusals import Contradiction, Forbidden

__all__ = ["admin", "clock", "dispatcher", "join"]


@dataclass(frozen=True)
class Town:
    """Homes in places of which some are the same."""

    database: Database
    dispatcher: Dispatcher
    admin: Somebody
    guest: Guest

    async def ask(self, statement: str, **values: Any) -> list[Any]:
        async with self.database.reading(primary=True) as db:
            return list((await db.scalars(text(statement), values)).all())

    async def run(self, statement: str, **values: Any) -> None:
        async with self.database.writing() as db:
            await db.execute(text(statement), values)

    async def place(self, name: str) -> int:
        (found,) = await self.ask("select id from places where name = :name and same_as is null", name=name)
        return found

    async def load(self, tmp_path: Path, source: str, *societies: str) -> None:
        rows = [row(source_id=f"{n}", society=each) for n, each in enumerate(societies)]
        await import_listings(self.database, write(tmp_path, *rows), source)

    async def merge(self, name: str, into: str) -> Any:
        ids = {"id": await self.place(name), "into_id": await self.place(into)}
        return await self.admin.call("merge_places", **ids)

    async def rounds(self, job: str, **given: Any) -> list[Round]:
        """The rounds of a job, until it has nothing to do."""
        tool, rounds = self.dispatcher.catalog[job], list[Round]()
        while not rounds or rounds[-1].remaining:
            done: Any = await self.dispatcher.run(tool, given, operator(tool))
            rounds.append(done)
        return rounds

    async def follow(self, limit: int = 500) -> list[Round]:
        """Have everything follow what places became."""
        return await self.rounds("follow_places", limit=limit)

    async def found(self, **asked: Any) -> set[int]:
        return set(await self.guest.every(purpose="buy", **asked))


@pytest.fixture
async def town(
    database: Database, dispatcher: Dispatcher, admin: Somebody, ports: Ports
) -> AsyncGenerator[Town]:
    with search_places.listening(ports.bus):
        yield Town(database, dispatcher, admin, Guest(dispatcher))


async def test_a_merge_says_what_moves_and_both_names_find_all_before_and_after_it_has(
    town: Town, tmp_path: Path
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow", "orchid meadow", "orchid medow")
    before = await town.found(society=["orchid meadow"])
    ids = {"id": await town.place("Orchid Meadow"), "into_id": await town.place("Orchid Meadows")}
    shown = await previewed(town.admin, "merge_places", **ids)
    assert shown.what.startswith(
        "Orchid Meadow (society, 2 properties, 2 of them live) becomes another name of Orchid Meadows (1"
    )
    merged = await town.admin.confirm(shown)
    assert (merged.place.properties, merged.place.live, merged.place.follows) == (3, 3, True)
    between = await town.found(society=["orchid meadow"])
    assert len(between) == 3
    assert between > before
    assert [each.done for each in await town.follow(1)] == [1, 1, 0]
    for name in ("orchid meadow", "Orchid Meadows"):
        assert await town.found(society=[name]) == between
        assert await town.found(words=f"flat in {name} to buy") == between
    assert {each.society for each in (await town.guest.call("search_properties", words=name)).items} == {
        "Orchid Meadows"
    }
    kept = await town.admin.call("get_place", id=ids["into_id"])
    assert (kept.properties, kept.follows) == (3, False)
    assert [(each.name, each.given, each.merged_at is not None) for each in kept.names] == [
        ("Orchid Meadow", True, True)
    ]
    with pytest.raises(NoSuchPlace):
        await town.admin.call("get_place", id=ids["id"])
    assert await town.ask("select count(*) from properties where society_id = :id", id=ids["id"]) == [0]


async def test_nothing_comes_back_with_the_next_import_whoever_names_it(town: Town, tmp_path: Path) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow", "dlf park place")
    await town.merge("Orchid Meadow", "Orchid Meadows")
    known = await town.ask("select name from places where kind = 'society' and slug ilike '%park place%'")
    await town.merge(known[0], "Orchid Meadows")
    await town.follow()
    places = await town.ask("select count(*) from places")
    await town.load(tmp_path, "b", "Orchid Meadow", "orchid-meadow, sector 57", "DLF Park Place")
    assert await town.ask("select count(*) from places") == places
    assert await town.ask("select distinct name from places p join properties on society_id = p.id") == [
        "Orchid Meadows"
    ]
    assert len(await town.found(society=["dlf park place"])) == 6


async def test_a_name_is_changed_for_good_and_the_old_one_still_finds_it(town: Town, tmp_path: Path) -> None:
    await town.load(tmp_path, "a", "orchid meadows")
    sector, society = await town.place("Sector 57"), await town.place("Orchid Meadows")
    await town.admin.call("rename_place", id=sector, name="Sector  57 A")
    await town.admin.call("rename_place", id=society, name="Lotus Greens")
    await town.follow()
    await town.load(tmp_path, "b", "orchid meadows", "lotus greens")
    (card, *_) = items = (await town.guest.call("search_properties", society=["Orchid Meadows"])).items
    assert len(items) == 3
    assert (card.society, card.sector) == ("Lotus Greens", "Sector 57 A")
    assert len(await town.found(words="sector 57")) == 3
    assert len(await town.found(words="lotus greens for sale")) == 3
    names = (await town.guest.call("suggest_places", prefix="lotus gr")).items
    assert [each.name for each in names] == ["Lotus Greens"]
    kept = await town.ask("select words::text from property_texts limit 1")
    assert "'lotus'" in kept[0]
    assert "'orchid'" not in kept[0]


async def test_another_name_finds_a_place_until_it_is_taken_away(town: Town, tmp_path: Path) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "palm green court")
    society = await town.place("Orchid Meadows")
    named = await town.admin.call("add_place_name", id=society, name="Om Enclave")
    assert [each.name for each in named.names] == ["Om Enclave"]
    assert len(await town.found(society=["om enclave"])) == 1
    await town.load(tmp_path, "b", "om enclave")
    assert len(await town.found(society=["orchid meadows"])) == 2
    await town.admin.call("add_place_name", id=society, name="OM enclave")
    for name, refusal in (
        ("Palm Green Court", NameTaken),
        ("!!", NoName),
    ):
        with pytest.raises(refusal):
            await town.admin.call("add_place_name", id=society, name=name)
    for name, refusal in (("orchid meadows", OwnNameStays), ("palm green court", NoSuchName)):
        with pytest.raises(refusal):
            await town.admin.call("remove_place_name", id=society, name=name)
    await town.admin.call("remove_place_name", id=society, name="om enclave")
    await town.guest.refused("search_properties", society=["om enclave"])
    await town.merge("Palm Green Court", "Orchid Meadows")
    with pytest.raises(NameStays):
        await town.admin.call("remove_place_name", id=society, name="palm green court")


async def test_a_rename_can_be_taken_back(town: Town, tmp_path: Path) -> None:
    await town.load(tmp_path, "a", "orchid meadows")
    society = await town.place("Orchid Meadows")
    await town.admin.call("rename_place", id=society, name="Lotus Greens")
    (done, *_) = (await town.admin.call("my_activity", tool="rename_place")).items
    await town.admin.call("undo_action", id=done.id)
    assert (await town.admin.call("get_place", id=society)).name == "Orchid Meadows"


async def test_what_cannot_be_merged_is_refused_and_only_admins_decide(
    town: Town, tmp_path: Path, join: Join
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "palm green court")
    society, other = await town.place("Orchid Meadows"), await town.place("Palm Green Court")
    sector = await town.place("Sector 57")
    for ids, refusal in (
        ((society, society), Contradiction),
        ((society, sector), NotOfOneKind),
        ((society, 2**31 - 1), NoSuchPlace),
    ):
        with pytest.raises(refusal):
            await town.admin.call("merge_places", id=ids[0], into_id=ids[1])
    staff = await join("staff@example.com", "staff")
    with pytest.raises(Forbidden):
        await staff.call("merge_places", id=society, into_id=other)
    assert (await staff.call("list_places", words="Orchid-Meadows")).items[0].properties == 1
    shown = await previewed(town.admin, "merge_places", id=society, into_id=other)
    await town.load(tmp_path, "b", "orchid meadows")
    with pytest.raises(TicketVoid):
        await town.admin.confirm(shown)


async def test_staff_who_know_a_place_know_the_one_that_it_became(
    town: Town, tmp_path: Path, join: Join
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow")
    staff = await join("staff@example.com", "staff")
    both = await join("both@example.com", "staff")
    await staff.call("update_staff_profile", areas=["orchid meadow"])
    await both.call("update_staff_profile", areas=["orchid meadow", "orchid meadows"])
    await town.merge("Orchid Meadow", "Orchid Meadows")
    await town.follow()
    for each in (staff, both):
        (area,) = (await each.call("get_staff_profile", id=each.id)).areas
        assert area.name == "Orchid Meadows"
    await staff.call("update_staff_profile", areas=["orchid meadow"])
    assert (await staff.call("get_staff_profile", id=staff.id)).areas[0].name == "Orchid Meadows"


async def test_watches_and_preferences_that_name_a_merged_place_go_on(
    town: Town, tmp_path: Path, join: Join
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow")
    asha = await join("asha@example.com")
    made = await asha.call("create_watch", search={"society": ["Orchid Meadow"], "purpose": "buy"})
    await town.merge("Orchid Meadow", "Orchid Meadows")
    await town.follow()
    await town.run("delete from property_marks")
    await town.load(tmp_path, "b", "orchid meadows")
    await town.rounds("check_watches")
    (change,) = (await asha.call("watch_changes", watch_id=made.id)).items
    assert change.kind == "new"


async def test_what_is_written_under_the_old_id_at_the_last_moment_follows_too(
    town: Town, tmp_path: Path
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow")
    old = await town.place("Orchid Meadow")
    await town.merge("Orchid Meadow", "Orchid Meadows")
    await town.follow()
    await town.run("update properties set society_id = :id", id=old)
    assert [(each.done, each.remaining) for each in await town.follow()] == [(0, 1), (2, 0)]
    assert await town.ask("select count(*) from properties where society_id = :id", id=old) == [0]


async def test_places_that_look_the_same_are_shown_in_pairs(town: Town, tmp_path: Path) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow", "orchid meadows", "palm green court")
    answer = await town.admin.call("list_alike_places")
    told = re.sub(r"\d{2,} ", "", answer.summary())
    assert told == snapshot(
        "Orchid Meadow (society, Sector 57): 1 live of 1 / Orchid Meadows (society, Sector 57): 2 live of 2"
    )


async def test_places_are_listed_by_name_in_pages_with_what_stands_in_them(
    town: Town, tmp_path: Path
) -> None:
    await town.load(tmp_path, "a", "orchid meadows", "orchid meadow", "palm green court")
    await town.merge("Orchid Meadow", "Orchid Meadows")
    first = await town.admin.call("list_places", kinds=["society"], words="O", limit=1)
    assert first.has_more
    seen, cursor = list[Any](first.items), first.next_cursor
    while cursor:
        page = await town.admin.call("list_places", kinds=["society"], words="O", limit=100, cursor=cursor)
        seen, cursor = [*seen, *page.items], page.next_cursor
    names = [each.name for each in seen]
    assert len(names) == len(set(names))
    counted = {each.name: each.live for each in seen if each.live}
    assert counted == {"Orchid Meadows": 2, "Palm Green Court": 1}
    assert names == await town.ask(
        "select name from places where kind = 'society' and same_as is null and slug like '%o%' "
        "order by name, id"
    )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
async def test_no_merge_loses_a_property_and_every_name_finds_all_of_a_place(
    town: Town, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    names = [f"{draw.choice(('Orchid', 'Lotus', 'Palm'))} {n}x{seed} Greens" for n in range(4)]
    await town.load(tmp_path, f"s{seed}", *(draw.choice(names) for _ in range(8)))
    there = {each: await town.ask("select id from places where name = :n", n=each) for each in names}
    means = {name: {name} for name, ids in there.items() if ids}
    total = await town.ask("select count(*) from properties")
    while len({id(group) for group in means.values()}) > 1:
        groups = {id(group): (name, group) for name, group in means.items()}
        (one, first), (other, second) = draw.sample(sorted(groups.values(), key=lambda each: each[0]), 2)
        heads = [await _head(town, each) for each in (one, other)]
        await town.admin.call("merge_places", id=heads[0], into_id=heads[1])
        if draw.random() < 0.5:
            await town.follow(draw.randint(1, 3))
        for name in (both := first | second):
            means[name] = both
        assert await town.ask("select count(*) from properties") == total
        for group in means.values():
            found = [await town.found(society=[name]) for name in sorted(group)]
            assert all(each == found[0] for each in found)
            assert found[0]
    await town.follow()
    stood = "select count(distinct society_id) from properties where source = :s"
    assert await town.ask(stood, s=f"s{seed}") == [1]


async def _head(town: Town, name: str) -> int:
    (found,) = await town.ask("select coalesce(same_as, id) from places where name = :name", name=name)
    return found
