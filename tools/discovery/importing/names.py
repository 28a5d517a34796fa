"""Places by the names that sources use: those of the gazetteer where it knows them, new ones otherwise."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from storage.loading import PlaceName
from storage.places import KnownPlace
from tools.discovery.gazetteer import committed_places
from tools.discovery.importing.text import presented
from tools.discovery.words.names import is_name, slug_of

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Gazetteer, Place

_TOWN: Final = re.compile(r"(?:,|\bin)?\s*\b(?:gurgaon|gurugram|gurgao|haryana)\s*$")
_A_SECTOR: Final = re.compile(r"\bsector \d{1,3}[a-z]?\b")
_CUT: Final = re.compile(r"sector[ -]\d{1,3}[a-z]? [a-z]")
_SPLIT: Final = re.compile(r"\s*[,;]\s*")
_LONGEST: Final = 80


class Names:
    """Resolves names to places, remembering what it has resolved."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.locality = cache(self._locality)
        self.sector = cache(self._sector)
        self.society = cache(self._society)

    def _locality(self, text: str) -> PlaceName | None:
        """A locality, or a sector that stands for one; None without a name."""
        for part in (text, _bare(text), *_SPLIT.split(text)):
            known = self._known(part, "sector", "locality")
            if known is not None:
                return known
        name = _bare(text)
        inside = _A_SECTOR.search(slug_of(name))
        if inside:
            return self.sector(inside[0])
        return _new("locality", name) if is_name(name) else None

    def _sector(self, text: str) -> PlaceName | None:
        """A sector; None where the source cut the name off, as "sector 36 s" from "sector 36 sohna"."""
        if _CUT.fullmatch(text.strip()):
            return None
        name = _bare(text)
        known = self._known(name, "sector")
        return known or (_new("sector", name) if _A_SECTOR.fullmatch(slug_of(name)) else None)

    def _society(self, text: str) -> PlaceName | None:
        """A society; None where the words are no name, such as "new builder floor"."""
        for part in (text, *_SPLIT.split(text)):
            known = self._known(part, "society")
            if known is not None:
                return known
            if "," not in part and len(part) <= _LONGEST and is_name(part) and not self._is_area(part):
                return _new("society", part)
        return None

    def _is_area(self, name: str) -> bool:
        return self._known(name, "sector", "locality", "city", "hub") is not None

    def _known(self, name: str, *kinds: str) -> PlaceName | None:
        found = (
            [place for place in self._gazetteer.named(name) if place.kind in kinds] if name.strip() else []
        )
        return _named(found[0]) if found else None


def _named(place: Place) -> PlaceName:
    return PlaceName(place.kind, place.slug, place.name)


def _new(kind: str, name: str) -> PlaceName | None:
    slug = slug_of(name)
    return PlaceName(kind, slug, presented(" ".join(name.lower().split()))) if slug else None


def _bare(name: str) -> str:
    """The name without the town that all of them are in."""
    bare = _TOWN.sub("", name.strip().lower())
    return bare or name


def known_places() -> list[KnownPlace]:
    """The places that come with the product, as they are stored."""
    return [
        KnownPlace(place.kind, place.slug, place.name, place.lat, place.lng, place.detail)
        for place in committed_places()
    ]
