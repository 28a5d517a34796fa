"""What a person wrote into the forms of their account, as the tools take it, and as it is shown again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tools import units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

    from tools.refusals import Refused

_GROUPING = re.compile(r"[\s,₹]")
_BETWEEN = re.compile(r"[,\n]")


def text(form: FormData, name: str) -> str:
    """What stands in a field, without space around it; empty where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def profile(form: FormData) -> dict[str, Any]:
    """The arguments of `update_profile`: an empty name takes the name away."""
    return {"name": text(form, "name") or None, "language": text(form, "language")}


def preferences(form: FormData) -> dict[str, Any]:
    """The arguments of `update_preferences`: what was left empty is taken back."""
    places = [" ".join(each.split()) for each in _BETWEEN.split(text(form, "localities"))]
    return {
        "purpose": text(form, "purpose") or None,
        "area_unit": text(form, "area_unit") or None,
        "bedrooms": [each for each in form.getlist("bedrooms") if isinstance(each, str)] or None,
        "localities": [each for each in places if each] or None,
        "budget_min": _GROUPING.sub("", text(form, "budget_min")) or None,
        "budget_max": _GROUPING.sub("", text(form, "budget_max")) or None,
    }


def amount(kept: Decimal | str | None) -> str:
    """An amount as a person writes it: "45,000". What they wrote stays as it is."""
    if isinstance(kept, Decimal):
        return units.grouped(kept) if kept == kept.to_integral_value() else str(kept)
    return kept or ""


def problems(refused: Refused | None) -> set[str]:
    """The fields that a refusal names."""
    details = refused.details if refused else None
    if not isinstance(details, list):
        return set()
    return {each["field"].partition(".")[0] for each in cast("list[Mapping[str, str]]", details)}
