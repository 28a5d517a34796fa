"""Personal data: every table that holds any, what people are given of it, and what erasing does to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, BigInteger, any_, cast, delete, func, or_, select, update

from storage import queue
from storage.activities import ActivityRow, UndoRow
from storage.campaigns import CampaignRow
from storage.deliveries import DeliveryRow, SuppressionRow
from storage.devices import DeviceRow
from storage.events import EventRow
from storage.kept_answers import KeptAnswerRow
from storage.notification_settings import NotificationSettingsRow
from storage.notifications import NotificationRow
from storage.oauth import AuthorizationCodeRow, ConsentRow, RefreshTokenRow, RequestRow
from storage.people import PersonRow, PortfolioRow
from storage.queue import JobRow
from storage.reveals import RevealRow
from storage.runs import RunRow
from storage.shortlists import ShortlistRow
from storage.signins import CodeRow, SessionRow
from storage.stream_tickets import StreamTicketRow
from storage.tickets import TicketRow
from storage.visits import VisitRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

    from storage.base import Base

_HASH: Final = "a hash of a secret; it says nothing about the person and would help whoever steals it"
_EITHER: Final = "the person's own id, or that of somebody else"
_KEY: Final = "it answers with what was answered before, so it is a secret of the app that chose it"
_OWN: Final = "the person's own id, which the profile says"
_ADDRESS: Final = "a hash of an address, which the profile says"
_LATE: Final = timedelta(days=2)
"""For how long after an erasure the tables are looked through again, for what was being written meanwhile."""


_TELLS: Final = "send_notification"
"""The job whose fields say what a person is told. What other jobs hold are ids."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds about people."""

    table: type[Base]
    what: str
    whose: Callable[[Collection[int]], ColumnElement[bool]]
    """Which of its rows are about these people."""

    given: tuple[str, ...] = ()
    """The columns that an export carries, in order."""

    withheld: Mapping[str, str] = field(default_factory=dict[str, str])
    """The columns that it does not, each with the reason; `*` stands for all others."""

    anonymised: Mapping[str, Any] | None = None
    """What erasing writes over the row; without it the row is removed."""

    stays: str | None = None
    """Why erasing leaves the row as it is, where it does."""

    @property
    def name(self) -> str:
        return self.table.__tablename__

    @property
    def columns(self) -> Table:
        return self.table.metadata.tables[self.name]


def _among(column: InstrumentedAttribute[Any], ids: Collection[int]) -> ColumnElement[bool]:
    # One parameter, however many there are: a statement can have 32,767.
    return column == any_(cast(list(ids), ARRAY(BigInteger)))


def _by_contact(ids: Collection[int]) -> ColumnElement[bool]:
    phones = select(PersonRow.phone).where(_among(PersonRow.id, ids), PersonRow.phone.is_not(None))
    emails = select(PersonRow.email).where(_among(PersonRow.id, ids), PersonRow.email.is_not(None))
    return CodeRow.contact.in_(phones.union_all(emails))


def _by_session(ids: Collection[int]) -> ColumnElement[bool]:
    return RefreshTokenRow.session_id.in_(select(SessionRow.id).where(_among(SessionRow.person_id, ids)))


