"""What the tests of listings begin with: an offer, one that waits for a review, one that is live."""

from typing import Any

from tests.account.conftest import Somebody

OFFER = {"words": "2 bhk apartment in sector 57 for rent 30000, 1100 sq ft"}


async def becomes(somebody: Somebody, listing: int, status: str, **given: Any) -> Any:
    return await somebody.call("change_listing_status", id=listing, status=status, **given)


async def submitted(owner: Somebody, **given: Any) -> int:
    made = await owner.call("draft_listing", **OFFER, **given)
    await becomes(owner, made.id, "review")
    return made.id


async def live(owner: Somebody, reviewer: Somebody, **given: Any) -> int:
    listing = await submitted(owner, **given)
    await reviewer.call("review_listing", id=listing, submission=1, decision="approve")
    return listing


async def found(somebody: Somebody) -> list[int]:
    return [each.id for each in (await somebody.call("search_properties", sector=("Sector 57",))).items]
