"""Outside views: towers, floors, cottages, shop fronts and land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tools.discovery.pictures.drawing import Drawing

GROUND: Final = 545
_GLASS: Final = ("#9fc3d6", "#b7d3e0", "#86aec4", "#f6dfa4")
_SHADE: Final = "#2b2a33"


def tower(draw: Drawing) -> None:
    """A tall block with balconies, and a neighbour behind it."""
    draw.sky()
    _hills(draw)
    behind = draw.random.uniform(60, 150)
    draw.box(behind, 190, 190, GROUND - 190, draw.palette.wall, opacity=0.55)
    draw.box(700, 240, 170, GROUND - 240, draw.palette.wall, opacity=0.45)
    storeys, bays = draw.random.randint(9, 13), draw.random.randint(4, 6)
    width, height = bays * 78.0, 430.0
    left, top = 480 - width / 2, GROUND - height
    draw.box(left, top, width, height, draw.palette.wall)
    draw.box(left, top - 14, width, 14, draw.palette.accent)
    draw.box(left + width - 26, top, 26, height, _SHADE, opacity=0.08)
    _windows(draw, left, top, width, height - 40, bays, storeys)
    draw.box(480 - 55, GROUND - 40, 110, 40, draw.palette.accent, corner=4)
    draw.box(480 - 30, GROUND - 32, 60, 32, "#dbe8ee")
    _street(draw)


def floors(draw: Drawing) -> None:
    """An independent building of three or four floors over a stilt."""
    draw.sky()
    _hills(draw)
    storeys = draw.random.choice((3, 4))
    left, width, each = 270.0, 420.0, 92.0
    top = GROUND - 60 - storeys * each
    draw.box(left, top, width, GROUND - top, draw.palette.wall)
    draw.box(left, top, width * 0.3, GROUND - 60 - top, draw.palette.accent, opacity=0.85)
    for storey in range(storeys):
        y = top + storey * each
        draw.box(left + width * 0.36, y + 18, 110, each - 36, draw.random.choice(_GLASS), corner=2)
        draw.box(left + width * 0.68, y + 18, 90, each - 36, draw.random.choice(_GLASS), corner=2)
        draw.box(left + width * 0.3, y + each - 12, width * 0.7 + 18, 8, "#ffffff", opacity=0.9)
        draw.frame(left + width * 0.3, y + each - 34, width * 0.7 + 14, 24, draw.palette.wood, 3)
    draw.box(left + 20, GROUND - 60, width - 40, 60, _SHADE, opacity=0.55)
    for x in (left + 12, left + width / 2, left + width - 24):
        draw.box(x, GROUND - 60, 14, 60, draw.palette.wall)
    _car(draw, left + 90)
    _street(draw)


def cottage(draw: Drawing) -> None:
    """A house of two floors with a garden."""
    draw.sky()
    _hills(draw)
    left, width = draw.random.uniform(230, 300), 430.0
    draw.box(left, 300, width, GROUND - 300, draw.palette.wall)
    draw.box(left + 40, 205, width * 0.55, 110, draw.palette.wall)
    draw.shape(
        [(left + 10, 212), (left + 70 + width * 0.27, 120), (left + 70 + width * 0.55, 212)],
        draw.palette.accent,
    )
    draw.box(left - 22, 288, width + 44, 18, draw.palette.accent, corner=3)
    for x in (left + 50, left + width - 150):
        draw.box(x, 350, 100, 90, draw.random.choice(_GLASS), corner=3)
        draw.frame(x, 350, 100, 90, "#ffffff", 5)
    draw.box(left + 100, 228, 90, 58, draw.random.choice(_GLASS), corner=3)
    draw.box(left + width / 2 - 36, GROUND - 140, 72, 140, draw.palette.wood, corner=3)
    draw.disc(left + width / 2 + 22, GROUND - 68, 4, "#f1d58a")
    draw.box(0, GROUND, 960, 95, draw.palette.green, opacity=0.8)
    draw.shape([(430, GROUND), (530, GROUND), (610, 640), (350, 640)], "#d8cfc3")
    draw.tree(130, GROUND + 20, 190)
    draw.tree(850, GROUND + 10, 160)


def shopfront(draw: Drawing) -> None:
    """A shop in an arcade, with an awning."""
    draw.sky()
    draw.box(0, 120, 960, GROUND - 120, draw.palette.wall)
    draw.box(0, 120, 960, 26, draw.palette.wood, opacity=0.6)
    for x in (60, 700):
        draw.box(x, 300, 200, GROUND - 300, _SHADE, opacity=0.16, corner=4)
    draw.box(300, 250, 360, GROUND - 250, "#cfe0e8", corner=4)
    draw.box(310, 180, 340, 52, draw.palette.accent, corner=6)
    draw.box(340, 200, 280, 12, "#ffffff", opacity=0.85, corner=6)
    for stripe in range(9):
        colour = draw.palette.accent if stripe % 2 else "#ffffff"
        x = 290 + stripe * 42.2
        draw.shape([(x, 246), (x + 42.2, 246), (x + 48, 300), (x - 6, 300)], colour)
    draw.box(560, 350, 80, GROUND - 350, draw.palette.wood, opacity=0.9)
    draw.box(572, 362, 56, 120, "#e6f0f4")
    for shelf in (380, 440, 500):
        draw.box(330, shelf, 200, 6, draw.palette.wood)
        for x in range(340, 520, 30):
            tall = draw.random.uniform(18, 40)
            draw.box(
                x,
                shelf - tall,
                20,
                tall,
                draw.random.choice((draw.palette.accent, draw.palette.green, "#e6c36b")),
            )
    _street(draw)


def land(draw: Drawing) -> None:
    """An open plot with its corner stones and a fence."""
    draw.sky()
    _hills(draw)
    draw.box(0, 400, 960, 240, draw.palette.green, opacity=0.75)
    draw.shape([(250, 430), (700, 430), (860, 600), (90, 600)], "#d9c7a3")
    for row in range(4):
        y = 452 + row * 38
        draw.line(235 - row * 36, y, 715 + row * 36, y, "#c6b088", 2)
    for x, y in ((250, 430), (700, 430), (860, 600), (90, 600)):
        draw.box(x - 7, y - 30, 14, 34, "#f4efe6", corner=2)
        draw.box(x - 7, y - 30, 14, 9, draw.palette.accent, corner=2)
    for x in range(20, 960, 64):
        draw.box(x, 376, 8, 42, draw.palette.wood)
    draw.line(20, 388, 940, 388, draw.palette.wood, 4)
    for _ in range(draw.random.randint(3, 6)):
        draw.tree(draw.random.uniform(40, 920), 384, draw.random.uniform(60, 120))


def _windows(
    draw: Drawing, left: float, top: float, width: float, height: float, bays: int, storeys: int
) -> None:
    across, down = width / bays, height / storeys
    has_balcony = [draw.random.random() < 0.5 for _ in range(bays)]
    for storey in range(storeys):
        for bay in range(bays):
            x, y = left + bay * across, top + storey * down
            draw.box(
                x + 14, y + 7, across - 28, down - 14, draw.random.choices(_GLASS, (5, 4, 4, 1))[0], corner=1
            )
            if has_balcony[bay]:
                draw.box(x + 8, y + down - 11, across - 16, 9, draw.palette.accent, opacity=0.75)


def _hills(draw: Drawing) -> None:
    for height in (360, 420):
        points = [(x, height + draw.random.uniform(-25, 25)) for x in range(0, 961, 120)]
        draw.shape([(0, 640), *points, (960, 640)], draw.palette.green, opacity=0.18)


def _street(draw: Drawing) -> None:
    draw.box(0, GROUND, 960, 20, "#cfc8bd")
    draw.box(0, GROUND + 20, 960, 75, "#77767c")
    for x in range(20, 960, 120):
        draw.box(x, GROUND + 54, 60, 5, "#f3efe2", opacity=0.8)
    for x in (draw.random.uniform(30, 180), draw.random.uniform(790, 930)):
        draw.tree(x, GROUND + 4, draw.random.uniform(110, 170))


def _car(draw: Drawing, x: float) -> None:
    draw.box(x, GROUND - 34, 110, 24, "#e7e3da", corner=8)
    draw.box(x + 22, GROUND - 52, 62, 24, "#e7e3da", corner=8)
    draw.box(x + 28, GROUND - 48, 50, 16, "#9fc3d6", corner=4)
    for wheel in (x + 24, x + 86):
        draw.disc(wheel, GROUND - 10, 11, _SHADE)
