"""Every widget in every look fits, has no barriers, needs no mouse, keeps still, and speaks two languages."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import hosting
from tests.widgets.looks import (
    CASES,
    NAMES,
    STATES,
    asked,
    barriers,
    change,
    english,
    fixture,
    misfits,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from playwright.async_api import Browser, Frame, Locator

    from tests.clients.house import House
    from tests.widgets.hosting import Hosted

pytestmark = pytest.mark.requirement("S4")

LOOKS = [
    *({"theme": theme, "lang": lang, "width": width, "colours": ""}
      for theme, lang, width in product(("light", "dark"), ("en", "hi"), ("320", "480", "1024"))),
    {"theme": "light", "lang": "en", "width": "480", "colours": "host"},
    {"theme": "dark", "lang": "hi", "width": "1024", "colours": "host"},
]  # fmt: skip
WALKS = [
    ("property-list", "Filters"),
    ("property-list", "^Map$"),
    ("property-list", "^Meets 5 wishes"),
    ("property-list", "^Compare: .*Kadamba", "^Compare: .*Neem Grove", "^Compare 2"),
    ("property-list", "^2 BHK builder floor"),
    ("property-detail", "^Ask for a visit"),
    ("property-detail", "^Show the contact"),
    ("property-detail", "^Show similar"),
    ("property-detail", "^Share"),
    ("property-detail", "^Show it on the map", "^36 more", "^Read all"),
    ("property-compare", "^Details of .*Made-up"),
    ("property-compare", "^Remove .*Made-up"),
    ("property-deck", "^Like"),
    ("property-deck", "^Details of"),
    ("confirm-action", "^No$"),
    ("activity-list", "^Take back: Shortlist"),
    ("inbox", "^What you are told"),
    ("owner-board", "^How it fares: 3 BHK"),
    ("owner-board", "^Archive: Shop"),
    ("owner-board", "^It is let: 3 BHK", "^It is let$"),
    ("watch-list", "^What it found: 2 BHK", "^End: Rents"),
    ("verification-queue", "^Ask for changes: 3 BHK", "^Ask for changes$"),
    ("verification-queue", "^Look at it: Shop", "^Reject: Shop", "^It is listed already", "^Reject$"),
]
"""A widget, and what is pressed in it one after another."""

FEW = [LOOKS[0], LOOKS[-3]]
"""Small and light in English, wide and dark in Hindi."""

PAIRS = [LOOKS[at] for at in (0, 2, 4, 7, 9, 11)] + LOOKS[-2:]
"""Looks in which every theme meets every language, and both meet every width."""


@asynccontextmanager
async def looking(browser: Browser, house: House) -> AsyncGenerator[Hosted]:
    """A host on a wide screen, about whose widgets there is nothing to complain."""
    wide = {"width": 1100, "height": 900}
    async with hosting(browser, house, viewport=wide, reduced_motion="reduce") as host:
        yield host
        assert await host.complaints() == []


def named(frame: Frame, name: str) -> Locator:
    """What has such a name, on it or for those who do not see it."""
    pattern = re.compile(name)
    return frame.get_by_role("button", name=pattern).or_(frame.locator("summary", has_text=pattern))


async def settled(frame: Frame) -> None:
    """Wait until nothing in a widget is being looked up."""
    await expect(frame.locator("[aria-busy=true]")).to_have_count(0)


async def problems(host: Hosted, frame: Frame, looks: list[dict[str, str]]) -> list[str]:
    """What is wrong with a widget in these looks."""
    found: list[str] = []
    for look in looks:
        await change(host.page, frame, **look)
        found += [f"{look}: {each}" for each in [*await barriers(frame), *await misfits(frame)]]
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_a_widget_fits_and_has_no_barriers_in_any_look(browser: Browser, house: House, name: str):
    async with looking(browser, house) as host:
        frame = await host.show(name, **LOOKS[0])
        assert await problems(host, frame, PAIRS) == []
        for look in [each for each in LOOKS if each not in PAIRS]:
            await change(host.page, frame, **look)
            assert await misfits(frame) == [], look


def test_the_pairs_of_looks_are_all_that_there_are() -> None:
    for one, other in combinations(("theme", "lang", "width"), 2):
        met = {(look[one], look[other]) for look in PAIRS if not look["colours"]}
        assert met == {(look[one], look[other]) for look in LOOKS}


@pytest.mark.parametrize("name", NAMES)
async def test_every_other_answer_fits_and_has_no_barriers(browser: Browser, house: House, name: str):
    async with looking(browser, house) as host:
        for case in CASES[name][1:]:
            frame = await host.show(name, case=case, **LOOKS[0])
            assert await problems(host, frame, FEW) == [], case
            assert await frame.locator("main :is(script, iframe, object, [onerror], [onclick])").count() == 0


@pytest.mark.parametrize("name", NAMES)
async def test_every_state_without_an_answer_fits_and_has_no_barriers(
    browser: Browser, house: House, name: str
):
    async with looking(browser, house) as host:
        for at, state in enumerate(STATES, NAMES.index(name)):
            frame = await host.show(name, state=state, **LOOKS[0])
            assert await problems(host, frame, [FEW[at % 2]]) == [], state


@pytest.mark.parametrize(("name", "pressed"), [(name, pressed) for name, *pressed in WALKS], ids=str)
async def test_what_opens_when_it_is_pressed_fits_and_has_no_barriers(
    browser: Browser, house: House, name: str, pressed: list[str]
):
    async with looking(browser, house) as host:
        frame = await host.show(name, **LOOKS[0])
        for each in pressed:
            await named(frame, each).first.press("Enter")
            await settled(frame)
        # The focus is not lost.
        await frame.wait_for_function("document.activeElement !== document.body")
        assert await problems(host, frame, FEW) == []


async def test_a_dialog_opens_where_the_person_is_and_gives_the_focus_back(browser: Browser, house: House):
    async with looking(browser, house) as host:
        frame = await host.show("property-list", **LOOKS[0])
        opener = frame.get_by_role("button", name="Filters")
        await opener.press("Enter")
        dialog = frame.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        inside = """() => {
          const { top, bottom } = document.querySelector("dialog").getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }"""
        await frame.wait_for_function(inside)
        await host.page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(opener).to_be_focused()


@pytest.mark.parametrize("name", NAMES)
async def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, house: House, name: str
):
    async with looking(browser, house) as host:
        frame = await host.show(name, width="480")
        await settled(frame)
        await expect(frame.locator("[aria-disabled=true]")).to_have_count(0)
        wanted: list[str] = await asked(frame, "stops()")
        visited: list[str] = []
        while len(visited) < 3 * len(wanted) and visited[-1:] != wanted[-1:]:
            await host.page.keyboard.press("Tab")
            visited.append(await asked(frame, "focused()"))
        # A browser stops at what scrolls as well.
        assert [each for each in visited if each in wanted] == wanted
        assert [each for each in visited if each.startswith("unseen")] == []


@pytest.mark.parametrize("name", NAMES)
async def test_all_of_our_own_words_are_in_hindi_too(browser: Browser, house: House, name: str):
    known = fixture(name)
    async with looking(browser, house) as host:
        for case in CASES[name]:
            frame = await host.show(name, case=case, lang="hi", width="1024")
            await settled(frame)
            assert await english(frame, known) == [], case


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_moves_for_people_who_want_it_still(browser: Browser, house: House, name: str):
    moving = "document.getAnimations().length"
    async with looking(browser, house) as host:
        frame = await host.show(name, state="loading")
        assert await frame.evaluate(moving) == 0
        await host.page.emulate_media(reduced_motion="no-preference")
        assert await frame.evaluate(moving) > 0
