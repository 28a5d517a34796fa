"""Personal data: what people keep, visit and look after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from storage.calendars import BusyRow, CalendarRow
from storage.people import PortfolioRow
from storage.personal.held import EITHER, HASH, MEANINGLESS, OWN, Held, among
from storage.reveals import RevealRow
from storage.shortlist_links import ShortlistCommentRow, ShortlistLinkRow
from storage.shortlists import NamedShortlistRow, ShortlistRow
from storage.visits import VisitRow
from storage.watched import WatchChangeRow, WatchedRow
from storage.watches import WatchRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select

_VISIT: Final = (
    "id", "property_id", "starts", "ends", "status", "awaits", "requested_at", "changed_at", "cancelled_at",
    "cancelled_by", "reason",
)  # fmt: skip
_OF_HOSTS: Final = ("host_interest", "host_notes", "follow_up_on")
_THEIRS: Final = "what the visitor says of it, which is theirs"


def _watches(ids: Collection[int]) -> Select[int]:
    return select(WatchRow.id).where(among(WatchRow.person_id, ids))


HELD: Final[tuple[Held, ...]] = (
    Held(
        RevealRow,
        "who was shown whose contact over a property",
        lambda ids: or_(among(RevealRow.person_id, ids), among(RevealRow.staff_id, ids)),
        given=("id", "property_id", "at"),
        withheld={"person_id": EITHER, "staff_id": EITHER},
    ),
    Held(
        VisitRow,
        "visits to properties",
        lambda ids: among(VisitRow.person_id, ids),
        given=(*_VISIT, "visitor_interest", "visitor_feedback"),
        withheld={
            "person_id": OWN, "host_id": "the id of somebody else", "revision": MEANINGLESS,
            **dict.fromkeys(_OF_HOSTS, "what whoever showed it noted for themselves"),
        },
    ),
    Held(
        VisitRow,
        "visits to properties that the person shows to others",
        lambda ids: among(VisitRow.host_id, ids),
        given=(*_VISIT, *_OF_HOSTS),
        withheld={
            "person_id": "the id of somebody else", "host_id": OWN, "revision": MEANINGLESS,
            "visitor_interest": _THEIRS, "visitor_feedback": _THEIRS,
        },
        # They stay for their visitors, and find another host.
        anonymised={"host_id": None, **dict.fromkeys(_OF_HOSTS)},
        part="shown",
    ),
    Held(
        CalendarRow,
        "when the person shows properties",
        lambda ids: among(CalendarRow.person_id, ids),
        given=("hours", "holidays_off", "updated_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        BusyRow,
        "times that the person keeps free of visits",
        lambda ids: among(BusyRow.person_id, ids),
        given=("id", "starts", "ends", "note"),
        withheld={"person_id": OWN},
    ),
    Held(
        WatchChangeRow,
        "what the person's watches found",
        lambda ids: WatchChangeRow.watch_id.in_(_watches(ids)),
        given=("id", "watch_id", "property_id", "kind", "before", "after", "at", "told_at"),
    ),
    Held(
        WatchedRow,
        "how what the person watches stood last",
        lambda ids: WatchedRow.watch_id.in_(_watches(ids)),
        given=("watch_id", "property_id", "status", "price"),
    ),
    Held(
        WatchRow,
        "what the person watches",
        lambda ids: among(WatchRow.person_id, ids),
        given=(
            "id", "kind", "name", "question", "property_id", "state", "often", "snoozed_until", "made_at",
            "ended_at",
        ),
        withheld={
            "person_id": OWN, "median": MEANINGLESS, "checked_at": MEANINGLESS, "tell_at": MEANINGLESS,
        },
    ),
    Held(
        ShortlistCommentRow,
        "what was said on the person's shortlists, or by them on those of others",
        lambda ids: or_(
            among(ShortlistCommentRow.person_id, ids), among(ShortlistCommentRow.author_id, ids)
        ),
        given=("id", "list_id", "property_id", "name", "text", "at"),
        withheld={"person_id": EITHER, "author_id": EITHER},
    ),
    Held(
        ShortlistLinkRow,
        "links with which the person shares a shortlist",
        lambda ids: among(ShortlistLinkRow.person_id, ids),
        given=("id", "list_id", "may", "whom", "with_notes", "made_at", "expires_at"),
        withheld={"person_id": OWN, "token_hash": HASH},
    ),
    Held(
        ShortlistRow,
        "the shortlist",
        lambda ids: among(ShortlistRow.person_id, ids),
        given=("id", "property_id", "list_id", "note", "added_at"),
        withheld={"person_id": OWN, "rank": MEANINGLESS},
    ),
    Held(
        NamedShortlistRow,
        "the names of shortlists",
        lambda ids: among(NamedShortlistRow.person_id, ids),
        given=("id", "name", "made_at"),
        withheld={"person_id": OWN, "key": "the name in lower case"},
    ),
    Held(
        PortfolioRow,
        "properties that the person looks after as staff",
        lambda ids: among(PortfolioRow.staff_id, ids),
        given=("property_id", "assigned_at"),
        withheld={"staff_id": OWN},
    ),
)  # fmt: skip
