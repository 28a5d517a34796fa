"""What search engines are told of a property: JSON-LD in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from pydantic_core import to_json

from storage import photos

if TYPE_CHECKING:
    from tools.discovery.properties import PropertyDetails
    from tools.discovery.sharing import LinkedProperty

_KINDS: Final = {
    "apartment": "Apartment", "builder_floor": "Apartment", "house": "SingleFamilyResidence", "pg": "Hostel",
}  # fmt: skip
_SELL: Final = "http://purl.org/goodrelations/v1#Sell"
_LEASE: Final = "http://purl.org/goodrelations/v1#LeaseOut"
_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def picture(url: str, shared: LinkedProperty) -> str | None:
    """The picture that goes with a link: a JPEG, which every messenger can show."""
    first = next((each.path for each in shared.pictures if each.path.startswith(photos.MEDIA)), None)
    return None if first is None else f"{url}{first.removesuffix('webp')}jpg"


def structured(url: str, shared: LinkedProperty, description: str) -> Markup | None:
    """The script element's content, in which nothing can end the script; None for what is not offered."""
    shown = shared.property
    if shown is None:
        return None
    image = picture(url, shared)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "@id": shared.link,
        "url": shared.link,
        "name": shown.title,
        "description": description,
        "datePosted": shown.first_imported.isoformat(),
        "dateModified": shown.source.last_changed.date().isoformat(),
        "mainEntity": _home(shown),
        "offers": _offer(shown, shared.link),
    }
    return script(told | ({} if image is None else {"image": image}))


def script(told: dict[str, Any]) -> Markup:
    """JSON for within a script element."""
    text = to_json(told).decode()
    for sign, escaped in _ESCAPED.items():
        text = text.replace(sign, escaped)
    # Safe: a script element ends at `<` alone, and none is left.
    return Markup(text)  # noqa: S704


def _home(shown: PropertyDetails) -> dict[str, Any]:
    place = shown.society or shown.sector or shown.locality
    address = {
        "@type": "PostalAddress", "streetAddress": place, "addressLocality": shown.locality or shown.sector,
        "addressCountry": "IN",
    }  # fmt: skip
    home: dict[str, Any] = {
        "@type": _KINDS.get(shown.kind, "Place"),
        "name": shown.title,
        "address": {name: value for name, value in address.items() if value},
    }
    if shown.kind in ("apartment", "builder_floor", "house"):
        home |= {"numberOfBedrooms": shown.bedrooms} if shown.bedrooms else {}
        size = {"@type": "QuantitativeValue", "value": shown.area_sqft, "unitCode": "FTK"}
        home |= {"floorSize": size} if shown.area_sqft else {}
    return home


def _offer(shown: PropertyDetails, link: str) -> dict[str, Any]:
    amount = format(shown.price, "f")
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": link,
        "price": amount,
        "priceCurrency": "INR",
        "availability": "https://schema.org/InStock",
        "businessFunction": _SELL if shown.purpose == "buy" else _LEASE,
    }
    if shown.purpose != "buy":
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification", "price": amount, "priceCurrency": "INR", "unitCode": "MON",
        }  # fmt: skip
    return offer
