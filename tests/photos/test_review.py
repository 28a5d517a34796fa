"""Photos of what is shown already: nobody sees them until staff have looked at them."""

import base64
from typing import Any

import pytest

from tests.account.conftest import Join, Somebody
from tests.photos import pictures
from tests.photos.conftest import Run, shown
from tests.street import Street
from tools.photos.review import OwnPhotos, PhotosDecided, WhyNeeded
from tools.refusals import Forbidden
from tools.wording import DoubtfulWords


@pytest.fixture
async def meera(join: Join) -> Somebody:
    """Looks at photos."""
    return await join("+919833333333", "staff")


async def sent(somebody: Somebody, home: int, run: Run, seed: int = 1) -> Any:
    data = base64.b64encode(pictures.photo(seed=seed)).decode()
    photo = await somebody.call("send_photo", property_id=home, data=data)
    await run("develop_photo", id=photo.id)
    every = (await somebody.call("list_photos", property_id=home)).items
    return next(each for each in every if each.id == photo.id)


async def test_a_photo_of_what_is_live_is_shown_once_staff_have_looked_at_it(
    asha: Somebody, ravi: Somebody, meera: Somebody, home: int, street: Street, run: Run
) -> None:
    photo, other = await sent(asha, home, run), await sent(asha, home, run, seed=2)
    assert (photo.held, photo.cover, await shown(street, home)) == (True, False, [])
    assert (await ravi.call("share_property", id=home)).pictures == []
    queue = (await meera.call("list_photo_queue", limit=1)).items
    assert [(each.id, each.property_id, each.path) for each in queue] == [(photo.id, home, photo.path)]
    with pytest.raises(Forbidden):
        await asha.call("review_photos", property_id=home, ids=[photo.id], decision="approve")
    await meera.call("review_photos", property_id=home, ids=[photo.id], decision="approve")
    assert await shown(street, home) == [photo.path]
    with pytest.raises(PhotosDecided):
        await meera.call("review_photos", property_id=home, ids=[photo.id, other.id], decision="approve")
    with pytest.raises(WhyNeeded):
        await meera.call("review_photos", property_id=home, ids=[other.id], decision="decline")
    given = {"property_id": home, "ids": [other.id], "decision": "decline"}
    await meera.call("review_photos", **given, reason="It shows a phone number.")
    assert (await meera.call("list_photo_queue")).items == []
    assert await shown(street, home) == [photo.path]
    every = (await asha.call("list_photos", property_id=home)).items
    assert [each.state for each in every] == ["ready", "refused"]
    told = await street.ask("select convert_from(payload, 'utf8') from pgqueuer")
    assert len([each for each in told if "photos_declined" in each and "phone number" in each]) == 1


async def test_whoever_looks_after_a_home_is_trusted_and_nobody_with_what_is_their_own(
    kiran: Somebody, meera: Somebody, home: int, street: Street, run: Run
) -> None:
    photo = await sent(kiran, home, run)
    assert (photo.held, await shown(street, home)) == (False, [photo.path])
    await street.set(home, owner_id=meera.id)
    own = await sent(meera, home, run, seed=2)
    assert own.held
    with pytest.raises(OwnPhotos):
        await meera.call("review_photos", property_id=home, ids=[own.id], decision="approve")


async def test_a_photo_of_what_waits_for_a_review_makes_another_submission_of_it(
    asha: Somebody, home: int, street: Street, run: Run
) -> None:
    await street.set(home, status="review")
    begun = "insert into listings (property_id, submission, submitted_at) values (:id, 1, now())"
    await street.run(begun, id=home)
    photo = await sent(asha, home, run)
    assert (photo.held, await shown(street, home)) == (False, [photo.path])
    assert await street.ask("select submission from listings") == [2]


async def test_nothing_is_shown_that_was_taken_away_for_the_review_or_came_to_one_that_was_withdrawn(
    asha: Somebody, meera: Somebody, street: Street, run: Run
) -> None:
    words = "2 bhk apartment in sector 57 for rent 30000, 1100 sq ft"
    home = (await asha.call("draft_listing", words=words)).id
    hidden = await sent(asha, home, run)
    await asha.call("remove_photo", id=hidden.id)
    await asha.call("change_listing_status", id=home, status="review")
    await meera.call("review_listing", id=home, submission=1, decision="approve")
    assert (await asha.call("restore_photo", id=hidden.id)).held
    await asha.call("update_listing", id=home, sector="Sector 45")
    assert (await sent(asha, home, run, seed=2)).held
    assert (await asha.call("update_listing", id=home, sector="Sector 57")).status == "live"
    assert await shown(street, home) == []


async def test_no_caption_insults_anybody_or_asks_for_money(asha: Somebody, home: int, run: Run) -> None:
    photo = await sent(asha, home, run)
    for said in ("Chutiya view", "Pay  the token-amount before visit", "Only G Pay"):
        with pytest.raises(DoubtfulWords):
            await asha.call("update_photo", id=photo.id, caption=said)
