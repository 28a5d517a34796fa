"""Features: the words in which every part of the product says what a property is."""

from __future__ import annotations

from typing import Literal

Purpose = Literal["buy", "rent", "pg"]
Kind = Literal["apartment", "builder_floor", "house", "plot", "shop", "office", "pg"]
Furnishing = Literal["furnished", "semi_furnished", "unfurnished"]
Facing = Literal["north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"]
Possession = Literal["ready", "under_construction"]
Tenant = Literal["family", "bachelors", "girls", "boys", "company"]
Age = Literal["0-1", "1-5", "5-10", "10+"]
"""Years since it was built."""

Rise = Literal["low", "mid", "high"]
"""A floor within its building, or a building among others."""
