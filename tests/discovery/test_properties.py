"""One property in full, those like it, and several side by side."""

from inline_snapshot import snapshot

from storage.engine import Database
from tests.discovery.homes import CYBER_CITY, Guest, add
from tools.discovery import vocabulary


async def test_everything_public_about_a_property_is_told(database: Database, guest: Guest) -> None:
    homes = [{"sector": "Sector 57", "price": price} for price in (20_000, 25_000, 30_000, 35_000, 40_000)]
    ids = await add(database, *homes)
    shown = await guest.call("get_property", id=ids[4])
    assert shown.local_rate.text == snapshot(
        "₹40 a square foot, 33 % above the median of ₹30 for apartments for rent in Sector 57 (5 listed)."
    )
    assert [(station.name, station.line) for station in shown.metro] == [("IFFCO Chowk", None)]
    assert 3300 < shown.metro[0].distance_m < 3500
    assert shown.metro_m == shown.metro[0].distance_m
    assert "gives no listing date" in shown.source.text


async def test_too_few_neighbours_are_no_comparison(database: Database, guest: Guest) -> None:
    ids = await add(database, *[{"sector": "Sector 57"}] * 4)
    shown = await guest.call("get_property", id=ids[0])
    assert shown.local_rate.median is None
    assert shown.local_rate.text == snapshot("Not enough data in Sector 57 to compare its price: 4 listed.")


async def test_doubts_are_explained_in_sentences(database: Database, guest: Guest) -> None:
    (only,) = await add(database, {"flags": ["rent_listed_as_sale"], "purpose": "buy"})
    shown = await guest.call("get_property", id=only)
    assert [doubt.text for doubt in shown.doubts] == snapshot(
        ["Listed for sale, but the price or the text reads like a rent."]
    )


async def test_a_property_without_a_place_is_shown_without_stations(database: Database, guest: Guest) -> None:
    (only,) = await add(database, {"at": None})
    shown = await guest.call("get_property", id=only)
    assert (shown.lat, shown.metro, shown.metro_m) == (None, [], None)


async def test_what_is_not_there_or_no_longer_offered_is_not_found(database: Database, guest: Guest) -> None:
    _, gone = await add(database, {}, {"status": "archived"})
    for tool in ("get_property", "similar_properties"):
        refusal = await guest.refused(tool, id=gone)
        assert (refusal.status, refusal.code) == (404, "no_such_property")
    refusal = await guest.refused("compare_properties", ids=[gone, 10**12])
    assert refusal.status == 404


async def test_similar_properties_are_of_the_same_sort_and_the_nearest_first(
    database: Database, guest: Guest
) -> None:
    this, alike, dearer, *_ = await add(
        database,
        {"price": 30_000},
        {"price": 31_000},
        {"price": 45_000, "bedrooms": 3},
        {"price": 30_000, "purpose": "buy"},
        {"price": 30_000, "kind": "house"},
        {"price": 30_000, "at": (28.2, 77.0)},
    )
    answer = await guest.call("similar_properties", id=this)
    assert [item.id for item in answer.items] == [alike, dearer]


async def test_a_comparison_says_where_they_differ_and_keeps_unknown_apart_from_no(
    database: Database, guest: Guest
) -> None:
    gym = vocabulary.bits(["gym"])
    ids = await add(
        database,
        {"at": CYBER_CITY, "amenities_yes": gym},
        {"at": CYBER_CITY, "amenities_no": gym, "price": 35_000},
        {"at": CYBER_CITY, "bedrooms": None},
    )
    answer = await guest.call("compare_properties", ids=ids)
    assert {each.what: each.values for each in answer.differences} == snapshot(
        {
            "Price": ["₹30,000/month", "₹35,000/month", "₹30,000/month"],
            "Price a square foot": ["₹30", "₹35", "₹30"],
            "Bedrooms": ["2", "2", "unknown"],
            "Gym": ["yes", "no", "unknown"],
        }
    )
    assert "Kind" in [each.what for each in answer.same]


async def test_a_comparison_takes_two_to_five(guest: Guest) -> None:
    assert (await guest.refused("compare_properties", ids=[1])).status == 422
    assert (await guest.refused("compare_properties", ids=[1, 2, 3, 4, 5, 6])).status == 422
