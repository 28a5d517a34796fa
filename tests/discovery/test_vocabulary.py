"""Amenities, possession and tenants, read from sentences as listings write them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine import Database
from tests.discovery.homes import add
from tools import amenities
from tools.contract import Viewer
from tools.discovery import vocabulary
from tools.dispatch import Caller, Dispatcher


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lift and full power backup", {"lift": "yes", "power_backup": "yes"}),
        ("no lift, parking available", {"lift": "no", "parking": "yes"}),
        (
            "without lift and parking",
            {"lift": "no", "parking": "no", "covered_parking": "no", "visitor_parking": "no"},
        ),
        ("lift not available", {"lift": "no"}),
        ("there is no parking problem", {}),
        ("no lift in block a. lift in block b", {}),
        ("stilt parking for two cars", {"covered_parking": "yes", "parking": "yes"}),
        ("park facing floor", {"park_facing": "yes", "park": "yes"}),
        ("bestech park view city", {}),
        ("near cyber park", {}),
        ("security deposit of two months", {}),
        ("24x7 security guard, cctv", {"security": "yes", "cctv": "yes"}),
        ("3bhk+sq on 1500 sq ft", {"servant_room": "yes"}),
        ("3 bhk + sq ft 1500", {}),
        ("servant quarter and pooja room", {"servant_room": "yes", "pooja_room": "yes"}),
        ("the kitchen has been built with modular fittings", {"modular_kitchen": "yes"}),
        ("vaastu compliant, piped-gas, wi-fi", {"vastu": "yes", "piped_gas": "yes", "wifi": "yes"}),
        ("pets not allowed", {"pet_friendly": "no"}),
        (
            "swimming pool, clubhouse and fitness centre",
            {"swimming_pool": "yes", "club_house": "yes", "gym": "yes"},
        ),
        ("an uplifting carpet", {}),
        ("लिफ्ट और पार्किंग", {"lift": "yes", "parking": "yes"}),
    ],
)
def test_a_description_says_yes_no_or_nothing_of_an_amenity(text: str, said: dict[str, str]):
    assert vocabulary.read_amenities(text) == said


@pytest.mark.parametrize(
    ("text", "age", "possession"),
    [
        ("", "Under Construction", "under_construction"),
        ("ready to move", "Under Construction", "under_construction"),
        ("", "1-5 Year Old Property", "ready"),
        ("", "0-1", "ready"),
        ("immediate possession", "Undefined", "ready"),
        ("new launch in sector 79", None, "under_construction"),
        ("possession by december 2027", None, "under_construction"),
        ("a beautiful flat", "Undefined", None),
    ],
)
def test_possession_comes_from_the_age_first_and_the_text_second(
    text: str, age: str | None, possession: str | None
):
    assert vocabulary.read_possession(text, age) == possession


@pytest.mark.parametrize(
    ("text", "tenants"),
    [
        ("available for family", ("family",)),
        ("only for family", ("family",)),
        ("for families and bachelors", ("family", "bachelors")),
        ("bachelors not allowed", ()),
        ("no bachelors, for small family", ("family",)),
        ("girls preferred", ("girls",)),
        ("near girls school", ()),
        ("company lease only", ("company",)),
        ("a family room", ()),
    ],
)
def test_only_those_who_are_welcomed_count_as_tenants(text: str, tenants: tuple[str, ...]):
    assert vocabulary.read_tenants(text) == tenants


def test_bit_sets_hold_every_amenity_and_come_back_in_order():
    keys = tuple(vocabulary.AMENITIES)
    assert vocabulary.keys(vocabulary.bits(keys)) == keys
    assert vocabulary.bits(keys) < 2**63


def test_every_amenity_is_read_from_its_own_english_and_hindi_name_where_it_is_written_so():
    names = {key: amenity.english.lower() for key, amenity in vocabulary.AMENITIES.items()}
    by_name = {"lift", "parking", "gym", "swimming_pool", "club_house", "cctv", "vastu", "balcony", "meals"}
    assert all(vocabulary.read_amenities(names[key]).get(key) == "yes" for key in by_name)


@given(st.text(max_size=300))
def test_no_description_raises(text: str):
    vocabulary.read_amenities(text.lower())
    vocabulary.read_possession(text.lower(), text[:20])
    vocabulary.read_tenants(text.lower())


async def test_staff_see_how_many_live_properties_have_or_lack_each_amenity(
    dispatcher: Dispatcher, database: Database
) -> None:
    lift, gym = amenities.bits(["lift"]), amenities.bits(["gym"])
    await add(
        database,
        {"amenities_yes": lift | gym},
        {"amenities_yes": lift, "amenities_no": gym},
        {"amenities_yes": gym, "status": "paused"},
    )
    staff = Caller("rest", Viewer(7, "staff", frozenset({"mcp:read", "platform:read"})))
    counted: Any = await dispatcher.run(dispatcher.catalog["count_amenities"], {}, staff)
    assert {each.key: (each.has, each.lacks) for each in counted.items if each.has or each.lacks} == {
        "lift": (2, 0),
        "gym": (1, 1),
    }
    assert [each.key for each in counted.items] == list(amenities.AMENITIES)
