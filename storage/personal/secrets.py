"""Personal data: what signs somebody in, and what lives for minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from storage.kept_answers import KeptAnswerRow
from storage.oauth import AuthorizationCodeRow, RefreshTokenRow, RequestRow
from storage.people import PersonRow
from storage.personal.held import HASH, Held, among
from storage.signins import CodeRow, SessionRow
from storage.stream_tickets import StreamTicketRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement


def _by_contact(ids: Collection[int]) -> ColumnElement[bool]:
    phones = select(PersonRow.phone).where(among(PersonRow.id, ids), PersonRow.phone.is_not(None))
    emails = select(PersonRow.email).where(among(PersonRow.id, ids), PersonRow.email.is_not(None))
    return CodeRow.contact.in_(phones.union_all(emails))


def _by_session(ids: Collection[int]) -> ColumnElement[bool]:
    return RefreshTokenRow.session_id.in_(select(SessionRow.id).where(among(SessionRow.person_id, ids)))


HELD: Final[tuple[Held, ...]] = (
    Held(
        CodeRow,
        "one-time codes sent to the person's phone or e-mail address",
        _by_contact,
        given=("contact", "sent_at", "expires_at", "attempts", "used_at"),
        withheld={"code_hash": HASH, "id": "a number without meaning"},
    ),
    Held(
        RequestRow,
        "a question of an app that waits for the person's consent",
        lambda ids: among(RequestRow.person_id, ids),
        withheld={"*": "it lives for minutes, until it is answered"},
    ),
    Held(
        AuthorizationCodeRow,
        "codes that an app redeems for a sign-in",
        lambda ids: among(AuthorizationCodeRow.person_id, ids),
        withheld={"*": "they live for minutes; the sign-in that they began is given"},
    ),
    Held(
        RefreshTokenRow,
        "tokens that keep an app signed in",
        _by_session,
        withheld={"*": HASH},
    ),
    Held(
        StreamTicketRow,
        "tickets that open a stream of events",
        lambda ids: among(StreamTicketRow.person_id, ids),
        withheld={"*": HASH},
    ),
    Held(
        KeptAnswerRow,
        "answers that are kept for requests that come again with the same key",
        lambda ids: among(KeptAnswerRow.person_id, ids),
        withheld={"*": "copies of what was answered, which live for two days"},
    ),
)  # fmt: skip
