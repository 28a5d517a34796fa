"""Amenities: the closed vocabulary that searches can filter by."""

from __future__ import annotations

from tools.contract import Call, Model, tool
from tools.discovery.vocabulary import AMENITIES


class ListAmenities(Model):
    """Nothing is asked."""


class AmenityName(Model):
    key: str
    """What searches and cards say."""

    english: str
    hindi: str


class AmenityNames(Model):
    """Every amenity there is a word for."""

    items: list[AmenityName]

    def summary(self) -> str:
        return ", ".join(amenity.key for amenity in self.items)


@tool("guest", "read", http="GET /amenities")
async def list_amenities(call: Call, ask: ListAmenities) -> AmenityNames:
    """Every amenity that properties can be searched by: its key, and its name in English and Hindi."""
    return AmenityNames(items=[AmenityName.model_validate(each) for each in AMENITIES.values()])
