"""Candidates: who of the staff could see to a property, the nearest and least busy first."""

from datetime import timedelta

from storage import staff
from tests.account.conftest import Join, Somebody
from tests.street import NOW, Street


async def place(street: Street, kind: str, name: str, lat: float) -> int:
    added = "insert into places (kind, slug, name, geog) values (:kind, :name, :name, "
    added += "ST_SetSRID(ST_MakePoint(77.05, :lat), 4326)::geography)"
    await street.run(added, kind=kind, name=name, lat=lat)
    (found,) = await street.ask("select id from places where name = :name", name=name)
    return found


async def knows(street: Street, somebody: Somebody, *places: int) -> None:
    async with street.database.writing() as db:
        await staff.set_areas(db, somebody.id, places)


async def found(street: Street, *but: Somebody) -> list[tuple[int, int, int]]:
    async with street.database.reading(primary=True) as db:
        them = await staff.candidates(db, street.homes[0], NOW, but=[each.id for each in but])
    return [(each.person_id, each.nearness, each.load) for each in them]


async def test_those_who_know_the_surroundings_best_come_first(street: Street, join: Join) -> None:
    society = await place(street, "society", "The Magnolias", 28.45)
    sector = await place(street, "sector", "Sector 42", 28.45)
    beside = await place(street, "locality", "Sushant Lok", 28.47)
    far = await place(street, "locality", "Manesar", 28.35)
    people = [await join(f"s{n}@example.com", "staff") for n in range(5)]
    for somebody, known in zip(people, [far, beside, sector, society], strict=False):
        await knows(street, somebody, known)
    at = "update properties set society_id = :a, sector_id = :b, "
    at += "geog = (select geog from places where id = :a) where id = :id"
    await street.run(at, a=society, b=sector, id=street.homes[0])
    nearest = [(each, level) for each, level, _ in await found(street)]
    assert nearest == [
        (people[3].id, 3),
        (people[2].id, 2),
        (people[1].id, 1),
        (people[0].id, 0),
        (people[4].id, 0),
    ]
    assert people[3].id not in [each for each, *_ in await found(street, people[3])]


async def test_of_equals_the_one_with_the_least_to_do_comes_first(
    street: Street, join: Join, asha: Somebody
) -> None:
    busy, free = await join("busy@example.com", "staff"), await join("free@example.com", "staff")
    visit = "insert into visits (person_id, property_id, host_id, starts, ends) "
    visit += "values (:who, :home, :host, :at, :till)"
    at = NOW + timedelta(days=1)
    until, home = at + timedelta(minutes=30), street.homes[0]
    await street.run(visit, who=asha.id, home=home, host=busy.id, at=at, till=until)
    assert await found(street) == [(free.id, 0, 0), (busy.id, 0, 1)]


async def test_whoever_is_away_leaving_or_no_staff_is_not_among_them(
    street: Street, join: Join, asha: Somebody, admin: Somebody
) -> None:
    away, leaving, here = [await join(f"{n}@example.com", "staff") for n in ("away", "leaving", "here")]
    async with street.database.writing() as db:
        await staff.write(db, away.id, active=False)
    await street.run("update people set deletes_at = now() where id = :id", id=leaving.id)
    assert [each for each, *_ in await found(street)] == [here.id]
    async with street.database.writing() as db:
        await staff.write(db, admin.id, bio="I show homes, too.")
    assert {each for each, *_ in await found(street)} == {here.id, admin.id}
