"""Preferences: what a person usually looks for, and how areas are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from storage import people
from tools.account.profile import NoFields, NoSuchAccount
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.money import Rupees
from tools.refusals import Contradiction

AreaUnit = Literal["sq_ft", "sq_yd", "sq_m"]
Purpose = Literal["buy", "rent", "pg"]
Place = Annotated[str, Field(min_length=1, max_length=80)]
Bedrooms = Annotated[int, Field(ge=0, le=10)]
_MOST: Final = 10


class Preferences(Model):
    area_unit: AreaUnit = "sq_ft"
    purpose: Purpose | None = None
    localities: list[Place] = Field(default_factory=list[str])
    bedrooms: list[Bedrooms] = Field(default_factory=list[int])
    budget_min: Rupees | None = None
    budget_max: Rupees | None = None


class UpdatePreferences(Model):
    area_unit: AreaUnit = Field(default_factory=lambda: "sq_ft")
    """How areas are told."""

    purpose: Purpose | None = None
    localities: list[Place] = Field(default_factory=list[str], max_length=_MOST)
    """Names of places that searches should prefer, instead of those before."""

    bedrooms: list[Bedrooms] = Field(default_factory=list[int], max_length=_MOST)
    """How many would do, instead of those before."""

    budget_min: Rupees | None = None
    """Rupees: the price to buy, or a month's rent."""

    budget_max: Rupees | None = None
    """Likewise."""


@tool("member", "read", scope="account:read", http="GET /me/preferences")
async def get_preferences(call: Call, ask: NoFields) -> Preferences:
    """What the person usually looks for and how they read areas: defaults for searches made for them."""
    person = await people.get(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    return _read(person.preferences)


@tool(
    "member",
    "write",
    scope="account:write",
    http="PATCH /me/preferences",
    idempotent=True,
    undo=Undo("update_preferences", within=timedelta(days=7)),
)
async def update_preferences(call: Call, ask: UpdatePreferences) -> Preferences:
    """Change the person's preferences. What is left out stays as it is; null or an empty list takes back."""
    # Held from here on, so that of two changes at once neither loses what the other set.
    person = await people.locked(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    sent = ask.model_dump(include=ask.model_fields_set)
    before = _read(person.preferences)
    kept = before.model_dump() | sent
    changed = Preferences.model_validate({name: value for name, value in kept.items() if value is not None})
    low, high = changed.budget_min, changed.budget_max
    if low is not None and high is not None and low > high:
        raise Contradiction("budget_min is above budget_max.")
    stored = changed.model_dump(mode="json", exclude_defaults=True)
    await people.change(call.db, person.id, preferences=stored)
    _record(call, before, changed)
    return changed


def _record(call: Call, before: Preferences, after: Preferences) -> None:
    """What has changed, for the record and for whoever takes it back."""
    was, is_now = before.model_dump(mode="json"), after.model_dump(mode="json")
    told = {name for name in was if was[name] != is_now[name]}
    call.changed("preferences", call.member.id, before=_only(was, told), after=_only(is_now, told))
    if told:
        call.undo_with(**_only(was, told))


def _only(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _read(stored: dict[str, Any]) -> Preferences:
    """What is stored; what a later release may have added is left aside."""
    return Preferences.model_validate({k: v for k, v in stored.items() if k in Preferences.model_fields})
