"""Preferences: what is set stays until it is changed or taken back."""

import asyncio
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Somebody
from tools.refusals import Contradiction, Invalid


async def test_nothing_is_preferred_until_it_is_said(asha: Somebody) -> None:
    answer = await asha.call("get_preferences")
    assert answer.model_dump(mode="json") == snapshot(
        {
            "area_unit": "sq_ft",
            "purpose": None,
            "localities": [],
            "bedrooms": [],
            "budget_min": None,
            "budget_max": None,
        }
    )


async def test_what_is_left_out_stays_and_nothing_takes_back(asha: Somebody) -> None:
    await asha.call("update_preferences", purpose="rent", bedrooms=[2, 3], budget_max=45_000)
    await asha.call("update_preferences", area_unit="sq_yd", localities=["Sector 57"])
    answer = await asha.call("update_preferences", bedrooms=[], budget_max=None)
    assert answer == await asha.call("get_preferences")
    assert answer.model_dump(exclude_defaults=True) == {
        "area_unit": "sq_yd",
        "purpose": "rent",
        "localities": ["Sector 57"],
    }


async def test_a_budget_never_ends_before_it_begins(asha: Somebody) -> None:
    await asha.call("update_preferences", budget_min=20_000)
    with pytest.raises(Contradiction):
        await asha.call("update_preferences", budget_max=10_000)
    assert (await asha.call("get_preferences")).budget_max is None


async def test_two_changes_at_once_lose_nothing(asha: Somebody) -> None:
    changes: list[dict[str, Any]] = [{"purpose": "buy"}, {"bedrooms": [4]}, {"area_unit": "sq_m"}]
    await asyncio.gather(*(asha.call("update_preferences", **change) for change in changes))
    answer = await asha.call("get_preferences")
    assert (answer.purpose, answer.bedrooms, answer.area_unit) == ("buy", [4], "sq_m")


@pytest.mark.parametrize(
    "given",
    [
        {"area_unit": "bigha"},
        {"bedrooms": [11]},
        {"bedrooms": [1] * 11},
        {"localities": [""]},
        {"localities": ["x" * 81]},
        {"budget_max": -1},
        {"favourite_colour": "blue"},
    ],
)
async def test_only_what_makes_sense_is_taken(asha: Somebody, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        await asha.call("update_preferences", **given)


async def test_what_a_later_release_has_stored_is_left_aside(asha: Somebody, database: Database) -> None:
    async with database.writing() as db:
        stored = '{"purpose": "pg", "quiet_from": "22:00"}'
        await db.execute(text("update people set preferences = cast(:stored as jsonb)"), {"stored": stored})
    assert (await asha.call("get_preferences")).purpose == "pg"
