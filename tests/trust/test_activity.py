"""Activity: every write leaves a row of its own transaction, with nothing personal in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody
from tests.account.test_portfolio import homes
from tests.trust.conftest import Left
from tools.activity import masked
from tools.contract import GUEST
from tools.cursors import BadCursor
from tools.dispatch import Caller
from tools.refusals import Forbidden, Refused, SignInRequired


async def by(somebody: Somebody, tool: str, caller: dict[str, Any], /, **given: Any) -> Any:
    """The answer of a tool that is called from somewhere else."""
    found = somebody.dispatcher.catalog[tool]
    return await somebody.dispatcher.run(found, given, replace(Caller("rest", somebody.viewer), **caller))


async def test_a_write_says_who_did_what_with_what_and_where(asha: Somebody, left: Left) -> None:
    await by(asha, "update_profile", {"surface": "mcp", "turn": "turn-7", "key": "k-1"}, language="hi")
    (row,) = await left()
    assert (row.person_id, row.whose_id, row.session_id) == (asha.id, None, asha.session)
    assert (row.surface, row.client, row.turn, row.key) == ("mcp", "Firefox on Android", "turn-7", "k-1")
    assert (row.tool, row.subjects) == ("update_profile", [f"profile:{asha.id}"])
    assert row.touched == [
        {"kind": "profile", "id": asha.id, "before": {"language": "en"}, "after": {"language": "hi"}}
    ]
    assert (row.undo, row.undoes, row.ticket_id) == ("update_profile", None, None)


async def test_it_commits_in_the_transaction_of_the_write(asha: Somebody, database: Database) -> None:
    await by(asha, "update_profile", {"key": "k-1"}, name="Asha")
    each = "select xmin::text from {}"
    tables = ("people", "activities", "undos", "kept_answers")
    async with database.reading(primary=True) as db:
        writers = {await db.scalar(text(each.format(table))) for table in tables}
    assert len(writers) == 1


async def test_what_cannot_be_recorded_is_not_done(asha: Somebody, database: Database) -> None:
    async with database.writing() as db:
        await db.execute(text("alter table activities add constraint full_disk check (false) not valid"))
    with pytest.raises(asyncpg.CheckViolationError, match="full_disk"):
        await asha.call("update_profile", name="Asha")
    assert (await asha.call("who_am_i")).name is None


async def test_refusals_and_reads_leave_nothing(asha: Somebody, admin: Somebody, left: Left) -> None:
    with pytest.raises(Refused):
        await asha.call("revoke_session", id=10**9)
    with pytest.raises(Refused):
        await asha.call("update_profile", name="\u200b")
    with pytest.raises(Forbidden):
        await asha.call("grant_role", id=asha.id, role="admin")
    for tool in ("who_am_i", "my_activity", "get_preferences", "list_sessions", "export_my_data"):
        await asha.call(tool)
    await admin.call("activity_of", person_id=asha.id)
    assert await left() == []


async def test_what_waits_for_a_person_leaves_its_row_once_it_is_done(asha: Somebody, left: Left) -> None:
    preview = await by(asha, "delete_my_account", {})
    assert await left() == []
    await asha.confirm(preview)
    (row,) = await left()
    assert (row.tool, str(row.ticket_id), row.undo) == (
        "delete_my_account",
        preview.ticket,
        "keep_my_account",
    )


async def test_a_person_sees_their_own_and_what_was_done_to_them(
    asha: Somebody, ravi: Somebody, admin: Somebody
) -> None:
    await asha.call("update_profile", name="Asha")
    await ravi.call("update_profile", name="Ravi")
    await by(admin, "grant_role", {"turn": "turn-7"}, id=asha.id, role="staff")
    mine = (await asha.call("my_activity")).items
    assert [(each.what, each.person_id, each.whose_id, each.client) for each in mine] == [
        ("Grant role", admin.id, asha.id, None),
        ("Update profile", asha.id, None, "Firefox on Android"),
    ]
    assert mine[0].turn is None
    (his,) = (await ravi.call("my_activity")).items
    assert his.person_id == ravi.id
    assert [each.tool for each in (await admin.call("my_activity")).items] == ["grant_role"]
    with pytest.raises(SignInRequired):
        await Somebody(asha.dispatcher, GUEST).call("my_activity")


async def test_admins_see_anybodys(asha: Somebody, ravi: Somebody, admin: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    (seen,) = (await admin.call("activity_of", person_id=asha.id)).items
    assert seen.touched[0].after == {"name": "•••"}
    assert seen.client == "Firefox on Android"
    assert (await admin.call("activity_of", person_id=ravi.id)).items == []
    for asking in (ravi, ravi.as_("staff")):
        with pytest.raises(Forbidden):
            await asking.call("activity_of", person_id=asha.id)


async def test_it_is_found_by_tool_subject_and_time(
    asha: Somebody, admin: Somebody, database: Database, left: Left
) -> None:
    await admin.call("grant_role", id=asha.id, role="staff")
    (home, *_) = await homes(database)
    await admin.call("assign_property", staff_id=asha.id, property_id=home)
    await asha.call("update_profile", name="Asha")
    granted, assigned, _renamed = await left()

    async def found(**given: Any) -> list[str]:
        return [each.tool for each in (await asha.call("my_activity", **given)).items]

    assert await found(tool="assign_property") == ["assign_property"]
    assert await found(tool="no_such_tool") == []
    assert await found(subject=f"role:{asha.id}") == ["assign_property", "grant_role"]
    assert await found(subject=f"assignment:{asha.id}/{home}") == ["assign_property"]
    assert await found(since=assigned.at.isoformat()) == ["update_profile", "assign_property"]
    assert await found(until=assigned.at.isoformat()) == ["grant_role"]
    assert await found(since=granted.at.isoformat(), until=granted.at.isoformat()) == []


async def test_it_comes_in_pages_that_go_with_their_question(asha: Somebody, admin: Somebody) -> None:
    for number in range(5):
        await asha.call("update_profile", name=f"Asha {number}")
        await admin.call("grant_role", id=asha.id, role="staff" if number % 2 else "member")
    seen: list[int] = []
    page = await asha.call("my_activity", limit=3)
    first = page.next_cursor
    while True:
        seen += [each.id for each in page.items]
        if page.next_cursor is None:
            break
        page = await asha.call("my_activity", limit=3, cursor=page.next_cursor)
    assert len(seen) == len(set(seen)) == 10
    assert seen == sorted(seen, reverse=True)
    for asking, given in ((asha, {"tool": "grant_role"}), (admin, {})):
        with pytest.raises(BadCursor):
            await asking.call("my_activity", cursor=first, **given)


async def test_it_says_whether_it_can_be_taken_back(asha: Somebody, clock: Clock) -> None:
    async def states() -> list[str | None]:
        return [each.undo for each in (await asha.call("my_activity")).items]

    await asha.call("sign_out_everywhere")
    await asha.call("update_profile", name="Asha")
    assert await states() == ["possible", None]
    renamed = (await asha.call("my_activity")).items[0]
    clock.pass_(timedelta(days=7, seconds=1))
    assert await states() == ["over", None]
    clock.pass_(-timedelta(days=1))
    await asha.call("undo_action", id=renamed.id)
    assert await states() == [None, "done", None]
    back, again, _ = (await asha.call("my_activity")).items
    assert (back.undoes, again.undone_at) == (renamed.id, back.at)


async def test_nothing_personal_is_in_it(asha: Somebody, database: Database) -> None:
    await asha.call("update_profile", name="Asha Rao")
    await asha.call("update_profile", name=None)
    await asha.call(
        "update_preferences", localities=["DLF Phase 3"], budget_min=12_345, budget_max=54_321, purpose="rent"
    )
    async with database.reading(primary=True) as db:
        kept = "\n".join(
            (await db.scalars(text("select activities::text from activities order by id"))).all()
        )
    for secret in ("Asha", "Rao", "DLF", "12345", "54321", "9876543210"):
        assert secret not in kept
    named, unnamed, preferring = (await asha.call("my_activity")).items[::-1]
    assert (named.touched[0].before, named.touched[0].after) == ({"name": None}, {"name": "•••"})
    assert (unnamed.touched[0].before, unnamed.touched[0].after) == ({"name": "•••"}, {"name": None})
    assert preferring.touched[0].after == snapshot(
        {"purpose": "rent", "localities": "•••", "budget_min": "•••", "budget_max": "•••"}
    )


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"phone": "+919876543210", "status": "live"}, {"phone": "•••", "status": "live"}),
        ({"owner_phone": "1", "guest_email": "2", "file_name": "3"}, dict.fromkeys(
            ["owner_phone", "guest_email", "file_name"], "•••")),
        ({"people": [{"name": "Asha", "id": 5}]}, {"people": [{"name": "•••", "id": 5}]}),
        ({"name": None}, {"name": None}),
        ({"address": {"street": "MG Road"}}, {"address": "•••"}),
        ({"said": "call 98765 43210"}, {"said": "•••"}),
        ({"said": "write to asha@example.com"}, {"said": "•••"}),
        ({"said": "x" * 65}, {"said": "•••"}),
        ({"at": "2026-11-22T10:00:00+05:30", "day": "2026-11-22"}, {
            "at": "2026-11-22T10:00:00+05:30", "day": "2026-11-22"}),
        ({"price": 98_76_54_321, "which": "12345678-1234-4321-8765-123456789012"}, {
            "price": 98_76_54_321, "which": "12345678-1234-4321-8765-123456789012"}),
    ],
)  # fmt: skip
def test_personal_values_are_masked_wherever_they_stand(value: Any, kept: Any) -> None:
    assert masked(value) == kept


async def test_what_is_held_about_a_person_has_their_activity(asha: Somebody, ravi: Somebody) -> None:
    await asha.call("update_profile", language="hi")
    await ravi.call("update_profile", language="hi")
    tables = {each.name: each.rows for each in (await asha.call("export_my_data")).tables}
    (row,) = tables["activities"]
    assert (row["tool"], row["subjects"]) == ("update_profile", [f"profile:{asha.id}"])
    assert [each["arguments"] for each in tables["undos"]] == [{"language": "en"}]
    assert {"key", "client", "person_id"} & set(row) == set()


async def test_it_outlives_an_erased_account_and_says_nothing_of_it(
    asha: Somebody, clock: Clock, database: Database, left: Left
) -> None:
    await asha.call("update_profile", name="Asha Rao")
    await asha.call("delete_my_account")
    clock.pass_(timedelta(days=31))
    await run_job(asha, "erase_due_accounts")
    done = await left()
    assert [(each.tool, each.person_id) for each in done] == [
        ("update_profile", asha.id),
        ("delete_my_account", asha.id),
        ("erase_due_accounts", None),
    ]
    assert done[2].subjects == [f"person:{asha.id}"]
    async with database.reading(primary=True) as db:
        kept = (await db.scalars(text("select activities::text from activities"))).all()
        assert await db.scalar(text("select count(*) from undos")) == 0
    assert "Rao" not in "\n".join(kept)


async def run_job(somebody: Somebody, name: str) -> Any:
    job = somebody.dispatcher.catalog[name]
    operator = replace(somebody.viewer, id=0, role="admin", scopes=frozenset(job.scopes), session=None)
    return await somebody.dispatcher.run(job, {}, Caller("cli", operator, lane="background"))


async def test_a_job_that_touches_nothing_leaves_nothing(asha: Somebody, left: Left) -> None:
    for job in ("erase_due_accounts", "clean_up_sign_ins", "forget_undos", "embed_listings"):
        await run_job(asha, job)
    assert await left() == []


async def test_staff_see_that_they_were_given_a_property(
    admin: Somebody, join: Join, database: Database
) -> None:
    kiran = await join("kiran@example.com", "staff")
    (home, *_) = await homes(database)
    await admin.call("assign_property", staff_id=kiran.id, property_id=home)
    (told,) = (await kiran.call("my_activity")).items
    assert [(each.subject, each.how) for each in told.touched] == [
        (f"assignment:{kiran.id}/{home}", "changed"),
        (f"role:{kiran.id}", "needed"),
    ]
