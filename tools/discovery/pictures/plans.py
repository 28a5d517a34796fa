"""Plans: what a made-up property looks like from above. They are pictures, not measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tools.discovery.pictures.drawing import Drawing

_PAPER: Final = "#fbf8f1"
_INK: Final = "#4a4652"
_SPLITS: Final = (0.42, 0.5, 0.58)
_LEFT, _TOP, _HEIGHT = 180.0, 90.0, 440.0


def floor_plan(draw: Drawing) -> None:
    """Two bedrooms, a living room and a dining room, with doors and a compass."""
    width = _rooms(draw)
    _bed(draw, _LEFT + 30, _TOP + 30)
    _bed(draw, _LEFT + width - 170, _TOP + 30)
    draw.box(_LEFT + 40, _TOP + _HEIGHT - 90, 150, 50, draw.palette.accent, corner=10, opacity=0.7)
    draw.disc(_LEFT + width - 110, _TOP + _HEIGHT - 90, 42, draw.palette.wood, opacity=0.7)


def business_plan(draw: Drawing) -> None:
    """Rooms for work: desks in rows and a table to meet at."""
    width = _rooms(draw)
    for x in range(3):
        draw.box(_LEFT + 34 + x * 58, _TOP + 34, 40, 22, draw.palette.accent, corner=3, opacity=0.7)
        draw.box(_LEFT + 34 + x * 58, _TOP + 96, 40, 22, draw.palette.accent, corner=3, opacity=0.7)
    draw.box(_LEFT + width - 190, _TOP + 60, 150, 52, draw.palette.wood, corner=26, opacity=0.7)
    draw.box(_LEFT + 40, _TOP + _HEIGHT - 70, 170, 30, draw.palette.accent, corner=4, opacity=0.7)
    draw.disc(_LEFT + width - 110, _TOP + _HEIGHT - 90, 42, draw.palette.wood, opacity=0.7)


def _rooms(draw: Drawing) -> float:
    """Four rooms on paper; answers how wide they are together."""
    draw.box(0, 0, 960, 640, _PAPER)
    left, top, width, height = _LEFT, _TOP, draw.random.uniform(520, 620), _HEIGHT
    across, down = draw.random.choice(_SPLITS) * width, draw.random.choice(_SPLITS) * height
    rooms = (
        (left, top, across, down),
        (left + across, top, width - across, down),
        (left, top + down, across, height - down),
        (left + across, top + down, width - across, height - down),
    )
    for at, (x, y, wide, high) in enumerate(rooms):
        colour = (draw.palette.wall, draw.palette.accent, draw.palette.green, draw.palette.wood)[at]
        draw.box(x, y, wide, high, colour, opacity=0.28)
        draw.frame(x, y, wide, high, _INK, 7)
    for x, y in ((left + across * 0.6, top + down), (left + across + 60, top + down)):
        _door(draw, x, y)
    draw.box(left + across - 5, top + down * 0.45, 10, 70, _PAPER)
    draw.box(left + across - 5, top + down + 60, 10, 70, _PAPER)
    _compass(draw, 880, 100)
    draw.text(480, 595, "Sketch, not to scale", _INK, 20)
    return width


def site_plan(draw: Drawing) -> None:
    """A plot among its neighbours, along a road."""
    draw.box(0, 0, 960, 640, _PAPER)
    draw.box(0, 420, 960, 90, "#d3d0ca")
    for x in range(20, 960, 90):
        draw.box(x, 462, 46, 5, "#ffffff")
    ours = draw.random.randint(1, 3)
    for at in range(5):
        x = 60 + at * 170
        colour = draw.palette.accent if at == ours else draw.palette.green
        draw.box(x, 150, 160, 262, colour, opacity=0.55 if at == ours else 0.2)
        draw.frame(x, 150, 160, 262, _INK, 5 if at == ours else 2)
    for x in range(80, 940, 150):
        draw.disc(x, 560, 30, draw.palette.green, opacity=0.5)
    _compass(draw, 880, 80)
    draw.text(480, 622, "Sketch, not to scale", _INK, 20)


def _door(draw: Drawing, x: float, y: float) -> None:
    draw.box(x - 30, y - 5, 60, 10, _PAPER)
    draw.line(x - 30, y, x - 30, y - 54, _INK, 3)


def _bed(draw: Drawing, x: float, y: float) -> None:
    draw.box(x, y, 140, 110, "#ffffff", corner=8)
    draw.box(x, y + 34, 140, 76, draw.palette.accent, corner=8, opacity=0.6)
    for pillow in (x + 12, x + 76):
        draw.box(pillow, y + 8, 52, 22, "#e8e2d8", corner=6)


def _compass(draw: Drawing, x: float, y: float) -> None:
    draw.disc(x, y, 40, "#ffffff")
    draw.shape([(x, y - 34), (x + 10, y), (x - 10, y)], draw.palette.accent)
    draw.shape([(x, y + 34), (x + 10, y), (x - 10, y)], _INK)
    draw.text(x, y - 44, "N", _INK, 20)
