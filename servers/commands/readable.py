"""Answers as a person reads them in a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from tools.blocks import Text
from tools.contract import Model

COLUMN_WIDTH = 14
LONGEST = 60


def show(answer: Model) -> None:
    """Print an answer: its summary, then its list as a table, then its other fields."""
    console = Console()
    for block in answer.blocks()[:1]:
        if isinstance(block, Text):
            console.print(block.text, markup=False, highlight=False)
    fields = answer.model_dump(mode="json", exclude_none=True)
    items = fields.pop("items", None)
    if isinstance(items, list) and items:
        console.print(_rows(cast("list[Any]", items), most=max(3, console.width // COLUMN_WIDTH)))
    console.print(_fields(fields))


def _rows(items: Sequence[Any], *, most: int) -> Table:
    table = Table(box=None)
    rows = [_flat(item) for item in items]
    columns = list(dict.fromkeys(name for row in rows for name in row))[:most]
    for name in columns:
        table.add_column(name.replace("_", " "), no_wrap=True)
    for row in rows:
        table.add_row(*(row.get(name, "") for name in columns))
    return table


def _fields(fields: Mapping[str, Any]) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in fields.items():
        if said := _said(value):
            table.add_row(name.replace("_", " "), said)
    return table


def _flat(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        return {"value": _said(item)}
    return {name: _said(value)[:LONGEST] for name, value in cast("dict[str, Any]", item).items()}


def _said(value: Any) -> str:
    if isinstance(value, dict):
        said = {name: _said(inner) for name, inner in cast("dict[str, Any]", value).items()}
        return ", ".join(f"{name.replace('_', ' ')} {inner}" for name, inner in said.items() if inner)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, cast("list[Any]", value))))
    return str(value)
