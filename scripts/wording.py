"""Names for the widgets: what tools, their fields and choices are called, the same as on our own pages."""

import json
from collections.abc import Mapping
from typing import Final

from servers.pages import naming
from tools.catalog import Catalog

_HEAD: Final = "// Generated from servers/pages/naming.py by `make types`; a change there is brought here.\n"
_KIND: Final = "Readonly<Record<string, string>>"


def names(catalog: Catalog) -> str:
    """`types/names.ts`: names in Hindi, and in English where the words of a name do not say it."""
    gone = sorted(each.name for each in catalog.on("mcp") if each.effect == "destroy")
    tables = {
        "TOOLS_HI": naming.TOOLS,
        "TOOLS_EN": naming.ENGLISH_TOOLS,
        "FIELDS_HI": naming.FIELDS,
        "CHOICES_HI": naming.CHOICES,
        "CHOICES_EN": naming.ENGLISH_CHOICES,
    }
    destroys = (
        "/** What these do takes something away. */\n"
        f"export const DESTROYS: readonly string[] = {json.dumps(gone)};\n"
    )
    return "\n".join([_HEAD, *(_table(name, table) for name, table in tables.items()), destroys])


def _table(name: str, table: Mapping[str, str]) -> str:
    lines = "".join(
        f"  {key}: {json.dumps(said, ensure_ascii=False)},\n" for key, said in sorted(table.items())
    )
    return f"export const {name}: {_KIND} = {{\n{lines}}};\n"
