"""One committed description of every tool: `python -m tests.catalog.snapshots` writes them anew."""

import json
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from facade.routes import binding
from tools import schema
from tools.catalog import Catalog, whole
from tools.contract import AnyTool

FOLDER = Path(__file__).parent / "snapshots"


def described(tool: AnyTool) -> str:
    """What callers can rely on, as JSON."""
    bound = binding(tool)
    said: dict[str, Any] = {
        "name": tool.name,
        "title": tool.title,
        "domain": tool.domain,
        "summary": tool.summary,
        "audience": tool.audience,
        "effect": tool.effect,
        "idempotent": tool.idempotent,
        "open_world": tool.open_world,
        "consent": tool.consent,
        "undo": tool.undo and {"tool": tool.undo.tool, "within": to_jsonable_python(tool.undo.within)},
        "scope": tool.scope,
        "http": f"{bound.method} {bound.path}",
        "resource": tool.resource,
        "widget": tool.widget,
        "surfaces": sorted(tool.surfaces),
        "app_only": tool.app_only,
        "refuses": {name: refusal.code for name, refusal in sorted(tool.refuses.items())},
        "takes": schema.of(tool.takes),
        "gives": schema.of(tool.gives, "serialization"),
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def current(catalog: Catalog) -> dict[str, str]:
    """The description of every tool with a surface, by name."""
    return {tool.name: described(tool) for tool in catalog if tool.surfaces}


def committed() -> dict[str, str]:
    """The descriptions as they were last agreed to."""
    return {path.stem: path.read_text() for path in FOLDER.glob("*.json")}


def write() -> None:
    """Bring the folder in line with the catalog."""
    wanted = current(whole())
    for path in FOLDER.glob("*.json"):
        if path.stem not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / f"{name}.json").write_text(text)


if __name__ == "__main__":
    write()
