"""Undo: what was done is taken back by its inverse, once, in time, and only where nothing depends on it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody
from tests.account.test_portfolio import homes
from tests.trust.conftest import Left
from tests.trust.test_activity import by, run_job
from tools import moments
from tools.catalog import Catalog
from tools.consent import Preview
from tools.dispatch import Caller
from tools.refusals import Forbidden, InsufficientScope, Refused
from tools.trust.undo import (
    NoSuchActivity,
    NotUndoable,
    OthersDependOnIt,
    TooLateToUndo,
    UndoFailed,
    UndoneAlready,
)


@pytest.fixture
async def kiran(join: Join) -> Somebody:
    return await join("kiran@example.com", "staff")


async def latest(somebody: Somebody) -> int:
    """What somebody did last, or had done to them."""
    return (await somebody.call("my_activity", limit=1)).items[0].id


async def undo(somebody: Somebody, activity: int | None = None) -> Any:
    """Take something back: what was done last, unless told."""
    return await somebody.call("undo_action", id=activity or await latest(somebody))


async def refusal(somebody: Somebody, activity: int | None, why: type[Refused]) -> str:
    """What somebody is told who cannot take something back."""
    with pytest.raises(why) as refused:
        await undo(somebody, activity)
    return refused.value.message


def test_every_inverse_can_be_called_by_whoever_did_it_and_needs_no_consent(catalog: Catalog) -> None:
    for tool in catalog:
        if tool.undo is None:
            continue
        inverse = catalog[tool.undo.tool]
        assert not inverse.reads
        assert inverse.consent is None
        assert inverse.surfaces
        assert (inverse.audience, inverse.scope) == (tool.audience, tool.scope)
        assert tool.undo.within > timedelta()


async def test_a_profile_is_as_it_was(asha: Somebody) -> None:
    await asha.call("update_profile", name="Asha", language="hi")
    await asha.call("update_profile", name="Asha Rao")
    answer = await undo(asha)
    assert (answer.what, answer.by, answer.answer["name"]) == ("Update profile", "update_profile", "Asha")
    assert answer.summary() == "Taken back: Update profile."
    account = await asha.call("who_am_i")
    assert (account.name, account.language) == ("Asha", "hi")
    await undo(asha, (await asha.call("my_activity")).items[-1].id)
    account = await asha.call("who_am_i")
    assert (account.name, account.language) == (None, "en")


async def test_preferences_are_as_they_were(asha: Somebody) -> None:
    await asha.call("update_preferences", purpose="rent", budget_max=40_000.5, localities=["DLF Phase 3"])
    before = await asha.call("get_preferences")
    await asha.call("update_preferences", budget_max=None, bedrooms=[2, 3], localities=[], area_unit="sq_m")
    await undo(asha)
    assert await asha.call("get_preferences") == before


async def test_a_role_is_as_it_was(admin: Somebody, asha: Somebody) -> None:
    await admin.call("grant_role", id=asha.id, role="staff")
    await undo(admin)
    assert (await asha.call("who_am_i")).role == "member"


async def test_a_portfolio_is_as_it_was(admin: Somebody, kiran: Somebody, database: Database) -> None:
    async def held() -> list[int]:
        return [each.property_id for each in (await kiran.call("list_portfolio")).items]

    (home, *_) = await homes(database)
    given = {"staff_id": kiran.id, "property_id": home}
    await admin.call("assign_property", **given)
    await undo(admin)
    assert await held() == []
    await admin.call("assign_property", **given)
    await admin.call("unassign_property", **given)
    await undo(admin)
    assert await held() == [home]


async def test_an_account_that_was_to_be_erased_stays(asha: Somebody) -> None:
    await asha.call("delete_my_account")
    await undo(asha)
    assert (await asha.call("who_am_i")).deletes_at is None


async def test_a_shortlist_is_as_it_was(asha: Somebody, database: Database) -> None:
    async def listed() -> list[int]:
        return [each.property_id for each in (await asha.call("list_shortlist")).items]

    (home, *_) = await homes(database)
    await asha.call("shortlist_property", property_id=home)
    await undo(asha)
    assert await listed() == []
    await asha.call("shortlist_property", property_id=home)
    await asha.call("remove_from_shortlist", property_id=home)
    await undo(asha)
    assert await listed() == [home]


async def test_it_is_a_write_of_its_own_that_says_what_it_took_back(asha: Somebody, left: Left) -> None:
    await asha.call("update_profile", language="hi")
    (done,) = await left()
    await by(asha, "undo_action", {"surface": "agent", "turn": "turn-9", "key": "k-9"}, id=done.id)
    _, back = await left()
    assert (back.tool, back.undoes, back.person_id) == ("update_profile", done.id, asha.id)
    assert (back.surface, back.turn, back.key) == ("agent", "turn-9", "k-9")
    assert back.touched[0]["after"] == {"language": "en"}
    assert back.undo is None


async def test_what_changed_nothing_cannot_be_taken_back(asha: Somebody, admin: Somebody) -> None:
    await asha.call("update_profile", language="en")
    await asha.call("update_preferences")
    for activity in (await asha.call("my_activity")).items:
        assert activity.undo is None
        await refusal(asha, activity.id, NotUndoable)
    await admin.call("grant_role", id=asha.id, role="member")
    await refusal(admin, None, NotUndoable)


async def test_what_has_no_way_back_says_so(asha: Somebody) -> None:
    await asha.call("sign_out_everywhere")
    assert await refusal(asha, None, NotUndoable) == snapshot("Sign out everywhere cannot be taken back.")


async def test_it_is_done_once_and_not_taken_back_itself(asha: Somebody, clock: Clock) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    await undo(asha, named)
    assert (await refusal(asha, named, UndoneAlready)).startswith("This was taken back already, on ")
    assert await refusal(asha, None, NotUndoable) == snapshot("Update profile cannot be taken back.")


async def test_of_many_at_once_one_takes_it_back(asha: Somebody, left: Left) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    outcomes = await asyncio.gather(*(undo(asha, named) for _ in range(20)), return_exceptions=True)
    assert sorted({type(each).__name__ for each in outcomes}) == ["Undone", "UndoneAlready"]
    assert sum(not isinstance(each, Exception) for each in outcomes) == 1
    assert [each.undoes for each in await left()] == [None, named]


async def test_it_is_too_late_after_the_deadline(asha: Somebody, clock: Clock) -> None:
    await asha.call("update_profile", name="Asha")
    await asha.call("update_profile", language="hi")
    language, name = [each.id for each in (await asha.call("my_activity")).items]
    clock.pass_(timedelta(days=7))
    assert (await undo(asha, name)).by == "update_profile"
    clock.pass_(timedelta(seconds=1))
    said = await refusal(asha, language, TooLateToUndo)
    assert said.startswith("This could be taken back until ")
    assert said.endswith(", India time. It is too late now.")
    assert (await asha.call("who_am_i")).language == "hi"


async def test_nobody_else_takes_it_back(
    asha: Somebody, ravi: Somebody, admin: Somebody, kiran: Somebody
) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    await admin.call("grant_role", id=kiran.id, role="member")
    demoted = await latest(kiran)
    for asking, activity in ((ravi, named), (admin, named), (kiran, demoted), (asha, 10**9)):
        assert await refusal(asking, activity, NoSuchActivity) == "You did nothing under this id."
    assert (await asha.call("who_am_i")).name == "Asha"


async def test_what_came_later_stands_in_the_way_where_it_changed_the_same(asha: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    await asha.call("update_profile", name="Asha Rao", language="hi")
    renamed = await latest(asha)
    said = await refusal(asha, named, OthersDependOnIt)
    assert "something done later depends on it (Update profile, " in said
    assert (await asha.call("who_am_i")).name == "Asha Rao"
    await undo(asha, renamed)
    await undo(asha, named)
    assert (await asha.call("who_am_i")).name is None


async def test_what_came_later_and_changed_something_else_does_not(asha: Somebody, ravi: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    await asha.call("update_profile", language="hi")
    await asha.call("update_preferences", purpose="rent")
    await ravi.call("update_profile", name="Ravi")
    await undo(asha, named)
    account = await asha.call("who_am_i")
    assert (account.name, account.language) == (None, "hi")
    assert (await ravi.call("who_am_i")).name == "Ravi"


async def test_a_role_on_which_a_portfolio_rests_is_not_taken_back(
    admin: Somebody, asha: Somebody, database: Database
) -> None:
    await admin.call("grant_role", id=asha.id, role="staff")
    granted = await latest(admin)
    first, second, _ = await homes(database)
    for home in (first, second):
        await admin.call("assign_property", staff_id=asha.id, property_id=home)
    assigned, earlier = [each.id for each in (await admin.call("my_activity")).items[:2]]
    assert "(Assign property, " in await refusal(admin, granted, OthersDependOnIt)
    await undo(admin, earlier)
    await refusal(admin, granted, OthersDependOnIt)
    await undo(admin, assigned)
    await undo(admin, granted)
    assert (await asha.call("who_am_i")).role == "member"


async def test_a_portfolio_that_a_demotion_emptied_does_not_come_back(
    admin: Somebody, kiran: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    await admin.call("assign_property", staff_id=kiran.id, property_id=home)
    await admin.call("grant_role", id=kiran.id, role="member")
    await refusal(admin, None, NotUndoable)


async def test_a_role_and_what_rests_on_it_at_the_same_moment_leave_no_portfolio_without_a_role(
    admin: Somebody, asha: Somebody, database: Database
) -> None:
    (home, *_) = await homes(database)
    for _ in range(10):
        await admin.call("grant_role", id=asha.id, role="staff")
        granted = await latest(admin)
        back, _ = await asyncio.gather(
            undo(admin, granted),
            admin.call("assign_property", staff_id=asha.id, property_id=home),
            return_exceptions=True,
        )
        rested = isinstance(back, OthersDependOnIt)
        async with database.reading(primary=True) as db:
            held = await db.scalar(text("select count(*) from portfolios"))
        assert (held, (await asha.call("who_am_i")).role) == ((1, "staff") if rested else (0, "member"))
        await admin.call("grant_role", id=asha.id, role="member")


async def test_an_inverse_that_is_refused_says_why_and_can_be_tried_again(
    admin: Somebody, kiran: Somebody, database: Database, left: Left
) -> None:
    (home, *_) = await homes(database)
    await admin.call("assign_property", staff_id=kiran.id, property_id=home)
    assigned = await latest(admin)
    async with database.writing() as db:
        await db.execute(text("delete from portfolios"))
    assert await refusal(admin, assigned, UndoFailed) == snapshot(
        "This cannot be taken back now. That property is not in this portfolio."
    )
    assert len(await left()) == 1
    async with database.writing() as db:
        await db.execute(
            text("insert into portfolios select :staff, id from properties"), {"staff": kiran.id}
        )
    await undo(admin, assigned)


async def test_the_last_admin_stays_one(admin: Somebody, kiran: Somebody) -> None:
    await admin.call("grant_role", id=kiran.id, role="admin")
    granted = await latest(admin)
    await admin.call("delete_my_account")
    assert await refusal(admin, granted, UndoFailed) == snapshot(
        "This cannot be taken back now. This is the last admin. Make somebody else an admin first."
    )
    await admin.call("keep_my_account")
    await undo(admin, granted)


async def test_whoever_lost_the_role_takes_nothing_back_that_needs_it(
    admin: Somebody, kiran: Somebody
) -> None:
    await admin.call("grant_role", id=kiran.id, role="admin")
    with pytest.raises(Forbidden):
        await undo(admin.as_("member"))


async def test_a_connection_takes_back_only_what_it_could_do(asha: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    narrow = replace(asha, viewer=replace(asha.viewer, scopes=frozenset({"mcp:read", "mcp:write"})))
    with pytest.raises(InsufficientScope):
        await undo(narrow, named)
    await undo(asha, named)


async def test_the_same_key_takes_it_back_once_and_answers_alike(asha: Somebody, left: Left) -> None:
    await asha.call("update_profile", name="Asha")
    named = await latest(asha)
    first = await by(asha, "undo_action", {"key": "k-1"}, id=named)
    assert await by(asha, "undo_action", {"key": "k-1"}, id=named) == first
    assert len(await left()) == 2


async def test_whoever_approves_it_in_our_chat_reads_what_is_taken_back(
    asha: Somebody, ravi: Somebody, catalog: Catalog, left: Left
) -> None:
    await asha.call("update_profile", name="Asha")
    (done,) = await left()
    tool, when = catalog["undo_action"], moments.said(done.at, "en")
    preview = await asha.dispatcher.propose(tool, {"id": done.id}, Caller("agent", asha.viewer))
    assert isinstance(preview, Preview)
    assert preview.what == f"This is taken back: Update profile, {when}."
    with pytest.raises(NoSuchActivity):
        await ravi.dispatcher.propose(tool, {"id": done.id}, Caller("agent", ravi.viewer))
    await undo(asha, done.id)
    with pytest.raises(UndoneAlready):
        await asha.dispatcher.propose(tool, {"id": done.id}, Caller("agent", asha.viewer))


async def test_ways_back_are_forgotten_once_it_is_too_late(
    asha: Somebody, clock: Clock, database: Database
) -> None:
    await asha.call("update_profile", name="Asha")
    assert (await run_job(asha, "forget_undos")).model_dump() == {"done": 0, "remaining": 0}
    clock.pass_(timedelta(days=7, seconds=1))
    assert (await run_job(asha, "forget_undos")).model_dump() == {"done": 1, "remaining": 0}
    async with database.reading(primary=True) as db:
        assert await db.scalar(text("select count(*) from undos")) == 0
    await refusal(asha, None, TooLateToUndo)
