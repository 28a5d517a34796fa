"""Undo: taking back what was done, by its declared inverse and as a write of its own."""

from __future__ import annotations

from typing import Any, Final

from storage import activities
from storage.activities import Found
from tools import moments
from tools.consent import Foreseen
from tools.contract import Batch, Call, Model, Round, tool
from tools.jobs import job
from tools.refusals import NotFound, Refused
from tools.trust.activity import Id

_SAID_AS_IT_IS: Final = (401, 403, 429, 503)
"""Refusals that say something about the caller or the moment, rather than about what is taken back."""


class NoSuchActivity(NotFound):
    """You did nothing under this id."""


class NotUndoable(Refused):
    """This cannot be taken back."""


class UndoneAlready(Refused):
    """This has been taken back already."""


class TooLateToUndo(Refused):
    """It is too late to take this back."""


class OthersDependOnIt(Refused):
    """Something that was done later depends on it, so it cannot be taken back."""


class UndoFailed(Refused):
    """This cannot be taken back as things are now."""


class UndoAction(Model):
    id: Id
    """The activity, as my_activity lists it."""


class Undone(Model):
    id: int
    """The activity that was taken back."""

    what: str
    """What it had done, in words."""

    by: str
    """The tool that took it back."""

    answer: dict[str, Any]
    """What that tool answered."""

    def summary(self) -> str:
        return f"Taken back: {self.what}."


async def _foretell(call: Call, ask: UndoAction) -> Foreseen:
    found = await _done_by(call, ask.id)
    inverse = _inverse(call, found)
    await _independent(call, ask.id)
    what = _words(call, found.row.tool)
    english, hindi = (moments.said(found.row.at, lang) for lang in ("en", "hi"))
    return Foreseen(
        what=(f"This is taken back: {what}, {english}.", f"यह वापस लिया जाएगा: {what}, {hindi}।"),
        state={"by": inverse},
    )


@tool(
    "member",
    "write",
    http="POST /me/activity/{id}/undo",
    foretell=_foretell,
    refuses={"activities_undoes_key": UndoneAlready},
)
async def undo_action(call: Call, ask: UndoAction) -> Undone:
    """Take back what the person did, while it can be and nothing later depends on it; else say why not."""
    found = await _done_by(call, ask.id)
    inverse = _inverse(call, found)
    # Held from here on: of two who ask at once, the second waits and then finds that it is done.
    given = await activities.take_back(call.db, ask.id)
    if given is None:
        raise UndoneAlready
    await _independent(call, ask.id)
    answer = await _run(call, inverse, given, ask.id)
    # Once more: what came in between is seen now that the inverse holds what it changes.
    await _independent(call, ask.id)
    return Undone(
        id=ask.id,
        what=_words(call, found.row.tool),
        by=inverse,
        answer=answer.model_dump(mode="json"),
    )


@job("destroy", cron="10 * * * *")
async def forget_undos(call: Call, ask: Batch) -> Round:
    """Forget how things could have been taken back for which it is too late. Repeat until none remain."""
    done = await activities.forget_undos(call.db, call.now(), ask.limit)
    return Round(done=done, remaining=await activities.count_over(call.db, call.now()))


async def _done_by(call: Call, activity_id: int) -> Found:
    found = await activities.done_by(call.db, activity_id, call.member.id)
    if found is None:
        raise NoSuchActivity
    return found


def _inverse(call: Call, found: Found) -> str:
    """The tool that takes it back. Refuses where there is none, or it is too late."""
    row = found.row
    if found.undone_at is not None:
        raise UndoneAlready(f"This was taken back already, on {moments.said(found.undone_at, 'en')}.")
    if row.undo is None or row.undo_until is None or row.undo not in call.catalog.tools:
        raise NotUndoable(f"{_words(call, row.tool)} cannot be taken back.")
    if call.now() > row.undo_until:
        until = moments.said(row.undo_until, "en")
        raise TooLateToUndo(f"This could be taken back until {until}, India time. It is too late now.")
    return row.undo


async def _independent(call: Call, activity_id: int) -> None:
    """Refuse where something later, that still stands, needs it or has changed the same."""
    later = await activities.later(call.db, activity_id)
    if later is not None:
        what, when = _words(call, later.tool), moments.said(later.at, "en")
        raise OthersDependOnIt(
            f"This cannot be taken back: something done later depends on it ({what}, {when}, India time)."
        )


async def _run(call: Call, inverse: str, given: dict[str, Any], activity_id: int) -> Model:
    try:
        return await call.do(inverse, given, turn=call.turn, key=call.key, undoes=activity_id)
    except Refused as refused:
        if refused.status in _SAID_AS_IT_IS:
            raise
        why = {"code": refused.code, "details": refused.details}
        raise UndoFailed(f"This cannot be taken back now. {refused.message}", details=why) from refused


def _words(call: Call, name: str) -> str:
    known = call.catalog.tools.get(name)
    return name.replace("_", " ").capitalize() if known is None else known.title
