"""Generated pictures of made-up properties: drawn on demand, the same for the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tools.discovery.chance import Chance
from tools.discovery.pictures.drawing import Drawing, Palette
from tools.discovery.pictures.inside import bedroom, desks, kitchen, living, shelves
from tools.discovery.pictures.outside import cottage, floors, land, shopfront, tower
from tools.discovery.pictures.plans import business_plan, floor_plan, site_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    View = Callable[[Drawing], None]

VIEWS: Final[dict[str, dict[str, View]]] = {
    "apartment": {
        "tower": tower,
        "living": living,
        "bedroom": bedroom,
        "kitchen": kitchen,
        "plan": floor_plan,
    },
    "builder_floor": {
        "floors": floors,
        "living": living,
        "bedroom": bedroom,
        "kitchen": kitchen,
        "plan": floor_plan,
    },
    "house": {
        "cottage": cottage,
        "living": living,
        "kitchen": kitchen,
        "bedroom": bedroom,
        "plan": floor_plan,
    },
    "plot": {"land": land, "site": site_plan},
    "shop": {"front": shopfront, "shelves": shelves, "plan": business_plan},
    "office": {"tower": tower, "desks": desks, "plan": business_plan},
    "pg": {"floors": floors, "bedroom": bedroom, "living": living},
}
"""The views of each kind, cover first."""

_NAME: Final = re.compile(r"([a-z_]{2,20})-(\d{1,18})-([a-z]{2,12})")


def names(kind: str, seed: int) -> list[str]:
    """The names of the pictures of a property, cover first; `picture` draws each of them."""
    return [f"{kind}-{seed}-{view}" for view in VIEWS[kind]]


def picture(name: str) -> bytes | None:
    """The picture of this name as SVG, 960 by 640, without scripts or links; None where there is none."""
    found = _NAME.fullmatch(name)
    view = VIEWS.get(found[1], {}).get(found[3]) if found else None
    if found is None or view is None:
        return None
    random = Chance(f"{found[1]}/{found[2]}")
    palette = Palette.drawn(random)
    drawing = Drawing(Chance(name), palette)
    view(drawing)
    return drawing.svg(f"Generated picture: {found[3]} of a made-up {found[1].replace('_', ' ')}")
