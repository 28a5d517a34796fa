"""Every requirement that is due is shown by a test, and every test that names one names a known one."""

import ast
from collections.abc import Iterator

from tests.architecture.test_budgets import sources
from tests.requirements import REQUIREMENTS


def shown() -> Iterator[str]:
    """The ids that tests carry, read from their decorators."""
    for path in sources("tests"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "requirement"
            ):
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        yield str(argument.value)


def test_every_requirement_that_is_due_is_shown_by_a_test() -> None:
    due = {name for name, requirement in REQUIREMENTS.items() if requirement.due}
    assert due - set(shown()) == set()


def test_tests_name_only_known_requirements() -> None:
    assert set(shown()) - set(REQUIREMENTS) == set()


def test_a_requirement_that_is_shown_is_marked_as_due() -> None:
    assert {name for name in shown() if not REQUIREMENTS[name].due} == set()
