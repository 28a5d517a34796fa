"""Widgets as people see them: in the preview's frame, in every theme, language and width."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.pages.visits import AXE, VIOLATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Frame, Page

WIDGETS: Final = Path(__file__).parents[2] / "widgets"
NAMES: Final = sorted(each.parent.name for each in WIDGETS.glob("*/widget.json"))
CASES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(json.loads((WIDGETS / name / "fixture.json").read_text())) for name in NAMES
}
STATES: Final = ("loading", "empty", "error", "signed-out", "offline", "cancelled")
_NAMES: Final = {"bhk", "cctv", "ghar", "mcp", "apps", "api", "pdf"}
LEAST: Final = 44
"""CSS pixels that a finger can hit."""

_ADOPTED: Final = """({ theme, lang, width }) => {
  const { dataset, lang: spoken } = document.documentElement;
  return dataset.theme === theme && spoken === lang && innerWidth === Number(width);
}"""
_ASKED: Final = (Path(__file__).parent / "looks.js").read_text()


async def change(page: Page, frame: Frame, **choices: str) -> None:
    """Let the host change what it told the widget: its theme, language, colours and width."""
    await page.evaluate("(choices) => preview.choose(choices)", choices)
    await frame.wait_for_function(_ADOPTED, arg=choices)
    # Two frames later what was told is painted, and what observes its own size has seen it.
    await frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def asked(frame: Frame, question: str) -> Any:
    """The answer of a function of `looks.js`."""
    return await frame.evaluate(f"(() => {{ {_ASKED} return {question}; }})()")


async def misfits(frame: Frame) -> list[str]:
    """What is wider than the frame, or too small to be hit."""
    return [*await asked(frame, "wide()"), *await asked(frame, f"small({LEAST})")]


async def barriers(frame: Frame) -> list[str]:
    """What axe finds wrong in a widget, of any impact."""
    if not await frame.evaluate("'axe' in window"):
        await frame.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = await frame.evaluate(VIOLATIONS)
    return [
        f"{each['id']}: {node['html'][:160]} {node['any'][:1]}" for each in found for node in each["nodes"]
    ]


async def english(frame: Frame, known: str) -> list[str]:
    """What stands in English on a Hindi widget without being marked so, and is not from what tools said."""
    words = {each.lower() for each in re.findall(r"[A-Za-z]+", known)} | _NAMES
    said: list[str] = await asked(frame, "latin()")
    return [text for text in said if {each.lower() for each in re.findall(r"[A-Za-z]{3,}", text)} - words]


def fixture(name: str) -> str:
    """All that the cases of a widget say, and what the preview answers to its calls."""
    return (WIDGETS / name / "fixture.json").read_text() + (WIDGETS / "preview" / "answers.json").read_text()
