"""Roles: admins give and take them, and one admin always remains."""

import asyncio
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import select, text

from storage.engine import Database
from storage.people import PersonRow
from tests.account.conftest import Join, Somebody
from tools.account.roles import LastAdmin, NoSuchPerson
from tools.contacts import NotAContact
from tools.refusals import Contradiction, Forbidden, Invalid


async def admins(database: Database) -> list[int]:
    async with database.reading() as db:
        return list((await db.scalars(select(PersonRow.id).where(PersonRow.role == "admin"))).all())


async def test_a_role_is_granted_by_id_or_by_contact_however_written(admin: Somebody, asha: Somebody) -> None:
    granted = await admin.call("grant_role", id=asha.id, role="staff")
    assert granted.model_dump(exclude={"person": {"created_at", "id"}}) == snapshot(
        {
            "person": {
                "name": None,
                "role": "staff",
                "phone": "+91 98••••••10",
                "email": None,
                "deletes_at": None,
            },
            "before": "member",
            "released": 0,
        }
    )
    again = await admin.call("grant_role", contact="098765 43210", role="admin")
    assert (again.person.id, again.before, again.person.role) == (asha.id, "staff", "admin")
    assert (await asha.call("who_am_i")).role == "admin"


@pytest.mark.parametrize("role", ["member", "staff"])
async def test_nobody_but_an_admin_grants_or_finds(join: Join, asha: Somebody, role: Any) -> None:
    other = await join("other@example.com", role)
    for tool, given in (("grant_role", {"id": asha.id, "role": "admin"}), ("find_people", {})):
        with pytest.raises(Forbidden):
            await other.call(tool, **given)
    assert (await asha.call("who_am_i")).role == "member"


async def test_the_last_admin_keeps_the_role(admin: Somebody, database: Database) -> None:
    for role in ("member", "staff"):
        with pytest.raises(LastAdmin) as refused:
            await admin.call("grant_role", id=admin.id, role=role)
        assert refused.value.status == 409
    assert await admins(database) == [admin.id]


async def test_an_admin_who_is_leaving_does_not_count(admin: Somebody, join: Join) -> None:
    leaving = await join("second@example.com", "admin")
    await leaving.call("delete_my_account")
    with pytest.raises(LastAdmin):
        await admin.call("grant_role", id=admin.id, role="member")
    await leaving.call("keep_my_account")
    assert (await admin.call("grant_role", id=admin.id, role="member")).person.role == "member"


async def test_of_two_admins_who_demote_each_other_at_once_one_remains(
    join: Join, database: Database
) -> None:
    one, other = [await join(f"admin{number}@example.com", "admin") for number in range(2)]
    for _ in range(10):
        outcomes = await asyncio.gather(
            one.call("grant_role", id=other.id, role="member"),
            other.call("grant_role", id=one.id, role="member"),
            return_exceptions=True,
        )
        assert sorted(type(each).__name__ for each in outcomes) == ["Granted", "LastAdmin"]
        (left,) = await admins(database)
        for each in (one, other):
            await one.call("grant_role", id=each.id, role="admin")
        assert left in {one.id, other.id}


async def test_the_last_admin_stays_whoever_writes_to_the_database(
    admin: Somebody, join: Join, database: Database
) -> None:
    await join("second@example.com", "admin")
    for statement in (
        "update people set role = 'member'",
        "update people set deletes_at = now()",
        "delete from people",
    ):
        with pytest.raises(Exception, match="nobody would be an admin"):
            async with database.writing() as db:
                await db.execute(text(statement))
    assert len(await admins(database)) == 2


async def test_whoever_is_meant_must_exist_and_be_meant_once(admin: Somebody) -> None:
    for given in ({"id": 999_999_999}, {"contact": "nobody@example.com"}):
        with pytest.raises(NoSuchPerson):
            await admin.call("grant_role", role="staff", **given)
    for given in ({}, {"id": admin.id, "contact": "9811111111"}):
        with pytest.raises(Contradiction):
            await admin.call("grant_role", role="staff", **given)
    with pytest.raises(NotAContact):
        await admin.call("grant_role", contact="Asha", role="staff")
    with pytest.raises(Invalid):
        await admin.call("grant_role", id=admin.id, role="guest")


async def test_people_are_found_by_contact_name_or_role(
    admin: Somebody, asha: Somebody, ravi: Somebody
) -> None:
    await asha.call("update_profile", name="Asha Rao")
    await ravi.call("update_profile", name="100% Ravi_Rao")

    async def found(**given: Any) -> list[int]:
        return [each.id for each in (await admin.call("find_people", **given)).items]

    assert await found(contact="+91 98765 43210") == [asha.id]
    assert await found(contact="RAVI@example.com") == [ravi.id]
    assert await found(name="rao") == [ravi.id, asha.id]
    assert await found(name="0% r") == [ravi.id]
    assert await found(name="i_r") == [ravi.id]
    assert await found(name="a_r") == []
    assert await found(role="admin") == [admin.id]
    assert await found(name="rao", role="staff") == []
    assert await found() == [ravi.id, asha.id, admin.id]


async def test_people_come_in_pages_with_masked_contacts(admin: Somebody, asha: Somebody) -> None:
    first = await admin.call("find_people", limit=1)
    second = await admin.call("find_people", limit=1, cursor=first.next_cursor)
    assert [each.id for each in (*first.items, *second.items)] == [asha.id, admin.id]
    assert (first.has_more, second.has_more) == (True, False)
    assert "9876543210" not in first.model_dump_json()


async def test_a_cursor_is_good_for_its_own_question_only(admin: Somebody, asha: Somebody) -> None:
    first = await admin.call("find_people", limit=1)
    with pytest.raises(Contradiction):
        await admin.call("find_people", role="admin", cursor=first.next_cursor)
