"""The queue of listings to review over the real tools: what is decided here, and what others decided."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.widgets.journeys import button

if TYPE_CHECKING:
    from tests.clients.house import House
    from tests.widgets.hosting import Hosted

pytestmark = pytest.mark.requirement("S4")


async def asked(house: House, role: str, path: str, **given: Any) -> dict[str, Any]:
    """What the REST surface answers somebody in a role."""
    token = (await house.http.post(f"{house.url}/preview/token?as={role}")).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = await house.http.post(f"{house.url}/api/v1{path}", json=given, headers=headers)
    assert answer.is_success, answer.text
    return answer.json()


async def handed_in(house: House) -> tuple[int, str]:
    """A listing that waits for a review, and its title."""
    title = f"Flat {uuid.uuid4().hex[:8]}"
    words = "2 bhk apartment in sector 57 for rent 30000, 1100 sq ft"
    made = await asked(house, "member", "/me/listings", words=words, title=title)
    await asked(house, "member", f"/me/listings/{made['id']}/status", status="review")
    return made["id"], title


async def test_a_late_decision_is_told_what_a_colleague_decided_and_the_next_one_counts(
    hosted: Hosted,
) -> None:
    house = hosted.house
    (late, lost), (early, kept) = await handed_in(house), await handed_in(house)
    frame = await hosted.show("verification-queue", live="staff", arguments='{"limit": 100}')
    await expect(button(frame, f"Look at it: {kept}")).to_be_visible()
    reason = "It is listed already."
    await asked(
        house, "admin", f"/admin/listings/{late}/review", submission=1, decision="reject", reason=reason
    )
    if await button(frame, f"Look at it: {lost}").count():
        await button(frame, f"Look at it: {lost}").click()
    await button(frame, f"Approve: {lost}").click()
    await frame.get_by_role("button", name="Approve", exact=True).click()
    gone = frame.get_by_role("listitem", name=lost)
    await expect(gone).to_contain_text("This was decided elsewhere.")
    await expect(gone).to_contain_text("A colleague has rejected it already, on")
    await expect(gone).to_contain_text(f"Its owner was told: {reason}")
    # What comes next is open, and has the focus.
    following = frame.get_by_role("listitem", name=kept)
    await expect(following).to_be_focused()
    await button(frame, f"Ask for changes: {kept}").click()
    words = frame.get_by_role("textbox", name="What should change?")
    await expect(words).to_be_focused()
    await words.press("Escape")
    await expect(button(frame, f"Ask for changes: {kept}")).to_be_focused()
    await button(frame, f"Ask for changes: {kept}").click()
    await frame.get_by_role("button", name="Ask for changes", exact=True).click()
    # Without a word for its owner nothing is decided.
    await expect(frame.get_by_role("alert")).to_have_text("Say why in a few words: its owner is told.")
    await words.fill("Say which floor it is on.")
    await frame.get_by_role("button", name="Ask for changes", exact=True).click()
    await expect(following).to_contain_text("Its owner is told: Say which floor it is on.")
    stands = await house.query("select id, status from properties where id = any($1)", [late, early])
    assert {row["id"]: row["status"] for row in stands} == {late: "archived", early: "draft"}
    assert len(await hosted.calls("review_listing")) == 2
    told = await hosted.happened("tell", 1)
    assert f"asked for changes to listing {early}" in str(told)
    assert await hosted.complaints() == []
