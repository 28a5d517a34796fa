"""Personal data: what people are told, and where."""

from __future__ import annotations

from typing import Final

from storage.campaigns import CampaignRow
from storage.deliveries import DeliveryRow, SuppressionRow
from storage.devices import DeviceRow
from storage.events import EventRow
from storage.notification_settings import NotificationSettingsRow
from storage.notifications import NotificationRow
from storage.personal.held import ADDRESS, HASH, OWN, Held, among

HELD: Final[tuple[Held, ...]] = (
    Held(
        EventRow,
        "what the person's devices are told",
        lambda ids: among(EventRow.person_id, ids),
        withheld={"*": "it lives for a day, and what it tells of is given where it stands"},
    ),
    Held(
        DeliveryRow,
        "what was sent to the person, over which channel",
        lambda ids: among(DeliveryRow.person_id, ids),
        given=("notification_id", "channel", "device_id", "state", "why", "at"),
        withheld={
            "person_id": OWN, "id": "a number without meaning", "claimed_by": "a number without meaning",
            "address_hash": ADDRESS,
        },
    ),
    Held(
        SuppressionRow,
        "channels over which the person cannot be reached",
        lambda ids: among(SuppressionRow.person_id, ids),
        given=("channel", "reason", "at"),
        withheld={"person_id": OWN, "address_hash": ADDRESS},
    ),
    Held(
        NotificationRow,
        "what the person was told",
        lambda ids: among(NotificationRow.person_id, ids),
        given=(
            "id", "type", "category", "said", "link", "fate", "listed", "at", "expires_at", "read_at",
            "digested_at",
        ),
        withheld={"person_id": OWN, "key": "a number without meaning"},
    ),
    Held(
        NotificationSettingsRow,
        "what the person wants to be told where",
        lambda ids: among(NotificationSettingsRow.person_id, ids),
        given=("off", "opted_in", "quiet_from", "quiet_until", "updated_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        DeviceRow,
        "devices that push messages reach",
        lambda ids: among(DeviceRow.person_id, ids),
        given=("id", "platform", "registered_at", "seen_at", "disabled_at"),
        withheld={
            "person_id": OWN,
            "session_id": "a number without meaning",
            "token": "a secret with which a push service reaches the device",
            "token_hash": HASH,
        },
    ),
    Held(
        CampaignRow,
        "campaigns that the person drafted as an admin",
        lambda ids: among(CampaignRow.made_by, ids),
        given=(
            "id", "state", "title_en", "title_hi", "text_en", "text_hi", "page", "told", "made_at",
            "begun_at", "ended_at",
        ),
        withheld={"made_by": OWN, "*": "whom it was for and how it was sent, which is the platform's"},
        stays="others were told it, and it holds an id only, which says nothing once the profile is gone",
    ),
)  # fmt: skip
