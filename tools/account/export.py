"""The export: everything that is held about a person, for that person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage import personal
from tools.account.profile import NoFields
from tools.contract import Call, Model, tool


class HeldTable(Model):
    name: str
    what: str
    """What it holds, in words."""

    rows: list[dict[str, Any]]


class Export(Model):
    made_at: datetime
    tables: list[HeldTable]

    def summary(self) -> str:
        told = ", ".join(f"{each.name} {len(each.rows):,}" for each in self.tables)
        return f"Everything held about you, in rows: {told}."


@tool(
    "member",
    "read",
    scope="account:read",
    http="GET /me/export",
    surfaces=frozenset({"rest", "cli"}),
    per_minute=10,
)
async def export_my_data(call: Call, ask: NoFields) -> Export:
    """Everything that is held about the person, whole and unmasked, table by table."""
    held = await personal.export(call.db, call.member.id)
    tables = [HeldTable(name=each.name, what=each.what, rows=rows) for each, rows in held]
    return Export(made_at=call.now(), tables=tables)
