"""Links to what we show to everybody: `/h/{slug}` for a property, and what an app opens in its place."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HOMES: Final = "/h"
SCHEME: Final = "ghar"
_LONGEST: Final = 80
_ID: Final = re.compile(r"(?:^|.*-)([1-9]\d{0,15})", re.DOTALL)
_FOR: Final = {"buy": "for-sale", "rent": "for-rent", "pg": "pg"}


def slug(property_id: int, purpose: str, kind: str, bedrooms: int | None, *places: str | None) -> str:
    """A property in words for an address, its id last: `3-bhk-apartment-sector-54-gurugram-for-rent-12`."""
    size = f"{bedrooms} bhk" if bedrooms else ""
    kind = "" if kind == purpose else kind
    place = next((each for each in places if each and _plain(each)), "")
    words = "-".join(part for part in (_plain(size), _plain(kind), _plain(place), _FOR[purpose]) if part)
    return f"{words[:_LONGEST].strip('-')}-{property_id}"


def home(url: str, slug_: str) -> str:
    """The address of a property's page."""
    return f"{url}{HOMES}/{slug_}"


def app(property_id: int) -> str:
    """What an app of ours opens for a property."""
    return f"{SCHEME}://property/{property_id}"


def property_in(slug_: str) -> int | None:
    """The id at the end of a slug, whatever words stand before it; None where there is none."""
    found = _ID.fullmatch(slug_)
    return None if found is None else int(found[1])


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
