"""Amenities: the closed vocabulary that searches can filter by, and how often each is said."""

from __future__ import annotations

from storage import amenity_counts
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


class AmenityCount(AmenityName):
    has: int
    """Live properties that say that they have it, which is what a search for it finds."""

    lacks: int
    """Live properties that say that they do not; of the others it is not known."""


class AmenityCounts(Model):
    """Every amenity, in the order of the vocabulary."""

    items: list[AmenityCount]

    def summary(self) -> str:
        return ", ".join(f"{each.key} {each.has:,} (not {each.lacks:,})" for each in self.items)


@tool("guest", "read", http="GET /amenities")
async def list_amenities(call: Call, ask: ListAmenities) -> AmenityNames:
    """Every amenity that properties can be searched by: its key, and its name in English and Hindi."""
    return AmenityNames(items=[AmenityName.model_validate(each) for each in AMENITIES.values()])


@tool("staff", "read", scope="platform:read", http="GET /admin/amenities", per_minute=20)
async def count_amenities(call: Call, ask: ListAmenities) -> AmenityCounts:
    """How many live properties say that they have, or lack, each amenity, with its key and names."""
    found = await amenity_counts.said(call.db, [each.bit for each in AMENITIES.values()])
    return AmenityCounts(
        items=[
            AmenityCount(
                key=each.key, english=each.english, hindi=each.hindi, has=count.has, lacks=count.lacks
            )
            for each, count in zip(AMENITIES.values(), found, strict=True)
        ]
    )
