"""The export: all of one's own, none of anybody else's, and no secret."""

import json
from typing import Any

from storage.engine import Database
from tests.account.conftest import Join, Somebody
from tests.account.test_leaving import fill


async def test_everything_held_about_a_person_is_given_whole(asha: Somebody, database: Database) -> None:
    await fill(database, asha, "+919876543210")
    export = await asha.call("export_my_data")
    tables: dict[str, list[dict[str, Any]]] = {each.name: each.rows for each in export.tables}
    assert {name: len(held) for name, held in tables.items()} == {
        "people": 1,
        "sessions": 1,
        "portfolios": 1,
        "views": 1,
        "swipes": 1,
        "named_shortlists": 1,
        "shortlists": 1,
        "shortlist_links": 1,
        "shortlist_comments": 1,
        "watches": 1,
        "watched": 1,
        "watch_changes": 1,
        "visits": 1,
        "visits_shown": 1,
        "calendars": 1,
        "busy_times": 1,
        "reveals": 1,
        "properties": 1,
        "listings": 1,
        "listing_moves": 1,
        "photos": 1,
        "photos_sent": 1,
        "enquiries": 1,
        "enquiries_answered": 1,
        "enquiry_messages": 1,
        "enquiry_notes": 1,
        "staff_areas": 1,
        "staff_profiles": 1,
        "oauth_consents": 1,
        "tickets": 1,
        "activities": 1,
        "undos": 1,
        "sign_in_codes": 1,
        "jobs": 1,
        "notifications": 1,
        "notification_settings": 1,
        "devices": 1,
        "deliveries": 1,
        "suppressions": 1,
        "campaigns": 1,
        "import_files": 1,
        "flag_settings": 1,
        "reports": 1,
        "restrictions": 1,
    }
    (profile,) = tables["people"]
    assert (profile["phone"], profile["name"]) == ("+919876543210", "Asha Rao")
    assert profile["preferences"] == {"purpose": "rent"}
    assert json.loads(export.model_dump_json())["tables"][0]["name"] == "people"


async def test_nothing_of_others_is_in_it(asha: Somebody, ravi: Somebody, database: Database) -> None:
    await fill(database, asha, "+919876543210")
    export = await ravi.call("export_my_data")
    assert {each.name: len(each.rows) for each in export.tables if each.rows} == {"people": 1, "sessions": 1}
    assert "9876543210" not in export.model_dump_json()


async def test_a_visitor_is_not_given_what_a_host_noted_for_themselves(
    asha: Somebody, join: Join, database: Database
) -> None:
    await fill(database, asha, "+919876543210")
    visitor = await join(f"visitor-of-{asha.viewer.id}@example.com")
    assert "Noted for oneself." not in (await visitor.call("export_my_data")).model_dump_json()
    assert "Noted for oneself." in (await asha.call("export_my_data")).model_dump_json()


async def test_no_hash_of_a_secret_is_in_it(asha: Somebody) -> None:
    columns = {
        name for each in (await asha.call("export_my_data")).tables for row in each.rows for name in row
    }
    assert {name for name in columns if "hash" in name or "token" in name} == set()
