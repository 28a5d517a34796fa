"""Portfolios: staff see what is assigned to them, and nothing of anybody else's."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text

from storage.engine import Database
from storage.people import PortfolioRow
from tests.account.conftest import Join, Somebody
from tools.account.portfolio import NoSuchPortfolio, NoSuchProperty, NotAssigned
from tools.contract import GUEST
from tools.refusals import Forbidden, SignInRequired

NOBODY = 999_999_999


async def homes(database: Database, count: int = 3) -> list[int]:
    """Properties, by id."""
    added = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    added += "select 'test', n, 'rent', 'apartment', 'Flat ' || n, '', 1000 * n "
    added += "from generate_series(1, :count) n returning id"
    async with database.writing() as db:
        return sorted((await db.scalars(text(added), {"count": count})).all())


@pytest.fixture
async def kiran(join: Join) -> Somebody:
    return await join("kiran@example.com", "staff")


@pytest.fixture
async def leela(join: Join) -> Somebody:
    return await join("leela@example.com", "staff")


async def seen(somebody: Somebody, **given: Any) -> list[int]:
    return [each.property_id for each in (await somebody.call("list_portfolio", **given)).items]


async def test_staff_see_their_own_portfolio_and_admins_anybodys(
    admin: Somebody, kiran: Somebody, leela: Somebody, database: Database
) -> None:
    first, second, third = await homes(database)
    for staff, home in ((kiran, first), (kiran, second), (leela, second), (leela, third), (kiran, first)):
        await admin.call("assign_property", staff_id=staff.id, property_id=home)
    assert await seen(kiran) == [first, second] == await seen(kiran, staff_id=kiran.id)
    assert await seen(leela) == [second, third] == await seen(admin, staff_id=leela.id)
    assert await seen(admin) == []
    listed = (await kiran.call("list_portfolio")).items[0]
    assert (listed.title, listed.purpose, listed.price, listed.status) == ("Flat 1", "rent", 1000, "live")


async def test_anothers_portfolio_answers_as_one_that_does_not_exist(
    admin: Somebody, kiran: Somebody, leela: Somebody, asha: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    await admin.call("assign_property", staff_id=leela.id, property_id=home)
    bodies: list[Any] = []
    for asking, whose in ((kiran, leela.id), (kiran, NOBODY), (admin, NOBODY), (admin, asha.id)):
        with pytest.raises(NoSuchPortfolio) as refused:
            await asking.call("list_portfolio", staff_id=whose)
        bodies.append(refused.value.body())
    assert all(body == bodies[0] for body in bodies)


async def test_a_cursor_of_one_portfolio_opens_no_other(
    admin: Somebody, kiran: Somebody, leela: Somebody, database: Database
) -> None:
    for staff in (kiran, leela):
        for home in await homes_of(database):
            await admin.call("assign_property", staff_id=staff.id, property_id=home)
    page = await kiran.call("list_portfolio", limit=2)
    assert await seen(kiran, limit=2, cursor=page.next_cursor) == [(await homes_of(database))[2]]
    with pytest.raises(Exception, match="cursor"):
        await leela.call("list_portfolio", limit=2, cursor=page.next_cursor)


async def homes_of(database: Database) -> list[int]:
    async with database.reading() as db:
        there = (await db.scalars(text("select id from properties order by id"))).all()
    return list(there) or await homes(database)


async def test_only_admins_assign(kiran: Somebody, asha: Somebody, database: Database) -> None:
    (home, *_) = await homes(database)
    for asking in (kiran, asha):
        for tool in ("assign_property", "unassign_property"):
            with pytest.raises(Forbidden):
                await asking.call(tool, staff_id=kiran.id, property_id=home)
    with pytest.raises(Forbidden):
        await asha.call("list_portfolio")
    assert await seen(kiran) == []


async def test_what_is_assigned_must_exist_and_to_whom_must_be_staff(
    admin: Somebody, kiran: Somebody, asha: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    with pytest.raises(NoSuchProperty):
        await admin.call("assign_property", staff_id=kiran.id, property_id=NOBODY)
    for whom in (asha.id, NOBODY):
        with pytest.raises(NoSuchPortfolio):
            await admin.call("assign_property", staff_id=whom, property_id=home)


async def test_what_is_taken_out_is_gone_and_only_there(
    admin: Somebody, kiran: Somebody, leela: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    for staff in (kiran, leela):
        await admin.call("assign_property", staff_id=staff.id, property_id=home)
    await admin.call("unassign_property", staff_id=kiran.id, property_id=home)
    assert (await seen(kiran), await seen(leela)) == ([], [home])
    with pytest.raises(NotAssigned):
        await admin.call("unassign_property", staff_id=kiran.id, property_id=home)


async def test_whoever_becomes_a_member_has_no_portfolio_any_more(
    admin: Somebody, kiran: Somebody, database: Database
) -> None:
    for home in await homes(database):
        await admin.call("assign_property", staff_id=kiran.id, property_id=home)
    assert (await admin.call("grant_role", id=kiran.id, role="admin")).released == 0
    assert (await admin.call("grant_role", id=kiran.id, role="member")).released == 3
    await admin.call("grant_role", id=kiran.id, role="staff")
    assert await seen(kiran) == []


async def test_an_assignment_at_the_moment_of_a_demotion_leaves_no_member_with_a_portfolio(
    admin: Somebody, kiran: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    for _ in range(10):
        await admin.call("grant_role", id=kiran.id, role="staff")
        await asyncio.gather(
            admin.call("assign_property", staff_id=kiran.id, property_id=home),
            admin.call("grant_role", id=kiran.id, role="member"),
            return_exceptions=True,
        )
        async with database.reading() as db:
            assert (await db.scalars(select(PortfolioRow.property_id))).all() == []


async def test_a_guest_has_no_portfolio(kiran: Somebody) -> None:
    with pytest.raises(SignInRequired):
        await Somebody(kiran.dispatcher, GUEST).call("list_portfolio")
