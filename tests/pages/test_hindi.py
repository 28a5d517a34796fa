"""In Hindi, the page says the reasons that the server gives in English."""

import asyncio
import json
import re
import sysconfig
from pathlib import Path
from typing import Any, get_args

from storage import search_filters as codes
from tools.discovery import saying
from tools.discovery.filters import Filters
from tools.discovery.question import Question
from tools.discovery.understood import Facing, Floor, Furnishing, Kind, PlaceRef, Tenant
from tools.discovery.vocabulary import AMENITIES

NODE = Path(sysconfig.get_path("scripts")) / "node"
STATIC = Path(__file__).parents[2] / "servers" / "pages" / "static"
SCRIPT = f"""
import {{ name, reason }} from "{STATIC / "hindi.js"}";
const {{ names, reasons }} = JSON.parse(process.argv[1]);
names.forEach(name);
process.stdout.write(JSON.stringify(reasons.map(reason)));
"""
CITY = PlaceRef("hub", "साइबर सिटी", "cyber-city", 28.49, 77.09)
SECTOR = PlaceRef("sector", "सेक्टर 57", "sector-57", 28.42, 77.08)


def reasons(*places: PlaceRef, inside: tuple[PlaceRef, ...] = (), **given: Any) -> list[str]:
    """The reasons of a search with these filters."""
    within = (inside,) if inside else ()
    return saying.met(Question(Filters(**given), codes.Filters(), places, within, "price", "", ()))


def every_reason() -> list[str]:
    """One of every kind, and every word of the vocabularies."""
    return [
        *reasons(purpose="buy", kinds=get_args(Kind), bedrooms=(0, 2, 3), budget_max=12_500_000),
        *reasons(purpose="rent", budget_min=35_000, budget_max=250_000, area_min=900, area_max=1200),
        *reasons(purpose="pg", budget_min=6_000, area_min=100, kinds=("builder_floor",), bedrooms=(2,)),
        *reasons(CITY, SECTOR, metro_within=800, radius=1500),
        *reasons(CITY, inside=(SECTOR, SECTOR)),
        *reasons(lat=28.4, lng=77.0, box=(77.0, 28.3, 77.1, 28.5)),
        *reasons(furnishing=get_args(Furnishing), facing=get_args(Facing), floor=get_args(Floor), age=5),
        *reasons(furnishing=("furnished",), facing=("north_east",), floor=("high",), possession="ready"),
        *reasons(amenities=tuple(AMENITIES)[:20], tenants=get_args(Tenant), possession="under_construction"),
        *reasons(amenities=tuple(AMENITIES)[20:40], tenants=("girls",)),
        *reasons(amenities=tuple(AMENITIES)[40:]),
        "whether the price is right",
    ]


async def in_hindi(said: list[str]) -> list[str]:
    """The same reasons, as the page's script says them."""
    names = [{"key": each.key, "english": each.english, "hindi": each.hindi} for each in AMENITIES.values()]
    process = await asyncio.create_subprocess_exec(
        *(NODE, "--input-type=module", "-e", SCRIPT, json.dumps({"names": names, "reasons": said})),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return json.loads(out)


async def test_no_reason_stays_english_on_the_hindi_page() -> None:
    said = every_reason()
    hindi = await in_hindi(said)

    left = [text for text in hindi if re.search(r"[A-Za-z]", re.sub(r"\b(BHK|CCTV|EV|RO)\b", "", text))]
    assert left == []


async def test_reasons_read_as_hindi_is_spoken() -> None:
    said = [*reasons(CITY, SECTOR, budget_max=4_500_000, facing=("east", "north"), radius=1500), "spacious"]
    assert await in_hindi(said) == [
        "₹45 लाख तक",
        "साइबर सिटी से 1.5 किमी के भीतर या सेक्टर 57 से 1.5 किमी के भीतर",
        "पूर्व या उत्तर मुखी",
        "spacious",
    ]
