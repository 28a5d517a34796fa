"""The life of a listing: from a draft over a review to where people find it, and off again."""

import asyncio

import pytest

from tests.account.conftest import Somebody
from tests.listings.homes import becomes, found, live, submitted
from tests.street import Street
from tools.listings.access import NoSuchListing
from tools.listings.life import Decided, NeedsReview, NotPossible
from tools.listings.review import NothingToReview, OwnListing, ReasonNeeded
from tools.refusals import Forbidden, Refused


async def test_nobody_finds_a_listing_before_it_is_approved(
    asha: Somebody, ravi: Somebody, meera: Somebody
) -> None:
    listing = await submitted(asha)
    assert await found(ravi) == []
    (waits,) = (await meera.call("list_review_queue")).items
    assert (waits.id, waits.submission, waits.form.sector) == (listing, 1, "Sector 57")
    answer = await meera.call("review_listing", id=listing, submission=1, decision="approve")
    assert answer.status == "live"
    assert (await meera.call("list_review_queue")).items == []
    assert await found(ravi) == [listing]
    assert (await asha.call("my_listings")).items[0].status == "live"


async def test_what_cannot_follow_is_refused_and_what_can_is_named(asha: Somebody, meera: Somebody) -> None:
    listing = await live(asha, meera)
    with pytest.raises(NotPossible, match="can become `paused`, `rented` or `archived`"):
        await becomes(asha, listing, "sold")
    with pytest.raises(NotPossible):
        await becomes(asha, listing, "review")


async def test_it_is_paused_and_live_again_without_another_review(
    asha: Somebody, ravi: Somebody, meera: Somebody
) -> None:
    listing = await live(asha, meera)
    await becomes(asha, listing, "paused")
    assert await found(ravi) == []
    await becomes(asha, listing, "live")
    assert await found(ravi) == [listing]


async def test_another_price_stays_live_and_another_place_is_reviewed_again(
    asha: Somebody, ravi: Somebody, meera: Somebody
) -> None:
    listing = await live(asha, meera)
    changed = await asha.call("update_listing", id=listing, price=32000)
    assert (changed.status, changed.price_text) == ("live", "₹32,000/month")
    (former,) = (await asha.call("get_listing", id=listing)).prices
    assert (former.was, former.price) == (30000, 32000)
    changed = await asha.call("update_listing", id=listing, sector="Sector 45")
    assert changed.status == "review"
    assert await found(ravi) == []
    with pytest.raises(NeedsReview):
        await becomes(asha, listing, "live")
    # What was approved comes back with what was approved.
    assert (await asha.call("update_listing", id=listing, sector="Sector 57")).status == "live"
    assert await found(ravi) == [listing]


async def test_doubtful_words_and_far_off_prices_are_looked_at_before_anybody_finds_them(
    asha: Somebody, ravi: Somebody, meera: Somebody
) -> None:
    listing = await live(asha, meera)
    assert (await asha.call("update_listing", id=listing, description="Sunny, quiet.")).status == "live"
    changed = await asha.call("update_listing", id=listing, description="Pay token amount before visit.")
    assert (changed.status, await found(ravi)) == ("review", [])
    assert "read its words" in changed.notes[-1]
    with pytest.raises(NeedsReview):
        await becomes(asha, listing, "live")
    (waits,) = (await meera.call("list_review_queue")).items
    await meera.call("review_listing", id=listing, submission=waits.submission, decision="approve")
    assert await found(ravi) == [listing]
    changed = await asha.call("update_listing", id=listing, price=300_000)
    assert (changed.status, await found(ravi)) == ("review", [])
    assert "Mend it if that was a slip" in changed.notes[-1]
    # What was read and approved stays so, and a slip that was mended needs nobody.
    assert (await asha.call("update_listing", id=listing, price=31_000)).status == "live"
    # Many small steps lead no further than one.
    assert (await asha.call("update_listing", id=listing, price=55_000)).status == "live"
    assert (await asha.call("update_listing", id=listing, price=90_000)).status == "review"


async def test_of_two_reviewers_one_decides(
    asha: Somebody, meera: Somebody, dev: Somebody, street: Street
) -> None:
    listing = await submitted(asha)
    decided = (
        each.call("review_listing", id=listing, submission=1, decision="reject", reason="No such house.")
        for each in (meera, dev)
    )
    came = await asyncio.gather(*decided, return_exceptions=True)
    assert [type(each) for each in came if isinstance(each, BaseException)] == [Decided]
    assert await street.ask("select count(*) from listing_moves where as_role = 'reviewer'") == [1]


