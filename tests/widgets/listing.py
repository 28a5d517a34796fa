"""The list of properties in a host, with answers that a test chooses, or holds back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.widgets.hosting import Hosted, fixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Frame, Locator

LIST: Final = "property-list"
SEARCH: Final = "search_properties"
WORDS: Final[dict[str, Any]] = fixture(LIST)["arguments"]

_ANSWERING = """([tool, results, held]) => {
  let asked = 0;
  const doors = [];
  const waiting = results.map((result) => new Promise((done) => doors.push(() => done(result))));
  globalThis.release = (at) => doors[at]();
  if (!held) doors.forEach((open) => open());
  preview.known.instead = { ...preview.known.instead, get [tool]() { return waiting[asked++]; } };
}"""
_ANSWERED = """([tool, times]) =>
  preview.record.all.filter(({ kind, about }) => kind === "answer" && about.name === tool).length >= times"""


async def still(hosted: Hosted) -> None:
    """Room for the map beside the list, and nothing that takes its time to move."""
    await hosted.page.set_viewport_size({"width": 1100, "height": 900})
    await hosted.page.emulate_media(reduced_motion="reduce")


def answer(case: str) -> dict[str, Any]:
    """What the fixture answers in a case."""
    return {
        "content": [{"type": "text", "text": "Found."}],
        "structuredContent": fixture(LIST, case)["answer"],
    }


def refusal(code: str, sentence: str, **meta: Any) -> dict[str, Any]:
    error = {"code": code, "message": sentence, "details": None}
    return {
        "content": [{"type": "text", "text": sentence}],
        "isError": True,
        "_meta": {"error": error, **meta},
    }


async def answering(hosted: Hosted, tool: str, *results: dict[str, Any], held: bool = False) -> None:
    """The next calls of a tool are answered so, one after the other; if `held`, each when it is released."""
    await hosted.page.evaluate(_ANSWERING, [tool, results, held])


async def release(hosted: Hosted, at: int) -> None:
    await hosted.page.evaluate("(at) => release(at)", at)


def button(view: Frame | Locator, name: str, *, exact: bool = True) -> Locator:
    return view.get_by_role("button", name=name, exact=exact)


def cards(view: Frame) -> Locator:
    return view.locator("article.card")


def card(view: Frame, number: int) -> Locator:
    return view.locator(f"article.card[data-property='{number}']")


def bubble(view: Frame, number: int) -> Locator:
    """The bubble that stands for a property, alone or with others."""
    return view.locator(f".bubble[data-properties~='{number}']")


async def asked(hosted: Hosted, times: int, tool: str = SEARCH) -> dict[str, Any]:
    """The arguments of this call of a tool, once it has been answered."""
    await hosted.page.wait_for_function(_ANSWERED, arg=[tool, times])
    return (await hosted.calls(tool))[times - 1]["arguments"]


async def told(hosted: Hosted, least: int) -> Sequence[str]:
    """What the model was let know, once it was so often."""
    return [each["content"][0]["text"] for each in await hosted.happened("tell", least)]


async def pan(view: Frame, hosted: Hosted) -> None:
    """Move the map by its keys."""
    await view.get_by_role("application").focus()
    for key in ("ArrowLeft", "ArrowUp", "+"):
        await hosted.page.keyboard.press(key)
