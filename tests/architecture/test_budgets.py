"""Files and functions stay small, by the budgets of docs/architecture.md."""

import ast
import bisect
import functools
import io
import statistics
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("tools", "storage", "agent", "facade", "servers", "widgets")
BROAD_HANDLERS = {
    "servers/middleware": "the outermost frame of a request",
    "servers/steps.py": "each stop step is isolated",
    "servers/attempts.py": "a job with a defect is tried again, and kept",
}
"""Where `except Exception` may stand, and why."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def lines_of_code(text: str) -> list[int]:
    """The numbers of the lines that hold code; of a long string that is the first."""
    kinds = (tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sorted({token.start[0] for token in tokens if token.type not in kinds})


def length(function: Function, lines: list[int]) -> int:
    """Lines of the body that hold code; docstring, blank and comment lines aside, a long string is one."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    first, last = body[0].lineno, function.end_lineno or body[-1].lineno
    return bisect.bisect_right(lines, last) - bisect.bisect_left(lines, first)


@functools.cache
def lengths() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in sources(*PACKAGES):
        lines = lines_of_code(path.read_text())
        for function in functions(path):
            found[f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"] = length(function, lines)
    return found


def test_no_function_is_longer_than_sixty_lines() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > 60} == {}


def test_functions_are_mostly_a_handful_of_lines() -> None:
    every = sorted(lengths().values())
    assert statistics.median(every) <= 10
    assert every[int(len(every) * 0.9)] <= 35


def test_no_file_outgrows_its_room() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for folder, most in [*((package, 400) for package in PACKAGES), ("tests", 600), ("bench", 400)]
        for path in sources(folder)
        if (lines := len(path.read_text().splitlines())) > most
    }
    assert too_long == {}


def test_only_the_named_top_level_loops_catch_everything() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    }
    assert {path for path in broad if not path.startswith(tuple(BROAD_HANDLERS))} == set()


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))
        for kind in kinds
    )


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        if path.read_text().strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []
