"""The TypeScript of the widgets, held to what the Python is: small files that say what they are."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

WIDGETS = ROOT / "widgets"
SOURCES = sorted(
    path
    for pattern in ("*.ts", "*/*.ts", "*/*.tsx", "*/*/*.ts", "*/*/*.tsx")
    for path in WIDGETS.glob(pattern)
    if path.parent.name not in ("types", "dist") and not path.name.endswith(".d.ts")
)
WAYS_ROUND = {
    "markup made of text": r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write",
    "code made of text": r"\beval\(|new Function\(|setTimeout\([\"']",
    "the network": r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(",
    "storage": r"localStorage|sessionStorage|indexedDB|document\.cookie",
    "no type": r":\s*any\b|\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)",
}
PAGES = ("host", "preview")
"""Folders of scripts for our own pages, which do reach the network."""


def named(path: Path) -> str:
    return str(path.relative_to(WIDGETS))


def test_there_is_something_to_hold() -> None:
    assert len(SOURCES) > 10


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_file_is_small_and_says_what_it_is(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 400
    assert max(map(len, lines)) <= 180
    assert re.match(r"// [A-Z].*", lines[0])


@pytest.mark.parametrize("path", SOURCES, ids=named)
@pytest.mark.parametrize("way", WAYS_ROUND)
def test_a_view_knows_no_way_round_its_host(path: Path, way: str) -> None:
    if path.parent.name in PAGES and way in ("the network", "storage"):
        return
    code = "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("//"))
    assert re.search(WAYS_ROUND[way], code) is None
