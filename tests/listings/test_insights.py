"""Insights and integrity: what happened by day, and what speaks for and against a listing, with why."""

from datetime import date, timedelta
from typing import Any

from storage import search_index
from tests.account.conftest import Clock, Somebody
from tests.listings.homes import becomes, live, submitted
from tests.street import NOW, Street


async def finding(somebody: Somebody, listing: int, about: str) -> Any:
    insights = await somebody.call("listing_insights", id=listing)
    return next(each for each in insights.findings if each.about == about)


async def neighbours(street: Street, *prices: int) -> None:
    """Live homes of the same place, kind and size."""
    for number, price in enumerate(prices):
        await street.run(
            "insert into properties (source, source_id, purpose, kind, title, description, price, area_sqft, "
            "bedrooms, sector_id) select 'near', :id, 'rent', 'apartment', 'Near', '', :price, :area, 2, id "
            "from places where slug = 'sector 57' and kind = 'sector'",
            id=str(number), price=price, area=2000 + 500 * number,
        )  # fmt: skip
    async with street.database.writing() as db:
        await search_index.refresh(db)


async def test_what_happened_is_told_by_day_in_india(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street, clock: Clock
) -> None:
    listing = await live(asha, meera)
    clock.shown = NOW + timedelta(days=3)
    for day, views in ((date(2031, 6, 3), 4), (date(2031, 6, 5), 2), (date(2031, 5, 20), 9)):
        await street.run(
            "insert into view_days (property_id, day, views) values (:id, :day, :views)",
            id=listing, day=day, views=views,
        )  # fmt: skip
    # Shortly after midnight in India, when it is still the day before elsewhere.
    clock.shown = NOW.replace(day=3, hour=19)
    await ravi.call("swipe_property", property_id=listing, choice="like")
    clock.shown = NOW + timedelta(days=3)
    told = await asha.call("listing_insights", id=listing, days=7)
    assert [each.day for each in told.days] == [date(2031, 5, 30) + timedelta(days=n) for n in range(7)]
    assert [each.views for each in told.days] == [0, 0, 0, 0, 4, 0, 2]
    assert [each.likes for each in told.days] == [0, 0, 0, 0, 0, 1, 0]
    assert told.totals == {"views": 6, "likes": 1, "enquiries": 0, "visits": 0}
    assert told.before["views"] == 0
    assert (await asha.call("listing_insights", id=listing, days=14)).before["views"] == 9


async def test_a_price_is_compared_with_its_like_and_says_with_what(
    asha: Somebody, meera: Somebody, street: Street
) -> None:
    listing = await submitted(asha)
    alone = await finding(asha, listing, "price")
    assert (alone.verdict, alone.text) == (
        "unknown",
        "Too little to compare the price with: 0 live 2 BHK apartments for rent in Gurugram, at least 5 "
        "needed.",
    )
    await neighbours(street, 26000, 28000, 30000, 32000, 34000)
    fine = await finding(asha, listing, "price")
    assert (fine.verdict, fine.text) == (
        "fine", "The price is within the usual ₹22,000/month to ₹38,000/month, at the median.",
    )  # fmt: skip
    assert fine.rests_on[0] == "5 live 2 BHK apartments for rent in Sector 57"
    await asha.call("update_listing", id=listing, price=3000)
    (waits,) = (await meera.call("list_review_queue")).items
    assert [each.text for each in waits.findings if each.about == "price"] == [
        "The price is outside of the usual ₹22,000/month to ₹38,000/month, 90 % below the median."
    ]
    compared = (await asha.call("listing_insights", id=listing)).compared
    assert (compared.where, compared.n, compared.median) == ("in Sector 57", 5, 30000)


async def test_the_same_home_listed_twice_is_noticed(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street
) -> None:
    where = {"lat": 28.4201, "lng": 77.0702}
    first = await live(asha, meera, **where)
    second = await submitted(ravi, lat=28.4203, lng=77.0702)
    twin = await finding(ravi, second, "duplicate")
    assert (twin.verdict, twin.properties) == ("doubtful", [first])
    assert twin.text == f"May be listed twice: property {first} (22 m away, same size and price)."
    (waits,) = (await meera.call("list_review_queue")).items
    assert twin in waits.findings
    for other in ({"price": 36000}, {"bedrooms": 3}, {"area": 1300}, {"lat": 28.43, "lng": 77.08}):
        await ravi.call("update_listing", id=second, **other)
        assert (await finding(ravi, second, "duplicate")).verdict == "fine", other
        await ravi.call("update_listing", id=second, price=30000, bedrooms=2, area=1100, **where)
    await becomes(asha, first, "archived")
    assert (await finding(ravi, second, "duplicate")).verdict == "fine"


async def test_photos_that_look_the_same_betray_another_listing(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street
) -> None:
    first, second = await live(asha, meera), await submitted(ravi, price=55000)
    for home, bits in ((first, 0b1011 << 30 | 0xF0F0), (second, 0b1011 << 30 | 0xF0F1)):
        bands = [at * 65536 + (bits >> 16 * at) % 65536 for at in range(4)]
        await street.run(
            "insert into photos (property_id, kind, state, folder, position, likeness, bands) "
            "values (:home, 'photo', 'ready', :folder, 1, :bits, :bands)",
            home=home, folder=f"photos/{home}", bits=bits, bands=bands,
        )  # fmt: skip
    twin = await finding(ravi, second, "duplicate")
    assert twin.properties == [first]
    assert "1 photos look the same" in twin.text
