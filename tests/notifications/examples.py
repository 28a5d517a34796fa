"""What each type of notification may be about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from tests.notifications.conftest import NOON

_VISIT: Final = {"visit_id": 7, "title": "A flat", "starts": NOON + timedelta(days=1)}
_ENQUIRY: Final = {"enquiry_id": 6, "title": "A flat"}
_REVIEW: Final = {"listing_id": 11, "submission": 2, "title": "A flat"}
_END: Final = {"listing_id": 11, "title": "A flat", "until": NOON + timedelta(days=7)}
_IMPORT: Final = {"report": 3, "file": "partner.csv", "added": 120, "changed": 4, "refused": 2}
_TICKET: Final = "0c7e6b9c-5f0a-4d0e-9a36-6a4b1d3c7f10"

EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "visit_requested": _VISIT,
    "visit_cancelled": {**_VISIT, "why": "plans_changed"},
    "visit_unassigned": _VISIT,
    "visit_confirmed": _VISIT,
    "visit_moved": _VISIT,
    "visit_host_left": _VISIT,
    "visit_reminder": {**_VISIT, "stage": "day_before"},
    "visit_unconfirmed": {**_VISIT, "stage": "two_hours"},
    "visit_uncertain": _VISIT,
    "visit_handed_on": {**_VISIT, "who": "Meera Das"},
    "visit_how_was_it": _VISIT,
    "visit_how_did_it_go": _VISIT,
    "visit_follow_up": {**_VISIT, "on": date(2031, 6, 2)},
    "contact_shown": {"reveal_id": 3, "title": "A flat"},
    "contact_wanted": {**_ENQUIRY, "ticket": _TICKET},
    "contact_agreed": {**_ENQUIRY, "reveal_id": 3},
    "enquiry_message": {**_ENQUIRY, "message_id": 8},
    "leads_given": {"job": "12", "properties": 40},
    "enquiries_given": {"at": NOON, "enquiries": 4},
    "listing_accepted": {"property_id": 2, "title": "A flat"},
    "listing_offered": {"property_id": 2, "title": "A flat", "who": "Kiran Bedi", "ticket": _TICKET},
    "listing_approved": {**_REVIEW, "reason": "Well told."},
    "listing_changes_asked": {**_REVIEW, "reason": "Say which tower."},
    "photos_declined": {
        "listing_id": 7,
        "first": 3,
        "title": "A flat",
        "reason": "The second shows a phone number.",
    },
    "listing_rejected": {**_REVIEW, "reason": "There is no such house."},
    "listing_moved": {"listing_id": 11, "version": 4, "title": "A flat", "status": "rented"},
    "listing_expiring": _END,
    "listing_expired": _END,
    "report_handled": {"report_id": 5, "kind": "comment", "outcome": "taken_down"},
    "content_taken_down": {"report_id": 5, "kind": "photo", "note": "It is not of this home."},
    "content_warned": {"report_id": 5, "kind": "enquiry", "note": "Please stay polite."},
    "reaching_restricted": {
        "report_id": 5,
        "kind": "enquiry",
        "note": "You asked for money in advance.",
        "until": NOON + timedelta(days=30),
    },
    "shortlist_commented": {"comment_id": 6, "name": "Mummy", "list": "For Mummy", "text": "Too dark."},
    "watch_found": {
        "watch_id": 2,
        "last": 8,
        "name": "2bhk near cyber city",
        "english": ["New: A flat, ₹25,000/month"],
        "hindi": ["नया: A flat, ₹25,000/माह"],
        "page": "a-signed-token",
    },
    "signed_in": {"session_id": 5, "label": "Firefox on Android", "at": NOON},
    "account_leaving": {"deletes_at": NOON + timedelta(days=30)},
    "account_kept": {"at": NOON},
    "role_granted": {"role": "staff", "at": NOON},
    "job_done": {"job_id": 4, "what": "Send campaign"},
    "job_failed": {"job_id": 4, "what": "Send campaign"},
    "import_checked": _IMPORT,
    "import_done": _IMPORT,
    "import_refused": {
        "upload": 5,
        "file": "partner.csv",
        "problem": "This file lacks the columns lat and lng.",
    },
    "digest": {"day": date(2031, 6, 2), "count": 2, "english": ["One.", "Two."], "hindi": ["एक।", "दो।"]},
    "campaign": {
        "campaign_id": 9,
        "title_en": "New homes",
        "title_hi": "नए घर",
        "text_en": "See what is new.",
        "text_hi": "देखें क्या नया है।",
        "page": "account",
    },
}
