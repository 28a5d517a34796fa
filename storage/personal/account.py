"""Personal data: the account itself, which goes last."""

from __future__ import annotations

from typing import Final

from storage.people import PersonRow
from storage.personal.held import HASH, OWN, Held, among
from storage.signins import SessionRow

HELD: Final[tuple[Held, ...]] = (
    Held(
        SessionRow,
        "where and when the person signed in",
        lambda ids: among(SessionRow.person_id, ids),
        given=(
            "id", "kind", "label", "client_id", "audience", "scopes", "created_at", "used_at", "expires_at",
            "ended_at",
        ),
        withheld={"person_id": OWN, "token_hash": HASH},
    ),
    Held(
        PersonRow,
        "the profile",
        lambda ids: among(PersonRow.id, ids),
        given=(
            "id", "phone", "email", "name", "role", "language", "preferences", "supabase_id", "created_at",
            "updated_at", "deletes_at", "erased_at",
        ),
        anonymised={
            "phone": None, "email": None, "name": None, "role": "member", "language": "en",
            "preferences": {}, "supabase_id": None, "deletes_at": None,
        },
    ),
)  # fmt: skip
