"""Taking down: a comment that was reported is removed from the list that it stands on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storage import shortlist_links
from tools.contract import Call, Model, tool
from tools.offers import Id


class TakeDownComment(Model):
    id: Id
    reason: Annotated[str, Field(max_length=300)]
    """Why."""


class TakenComment(Model):
    id: int


@tool("staff", "destroy", idempotent=True, surfaces=frozenset())
async def take_down_comment(call: Call, ask: TakeDownComment) -> TakenComment:
    """Remove a comment that was reported; nothing where its writer or its list's owner did already."""
    whose = await shortlist_links.take_down(call.db, ask.id)
    call.changed("shortlist_comment", ask.id, whose=whose)
    return TakenComment(id=ask.id)
