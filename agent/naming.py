"""Naming: properties, filters and relaxations in a few words, in Hindi where the question was Hindi."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tools import units
from tools.discovery import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

Answer = dict[str, Any]

_KINDS = {
    "apartment": "अपार्टमेंट",
    "builder_floor": "बिल्डर फ़्लोर",
    "house": "मकान",
    "plot": "प्लॉट",
    "shop": "दुकान",
    "office": "दफ़्तर",
    "pg": "पीजी",
}
_PURPOSES = {"buy": "बिक्री के लिए", "rent": "किराए पर", "pg": "पीजी"}
_FURNISHING = {"furnished": "फ़र्निश्ड", "semi_furnished": "सेमी-फ़र्निश्ड", "unfurnished": "बिना फ़र्नीचर"}
_POSSESSION = {"ready": "रहने को तैयार", "under_construction": "निर्माणाधीन"}
_FACING = {
    "north": "उत्तर",
    "north_east": "उत्तर-पूर्व",
    "east": "पूर्व",
    "south_east": "दक्षिण-पूर्व",
    "south": "दक्षिण",
    "south_west": "दक्षिण-पश्चिम",
    "west": "पश्चिम",
    "north_west": "उत्तर-पश्चिम",
}
_WISHES = {
    "budget_min": "कम से कम बजट",
    "area_min": "कम से कम क्षेत्रफल",
    "area_max": "अधिकतम क्षेत्रफल",
    "near": "जगह",
    "furnishing": "फ़र्नीचर",
    "facing": "दिशा",
    "amenities": "सुविधा",
    "age": "उम्र",
    "floor": "मंज़िल",
    "possession": "कब्ज़े",
    "kinds": "प्रकार",
    "tenants": "किराएदार",
}


def price(card: Answer, *, hindi: bool) -> str:
    """A price as it is said: "₹1.2 Cr", "₹45,000/month"."""
    amount = Decimal(str(card["price"]))
    return units.rupees(amount, hindi=hindi) if card["purpose"] == "buy" else units.rent(amount, hindi=hindi)


def home(card: Answer, *, hindi: bool) -> str:
    """What it is and where: "2 BHK apartment in Sector 57"."""
    kind = _KINDS[card["kind"]] if hindi else card["kind"].replace("_", " ").replace("pg", "PG")
    rooms = card.get("bedrooms")
    size = ("स्टूडियो " if hindi else "studio ") if rooms == 0 else f"{rooms} BHK " if rooms else ""
    place = next((card[name] for name in ("society", "sector", "locality") if card.get(name)), None)
    if place is None:
        return f"{size}{kind}"
    return f"{place} में {size}{kind}" if hindi else f"{size}{kind} in {place}"


def wishes(answer: Answer, *, hindi: bool) -> list[str]:
    """What was read from the words, each in a few words."""
    understood: Answer = answer.get("understood") or {}
    if hindi:
        return list(_hindi_wishes(understood.get("filters") or {}))
    items: list[Answer] = answer["items"]
    return list(items[0]["why"]["met"]) if items and items[0].get("why") else []


def _hindi_wishes(read: Answer) -> Iterator[str]:
    if read.get("purpose"):
        yield _PURPOSES[read["purpose"]]
    yield from (_KINDS[kind] for kind in read.get("kinds") or ())
    if read.get("bedrooms"):
        yield " या ".join("स्टूडियो" if number == 0 else f"{number} BHK" for number in read["bedrooms"])
    if read.get("budget_min") is not None:
        yield f"{units.rupees(read['budget_min'], hindi=True)} से"
    if read.get("budget_max") is not None:
        yield f"{units.rupees(read['budget_max'], hindi=True)} तक"
    yield from (f"{place} के पास" for place in read.get("near") or ())
    for name in ("locality", "sector", "society"):
        yield from (f"{place} में" for place in read.get(name) or ())
    if read.get("metro_within"):
        yield f"मेट्रो {distance(read['metro_within'], hindi=True)} के भीतर"
    yield from (_FURNISHING[each] for each in read.get("furnishing") or ())
    yield from (f"{_FACING[each]} मुखी" for each in read.get("facing") or ())
    if read.get("possession"):
        yield _POSSESSION[read["possession"]]
    yield from (vocabulary.AMENITIES[key].hindi for key in read.get("amenities") or ())


def relaxation(way: Answer, *, hindi: bool) -> str:
    """A single change that would find more, with its count."""
    if not hindi:
        return str(way["text"])
    count = "1,000 से ज़्यादा" if way["count"] > 1_000 else way["count"]
    return f"{_hindi_change(way['field'], way['value'])} तो {count}"


def _hindi_change(name: str, value: str | None) -> str:
    if value is not None and name == "budget_max":
        return f"बजट {units.rupees(Decimal(value), hindi=True)} हो"
    if value is not None and name == "radius":
        return f"दायरा {distance(float(value), hindi=True)} हो"
    if value is not None and name == "metro_within":
        return f"मेट्रो {distance(float(value), hindi=True)} तक हो"
    if value is not None and name == "bedrooms":
        return f"{value} BHK हो"
    if value is not None and name == "near":
        return f"{value} के आसपास भी चले"
    return f"{_WISHES.get(name, name)} की शर्त ढीली हो"


def distance(metres: float, *, hindi: bool) -> str:
    """ "800 m", "1.5 km"; in Hindi "800 मी", "1.5 किमी"."""
    if metres < 1000:
        return f"{metres:.0f} {'मी' if hindi else 'm'}"
    return f"{metres / 1000:.1f}".removesuffix(".0") + (" किमी" if hindi else " km")


def furnishing(key: str, *, hindi: bool) -> str:
    return _FURNISHING[key] if hindi else key.replace("_", "-")


def facing(key: str, *, hindi: bool) -> str:
    return f"{_FACING[key]} मुखी" if hindi else f"{key.replace('_', '-')} facing"


def possession(key: str, *, hindi: bool) -> str:
    if hindi:
        return _POSSESSION[key]
    return "ready to move in" if key == "ready" else "under construction"
