"""What each type of notification may be about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from tests.notifications.conftest import NOON

_VISIT: Final = {"visit_id": 7, "title": "A flat", "starts": NOON + timedelta(days=1)}

EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "visit_requested": _VISIT,
    "visit_cancelled": _VISIT,
    "contact_shown": {"reveal_id": 3, "title": "A flat"},
    "signed_in": {"session_id": 5, "label": "Firefox on Android", "at": NOON},
    "account_leaving": {"deletes_at": NOON + timedelta(days=30)},
    "account_kept": {"at": NOON},
    "role_granted": {"role": "staff", "at": NOON},
    "job_done": {"job_id": 4, "what": "Send campaign"},
    "job_failed": {"job_id": 4, "what": "Send campaign"},
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
