"""Coordinates: put right where they were swapped, dropped where they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.discovery.importing.fields import number

if TYPE_CHECKING:
    from collections.abc import Callable

SOUTH, NORTH, WEST, EAST = 28.10, 28.65, 76.60, 77.30
"""Gurugram and what lies around it."""

PLACES: Final = 7


def position(lat: str, lng: str, note: Callable[[str], object]) -> tuple[float, float] | None:
    """The point, or None where there is no believable one. Calls `note` with the name of each mending."""
    if not lat.strip() and not lng.strip():
        return None
    north, east = number(lat), number(lng)
    if north is None or east is None:
        note("coordinates_unreadable")
        return None
    if _inside(float(north), float(east)):
        return round(float(north), PLACES), round(float(east), PLACES)
    if _inside(float(east), float(north)):
        note("coordinates_swapped")
        return round(float(east), PLACES), round(float(north), PLACES)
    note("coordinates_out_of_region")
    return None


def _inside(lat: float, lng: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lng <= EAST
