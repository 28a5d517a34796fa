"""Inside views: living rooms, bedrooms, kitchens, offices and shops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tools.discovery.pictures.drawing import Drawing

FLOOR: Final = 470
_LINEN: Final = "#fbf7f0"
_STEEL: Final = "#c9ced2"
_DARK: Final = "#3b3a42"


def living(draw: Drawing) -> None:
    """A sofa, a window, a lamp and something on the wall."""
    _room(draw)
    _window(draw, draw.random.choice((110, 640)), 110, 220, 210)
    draw.box(180, 540, 600, 54, draw.palette.accent, corner=27, opacity=0.25)
    draw.box(280, 330, 400, 120, draw.palette.accent, corner=22)
    for x in (300, 425, 550):
        draw.box(x, 350, 112, 84, _LINEN, corner=14, opacity=0.28)
    draw.box(262, 400, 436, 84, draw.palette.accent, corner=18)
    for x in (250, 672):
        draw.box(x, 380, 40, 108, draw.palette.accent, corner=16)
    draw.box(400, 520, 160, 14, draw.palette.wood, corner=6)
    for x in (416, 532):
        draw.box(x, 532, 10, 40, draw.palette.wood)
    _lamp(draw, 790)
    _plant(draw, 190)
    draw.box(430, 150, 120, 86, draw.palette.wood)
    draw.box(438, 158, 104, 70, _LINEN)
    draw.disc(draw.random.uniform(465, 515), 190, 20, draw.palette.green)


def bedroom(draw: Drawing) -> None:
    """A bed between two side tables."""
    _room(draw)
    _window(draw, draw.random.choice((90, 690)), 110, 180, 200)
    draw.box(290, 240, 380, 190, draw.palette.wood, corner=16)
    draw.box(280, 400, 400, 130, _LINEN, corner=16)
    for x in (315, 495):
        draw.box(x, 372, 150, 56, "#ffffff", corner=20)
    draw.box(280, 450, 400, 90, draw.palette.accent, corner=14)
    draw.box(280, 450, 400, 18, "#ffffff", opacity=0.35)
    for x in (190, 700):
        draw.box(x, 430, 74, 84, draw.palette.wood, corner=4)
        draw.box(x + 8, 446, 58, 3, _LINEN, opacity=0.7)
        draw.box(x + 33, 392, 8, 38, _DARK)
        draw.shape([(x + 14, 394), (x + 60, 394), (x + 50, 352), (x + 24, 352)], "#f6e2ae")


def kitchen(draw: Drawing) -> None:
    """A modular kitchen: cabinets, hob, chimney and tap."""
    _room(draw)
    _window(draw, 395, 120, 170, 150)
    for x in (80, 190, 610, 720):
        draw.box(x, 100, 104, 150, draw.palette.accent, corner=4)
        draw.box(x + 84, 165, 6, 34, _STEEL, corner=3)
    draw.box(60, 250, 840, 150, _LINEN, opacity=0.7)
    for x in range(60, 900, 42):
        draw.line(x, 262, x, 398, draw.palette.wall, 2)
    draw.box(60, 400, 840, 18, _DARK)
    for x in range(70, 880, 138):
        draw.box(x, 422, 130, 128, draw.palette.accent, corner=4, opacity=0.92)
        draw.box(x + 48, 434, 34, 6, _STEEL, corner=3)
    draw.box(318, 60, 44, 140, _STEEL)
    draw.shape([(318, 196), (362, 196), (386, 246), (294, 246)], _STEEL)
    draw.box(294, 392, 92, 8, "#232229", corner=3)
    for x in (306, 350):
        draw.box(x, 386, 26, 7, "#232229", corner=3)
    draw.box(304, 362, 32, 24, draw.palette.accent, corner=5)
    draw.box(470, 350, 8, 50, _STEEL)
    draw.box(430, 346, 48, 8, _STEEL, corner=4)
    for x in range(640, 860, 60):
        draw.box(
            x,
            400 - draw.random.uniform(30, 60),
            30,
            60,
            draw.random.choice((draw.palette.wood, draw.palette.green)),
            corner=6,
        )
    draw.box(60, 400, 840, 18, _DARK)


def desks(draw: Drawing) -> None:
    """An office floor with rows of desks."""
    _room(draw)
    for x in range(60, 900, 210):
        _window(draw, x, 80, 170, 190)
    for row, (y, scale) in enumerate(((360, 0.8), (470, 1.05))):
        for desk in range(4 - row):
            x = 110 + desk * 205 * scale + row * 60
            draw.box(x, y, 160 * scale, 12, draw.palette.wood, corner=3)
            for leg in (x + 8, x + 150 * scale):
                draw.box(leg, y + 10, 6, 62 * scale, _DARK)
            draw.box(x + 40 * scale, y - 54 * scale, 80 * scale, 46 * scale, _DARK, corner=4)
            draw.box(x + 45 * scale, y - 49 * scale, 70 * scale, 36 * scale, draw.palette.accent, opacity=0.8)
            draw.box(x + 55 * scale, y + 24, 50 * scale, 44 * scale, draw.palette.accent, corner=8)
    _plant(draw, 870)


def shelves(draw: Drawing) -> None:
    """The inside of a shop: shelves and a counter."""
    _room(draw)
    colours = (draw.palette.accent, draw.palette.green, draw.palette.wood, "#e6c36b", "#8fb3c4")
    for y in (160, 240, 320, 400):
        draw.box(90, y, 780, 10, draw.palette.wood)
        x = 100.0
        while x < 840:
            wide, tall = draw.random.uniform(18, 46), draw.random.uniform(24, 62)
            draw.box(x, y - tall, wide, tall, draw.random.choice(colours), corner=3)
            x += wide + draw.random.uniform(4, 14)
    draw.box(540, 450, 320, 120, draw.palette.accent, corner=6)
    draw.box(526, 440, 348, 16, draw.palette.wood, corner=4)
    draw.box(610, 396, 76, 46, _DARK, corner=4)


def _room(draw: Drawing) -> None:
    draw.box(0, 0, 960, FLOOR, draw.palette.wall)
    draw.box(0, 0, 960, 26, "#ffffff", opacity=0.6)
    draw.box(0, FLOOR, 960, 640 - FLOOR, draw.palette.wood, opacity=0.55)
    for x in range(-200, 1200, 130):
        draw.line(480 + (x - 480) * 0.8, FLOOR, x, 640, draw.palette.wood, 2)
    draw.box(0, FLOOR - 12, 960, 12, "#ffffff", opacity=0.75)


def _window(draw: Drawing, x: float, y: float, width: float, height: float) -> None:
    draw.box(x, y, width, height, "url(#sky)")
    draw.disc(x + width * 0.32, y + height, width * 0.26, draw.palette.green, opacity=0.5)
    draw.disc(x + width * 0.68, y + height, width * 0.3, draw.palette.green, opacity=0.4)
    draw.box(x, y + height, width, height * 0.42, draw.palette.wall)
    draw.frame(x, y, width, height, "#ffffff", 9)
    draw.line(x + width / 2, y, x + width / 2, y + height, "#ffffff", 5)
    draw.box(x - 12, y + height, width + 24, 12, "#ffffff")


def _lamp(draw: Drawing, x: float) -> None:
    draw.box(x - 3, 260, 6, 250, _DARK)
    draw.box(x - 30, 506, 60, 8, _DARK, corner=4)
    draw.shape([(x - 46, 270), (x + 46, 270), (x + 28, 200), (x - 28, 200)], "#f6e2ae")


def _plant(draw: Drawing, x: float) -> None:
    draw.shape([(x - 30, 460), (x + 30, 460), (x + 22, 520), (x - 22, 520)], draw.palette.wood)
    for dx, dy in ((-34, -70), (-14, -110), (12, -118), (34, -76), (0, -60)):
        draw.line(x, 462, x + dx, 462 + dy, draw.palette.green, 7)
        draw.disc(x + dx, 462 + dy, 17, draw.palette.green)
