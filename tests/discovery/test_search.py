"""Search: what is read, what is filtered, why each fits, and what is said when nothing does."""

from datetime import UTC, datetime

import pytest
from inline_snapshot import snapshot

from storage.engine import Database
from tests.discovery.homes import CYBER_CITY, Guest, add
from tools.discovery import vocabulary

DAY = datetime(2026, 1, 1, tzinfo=UTC)


async def test_hinglish_words_become_filters_that_can_be_edited(database: Database, guest: Guest) -> None:
    parking = vocabulary.bits(["parking"])
    fits, *_ = await add(
        database,
        {"sector": "Sector 57", "bedrooms": 3, "price": 40_000, "amenities_yes": parking},
        {"sector": "Sector 57", "bedrooms": 3, "price": 40_500, "amenities_yes": parking},
        {"sector": "Sector 57", "bedrooms": 3, "price": 40_000},
        {"sector": "Sector 56", "bedrooms": 3, "price": 40_000, "amenities_yes": parking},
    )
    words = "sector 57 mein 3 bhk kiraye par 40 hazaar tak, parking ke saath"
    page = await guest.call("search_properties", words=words)
    assert [item.id for item in page.items] == [fits]
    assert page.understood.filters.model_dump(mode="json", exclude_defaults=True) == snapshot(
        {
            "purpose": "rent",
            "bedrooms": [3],
            "budget_max": 40000,
            "sector": ["Sector 57"],
            "amenities": ["parking"],
        }
    )
    assert page.items[0].why.met == snapshot(
        ["for rent", "3 BHK", "up to ₹40,000", "in Sector 57", "Parking"]
    )


async def test_a_filter_that_is_given_goes_before_the_words(database: Database, guest: Guest) -> None:
    cheap, dear = await add(database, {"price": 30_000}, {"price": 60_000})
    assert await guest.ids(words="2bhk under 40k") == [cheap]
    page = await guest.call("search_properties", words="2bhk under 40k", budget_min=50_000)
    assert [item.id for item in page.items] == [dear]
    assert page.understood.overridden == ["budget_max"]
    assert set(await guest.ids(words="2bhk under 40k", ignore=["budget_max"])) == {cheap, dear}


async def test_a_budget_that_only_a_sale_costs_is_read_as_a_purchase_and_said_so(
    database: Database, guest: Guest
) -> None:
    flat, let = await add(
        database, {"purpose": "buy", "price": 18_000_000}, {"purpose": "rent", "price": 40_000}
    )
    page = await guest.call("search_properties", words="2 bhk under 2 crore")
    assert [item.id for item in page.items] == [flat]
    assert page.understood.filters.purpose == "buy"
    assert page.understood.notes == snapshot(
        ["Read as properties to buy, since no rent is that high. Give a purpose to change it."]
    )
    assert await guest.ids(words="2 bhk under 2 crore", purpose="rent") == [let]


async def test_an_amenity_that_the_source_does_not_mention_is_no_match(
    database: Database, guest: Guest
) -> None:
    gym = vocabulary.bits(["gym"])
    has, *_ = await add(database, {"amenities_yes": gym}, {"amenities_no": gym}, {})
    assert await guest.ids(amenities=["gym"]) == [has]


async def test_an_age_matches_only_bands_that_are_surely_young_enough(
    database: Database, guest: Guest
) -> None:
    new, young, *_ = await add(database, {"age_band": "0-1"}, {"age_band": "1-5"}, {"age_band": "10+"}, {})
    assert set(await guest.ids(age=5)) == {new, young}
    assert await guest.ids(age=3) == [new]


async def test_areas_are_asked_in_any_unit(database: Database, guest: Guest) -> None:
    plot, _ = await add(database, {"kind": "plot", "area_sqft": 1800, "bedrooms": None}, {"area_sqft": 1700})
    assert await guest.ids(area_min=200, area_max=200, area_unit="gaj") == [plot]


@pytest.mark.requirement("S15")
async def test_near_measures_from_the_place_and_says_how_far(database: Database, guest: Guest) -> None:
    near, _ = await add(database, {"at": CYBER_CITY}, {"at": (28.40, 77.09)})
    page = await guest.call("search_properties", near="cyber city", radius=1000)
    assert [item.id for item in page.items] == [near]
    assert page.items[0].distance_m < 100
    assert page.items[0].why.met == ["within 1 km of Cyber City"]


async def test_a_metro_station_may_be_called_one(database: Database, guest: Guest) -> None:
    near, _ = await add(database, {"at": (28.4723, 77.0724)}, {"at": CYBER_CITY})
    assert await guest.ids(near="IFFCO Chowk metro station") == [near]


async def test_a_wish_in_the_text_is_met_and_one_that_is_not_there_is_unknown(
    database: Database, guest: Guest
) -> None:
    quiet, plain = await add(database, {"description": "A quiet street."}, {"description": "A street."})
    page = await guest.call("search_properties", words="quiet 2bhk")
    assert [(item.id, item.why.met, item.why.unknown) for item in page.items] == [
        (quiet, ["2 BHK", "quiet"], []),
        (plain, ["2 BHK"], ["quiet"]),
    ]


