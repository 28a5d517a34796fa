"""Answers that widgets are shown with before there are real ones: as MCP would give them."""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tools.blocks import Text
from tools.consent import Preview
from widgets import DIST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.contract import AnyTool, Model

_SOURCES = DIST.parent


def cases(widget: str, tools: Mapping[str, AnyTool]) -> dict[str, Any]:
    """What a widget's `fixture.json` holds, by the name of the case."""
    return {
        name: {"tool": each["tool"], "arguments": each["arguments"], "result": _played(each, tools)}
        for name, each in _read(f"{widget}/fixture.json").items()
    }


def answers(tools: Mapping[str, AnyTool]) -> dict[str, Any]:
    """By tool: what is answered to widgets that call tools which no case shows."""
    known = _read("preview/answers.json")
    return {name: _played({"tool": name, **each}, tools) for name, each in known.items()}


def shown(tool: AnyTool, answer: Mapping[str, Any]) -> Model:
    """The answer as its model, or as the preview that such a tool gives before it is confirmed."""
    model = Preview if tool.consent is not None and "confirm_url" in answer else tool.gives
    return model.model_validate_json(json.dumps(answer))


def _played(case: Mapping[str, Any], tools: Mapping[str, AnyTool]) -> dict[str, Any]:
    try:
        tool = tools[case["tool"]]
        model = shown(tool, case["answer"])
    except (KeyError, ValidationError) as error:
        sentence = f"This case does not fit its tool. {error}"
        return {"content": [{"type": "text", "text": sentence}], "isError": True}
    said = [{"type": "text", "text": block.text} for block in model.blocks() if isinstance(block, Text)]
    meta = {**({_named(): tool.name} if tool.widget else {}), **case.get("meta", {})}
    return {"content": said, "structuredContent": case["answer"], **({"_meta": meta} if meta else {})}


def _named() -> str:
    # What speaks MCP is slow to import, and no other page needs it.
    return importlib.import_module("servers.mcp.content").TOOL


def _read(path: str) -> dict[str, Any]:
    file = _SOURCES / path
    return json.loads(file.read_text()) if file.is_file() else {}
