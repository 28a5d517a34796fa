"""Kinds of pictures, told by how a file begins and never by its name."""

from __future__ import annotations

from typing import Final

from tools.refusals import Invalid

MOST_BYTES: Final = 15 * 1024 * 1024
TAKEN: Final = ("image/jpeg", "image/png", "image/webp")
_HEIC: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")

PROBLEMS: Final = {
    "not_a_picture": "This is not a JPEG, PNG or WebP picture.",
    "broken": "The picture is damaged or was cut off. Send it again.",
    "too_many_pixels": "The picture has more than 50 million pixels. Send a smaller one.",
    "too_small": "The picture is less than 200 pixels wide or high. Send a larger one.",
    "declined": "Whoever looked at it did not take it: see what they said.",
    "animated": "The picture moves. Send one that stands still.",
}
"""Why a picture cannot be used, in a sentence each."""


class NotAPicture(Invalid):
    """This is not a JPEG, PNG or WebP picture."""


class TooManyBytes(Invalid):
    """The picture is larger than 15 MB. Send a smaller one."""

    status = 413


def check(size: int, start: bytes) -> None:
    """Refuse what is too large, empty, or begins like none of the kinds that are taken."""
    if size > MOST_BYTES:
        raise TooManyBytes
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC:
        raise NotAPicture(
            "HEIC and AVIF pictures cannot be read. On an iPhone choose Settings, Camera, Formats, Most "
            "Compatible; or send it as a JPEG."
        )
    if start[:6] in (b"GIF87a", b"GIF89a"):
        raise NotAPicture("GIF pictures are not taken. Send a JPEG, PNG or WebP.")
    jpeg = start.startswith(b"\xff\xd8\xff")
    png = start.startswith(b"\x89PNG\r\n\x1a\n")
    webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    if not (jpeg or png or webp):
        raise NotAPicture
