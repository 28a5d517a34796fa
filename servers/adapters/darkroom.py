"""The darkroom: makes the sizes of one picture, in a process of its own that may die of it.

It is run as a script, with nothing but Pillow: the picture comes in by standard input; out go a line of JSON
and behind it the files that the line names. What it refuses it names by a code; what else a decoder raises on
junk ends the process, which says enough.
"""

from __future__ import annotations

import base64
import io
import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
LEAST_SIDE = 200
WIDTHS = (320, 640, 1280, 1920)
TINY = 16
MEMORY = 2 << 30
SECONDS = 40


class Refused(Exception):
    """The picture cannot be used; the text is the code of the reason."""


def bounded() -> None:
    """Hold this process to its memory and time, and keep it from writing any file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(content: bytes) -> Image.Image:
    """The picture, whose size is known and whose pixels are not read yet."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_many_pixels") from None
    except OSError:
        raise Refused("not_a_picture") from None
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused("too_many_pixels")
    if min(width, height) < LEAST_SIDE:
        raise Refused("too_small")
    # A JPEG of a phone may carry a second view of the same; any other that has several pictures is animated.
    if picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise Refused("animated")
    return picture


def developed(picture: Image.Image) -> Image.Image:
    """The pixels, upright, in the colours of screens, at most as large as any size of ours."""
    if picture.format in ("JPEG", "MPO"):
        picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    try:
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError):
        raise Refused("broken") from None
    return _screened(_flat(upright), profile)


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency, which becomes white, and small enough."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "P" or "A" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture.thumbnail((WIDTHS[-1], 2 * WIDTHS[-1]))
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    picture.thumbnail((WIDTHS[-1], 2 * WIDTHS[-1]))
    return picture


def _screened(picture: Image.Image, profile: Any) -> Image.Image:
    """In sRGB, by the colour profile where it is one; junk counts as none."""
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen: Any = ImageCms
            changed = ImageCms.profileToProfile(
                picture, source, screen.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None
        if changed is not None:
            picture = changed
    return picture.convert("RGB")


def likeness(picture: Image.Image) -> int:
    """The difference hash: whether each of 64 spots is brighter than the one right of it."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    spots = grey.tobytes()
    bits = 0
    for row in range(8):
        for at in range(8):
            bits = bits << 1 | (spots[row * 9 + at] > spots[row * 9 + at + 1])
    return bits - 2**64 if bits >= 2**63 else bits


def sizes(picture: Image.Image) -> dict[str, bytes]:
    """Every size by the name of its file. What is less wide than a size is not made wider."""
    made: dict[str, bytes] = {}
    for width in WIDTHS:
        small = picture.copy()
        small.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
        made[f"{width}.webp"] = _saved(small, "WEBP", quality=80, method=4)
        if width == 1280:
            made["1280.jpg"] = _saved(small, "JPEG", quality=82, optimize=True, progressive=True)
    return made


def placeholder(picture: Image.Image) -> str:
    """A few pixels of it, as an address."""
    tiny = picture.copy()
    tiny.thumbnail((TINY, TINY))
    return "data:image/webp;base64," + base64.b64encode(_saved(tiny, "WEBP", quality=30)).decode()


def _saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    into = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(into, kind, **how)
    return into.getvalue()


def answer(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What is said of a picture, and its files."""
    try:
        picture = developed(opened(content))
    except Refused as refused:
        return {"refused": str(refused)}, []
    except MemoryError:
        return {"refused": "too_many_pixels"}, []
    files = sizes(picture)
    about = {
        "width": picture.width,
        "height": picture.height,
        "placeholder": placeholder(picture),
        "likeness": likeness(picture),
        "files": [(name, len(made)) for name, made in files.items()],
    }
    return about, list(files.values())


def main() -> None:
    """Develop what comes by standard input."""
    bounded()
    about, files = answer(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    out.write(json.dumps(about).encode() + b"\n")
    for made in files:
        out.write(made)
    out.flush()


if __name__ == "__main__":
    main()
