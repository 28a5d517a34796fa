"""Homes: the price that a calculation starts from, given or that of a property."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from storage import priced
from tools import units
from tools.finance.assumed import Assumption, plainly
from tools.offers import NoSuchProperty
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from storage.priced import Priced
    from tools.contract import Call


class NotForSale(Contradiction):
    """This property is not for sale, so it has a rent and no price. Give a `price`."""


class NoPrice(Contradiction):
    """Give a `price`, or the `property_id` of a property for sale."""


@dataclass(frozen=True, slots=True)
class Start:
    """The price, the property if there is one, and what that rests on."""

    price: Decimal
    home: Priced | None
    assumption: Assumption


async def find(call: Call, property_id: int | None) -> Priced | None:
    """The property that is meant, if one is."""
    if property_id is None:
        return None
    found = await priced.get(call.db, property_id)
    if found is None:
        raise NoSuchProperty
    return found


async def start(call: Call, property_id: int | None, price: Decimal | None) -> Start:
    """The price that is given, else what the property costs."""
    home = await find(call, property_id)
    if price is not None:
        return Start(price, home, plainly("price", f"Price: {units.exact_rupees(price)}.", value=price))
    if home is None:
        raise NoPrice
    if home.purpose != "buy":
        raise NotForSale
    text = f"Price: {units.exact_rupees(home.price)}, asked for “{home.title}”."
    return Start(home.price, home, plainly("price", text, value=home.price, source=f"property {home.id}"))
