"""A small catalog with a tool that a person must confirm, and one that can be taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tools.activity import Undo
from tools.consent import Foreseen
from tools.contract import Call, Model, tool
from tools.money import Rupees
from tools.refusals import NotFound

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
PRICE = Decimal("1250000.50")


class SellHome(Model):
    id: Id


class Sold(Model):
    id: int
    price: Rupees


class PaintHome(Model):
    id: Id

    colour: Annotated[str, Field(max_length=20)]
    """What it is painted in."""


class Painted(Model):
    id: int
    colour: str


async def _foretell(call: Call, ask: SellHome) -> Foreseen:
    if ask.id > 7:
        raise NotFound(f"There is no home {ask.id}.")
    return Foreseen(
        what=(f"Home {ask.id} will be sold.", f"घर {ask.id} बेच दिया जाएगा।"),
        costs=PRICE,
        state={"price": PRICE},
    )


@tool(
    "member", "write", scope="homes:write", http="POST /homes/{id}/sell", consent="page", foretell=_foretell
)
async def sell_home(call: Call, ask: SellHome) -> Sold:
    """Sell a home for good."""
    call.changed("home", ask.id, before={"sold": False}, after={"sold": True})
    return Sold(id=ask.id, price=PRICE)


@tool(
    "member",
    "write",
    scope="homes:write",
    http="PUT /homes/{id}/colour",
    idempotent=True,
    undo=Undo("paint_home", timedelta(days=1), given=lambda ask, _answer: {"id": ask.id, "colour": "white"}),
)
async def paint_home(call: Call, ask: PaintHome) -> Painted:
    """Paint a home in a colour."""
    call.changed("home", ask.id, after={"colour": ask.colour})
    return Painted(id=ask.id, colour=ask.colour)
