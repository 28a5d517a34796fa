"""Where a yes can come from: every line that can make one is known, so that a new one is noticed."""

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

PACKAGES = ("tools", "storage", "agent", "facade", "servers")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the product's code, with its file."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), node


def given(name: str) -> list[str]:
    """The files in which a call is given an argument of this name, but for a plain `False`."""
    return sorted(
        file
        for file, call in calls()
        for each in call.keywords
        if each.arg == name and not (isinstance(each.value, ast.Constant) and each.value.value is False)
    )


@pytest.mark.parametrize(
    ("name", "files"),
    [
        # The page, the visitor that it runs tools as, the chat's approvals, and dispatch, which hands it on.
        (
            "decides",
            ["agent/toolset.py", "servers/pages/confirm.py", "servers/pages/visitors.py", "tools/writing.py"],
        ),
        # A browser's session, and a Supabase sign-in.
        ("own", ["servers/identity.py", "servers/identity.py"]),
    ],
)
def test_only_these_can_say_that_a_person_decides(name: str, files: list[str]) -> None:
    assert given(name) == files


def test_tickets_are_redeemed_in_two_places() -> None:
    """By a person's or a widget's word, and by the answer of a host's user."""
    found = [file for file, call in calls() if isinstance(call.func, ast.Name) and call.func.id == "redeem"]
    assert sorted(found) == ["tools/trust/waiting.py", "tools/writing.py"]
