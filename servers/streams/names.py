"""What the flatmates' stream calls our events, for the apps that were written for these names."""

from typing import Final

FLATMATES: Final = {
    "flatmates.matched": "new_match",
    "message.sent": "new_message",
    "conversation.updated": "conversation_updated",
    "visit.requested": "visit_updated",
    "visit.confirmed": "visit_updated",
    "visit.moved": "visit_updated",
    "visit.cancelled": "visit_updated",
    "listing.status_changed": "listing_status_changed",
    "notification.new": "new_notification",
}
"""Our name, and theirs. What has none is not told there."""
