"""Demonstration data: the same for the same seed, realistic, and telling the truth about itself."""

import statistics
import time
from collections import defaultdict

from sqlalchemy import text

from storage.engine import Database
from storage.listings import KINDS, PURPOSES
from tools.discovery import vocabulary
from tools.discovery.demo.homes import home
from tools.discovery.demo.load import SEED, load_demo, staged
from tools.discovery.demo.prose import description, place
from tools.discovery.pictures import VIEWS, names, picture

HOMES = [home(SEED, number) for number in range(2000)]


def test_a_property_is_the_same_whenever_it_is_made() -> None:
    assert [home(SEED, number) for number in (1999, 0, 700)] == [HOMES[1999], HOMES[0], HOMES[700]]
    assert home(SEED + 1, 0) != HOMES[0]


def test_every_purpose_and_kind_is_there() -> None:
    assert {made.purpose for made in HOMES} == set(PURPOSES)
    assert {made.kind for made in HOMES} == set(KINDS)


def test_flats_cost_about_what_flats_in_gurugram_cost() -> None:
    usual = {("rent", 1): 23_500, ("rent", 2): 33_000, ("rent", 3): 51_000, ("rent", 4): 93_000}
    usual |= {("buy", 1): 45e5, ("buy", 2): 110e5, ("buy", 3): 190e5, ("buy", 4): 360e5}
    prices: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for made in HOMES:
        if made.kind == "apartment":
            prices[made.purpose, made.bedrooms].append(made.price)
    for group, median in usual.items():
        assert 0.8 < statistics.median(prices[group]) / median < 1.25, group


def test_a_description_reads_back_as_the_amenities_possession_and_tenants_that_are_stored() -> None:
    for made in HOMES[:400]:
        features = staged(made, SEED).features
        # Names such as "Insignia Park" would read as a park.
        lowered = description(made, SEED).lower().replace(place(made).lower(), "here")
        said = vocabulary.read_amenities(lowered)
        assert vocabulary.keys(features.amenities_yes) == tuple(
            key for key in vocabulary.AMENITIES if said.get(key) == "yes"
        ), lowered
        assert vocabulary.keys(features.amenities_no) == tuple(
            key for key in vocabulary.AMENITIES if said.get(key) == "no"
        ), lowered
        assert vocabulary.read_possession(lowered) == features.possession, lowered
        assert set(vocabulary.read_tenants(lowered)) == set(features.tenants), lowered


async def test_two_thousand_load_quickly_are_searchable_and_load_once(database: Database) -> None:
    started = time.process_time()
    assert await load_demo(database) == 2000
    assert time.process_time() - started < 4
    assert await load_demo(database) == 0
    async with database.reading() as db:
        assert (await db.execute(text("select count(*) from property_search"))).scalar_one() == 2000
        sources = await db.execute(text("select distinct source from properties"))
        assert list(sources.scalars()) == ["demo"]


async def test_vectors_for_measuring_are_of_length_one_and_belong_to_the_named_model(
    database: Database,
) -> None:
    await load_demo(database, 300, vectors_of="drawn")
    async with database.reading() as db:
        found = await db.execute(
            text(
                "select model, count(*), min(l2_norm(vector)), max(l2_norm(vector)) "
                "from property_vectors group by 1"
            )
        )
        ((model, count, least, most),) = found.all()
    assert (model, count) == ("drawn", 300)
    assert 0.999 < least < most < 1.001


def test_every_picture_of_a_property_can_be_drawn_and_is_the_same_again() -> None:
    for kind in KINDS:
        for name in names(kind, 12345):
            drawn = picture(name)
            assert drawn is not None
            assert drawn == picture(name)
            assert drawn.startswith(b"<svg ")
            assert b"Generated picture" in drawn
            assert b"<script" not in drawn


def test_pictures_of_different_properties_differ() -> None:
    for kind, views in VIEWS.items():
        for view in views:
            assert len({picture(f"{kind}-{seed}-{view}") for seed in range(8)}) > 4, (kind, view)


def test_there_is_no_picture_of_an_unknown_name() -> None:
    for name in (
        "",
        "castle-1-tower",
        "apartment-1-site",
        "apartment-x-tower",
        "../etc/passwd",
        "plot-1-land\n",
    ):
        assert picture(name) is None