HELD: Final[tuple[Held, ...]] = (
    Held(
        CodeRow,
        "one-time codes sent to the person's phone or e-mail address",
        _by_contact,
        given=("contact", "sent_at", "expires_at", "attempts", "used_at"),
        withheld={"code_hash": _HASH, "id": "a number without meaning"},
    ),
    Held(
        RequestRow,
        "a question of an app that waits for the person's consent",
        lambda ids: _among(RequestRow.person_id, ids),
        withheld={"*": "it lives for minutes, until it is answered"},
    ),
    Held(
        AuthorizationCodeRow,
        "codes that an app redeems for a sign-in",
        lambda ids: _among(AuthorizationCodeRow.person_id, ids),
        withheld={"*": "they live for minutes; the sign-in that they began is given"},
    ),
    Held(
        RefreshTokenRow,
        "tokens that keep an app signed in",
        _by_session,
        withheld={"*": _HASH},
    ),
    Held(
        StreamTicketRow,
        "tickets that open a stream of events",
        lambda ids: _among(StreamTicketRow.person_id, ids),
        withheld={"*": _HASH},
    ),
    Held(
        KeptAnswerRow,
        "answers that are kept for requests that come again with the same key",
        lambda ids: _among(KeptAnswerRow.person_id, ids),
        withheld={"*": "copies of what was answered, which live for two days"},
    ),
    Held(
        EventRow,
        "what the person's devices are told",
        lambda ids: _among(EventRow.person_id, ids),
        withheld={"*": "it lives for a day, and what it tells of is given where it stands"},
    ),
    Held(
        DeliveryRow,
        "what was sent to the person, over which channel",
        lambda ids: _among(DeliveryRow.person_id, ids),
        given=("notification_id", "channel", "device_id", "state", "why", "at"),
        withheld={"person_id": _OWN, "id": "a number without meaning", "address_hash": _ADDRESS},
    ),
    Held(
        SuppressionRow,
        "channels over which the person cannot be reached",
        lambda ids: _among(SuppressionRow.person_id, ids),
        given=("channel", "reason", "at"),
        withheld={"person_id": _OWN, "address_hash": _ADDRESS},
    ),
    Held(
        NotificationRow,
        "what the person was told",
        lambda ids: _among(NotificationRow.person_id, ids),
        given=(
            "id", "type", "category", "said", "link", "fate", "listed", "at", "expires_at", "read_at",
            "digested_at",
        ),
        withheld={"person_id": _OWN, "key": "a number without meaning"},
    ),
    Held(
        NotificationSettingsRow,
        "what the person wants to be told where",
        lambda ids: _among(NotificationSettingsRow.person_id, ids),
        given=("off", "opted_in", "quiet_from", "quiet_until", "updated_at"),
        withheld={"person_id": _OWN},
    ),
    Held(
        DeviceRow,
        "devices that push messages reach",
        lambda ids: _among(DeviceRow.person_id, ids),
        given=("id", "platform", "registered_at", "seen_at", "disabled_at"),
        withheld={
            "person_id": _OWN,
            "session_id": "a number without meaning",
            "token": "a secret with which a push service reaches the device",
            "token_hash": _HASH,
        },
    ),
    Held(
        JobRow,
        "long work that the person asked for",
        lambda ids: _among(JobRow.owner_id, ids),
        given=("id", "name", "state", "done", "total", "note", "code", "queued_at", "started_at", "ended_at"),
        withheld={
            "owner_id": _OWN,
            "attempts": "a number without meaning",
            "stop_at": "when its end was asked for, which `ended_at` follows",
        },
    ),
    Held(
        CampaignRow,
        "campaigns that the person drafted as an admin",
        lambda ids: _among(CampaignRow.made_by, ids),
        given=(
            "id", "state", "title_en", "title_hi", "text_en", "text_hi", "page", "told", "made_at",
            "begun_at", "ended_at",
        ),
        withheld={"made_by": _OWN, "*": "whom it was for and how it was sent, which is the platform's"},
        stays="others were told it, and it holds an id only, which says nothing once the profile is gone",
    ),
    Held(
        RunRow,
        "turns of the chat that wait for the person's approval",
        lambda ids: _among(RunRow.person_id, ids),
        withheld={"*": "they live for an hour at most, and what waits in them is given with the tickets"},
    ),
    Held(
        UndoRow,
        "how something can be taken back, while it can",
        lambda ids: _among(UndoRow.person_id, ids),
        given=("activity_id", "arguments", "until"),
        withheld={"person_id": _OWN},
    ),
    Held(
        ActivityRow,
        "what was done in the person's name or to them, with personal values masked",
        lambda ids: or_(_among(ActivityRow.person_id, ids), _among(ActivityRow.whose_id, ids)),
        given=(
            "id", "at", "surface", "tool", "subjects", "touched", "ticket_id", "undo", "undo_until", "undoes",
        ),
        withheld={
            "person_id": _EITHER,
            "whose_id": _EITHER,
            "session_id": "a number without meaning",
            "client": "what somebody else did it with is theirs; my_activity tells the person's own",
            "turn": "likewise",
            "key": _KEY,
        },
        stays="a record is never changed, and holds ids only, which say nothing once the profile is gone",
    ),
    Held(
        TicketRow,
        "what waits, or waited, for the person to confirm",
        lambda ids: _among(TicketRow.person_id, ids),
        given=(
            "id", "kind", "tool", "arguments", "preview", "client", "surface", "turn", "made_at",
            "expires_at", "decided_at", "outcome", "reason",
        ),
        withheld={
            "person_id": _OWN,
            "session_id": "a number without meaning",
            "key": _KEY,
            "state_hash": "a hash of what was previewed",
            "nonce_hash": _HASH,
            "answer": "what was answered to the app that asked is not for the person's other apps",
        },
    ),
    Held(
        ConsentRow,
        "what apps were allowed to do",
        lambda ids: _among(ConsentRow.person_id, ids),
        given=("id", "client_id", "audience", "scopes", "created_at", "withdrawn_at"),
        withheld={"person_id": _OWN},
    ),
    Held(
        RevealRow,
        "who was shown whose contact over a property",
        lambda ids: or_(_among(RevealRow.person_id, ids), _among(RevealRow.staff_id, ids)),
        given=("id", "property_id", "at"),
        withheld={"person_id": _EITHER, "staff_id": _EITHER},
    ),
    Held(
        VisitRow,
        "visits to properties",
        lambda ids: _among(VisitRow.person_id, ids),
        given=("id", "property_id", "starts", "ends", "status", "requested_at", "cancelled_at"),
        withheld={"person_id": _OWN},
    ),
    Held(
        ShortlistRow,
        "the shortlist",
        lambda ids: _among(ShortlistRow.person_id, ids),
        given=("id", "property_id", "added_at"),
        withheld={"person_id": _OWN},
    ),
    Held(
        PortfolioRow,
        "properties that the person looks after as staff",
        lambda ids: _among(PortfolioRow.staff_id, ids),
        given=("property_id", "assigned_at"),
        withheld={"staff_id": _OWN},
    ),
    Held(
        SessionRow,
        "where and when the person signed in",
        lambda ids: _among(SessionRow.person_id, ids),
        given=(
            "id", "kind", "label", "client_id", "audience", "scopes", "created_at", "used_at", "expires_at",
            "ended_at",
        ),
        withheld={"person_id": _OWN, "token_hash": _HASH},
    ),
    Held(
        PersonRow,
        "the profile",
        lambda ids: _among(PersonRow.id, ids),
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
"""Every table with personal data, in the order in which it is erased. A domain adds its own here.

A test walks the foreign keys, and columns that are named for people: a table that leads to a person and
does not stand here fails it.
"""


async def export(db: AsyncSession, person_id: int) -> list[tuple[Held, list[dict[str, Any]]]]:
    """What is held about a person, table by table, of those that an export carries."""
    return [(held, await _rows(db, held, person_id)) for held in reversed(HELD) if held.given]


async def _rows(db: AsyncSession, held: Held, person_id: int) -> list[dict[str, Any]]:
    columns = [held.columns.c[name] for name in held.given]
    wanted = select(*columns).where(held.whose([person_id])).order_by(columns[0])
    return [dict(row) for row in (await db.execute(wanted)).mappings()]


async def erase_due(db: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """Erase the people whose grace has ended, the longest ago first; answers their ids.

    Two that run at once take different people.
    """
    due = select(PersonRow.id).where(PersonRow.deletes_at <= now).order_by(PersonRow.deletes_at).limit(limit)
    ids = (await db.scalars(due.with_for_update(skip_locked=True))).all()
    late = (await db.scalars(select(PersonRow.id).where(PersonRow.erased_at > now - _LATE))).all()
    await queue.forget_about(db, _TELLS, [*ids, *late])
    for held in HELD:
        if held.stays is not None:
            continue
        if held.anonymised is None:
            await db.execute(delete(held.table).where(held.whose([*ids, *late])))
        else:
            anonymised = update(held.table).where(held.whose(ids)).values(**held.anonymised)
            await db.execute(anonymised.values(erased_at=now, updated_at=now))
    return ids


async def count_due(db: AsyncSession, now: datetime) -> int:
    """How many people's grace has ended who are not erased yet."""
    due = select(func.count()).select_from(PersonRow).where(PersonRow.deletes_at <= now)
    return await db.scalar(due) or 0


def table() -> str:
    """Every table with personal data, as a Markdown table."""
    rows = [f"| `{held.name}` | {held.what} | {_said(held)} | {_fate(held)} |" for held in reversed(HELD)]
    head = ["| table | what it holds | in the export | when the person is erased |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _said(held: Held) -> str:
    if not held.given:
        return f"no: {held.withheld['*']}"
    secret = [f"`{name}` ({why})" for name, why in held.withheld.items() if why is not _OWN]
    return "yes" + (f", without {', '.join(secret)}" if secret else "")


def _fate(held: Held) -> str:
    if held.stays is not None:
        return f"kept: {held.stays}"
    if held.anonymised is None:
        return "removed"
    gone = [f"`{name}`" for name, value in held.anonymised.items() if value in (None, {})]
    return f"kept without {', '.join(gone)}"
