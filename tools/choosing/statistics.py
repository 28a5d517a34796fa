"""Statistics of swipes: what somebody's choices come to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from storage import swipes
from tools import units
from tools.choosing.swipes import WIDELY
from tools.contract import Call, Model, tool
from tools.money import Rupees
from tools.offers import Purpose

WEEK: Final = timedelta(days=7)
_PLACES: Final = 5


class NoStatisticsFields(Model):
    """Nothing is asked."""


class PlaceLiked(Model):
    name: str
    likes: int


class PriceLiked(Model):
    purpose: Purpose
    likes: int
    median: Rupees
    """The whole price to buy, or a month's rent."""


class SwipeStatistics(Model):
    """What somebody's swipes come to. Likes are counted with super-likes where nothing else is said."""

    likes: int
    """Without super-likes."""

    super_likes: int
    passes: int
    this_week: int
    """Swipes of the last seven days."""

    places: list[PlaceLiked]
    """Where they like most."""

    prices: list[PriceLiked]

    def summary(self) -> str:
        said = f"{self.likes} liked, {self.super_likes} super-liked, {self.passes} passed"
        where = ", ".join(f"{each.name} ({each.likes})" for each in self.places)
        prices = ", ".join(f"{each.purpose} around {units.rupees(each.median)}" for each in self.prices)
        parts = [f"{said}.", f"Most in {where}." if where else "", f"To {prices}." if prices else ""]
        return " ".join(filter(None, parts))


@tool("member", "read", scope="swipes:read", http="GET /me/swipes/statistics", surfaces=WIDELY)
async def swipe_statistics(call: Call, ask: NoStatisticsFields) -> SwipeStatistics:
    """What the person's swipes come to: how many of each, where, and at what prices."""
    person = call.member.id
    counted = await swipes.counted(call.db, person, call.now() - WEEK)
    number = {choice: counted.get(choice, (0, 0))[0] for choice in swipes.CHOICES}
    return SwipeStatistics(
        likes=number["like"],
        super_likes=number["super_like"],
        passes=number["pass"],
        this_week=sum(recent for _, recent in counted.values()),
        places=[
            PlaceLiked(name=name, likes=likes)
            for name, likes in await swipes.where_liked(call.db, person, _PLACES)
        ],
        prices=[
            PriceLiked.model_validate({"purpose": purpose, "likes": likes, "median": median})
            for purpose, likes, median in await swipes.priced(call.db, person)
        ],
    )
