"""Drafting: a few words fill the form, and nobody is made to guess what was understood."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.account.conftest import Somebody
from tests.street import Street
from tools.discovery.offering import AreaTooLarge
from tools.forms import Form
from tools.listings.access import NoSuchListing, Outdated
from tools.listings.drafting import NotEnough
from tools.masking import ContactInText
from tools.refusals import Invalid, Refused

WORDS = "3bhk flat in sector 57 for rent 45k, 1650 sq ft, semi furnished, lift, 2nd floor, 2 balconies"


async def test_a_few_words_fill_the_form_and_it_says_which_fields(asha: Somebody) -> None:
    made = await asha.call("draft_listing", words=WORDS)
    assert made.form == Form(
        purpose="rent",
        kind="apartment",
        price=Decimal(45000),
        bedrooms=3,
        balconies=2,
        area=1650,
        area_unit="sq_ft",
        sector="Sector 57",
        furnishing="semi_furnished",
        floor="low",
        amenities=("lift",),
        title="3 BHK Flat in Sector 57",
    )
    assert (made.status, made.possible, made.missing) == ("draft", ["review", "archived"], [])
    assert {"price", "bedrooms", "sector", "floor"} <= set(made.read)
    assert made.unread == []


SAID: list[tuple[str, str, str, int, str]] = [
    ("selling my 200 gaj plot in dlf phase 2, 2.2 crore", "buy", "plot", 22_000_000, "DLF Phase 2"),
    ("makaan bechna hai sector 14 3 crore", "buy", "house", 30_000_000, "Sector 14"),
    ("sector 45 mein 2bhk kiraye par dena hai 30 hazaar", "rent", "apartment", 30_000, "Sector 45"),
    ("shop for lease in sector 29, 250 sq ft, rent 80000/month", "rent", "shop", 80_000, "Sector 29"),
    ("न्यू गुरुग्राम में 2 बीएचके 25 हज़ार किराया", "rent", "apartment", 25_000, "New Gurugram"),
    ("girls pg in sector 24 12000 with meals", "pg", "pg", 12_000, "Sector 24"),
]


async def test_words_of_sellers_and_landlords_are_read_in_their_languages(asha: Somebody) -> None:
    for words, *expected in SAID:
        form = (await asha.call("draft_listing", words=words)).form
        assert [form.purpose, form.kind, form.price, form.sector or form.locality] == expected, words


async def test_what_no_home_has_is_left_open_and_said_so(asha: Somebody) -> None:
    for odd, field in (("99 balconies", "balconies"), ("60 bhk", "bedrooms")):
        made = await asha.call("draft_listing", words=f"flat in sector 57 for rent 45k, {odd}")
        assert getattr(made.form, field) is None
        assert f"What was said of {field} cannot be meant: give it by itself." in made.notes


async def test_an_area_that_no_home_has_is_refused(asha: Somebody) -> None:
    with pytest.raises(AreaTooLarge, match="larger than any home"):
        await asha.call("draft_listing", words=WORDS, area=1e8, area_unit="acre")


async def test_what_is_given_counts_more_than_words(asha: Somebody) -> None:
    given = {"price": 50000, "sector": "Sector 45", "kind": "builder_floor", "area": 200, "area_unit": "gaj"}
    made = await asha.call("draft_listing", words=WORDS, **given)
    assert (made.form.price, made.form.sector, made.form.kind) == (50000, "Sector 45", "builder_floor")
    assert (made.form.area, made.form.area_unit) == (1800, "sq_ft")
    assert not {"price", "sector", "kind", "area"} & set(made.read)


async def test_an_area_that_words_say_is_not_read_in_another_unit_as_well(asha: Somebody) -> None:
    for unit in ("gaj", "acre", "sq_m"):
        made = await asha.call("draft_listing", words="plot of 200 gaj in sector 57, 2 crore", area_unit=unit)
        assert (made.form.area, made.form.area_unit) == (1800, "sq_ft")


async def test_what_was_taken_for_granted_is_told(asha: Somebody) -> None:
    made = await asha.call("draft_listing", words="2bhk near huda city centre metro for rent 30k")
    assert made.form.kind == "apartment"
    assert made.notes == [
        "Taken to be an apartment: say so if it is a house or a builder floor.",
        "Millennium City Centre is not where it stands: name the sector, locality or society.",
    ]
    assert made.missing == ["locality"]
    with pytest.raises(NotEnough, match="fill in: locality"):
        await asha.call("change_listing_status", id=made.id, status="review")


async def test_too_little_is_refused_with_what_was_read_so_far(asha: Somebody, street: Street) -> None:
    with pytest.raises(NotEnough, match="what it costs") as refused:
        await asha.call("draft_listing", words="3bhk flat sector 57 for rent")
    assert refused.value.details["read"] == {
        "purpose": "rent", "kind": "apartment", "bedrooms": 3, "sector": "Sector 57",
    }  # fmt: skip
    assert await street.count("listings") == 0


CONTACTS = (
    "Call 98765 43210", "write to a@example.com", "www.example.com/flat", "+91-98765-43210", "at flats.in",
)  # fmt: skip


async def test_contacts_stay_out_of_the_texts(asha: Somebody) -> None:
    made = await asha.call(
        "draft_listing", words=WORDS, description="Built in 2015, 1,650 sq ft, ₹45,00,000."
    )
    for text in CONTACTS:
        with pytest.raises(ContactInText):
            await asha.call("draft_listing", words=WORDS, description=text)
        with pytest.raises(ContactInText):
            await asha.call("update_listing", id=made.id, title=text)


SENSELESS: list[tuple[dict[str, Any], type[Refused]]] = [
    ({"sector": "Sector 9999"}, Invalid),
    ({"society": "No Such Towers Of Mars"}, Invalid),
    ({"lat": 19.07, "lng": 72.87}, Refused),
    ({"lat": 28.4}, Refused),
    ({"amenities": ["helipad"]}, Refused),
    ({"price": 0}, Invalid),
]


async def test_what_makes_no_sense_is_refused(asha: Somebody) -> None:
    for given, refusal in SENSELESS:
        with pytest.raises(refusal):
            await asha.call("draft_listing", words=WORDS, **given)


async def test_a_change_touches_what_it_names_and_nothing_else(asha: Somebody) -> None:
    given = {"lat": 28.42, "lng": 77.07, "available_from": date(2031, 1, 1), "society": "DLF The Crest"}
    made = await asha.call("draft_listing", words=WORDS, **given)
    changed = await asha.call("update_listing", id=made.id, description="Bright.", floor=None)
    assert changed.form == made.form.model_copy(update={"description": "Bright.", "floor": None})
    moved = await asha.call("update_listing", id=made.id, lat=28.43, lng=77.08)
    assert (moved.form.lat, moved.form.society) == (28.43, "DLF The Crest")


async def test_undoing_a_change_brings_back_what_was(asha: Somebody, street: Street) -> None:
    made = await asha.call("draft_listing", words=WORDS)
    await asha.call("update_listing", id=made.id, price=40000, sector="Sector 45", floor=None)
    (change,) = await street.ask("select max(id) from activities where tool = 'update_listing'")
    await asha.call("undo_action", id=change)
    assert (await asha.call("get_listing", id=made.id)).form == made.form


async def test_nobody_changes_what_they_have_not_seen(asha: Somebody) -> None:
    made = await asha.call("draft_listing", words=WORDS)
    changed = await asha.call("update_listing", id=made.id, price=40000, version=made.version)
    with pytest.raises(Outdated):
        await asha.call("update_listing", id=made.id, price=41000, version=made.version)
    await asha.call("update_listing", id=made.id, price=41000, version=changed.version)


async def test_another_like_it_has_all_but_photos_and_history(asha: Somebody, street: Street) -> None:
    made = await asha.call("draft_listing", words=WORDS, available_from=date(2031, 1, 1))
    await street.set(made.id, photos=["/media/a.webp"])
    other = await asha.call("duplicate_listing", id=made.id)
    assert other.id != made.id
    assert (other.form, other.status, other.photos) == (made.form, "draft", 0)
    assert [move.now for move in (await asha.call("get_listing", id=other.id)).history] == ["draft"]


async def test_what_was_drafted_by_mistake_is_taken_back(asha: Somebody, street: Street) -> None:
    made = await asha.call("draft_listing", words=WORDS)
    (drafted,) = await street.ask("select max(id) from activities where tool = 'draft_listing'")
    await asha.call("undo_action", id=drafted)
    assert (await asha.call("my_listings")).items == []
    (archived,) = (await asha.call("my_listings", status="archived")).items
    assert archived.id == made.id


async def test_fixes_are_what_raises_the_score(asha: Somebody) -> None:
    made = await asha.call("draft_listing", words="2 bhk apartment sector 57 rent 30000")
    asked = {fix.field: fix.points for fix in made.fixes}
    better = await asha.call("update_listing", id=made.id, area=1100, facing="east")
    assert better.score == pytest.approx(made.score + asked["area"] + asked["facing"], abs=1)
    assert not {"area", "facing"} & {fix.field for fix in better.fixes}


async def test_pages_go_through_all_of_ones_listings(asha: Somebody, ravi: Somebody) -> None:
    made = [(await asha.call("draft_listing", words=WORDS)).id for _ in range(5)]
    await ravi.call("draft_listing", words=WORDS)
    found: list[int] = []
    page = await asha.call("my_listings", limit=2)
    while True:
        found += [each.id for each in page.items]
        if page.next_cursor is None:
            break
        page = await asha.call("my_listings", limit=2, cursor=page.next_cursor)
    assert found == made[::-1]
    with pytest.raises(NoSuchListing):
        await ravi.call("get_listing", id=made[0])
