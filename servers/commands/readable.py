"""Answers as a person reads them in a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from tools.blocks import Text
from tools.contract import Model

COLUMNS = 8
WIDTH = 60


def show(answer: Model) -> None:
    """Print an answer: its summary, then its list as a table, or its fields."""
    console = Console()
    for block in answer.blocks()[:1]:
        if isinstance(block, Text):
            console.print(block.text, markup=False)
    fields = answer.model_dump(mode="json", exclude_none=True)
    items = fields.pop("items", None)
    if isinstance(items, list):
        console.print(_rows(cast("list[Any]", items)))
    console.print(_fields(fields))


def _rows(items: Sequence[Any]) -> Table:
    table = Table()
    rows = [_flat(item) for item in items]
    columns = list(dict.fromkeys(name for row in rows for name in row))[:COLUMNS]
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(row.get(name, "") for name in columns))
    return table


def _fields(fields: Mapping[str, Any]) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in fields.items():
        table.add_row(name.replace("_", " "), _said(value))
    return table


def _flat(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        return {"value": _said(item)}
    return {name: _said(value)[:WIDTH] for name, value in cast("dict[str, Any]", item).items()}


def _said(value: Any) -> str:
    if isinstance(value, dict):
        each = cast("dict[str, Any]", value)
        return ", ".join(f"{name.replace('_', ' ')} {_said(inner)}" for name, inner in each.items())
    if isinstance(value, list):
        return ", ".join(_said(inner) for inner in cast("list[Any]", value))
    return str(value)