async def test_a_doubtful_price_is_not_said_to_fit(database: Database, guest: Guest) -> None:
    await add(database, {"flags": ["price_outlier"]})
    page = await guest.call("search_properties", budget_max=40_000)
    assert page.items[0].why.unknown == ["whether the price is right"]


async def test_when_nothing_fits_single_relaxations_are_counted_and_none_is_applied(
    database: Database, guest: Guest
) -> None:
    await add(database, *[{"price": 44_000, "sector": "Sector 57"}] * 3, {"price": 30_000, "bedrooms": 1})
    page = await guest.call("search_properties", words="2bhk rent under 40k", furnishing=["furnished"])
    assert page.items == []
    assert [each.text for each in page.relaxed] == snapshot([])
    page = await guest.call("search_properties", words="2bhk rent under 40k")
    assert [(each.field, each.value, each.text) for each in page.relaxed] == snapshot(
        [
            ("budget_max", "45000", "3 if the budget is ₹45,000"),
            ("bedrooms", "1", "1 with 1 bedroom"),
        ]
    )


async def test_a_town_without_listings_is_answered_with_nothing_and_why(
    database: Database, guest: Guest
) -> None:
    await add(database, {})
    page = await guest.call("search_properties", words="2bhk in Pune")
    assert page.items == []
    assert page.notes == snapshot(["We have no properties in Pune; all of ours are in and around Gurugram."])


async def test_newest_is_by_first_import_and_says_so(database: Database, guest: Guest) -> None:
    old, new = await add(database, {"first_seen_at": DAY}, {"first_seen_at": DAY.replace(day=2)})
    page = await guest.call("search_properties", sort="newest")
    assert [item.id for item in page.items] == [new, old]
    assert "first imported" in page.notes[0]


async def test_a_property_that_is_no_longer_live_is_not_found(database: Database, guest: Guest) -> None:
    live, _ = await add(database, {}, {"status": "paused"})
    assert await guest.ids() == [live]


async def test_demonstration_data_is_labelled_on_the_card_and_on_the_answer(
    database: Database, guest: Guest
) -> None:
    await add(database, {"source": "demo"})
    page = await guest.call("search_properties")
    assert page.items[0].demo
    assert page.demo in page.summary()


async def test_facets_count_all_matches(database: Database, guest: Guest) -> None:
    await add(
        database,
        {"price": 20_000, "sector": "Sector 57", "amenities_yes": vocabulary.bits(["gym"])},
        {"price": 30_000, "bedrooms": 3, "furnishing": "furnished"},
        {"price": 40_000, "purpose": "buy"},
    )
    facets = (await guest.call("search_properties", purpose="rent", facets=True, limit=1)).facets
    assert (facets.total, facets.price_min, facets.price_max) == (2, 20_000, 30_000)
    assert [(each.value, each.count) for each in facets.bedrooms] == [("2", 1), ("3", 1)]
    assert [(each.value, each.count) for each in facets.amenities] == [("gym", 1)]
    assert [(each.value, each.count) for each in facets.furnishing] == [("furnished", 1)]


async def test_the_summary_names_the_first_three_with_price_and_place(
    database: Database, guest: Guest
) -> None:
    (only,) = await add(database, {"society": "Palm Court Residency", "sector": "Sector 57"})
    page = await guest.call("search_properties")
    assert page.summary() == (
        f"1 found:\n- 2 BHK apartment in Palm Court Residency, Sector 57, ₹30,000/month (id {only})"
    )


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"near": "nowhereville"}, "I know no place named 'nowhereville'. `suggest_places` completes names."),
        ({"sort": "distance"}, "Sorting by distance needs `near` or a point (`lat` and `lng`)."),
        ({"budget_min": 2, "budget_max": 1}, "budget_min must not be more than budget_max."),
        ({"area_min": 2, "area_max": 1}, "area_min must not be more than area_max."),
        ({"lat": 28.4}, "give `lat` and `lng` together."),
        ({"lat": 51.5, "lng": -0.1}, "51.5,-0.1 is not in India; a point is latitude, then longitude."),
        ({"box": [77.1, 28.4, 77.0, 28.5]}, "a box is west, south, east, north, and must have a width"),
        ({"amenities": ["helipad"]}, "'helipad' is not in the vocabulary; `list_amenities` has all keys."),
        ({"words": "2bhk\0"}, "words: Text must not hold the character NUL."),
        ({"words": "x" * 301}, "words: String should have at most 300 characters."),
        ({"cursor": "abc"}, "This cursor was not given out by us for this question."),
        ({"limit": 51}, "limit: Input should be less than or equal to 50."),
        ({"locality": ["sector 57 or thereabouts"]}, "I know no place named"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(
    database: Database, guest: Guest, given: dict[str, object], problem: str
) -> None:
    await add(database, {})
    refusal = await guest.refused("search_properties", **given)
    assert problem in refusal.message


@pytest.mark.parametrize(
    "words",
    [
        "99999 bhk",
        "under 999999999999999999 crore",
        "within 1 m of metro",
        "' or 1=1 --",
        "&|!()<->:*",
        "🏠🏡",
        "\u202e\u200d",
    ],
)
async def test_no_words_are_a_mistake(database: Database, guest: Guest, words: str) -> None:
    await add(database, {})
    page = await guest.call("search_properties", words=words)
    assert page.understood is not None
