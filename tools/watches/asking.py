"""Asking: the questions of watches, put to the tools that answer them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tools.contract import Call, Model
from tools.validation import validate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MATCHES: Final = "match_properties"
PRICES: Final = "price_insight"


class Fitting(NamedTuple):
    """What fits a search now."""

    prices: dict[int, Decimal]
    """By property, what it costs."""

    more: bool
    """Whether more fit than stand here."""

    filters: dict[str, Any]
    """What was asked, as it is asked again."""

    said: str
    """The same in words."""


class Median(NamedTuple):
    """What half of the properties of a kind cost less than."""

    price: Decimal | None
    """None where there are too few to tell."""

    question: dict[str, Any]


async def fitting(
    call: Call, question: Mapping[str, Any], *, among: Sequence[int] | None = None, most: int = 5_000
) -> Fitting:
    """What fits the question of a search, all of it or of these properties."""
    found: Any = await _answer(call, MATCHES, {**question, "among": among, "most": most})
    return Fitting(
        {each.id: each.price for each in found.items},
        found.more,
        found.filters.model_dump(mode="json", exclude_defaults=True),
        ", ".join(found.said),
    )


async def median(call: Call, question: Mapping[str, Any]) -> Median:
    """What half of the properties of a question about prices cost less than."""
    asked = validate(call.catalog[PRICES], question)
    found: Any = await call.catalog[PRICES](call, asked)
    price = None if found.price is None else found.price.median
    return Median(price, asked.model_dump(mode="json", exclude_defaults=True))


async def _answer(call: Call, name: str, given: Mapping[str, Any]) -> Model:
    tool = call.catalog[name]
    return await tool(call, validate(tool, given))
