"""Every widget in every look fits, has no barriers, needs no mouse, keeps still, and speaks two languages."""

from __future__ import annotations

from contextlib import asynccontextmanager
from itertools import product
from typing import TYPE_CHECKING, Literal

import pytest

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

    from playwright.async_api import Browser, Frame

    from tests.clients.house import House
    from tests.widgets.hosting import Hosted

LOOKS = [
    *({"theme": theme, "lang": lang, "width": width, "colours": ""}
      for theme, lang, width in product(("light", "dark"), ("en", "hi"), ("320", "480", "1024"))),
    {"theme": "light", "lang": "en", "width": "480", "colours": "host"},
    {"theme": "dark", "lang": "hi", "width": "1024", "colours": "host"},
]  # fmt: skip
FEW = [LOOKS[0], LOOKS[-3]]
"""Small and light in English, wide and dark in Hindi."""


@asynccontextmanager
async def looking(
    browser: Browser, house: House, motion: Literal["reduce", "no-preference"] = "reduce"
) -> AsyncGenerator[Hosted]:
    """A host on a wide screen, about whose widgets there is nothing to complain."""
    wide = {"width": 1100, "height": 900}
    async with hosting(browser, house, viewport=wide, reduced_motion=motion) as host:
        yield host
        assert await host.complaints() == []


async def problems(host: Hosted, frame: Frame, looks: list[dict[str, str]]) -> list[str]:
    """What is wrong with a widget in these looks."""
    found: list[str] = []
    for look in looks:
        await change(host.page, **look)
        found += [f"{look}: {each}" for each in [*await barriers(frame), *await misfits(frame)]]
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_a_widget_fits_and_has_no_barriers_in_any_look(browser: Browser, house: House, name: str):
    async with looking(browser, house) as host:
        frame = await host.show(name, **LOOKS[0])
        assert await problems(host, frame, LOOKS) == []


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
        for state in STATES:
            frame = await host.show(name, state=state, **LOOKS[0])
            assert await problems(host, frame, FEW) == [], state


@pytest.mark.parametrize("name", NAMES)
async def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, house: House, name: str
):
    async with looking(browser, house) as host:
        frame = await host.show(name, width="480")
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
            assert await english(frame, known) == [], case


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_moves_for_people_who_want_it_still(browser: Browser, house: House, name: str):
    moving = "document.getAnimations().length"
    async with looking(browser, house, "no-preference") as host:
        frame = await host.show(name, state="loading")
        assert await frame.evaluate(moving) > 0
    async with looking(browser, house) as host:
        frame = await host.show(name, state="loading")
        assert await frame.evaluate(moving) == 0
