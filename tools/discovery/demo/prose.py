"""Prose: how a made-up property describes itself; the vocabulary reads the sentences as they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.discovery.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.discovery.demo.homes import Home

KINDS: Final = {
    "apartment": "flat", "builder_floor": "builder floor", "house": "house", "plot": "plot", "shop": "shop",
    "office": "office", "pg": "PG",
}  # fmt: skip
_PURPOSES: Final = {"buy": "for sale", "rent": "for rent", "pg": "for rent"}
_OPENINGS: Final = (
    "{article} {size}{kind} {purpose} in {place}.",
    "{place}: {article} {size}{kind} {purpose}.",
    "This {size}{kind} in {place} is {purpose}.",
    "On offer is {article} {size}{kind} {purpose} in {place}.",
)
_FEEL: Final = {
    "home": (
        "The rooms are bright and the evening breeze is a pleasure.",
        "It is kept with care and gets sun through the winter.",
        "The layout wastes little and every room has a window.",
        "A quiet address that is still close to daily needs.",
        "Freshly painted, with tiles that are easy to keep clean.",
        "The neighbours have been here for years and it shows.",
        "Large windows, good cross ventilation and little noise.",
    ),
    "plot": (
        "The ground is level and the approach is wide.",
        "Good for a home of your own design, with all papers at hand.",
        "Neighbouring land is already built on.",
    ),
    "business": (
        "The frontage is good and people pass all day.",
        "The floor plate is regular and easy to divide.",
        "A sensible address for a team that is growing.",
    ),
    "pg": (
        "Ten minutes on foot from shared autos and daily shops.",
        "A calm house with a warden who knows everybody by name.",
        "Rooms are aired daily and the common area is cheerful.",
    ),
}
_MOODS: Final = {"plot": "plot", "shop": "business", "office": "business", "pg": "pg"}
PHRASES: Final = {
    "lift": "a lift", "power_backup": "power backup", "covered_parking": "covered parking",
    "parking": "parking",
    "security": "a security guard", "cctv": "CCTV", "gated": "a gated entrance",
    "park_facing": "a park facing side",
    "modular_kitchen": "a modular kitchen", "wardrobes": "wardrobes", "balcony": "a balcony",
    "vastu": "a vastu layout",
    "piped_gas": "piped gas", "servant_room": "a servant room", "study_room": "a study room",
    "pooja_room": "a pooja room", "store_room": "a store room", "pet_friendly": "a pet friendly policy",
    "intercom": "an intercom", "rain_water_harvesting": "rain water harvesting", "ac": "air conditioning",
    "gym": "a gym", "swimming_pool": "a swimming pool", "club_house": "a club house",
    "kids_play_area": "a kids play area", "meals": "meals", "wifi": "wifi", "housekeeping": "housekeeping",
    "attached_bathroom": "an attached bathroom", "washing_machine": "a washing machine", "geyser": "a geyser",
    "refrigerator": "a refrigerator", "tv": "a television", "corner": "a corner position",
}  # fmt: skip
_LACKS: Final = {
    "lift": "There is no lift.", "power_backup": "There is no power backup.",
    "parking": "There is no parking.",
    "servant_room": "There is no servant room.", "swimming_pool": "There is no swimming pool.",
    "gym": "There is no gym.",
}  # fmt: skip
_FURNISHED: Final = {
    "furnished": "It comes fully furnished.",
    "semi_furnished": "It is semi furnished.",
    "unfurnished": "It is unfurnished.",
}
_AGES: Final = {
    "0-1": "Built within the last year.", "1-5": "Built one to five years ago.",
    "5-10": "Built five to ten years ago.", "10+": "Built more than ten years ago.",
}  # fmt: skip
_TENANTS: Final[dict[tuple[str, ...], str]] = {
    ("family",): "Suitable for a family.",
    ("family", "bachelors"): "Suitable for a family or for bachelors.",
    ("bachelors",): "Suitable for bachelors.",
    ("company",): "Open to a company lease.",
    ("girls",): "For girls.",
    ("boys",): "For boys.",
}
_GAJ: Final = 9


def title(home: Home) -> str:
    """One line that names it, such as "3 BHK Flat in Emaar Palm Gardens, Sector 83"."""
    named = KINDS[home.kind].title() if home.kind != "pg" else f"{(home.sharing or '').title()} Sharing PG"
    return f"{_size(home)}{named} in {place(home)}"


def description(home: Home, seed: int) -> str:
    """A few sentences: what and where, how it feels, what it has and lacks, whom it suits."""
    return " ".join(filter(None, _sentences(home, Chance(f"{seed}/{home.number}/prose"))))


def amenity_sentences(home: Home) -> Iterator[str]:
    """What the property says it has and lacks, one thing to a sentence."""
    yield from (f"It offers {PHRASES[key]}." for key in home.has)
    yield from (_LACKS[key] for key in home.lacks)


def _sentences(home: Home, random: Chance) -> Iterator[str]:
    said = random.choice(_OPENINGS).format(
        article="an" if home.kind == "office" or _size(home).startswith("8") else "a",
        size=_size(home),
        kind=KINDS[home.kind],
        purpose=_PURPOSES[home.purpose],
        place=place(home),
    )
    yield said[0].upper() + said[1:]
    if home.area is not None:
        land = f" ({home.area // _GAJ} sq yd)" if home.kind == "plot" else ""
        yield f"Its area is {home.area:,} sq ft{land}."
    yield random.choice(_FEEL[_MOODS.get(home.kind, "home")])
    yield _FURNISHED.get(home.furnishing or "", "")
    if home.facing:
        yield f"It faces {home.facing.replace('_', '-')}."
    yield _AGES.get(home.age_band or "", "")
    yield {"under_construction": "It is under construction.", "ready": "It is ready to move in."}.get(
        home.possession or "", ""
    )
    if home.has:
        yield f"It offers {_listed([PHRASES[key] for key in home.has])}."
    for key in home.lacks:
        yield _LACKS[key]
    yield _TENANTS.get(home.tenants, "")


def _size(home: Home) -> str:
    if home.bedrooms:
        return f"{home.bedrooms} BHK "
    return f"{home.area // _GAJ} sq yd " if home.kind == "plot" and home.area else ""


def place(home: Home) -> str:
    """Where it is, in the words of its texts: the society, if it stands in one, and the area."""
    society, area = home.site.society, home.site.area.name
    return area if society is None else f"{society.name}, {area}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
