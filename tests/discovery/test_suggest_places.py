"""Places completed while they are typed, and the vocabulary of amenities."""

from storage.engine import Database
from tests.discovery.homes import Guest, add


async def test_a_name_is_completed_however_it_is_spelt(database: Database, guest: Guest) -> None:
    await add(database, {})
    first = {
        prefix: (await guest.call("suggest_places", prefix=prefix)).items[0].name
        for prefix in ("sec 57", "SECTOR-57", "dlf ph 2", "cyber c", "palm court r", "iffco")
    }
    assert first == {
        "sec 57": "Sector 57",
        "SECTOR-57": "Sector 57",
        "dlf ph 2": "DLF Phase 2",
        "cyber c": "Cyber City",
        "palm court r": "Palm Court Residency",
        "iffco": "IFFCO Chowk",
    }


async def test_places_can_be_narrowed_to_kinds(guest: Guest) -> None:
    found = await guest.call("suggest_places", prefix="sector 5", kinds=["metro"])
    assert {place.kind for place in found.items} == {"metro"}


async def test_what_nobody_knows_is_completed_by_nothing(guest: Guest) -> None:
    found = await guest.call("suggest_places", prefix="qqqqqqqq")
    assert (found.items, found.summary()) == ([], "No such place is known.")


async def test_every_amenity_has_a_key_and_a_name_in_two_languages(guest: Guest) -> None:
    found = await guest.call("list_amenities")
    assert len({amenity.key for amenity in found.items}) == len(found.items) > 30
    assert all(amenity.english and amenity.hindi for amenity in found.items)
