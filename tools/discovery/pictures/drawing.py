"""The drawing board: shapes in, SVG out."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from tools.discovery.chance import Chance

WIDTH: Final = 960
HEIGHT: Final = 640

_SKIES: Final = (
    ("#cfe8f7", "#fdf3e3"),
    ("#f9d9b8", "#fdf1e0"),
    ("#bcd8ee", "#eaf4fa"),
    ("#d9d3ee", "#fbeee6"),
)
_WALLS: Final = ("#f2e8da", "#e9ddd0", "#efe6e0", "#e3e6e4", "#f4ecd8", "#e8d9c9")
_ACCENTS: Final = ("#b5583c", "#2f6f73", "#3d5a80", "#8a5a83", "#c98a2b", "#5b7b4c")
_WOODS: Final = ("#a9744f", "#8b5e3c", "#c49a6c", "#7a5540")
_GREENS: Final = ("#6f9a5d", "#5d8a6a", "#86a85a", "#4f7f57")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one property, the same in all its pictures."""

    sky: tuple[str, str]
    wall: str
    accent: str
    wood: str
    green: str

    @classmethod
    def drawn(cls, random: Chance) -> Self:
        """Colours that go together."""
        choice = random.choice
        return cls(choice(_SKIES), choice(_WALLS), choice(_ACCENTS), choice(_WOODS), choice(_GREENS))


class Drawing:
    """Collects shapes on a board of 960 by 640; `random` decides what is left open."""

    def __init__(self, random: Chance, palette: Palette) -> None:
        self.random = random
        self.palette = palette
        self._shapes: list[str] = []

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        corner: float = 0,
        opacity: float = 1,
    ) -> None:
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{corner:g}" '
            f'fill="{fill}"{_opacity(opacity)}/>'
        )

    def frame(self, x: float, y: float, width: float, height: float, stroke: str, thick: float) -> None:
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="none" '
            f'stroke="{stroke}" stroke-width="{thick:g}"/>'
        )

    def disc(self, x: float, y: float, radius: float, fill: str, *, opacity: float = 1) -> None:
        self._shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{_opacity(opacity)}/>'
        )

    def shape(self, points: list[tuple[float, float]], fill: str, *, opacity: float = 1) -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._shapes.append(f'<polygon points="{path}" fill="{fill}"{_opacity(opacity)}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float) -> None:
        self._shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
            f'stroke-width="{thick:g}" stroke-linecap="round"/>'
        )

    def text(self, x: float, y: float, said: str, fill: str, size: float) -> None:
        self._shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="{size:g}" fill="{fill}" '
            f'text-anchor="middle">{html.escape(said)}</text>'
        )

    def sky(self) -> None:
        """The background of everything outdoors, with a sun."""
        self.box(0, 0, WIDTH, HEIGHT, "url(#sky)")
        self.disc(self.random.uniform(90, 870), self.random.uniform(80, 150), 38, "#fff6d8", opacity=0.9)

    def tree(self, x: float, ground: float, size: float) -> None:
        self.box(x - size * 0.06, ground - size * 0.5, size * 0.12, size * 0.5, self.palette.wood)
        for dx, dy, radius in ((0, 0.85, 0.34), (-0.22, 0.65, 0.26), (0.22, 0.62, 0.27)):
            self.disc(x + dx * size, ground - dy * size, radius * size, self.palette.green, opacity=0.95)

    def svg(self, title: str) -> bytes:
        """The picture. Its title says that it is generated."""
        top, bottom = self.palette.sky
        return "".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
                f"<title>{html.escape(title)}</title>",
                '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">',
                f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/>',
                "</linearGradient></defs>",
                *self._shapes,
                "</svg>",
            ]
        ).encode()


def _opacity(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity:g}"'
