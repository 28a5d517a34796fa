"""What a map is drawn from: metro lines in running order, and places with the number of their properties."""

from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from storage.engine import Database
from tests.discovery.homes import Guest, add
from tools.discovery.gazetteer import committed_places
from tools.discovery.mapped import metro_lines

NOWHERE = [70.0, 10.0, 70.1, 10.1]
AROUND_CYBER_CITY = [77.085, 28.485, 77.097, 28.503]


def names(places: list[Any]) -> set[str]:
    return {place.name for place in places}


async def test_every_station_stands_on_its_line_beside_the_stations_before_and_after_it(guest: Guest) -> None:
    lines = (await guest.call("map_places")).lines
    assert [line.name for line in lines] == list(metro_lines())
    for line in lines:
        assert [station.name for station in line.stations] == list(metro_lines()[line.name])
        for one, other in pairwise(line.stations):
            east = (other.lng - one.lng) * cos(radians(one.lat))
            assert 0 < hypot(other.lat - one.lat, east) * 111 < 5, (
                f"{one.name} to {other.name}, in kilometres"
            )


def test_every_metro_station_we_know_is_on_a_line() -> None:
    known = {(place.detail, place.name) for place in committed_places() if place.kind == "metro"}
    assert (
        known - {(line, station) for line, stations in metro_lines().items() for station in stations} == set()
    )


async def test_a_place_is_drawn_with_as_many_properties_as_a_search_inside_it_finds(
    database: Database, guest: Guest
) -> None:
    homes = [
        {"sector": "Sector 57"},
        {"sector": "Sector 57", "locality": "DLF Phase 2"},
        {"locality": "DLF Phase 2"},
    ]
    await add(database, *homes, {"sector": "Sector 56", "status": "archived"}, {})
    places = (await guest.call("map_places")).places
    counted = {place.name: place.count for place in places if place.kind != "hub"}
    assert counted["Sector 57"] == counted["DLF Phase 2"] == 2
    assert "Sector 56" not in counted
    for name in ("Sector 57", "DLF Phase 2"):
        assert counted[name] == len(await guest.ids(locality=[name]))


async def test_hubs_come_first_and_then_the_places_with_most_properties(
    database: Database, guest: Guest
) -> None:
    await add(database, {"sector": "Sector 57"}, {"sector": "Sector 57"}, {"sector": "Sector 56"})
    places = (await guest.call("map_places")).places
    hubs = [place for place in places if place.kind == "hub"]
    assert "Cyber City" in names(hubs)
    assert places[: len(hubs)] == hubs
    assert [place.name for place in places[len(hubs) :]] == ["Sector 57", "Sector 56"]


async def test_a_map_shows_what_touches_it_alone(database: Database, guest: Guest) -> None:
    await add(database, {"sector": "Sector 57"}, {"locality": "DLF Phase 2"})
    shown = await guest.call("map_places", box=AROUND_CYBER_CITY)
    assert [line.name for line in shown.lines] == ["Rapid line"]
    assert {"Cyber City", "DLF Phase 2"} <= names(shown.places)
    assert "Sector 57" not in names(shown.places)
    empty = await guest.call("map_places", box=NOWHERE)
    assert (empty.lines, empty.places, empty.summary()) == ([], [], "No metro line here. No properties here.")


async def test_a_box_that_is_none_is_refused(guest: Guest) -> None:
    for box in ([77.1, 28.5, 77.0, 28.4], [0, 0, 1, 1], [77.0, 77.1, 28.4, 28.5]):
        assert (await guest.refused("map_places", box=box)).code == "contradiction"
