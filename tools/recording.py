"""Recording: the row that a write leaves behind, made of what was asked, touched and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.activities import Back, Done

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tools.contract import AnyTool, Call, Model


def recorded(
    call: Call, tool: AnyTool, ask: Model, answer: Model, *, ticket: UUID | None, undoes: int | None
) -> Done | None:
    """What is to be kept of a write; None where there is nothing.

    A write that only ran another leaves the record to that, and so does a job that touched nothing.
    """
    if not call.changes and (call.delegated or not tool.surfaces):
        return None
    return Done(
        # Whoever runs this system has no account.
        person_id=call.viewer.id or None,
        whose_id=call.whose,
        session_id=call.viewer.session,
        surface=call.surface,
        turn=call.turn,
        tool=tool.name,
        touched=[each.recorded() for each in call.changes],
        key=call.key,
        ticket_id=ticket,
        # What takes something back is not taken back itself: two that chase each other help nobody.
        back=None if undoes is not None else _back(call, tool, ask, answer),
        undoes=undoes,
    )


def _back(call: Call, tool: AnyTool, ask: Model, answer: Model) -> Back | None:
    if tool.undo is None or not call.viewer.id:
        return None
    given: Mapping[str, Any] | None = call.back
    if tool.undo.given is not None:
        given = tool.undo.given(ask, answer)
    return None if given is None else Back(tool.undo.tool, given, call.now() + tool.undo.within)
