"""Personal data: what people do, what waits for them, and what they allowed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_

from storage.activities import ActivityRow, UndoRow
from storage.oauth import ConsentRow
from storage.personal.held import EITHER, HASH, KEY, OWN, Held, among
from storage.queue import JobRow
from storage.runs import RunRow
from storage.tickets import TicketRow

HELD: Final[tuple[Held, ...]] = (
    Held(
        JobRow,
        "long work that the person asked for",
        lambda ids: among(JobRow.owner_id, ids),
        given=("id", "name", "state", "done", "total", "note", "code", "queued_at", "started_at", "ended_at"),
        withheld={
            "owner_id": OWN,
            "attempts": "a number without meaning",
            "stop_at": "when its end was asked for, which `ended_at` follows",
        },
    ),
    Held(
        RunRow,
        "turns of the chat that wait for the person's approval",
        lambda ids: among(RunRow.person_id, ids),
        withheld={"*": "they live for an hour at most, and what waits in them is given with the tickets"},
    ),
    Held(
        UndoRow,
        "how something can be taken back, while it can",
        lambda ids: among(UndoRow.person_id, ids),
        given=("activity_id", "arguments", "until"),
        withheld={"person_id": OWN},
    ),
    Held(
        ActivityRow,
        "what was done in the person's name or to them, with personal values masked",
        lambda ids: or_(among(ActivityRow.person_id, ids), among(ActivityRow.whose_id, ids)),
        given=(
            "id", "at", "surface", "tool", "subjects", "touched", "ticket_id", "undo", "undo_until", "undoes",
        ),
        withheld={
            "person_id": EITHER,
            "whose_id": EITHER,
            "session_id": "a number without meaning",
            "client": "what somebody else did it with is theirs; my_activity tells the person's own",
            "turn": "likewise",
            "key": KEY,
        },
        stays="a record is never changed, and holds ids only, which say nothing once the profile is gone",
    ),
    Held(
        TicketRow,
        "what waits, or waited, for the person to confirm",
        lambda ids: among(TicketRow.person_id, ids),
        given=(
            "id", "kind", "tool", "arguments", "preview", "client", "surface", "turn", "made_at",
            "expires_at", "decided_at", "outcome", "reason",
        ),
        withheld={
            "person_id": OWN,
            "session_id": "a number without meaning",
            "key": KEY,
            "state_hash": "a hash of what was previewed",
            "nonce_hash": HASH,
            "answer": "what was answered to the app that asked is not for the person's other apps",
        },
    ),
    Held(
        ConsentRow,
        "what apps were allowed to do",
        lambda ids: among(ConsentRow.person_id, ids),
        given=("id", "client_id", "audience", "scopes", "created_at", "withdrawn_at"),
        withheld={"person_id": OWN},
    ),
)  # fmt: skip
