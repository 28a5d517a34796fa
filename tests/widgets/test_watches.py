"""The list of watches over the real tools: what is pressed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.widgets.journeys import button
from tests.widgets.test_review import asked

if TYPE_CHECKING:
    from tests.widgets.hosting import Hosted

pytestmark = pytest.mark.requirement("S4")


async def test_a_watch_is_silenced_told_of_less_often_ended_and_taken_up_again(hosted: Hosted) -> None:
    house = hosted.house
    made = await asked(
        house, "member", "/me/watches", search={"words": "2 bhk in sector 57"}, name="Two rooms"
    )
    frame = await hosted.show("watch-list", live="member", arguments="{}")
    entry = frame.locator(f"#watch-{made['id']}")
    await entry.get_by_role("button", name="Quiet for a week").click()
    await expect(entry).to_contain_text("Quiet until")
    await entry.get_by_role("button", name="Tell again").click()
    await expect(entry).to_contain_text("Finding news")
    await entry.get_by_label("How often it tells").select_option("weekly")
    await expect(entry.get_by_role("status").filter(has_text="Saved.")).to_have_count(1)
    await entry.get_by_role("button", name="What it found").click()
    await expect(entry).to_contain_text("Nothing yet.")
    await button(frame, "End: Two rooms").click()
    await expect(entry.get_by_role("button", name="Watch again")).to_be_focused()
    kept = "select state::text, often::text, snoozed_until from watches where id = $1"
    (row,) = await house.query(kept, made["id"])
    assert (row["state"], row["often"]) == ("ended", "weekly")
    await entry.get_by_role("button", name="Watch again").click()
    await expect(entry.get_by_role("button", name="Pause")).to_be_focused()
    (row,) = await house.query(kept, made["id"])
    assert row["state"] == "active"
    # Whoever signs in for other tests has as few watches as before.
    await entry.get_by_role("button", name="End").click()
    await expect(entry).to_contain_text("Ended")
    assert await hosted.complaints() == []
