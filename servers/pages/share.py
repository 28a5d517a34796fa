"""The page of a property for everybody who has its link, `/h/{slug}`: no sign-in, no script, no contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.pages import frame, structured
from servers.pages.visitors import guarded
from servers.pages.words import share as words
from storage import photos
from tools import amenities, links, moments, units
from tools.callers import Caller
from tools.clients import client_of
from tools.discovery.properties import NoSuchProperty
from tools.discovery.sharing import LinkedPicture, LinkedProperty, share_property

if TYPE_CHECKING:
    from starlette.requests import Request

    from tools.discovery.properties import PropertyDetails
    from tools.dispatch import Dispatcher

_STATUS: Final = {"live": 200, "paused": 200, "gone": 410}
_SIZES: Final = "(min-width: 60rem) 58rem, 100vw"
_SHORT: Final = 200


class Picture(NamedTuple):
    """A picture with its sizes, as the page shows it."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    caption: str | None
    placeholder: str | None


class SharePages:
    """Shows what a link leads to. Old words in a link lead to the present ones."""

    def __init__(self, dispatcher: Dispatcher, url: str, *, apps: bool) -> None:
        """`apps`: whether an app of ours opens such links."""
        self._dispatcher = dispatcher
        self._url = url
        self._apps = apps

    def routes(self) -> list[Route]:
        """`/h/{slug}`."""
        return [Route(f"{links.HOMES}/{{slug}}", guarded(self._show), methods=["GET"], name="share")]

    async def _show(self, request: Request) -> Response:
        slug: str = request.path_params["slug"]
        property_id = links.property_in(slug)
        shared = None if property_id is None else await self._shared(request, property_id)
        if shared is None:
            raise NoSuchPath("There is no such property.")
        canonical = shared.link.rpartition("/")[2]
        if shared.state == "live" and slug != canonical:
            more = f"?{request.url.query}" if request.url.query else ""
            to = f"{links.HOMES}/{canonical}{more}"
            return RedirectResponse(to, 301, headers={"Cache-Control": "public, max-age=3600"})
        return self._page(request, shared)

    async def _shared(self, request: Request, property_id: int) -> LinkedProperty | None:
        caller = Caller("rest", client=client_of(request.scope))
        try:
            found = await self._dispatcher.run(share_property, {"id": property_id}, caller)
        except NoSuchProperty:
            return None
        assert isinstance(found, LinkedProperty)
        return found

    def _page(self, request: Request, shared: LinkedProperty) -> Response:
        lang = frame.language(request)
        values: dict[str, Any] = {
            "shared": shared,
            "said": None if shared.property is None else described(shared.property, lang),
            "pictures": [_picture(each, at, lang) for at, each in enumerate(shared.pictures)],
            "image": structured.picture(self._url, shared),
            "structured": None,
            "whatsapp": f"https://wa.me/?text={quote(f'{shared.title} {shared.link}', safe='')}",
            "app": shared.app_link if self._apps else None,
        }
        if values["said"]:
            values["structured"] = structured.structured(self._url, shared, values["said"]["short"])
        answer = frame.render(request, "share", status=_STATUS[shared.state], **values)
        answer.headers["Content-Security-Policy"] = policy()
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Vary"] = "Cookie, Accept-Language"
        if shared.state != "live":
            answer.headers["X-Robots-Tag"] = "noindex"
        return answer


def policy() -> str:
    """That of every page without scripts, and the few pixels that stand where a picture will be."""
    return frame.policy().replace("img-src 'self'", "img-src 'self' data:")


def described(shown: PropertyDetails, lang: str) -> dict[str, Any]:
    """A property in words of one language."""
    hindi = lang == "hi"
    say = units.rupees if shown.purpose == "buy" else units.rent
    place = ", ".join(part for part in (shown.society, shown.sector or shown.locality) if part)
    facts = [(words.of(name, lang), value) for name, value in _facts(shown, lang) if value]
    labels = amenities.labels(hindi=hindi)
    price = say(shown.price, hindi=hindi)
    return {
        "price": price,
        "place": place,
        "kind": words.of(shown.purpose, lang),
        "facts": facts,
        "has": [labels[key] for key in shown.amenities if key in labels],
        "short": _short(shown, price, place),
        "first": moments.day(shown.first_imported, lang),
        "rate": _compared(shown, lang),
    }


def _compared(shown: PropertyDetails, lang: str) -> str | None:
    """Its price beside that of comparable homes around it; None where that was not compared."""
    local, rate = shown.local_rate, shown.price_per_sqft
    if local is None or rate is None:
        return None
    if not local.median:
        return words.of("few", lang).format(place=local.place, n=local.n)
    share = round(100 * (rate - local.median) / local.median)
    beside = "same" if share == 0 else "above" if share > 0 else "below"
    return words.of(beside, lang).format(
        rate=units.grouped(rate),
        median=units.grouped(local.median),
        place=local.place,
        n=local.n,
        share=abs(share),
    )


def _facts(shown: PropertyDetails, lang: str) -> list[tuple[str, str | None]]:
    hindi = lang == "hi"
    each = shown.price_per_sqft
    return [
        ("type", words.of(shown.kind, lang)),
        ("bedrooms", str(shown.bedrooms) if shown.bedrooms else None),
        ("area", units.area(shown.area_sqft, hindi=hindi) if shown.area_sqft else None),
        ("rate", f"₹{units.grouped(each)}" if each and shown.purpose == "buy" else None),
        ("furnishing", shown.furnishing and words.of(shown.furnishing, lang)),
        ("facing", shown.facing and words.of(shown.facing, lang)),
        ("possession", shown.possession and words.of(shown.possession, lang)),
        ("floor", shown.floor_band and words.of(shown.floor_band, lang)),
        (
            "metro",
            f"{shown.metro[0].name}, {_metres(shown.metro[0].distance_m, lang)}" if shown.metro else None,
        ),
    ]


def _metres(metres: int, lang: str) -> str:
    near, far = ("m", "km") if lang == "en" else ("मी.", "किमी")
    return f"{round(metres, -1)} {near}" if metres < 1_000 else f"{metres / 1000:.1f} {far}"


def _short(shown: PropertyDetails, price: str, place: str) -> str:
    """A line for previews of the link."""
    text = f"{price} · {place}. {' '.join(shown.description.split())}" if place else price
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def _picture(shown: LinkedPicture, at: int, lang: str) -> Picture:
    own = shown.path.startswith(photos.MEDIA)
    sized = [f"{photos.at_most(shown.path, width)} {width}w" for width in photos.WIDTHS] if own else []
    alt = words.of("plan" if shown.floor_plan else "picture", lang).format(n=at + 1)
    return Picture(
        shown.path,
        ", ".join(sized),
        _SIZES if own else "",
        shown.width,
        shown.height,
        shown.caption or alt,
        shown.caption,
        shown.placeholder,
    )
