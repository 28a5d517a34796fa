"""Hostile pictures: what cannot be used is refused, and of what can be used only the pixels remain."""

import io

import pytest
from PIL import Image

from servers.adapters import darkroom
from servers.adapters.imaging import Darkroom
from tests.photos import pictures
from tests.photos.pictures import HOSTILE
from tools.photos.kinds import PROBLEMS
from tools.ports import BadPicture


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    content, reason = HOSTILE[name]
    assert darkroom.answer(content) == ({"refused": reason}, [])
    assert reason in PROBLEMS


async def test_what_ends_the_process_or_never_ends_counts_as_damaged() -> None:
    room = Darkroom(seconds=0.01)
    with pytest.raises(BadPicture, match="broken"):
        await room.develop(pictures.photo())


async def test_a_bomb_is_refused_by_the_process_of_its_own() -> None:
    with pytest.raises(BadPicture, match="too_many_pixels"):
        await Darkroom().develop(HOSTILE["a bomb of 60 million pixels"][0])


async def test_of_a_photo_only_its_pixels_remain_and_it_stands_upright() -> None:
    made = await Darkroom().develop(pictures.located())
    assert (made.width, made.height) == (600, 900)
    for name, content in made.files.items():
        assert b"Asha" not in content
        picture = Image.open(io.BytesIO(content))
        assert picture.height > picture.width, name
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture.info)


def test_a_file_that_is_two_things_at_once_is_only_a_picture_afterwards() -> None:
    both = pictures.photo() + b"PK\x03\x04<script>alert(1)</script><?php evil(); ?>"
    about, files = darkroom.answer(both)
    assert "refused" not in about
    assert not any(b"script" in each or b"<?php" in each for each in files)


def test_a_colour_profile_of_junk_counts_as_none() -> None:
    about, files = darkroom.answer(pictures.saved(pictures.scene(), icc_profile=b"junk" * 5_000))
    assert "refused" not in about
    assert len(files) == 5


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels_becomes_a_picture(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = (
        Image.new("I;16", (300, 300), 40_000) if mode == "I;16" else pictures.scene(300, 300).convert(mode)
    )
    about, files = darkroom.answer(pictures.saved(picture, kind))
    assert (about["width"], about["height"]) == (300, 300)
    assert all(Image.open(io.BytesIO(each)).mode == "RGB" for each in files)


def test_what_is_transparent_becomes_white() -> None:
    _, files = darkroom.answer(pictures.saved(Image.new("RGBA", (300, 300), (10, 20, 30, 0)), "PNG"))
    assert Image.open(io.BytesIO(files[0])).getpixel((150, 150)) == (255, 255, 255)


def test_no_size_is_wider_than_its_name_or_than_the_picture() -> None:
    about, files = darkroom.answer(pictures.photo(1_500, 1_000))
    widths = [Image.open(io.BytesIO(each)).width for each in files]
    assert dict(zip((name for name, _ in about["files"]), widths, strict=True)) == {
        "320.webp": 320, "640.webp": 640, "1280.webp": 1280, "1280.jpg": 1280, "1920.webp": 1500
    }  # fmt: skip
    assert len(about["placeholder"]) < 600


def test_the_same_picture_made_smaller_and_worse_looks_alike_and_another_does_not() -> None:
    first, _ = darkroom.answer(pictures.photo())
    worse = pictures.scene().resize((450, 300))
    second, _ = darkroom.answer(pictures.saved(worse, quality=40))
    third, _ = darkroom.answer(pictures.photo(seed=5))
    assert ((first["likeness"] ^ second["likeness"]) % 2**64).bit_count() <= 3
    assert ((first["likeness"] ^ third["likeness"]) % 2**64).bit_count() > 6
