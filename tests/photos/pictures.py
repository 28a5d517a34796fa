"""Pictures that the tests make, sound ones and hostile ones."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def scene(width: int = 900, height: int = 600, seed: int = 1) -> Image.Image:
    """Something to see: slopes of brightness and a few boxes, others for another seed."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for at in range(6):
        left, top = (seed * 37 + at * 131) % width, (seed * 53 + at * 97) % height
        colour = ((seed * 91 + at * 40) % 256, at * 40, 255 - at * 40)
        draw.rectangle((left, top, left + width // 5, top + height // 4), fill=colour)
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **how)
    return into.getvalue()


def photo(width: int = 900, height: int = 600, seed: int = 1) -> bytes:
    return saved(scene(width, height, seed))


def located(width: int = 900, height: int = 600) -> bytes:
    """A photo on its side, which says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera of Asha"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (28.0, 27.0, 33.0)
    return saved(scene(width, height), exif=exif, comment=b"Asha lives here")


def _chunk(kind: bytes, content: bytes) -> bytes:
    whole = kind + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def png_of(width: int, height: int, packed: bytes) -> bytes:
    """A PNG that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    frames = [scene(300, 300, seed) for seed in (1, 2, 3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "not_a_picture"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    "a drawing with a script": (b"<svg onload='alert(1)'/>", "not_a_picture"),
    "a GIF": (saved(scene(), "GIF"), "not_a_picture"),
    "a TIFF": (saved(scene(), "TIFF"), "not_a_picture"),
    "a JPEG that was cut off": (photo()[:4_000], "broken"),
    "a PNG that was cut off": (saved(scene(), "PNG")[:2_000], "broken"),
    "a WebP that was cut off": (saved(scene(), "WEBP")[:1_200], "not_a_picture"),
    "a PNG of a size that nothing holds": (png_of(2**31 - 1, 2**31 - 1, b""), "too_many_pixels"),
    "a bomb of 60 million pixels": (
        png_of(10_000, 6_000, zlib.compress(bytes(6_000) * 100)), "too_many_pixels"
    ),
    "a line": (png_of(30_000, 300, zlib.compress(b"")), "too_many_pixels"),
    "a speck": (photo(20, 20), "too_small"),
    "a moving PNG": (animated("PNG"), "animated"),
    "a moving WebP": (animated("WEBP"), "animated"),
    "junk behind a JPEG's first bytes": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "not_a_picture"),
    "junk where a PNG has its pixels": (png_of(400, 400, b"\x00" * 500), "broken"),
}  # fmt: skip
"""Files that must be refused, and the code of why."""