async def test_whoever_comes_late_is_told_what_was_decided(
    asha: Somebody, meera: Somebody, dev: Somebody
) -> None:
    rejected, taken_back = await submitted(asha), await submitted(asha)
    given = {"id": rejected, "submission": 1, "decision": "reject", "reason": "No such house."}
    await meera.call("review_listing", **given)
    with pytest.raises(Decided, match=r"A colleague has rejected it already, .* told: No such house\."):
        await dev.call("review_listing", **given)
    with pytest.raises(Decided, match="You have rejected it already"):
        await meera.call("review_listing", **given)
    await becomes(asha, taken_back, "draft")
    with pytest.raises(Decided, match="it is a draft now"):
        await dev.call("review_listing", id=taken_back, submission=1, decision="approve")


async def test_nobody_approves_what_they_have_not_seen(asha: Somebody, meera: Somebody) -> None:
    listing = await submitted(asha)
    (seen,) = (await meera.call("list_review_queue")).items
    await asha.call("update_listing", id=listing, title="A palace", sector="Sector 45")
    with pytest.raises(Decided, match="handed in again"):
        await meera.call("review_listing", id=listing, submission=seen.submission, decision="approve")
    (seen,) = (await meera.call("list_review_queue")).items
    assert seen.form.title == "A palace"
    # What changes nothing is the same submission still.
    await asha.call("update_listing", id=listing, title="A palace")
    await meera.call("review_listing", id=listing, submission=seen.submission, decision="approve")


async def test_what_comes_back_with_a_reason_can_be_handed_in_again(asha: Somebody, meera: Somebody) -> None:
    listing = await submitted(asha)
    with pytest.raises(ReasonNeeded):
        await meera.call("review_listing", id=listing, submission=1, decision="ask_for_changes")
    await meera.call(
        "review_listing", id=listing, submission=1, decision="ask_for_changes", reason="Say which tower."
    )
    (line,) = (await asha.call("my_listings")).items
    assert line.next == "The reviewer asks for changes: Say which tower."
    await becomes(asha, listing, "review")
    with pytest.raises(Decided):
        await meera.call("review_listing", id=listing, submission=1, decision="approve")
    (waits,) = (await meera.call("list_review_queue")).items
    assert waits.submission == 2
    assert [move.reason for move in waits.history if move.by == "reviewer"] == ["Say which tower."]


async def test_nobody_decides_about_their_own(meera: Somebody, dev: Somebody, asha: Somebody) -> None:
    listing = await submitted(meera)
    with pytest.raises(OwnListing):
        await meera.call("review_listing", id=listing, submission=1, decision="approve")
    with pytest.raises(Forbidden):
        await asha.call("review_listing", id=listing, submission=1, decision="approve")
    with pytest.raises(NothingToReview):
        await dev.call("review_listing", id=listing, submission=2, decision="approve")
    await dev.call("review_listing", id=listing, submission=1, decision="approve")


async def test_a_listing_of_somebody_else_is_as_if_it_did_not_exist(
    asha: Somebody, ravi: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    listing = await live(asha, meera)
    for stranger in (ravi, meera):
        for tool, given in (
            ("get_listing", {}),
            ("update_listing", {"price": 1}),
            ("change_listing_status", {"status": "paused"}),
            ("duplicate_listing", {}),
            ("renew_listing", {}),
        ):
            with pytest.raises(NoSuchListing):
                await stranger.call(tool, id=listing, **given)
    await street.give(listing, meera)
    assert (await becomes(meera, listing, "paused")).status == "paused"
    assert (await becomes(admin, listing, "live")).status == "live"


async def test_its_owner_hears_of_whatever_others_do_with_it(
    asha: Somebody, meera: Somebody, admin: Somebody, street: Street
) -> None:
    listing = await live(asha, meera)
    await becomes(admin, listing, "paused")
    heard = "select about ->> 'status' from events where person_id = :who and name = 'listing.status_changed'"
    assert await street.ask(f"{heard} order by id", who=asha.id) == ["review", "live", "paused"]
    told = "select convert_from(payload, 'utf8')::jsonb ->> 'type' from pgqueuer "
    told += "where entrypoint = 'send_notification' order by id"
    assert await street.ask(told) == ["listing_approved", "listing_moved"]


async def test_undoing_a_move_goes_back(asha: Somebody, meera: Somebody, street: Street) -> None:
    listing = await live(asha, meera)
    await becomes(asha, listing, "paused")
    (paused,) = await street.ask("select max(id) from activities where tool = 'change_listing_status'")
    await asha.call("undo_action", id=paused)
    assert (await asha.call("get_listing", id=listing)).status == "live"


async def test_a_hundred_moves_at_once_leave_one_of_the_possible_states(
    asha: Somebody, meera: Somebody
) -> None:
    listing = await live(asha, meera)
    wanted = ["paused", "live", "rented", "archived"] * 5
    came = await asyncio.gather(
        *(becomes(asha, listing, status) for status in wanted), return_exceptions=True
    )
    assert all(isinstance(each, Refused) for each in came if isinstance(each, BaseException))
    full = await asha.call("get_listing", id=listing)
    assert full.status in wanted
    steps = full.history[::-1]
    assert [step.was for step in steps[1:]] == [step.now for step in steps[:-1]]
