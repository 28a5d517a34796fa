"""Prices: quartiles where there are enough believable ones."""

from inline_snapshot import snapshot

from storage.engine import Database
from tests.discovery.homes import Guest, add


async def test_quartiles_come_with_their_number_and_date(database: Database, guest: Guest) -> None:
    await add(database, *[{"sector": "Sector 57", "price": price * 1000} for price in (20, 25, 30, 35, 40)])
    prices = await guest.call("price_insight", purpose="rent", locality="sector 57", bedrooms=2)
    assert prices.said == snapshot(
        "Half of 5 2 BHK properties for rent in Sector 57 ask ₹25,000/month to ₹35,000/month; "
        "the median is ₹30,000/month."
    )
    assert (prices.n, prices.enough, prices.price.median, prices.price_per_sqft.median) == (
        5,
        True,
        30_000,
        30,
    )
    assert prices.as_of is not None


async def test_fewer_than_five_are_not_enough_to_tell(database: Database, guest: Guest) -> None:
    await add(database, *[{"sector": "Sector 57"}] * 4)
    prices = await guest.call("price_insight", purpose="rent", locality="sector 57")
    assert (prices.enough, prices.price) == (False, None)
    assert prices.said == snapshot(
        "Not enough data on properties for rent in Sector 57: 4 listed, at least 5 needed."
    )


async def test_a_doubtful_price_never_ruins_an_insight(database: Database, guest: Guest) -> None:
    believable = [{"price": price * 1000} for price in (20, 25, 30, 35, 40)]
    await add(database, *believable, {"price": 90_000_000, "flags": ["sale_listed_as_rent"]})
    prices = await guest.call("price_insight", purpose="rent")
    assert (prices.n, prices.price.median) == (5, 30_000)


async def test_an_unknown_locality_is_refused(database: Database, guest: Guest) -> None:
    await add(database, {})
    refusal = await guest.refused("price_insight", purpose="rent", locality="nowhereville")
    assert refusal.code == "unknown_place"
