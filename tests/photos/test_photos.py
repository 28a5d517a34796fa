"""Photos of a property: who may send them, what becomes of them, and what is left when they go."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from servers.adapters.blobs_disk import DiskBlobs
from storage import photos
from tests.account.conftest import Clock, Somebody
from tests.photos import pictures
from tests.photos.conftest import Run, Send, looked_at, shown
from tests.street import Street
from tools.charge import NotInCharge
from tools.contract import GUEST
from tools.masking import ContactInText
from tools.photos.kinds import NotAPicture, TooManyBytes
from tools.photos.shown import MOST, NoSuchPhoto, TooManyPhotos
from tools.photos.uploads import NothingSent
from tools.refusals import Invalid, SignInRequired


def names(store: DiskBlobs) -> set[str]:
    folder = store._folder  # pyright: ignore[reportPrivateUsage]
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


async def ids(asha: Somebody, home: int) -> list[int]:
    return [each.id for each in (await asha.call("list_photos", property_id=home)).items]


async def test_a_photo_that_was_sent_is_shown_in_all_sizes_and_what_was_sent_goes(
    asha: Somebody, home: int, street: Street, send: Send, store: DiskBlobs, run: Run
) -> None:
    photo = await send(pictures.located(), caption=" The balcony ")
    assert (photo.state, photo.cover, photo.caption) == ("ready", True, "The balcony")
    assert (photo.width, photo.height) == (600, 900)
    assert await shown(street, home) == [photo.path]
    await run("clean_up_photos")
    assert photo.path is not None
    folder = photo.path.removeprefix("/media/").removesuffix("/1280.webp")
    assert names(store) == set(photos.files(folder))


async def test_no_caption_tells_how_somebody_can_be_reached(asha: Somebody, home: int, send: Send) -> None:
    said = "Ring 98765 43210"
    with pytest.raises(ContactInText):
        await asha.call("begin_upload", property_id=home, caption=said)
    photo = await send(pictures.located(), caption="Kitchen")
    with pytest.raises(ContactInText):
        await asha.call("update_photo", id=photo.id, caption=said)
    assert [each.caption for each in (await asha.call("list_photos", property_id=home)).items] == ["Kitchen"]


async def test_a_photo_that_cannot_be_used_says_why_and_leaves_no_file(
    asha: Somebody, home: int, street: Street, send: Send, store: DiskBlobs, run: Run
) -> None:
    photo = await send(pictures.animated("WEBP"))
    assert (photo.state, photo.path) == ("refused", None)
    assert photo.problem == "The picture moves. Send one that stands still."
    await run("clean_up_photos")
    assert names(store) == set()
    assert await shown(street, home) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg/>", "This is not a JPEG, PNG or WebP picture."),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC and AVIF pictures cannot be read."),
        (b"GIF89a....", "GIF pictures are not taken."),
    ],
)
async def test_what_begins_like_no_picture_is_refused_when_it_was_sent(
    send: Send, content: bytes, said: str
) -> None:
    with pytest.raises(NotAPicture) as refused:
        await send(content)
    assert refused.value.message.startswith(said)


async def test_what_is_too_large_is_refused_and_what_was_not_sent_is_waited_for(
    asha: Somebody, home: int, send: Send
) -> None:
    with pytest.raises(TooManyBytes):
        await send(pictures.photo() + bytes(15 * 1024 * 1024))
    upload = await asha.call("begin_upload", property_id=home)
    with pytest.raises(NothingSent):
        await asha.call("finish_upload", id=upload.id)


async def test_only_who_offers_or_looks_after_a_property_changes_its_photos(
    asha: Somebody, ravi: Somebody, kiran: Somebody, admin: Somebody, home: int, send: Send
) -> None:
    photo = await send(pictures.photo())
    for tool, given in (
        ("begin_upload", {"property_id": home}), ("list_photos", {"property_id": home}),
        ("update_photo", {"id": photo.id, "caption": "Mine"}), ("remove_photo", {"id": photo.id}),
        ("finish_upload", {"id": photo.id}), ("restore_photo", {"id": photo.id}),
    ):  # fmt: skip
        with pytest.raises((NotInCharge, NoSuchPhoto)):
            await ravi.call(tool, **given)
    assert (await kiran.call("update_photo", id=photo.id, caption="By the window")).caption == "By the window"
    assert (await admin.call("update_photo", id=photo.id, caption="")).caption is None
    with pytest.raises(NotInCharge):
        await kiran.as_("member").call("list_photos", property_id=home)


async def test_the_order_is_the_persons_and_floor_plans_come_last(
    asha: Somebody, home: int, street: Street, send: Send
) -> None:
    plan = await send(pictures.photo(seed=9), kind="floor_plan")
    first, second, third = [(await send(pictures.photo(seed=each))).id for each in (1, 2, 3)]
    assert await ids(asha, home) == [first, second, third, plan.id]
    moved = await asha.call("update_photo", id=third, position=1)
    assert moved.cover
    assert await ids(asha, home) == [third, first, second, plan.id]
    every = await asha.call("list_photos", property_id=home)
    assert await shown(street, home) == [each.path for each in every.items]


async def test_a_photo_that_was_removed_comes_back_within_a_day_and_is_gone_after_it(
    asha: Somebody, home: int, street: Street, send: Send, store: DiskBlobs, run: Run, clock: Clock
) -> None:
    photo, other = await send(pictures.photo()), await send(pictures.photo(seed=2))
    await asha.call("remove_photo", id=photo.id)
    assert await shown(street, home) == [other.path]
    await run("clean_up_photos")
    await asha.call("restore_photo", id=photo.id)
    assert await shown(street, home) == [photo.path, other.path]
    await asha.call("remove_photo", id=photo.id)
    clock.pass_(timedelta(hours=25))
    await run("clean_up_photos")
    with pytest.raises(NoSuchPhoto):
        await asha.call("restore_photo", id=photo.id)
    await run("clean_up_photos")
    assert photo.path is not None
    assert not {name for name in names(store) if name in photo.path}
    assert len(names(store)) == 5


async def test_the_files_of_a_property_go_with_it(
    asha: Somebody, home: int, street: Street, send: Send, store: DiskBlobs, run: Run
) -> None:
    await send(pictures.photo())
    await street.run("delete from properties where id = :id", id=home)
    await run("clean_up_photos")
    assert names(store) == set()


async def test_a_file_that_was_never_finished_goes_and_its_place_too(
    asha: Somebody, home: int, street: Street, store: DiskBlobs, run: Run, clock: Clock
) -> None:
    upload = await asha.call("begin_upload", property_id=home)
    (folder,) = await street.ask("select folder from photos")
    await store.put(photos.given(folder), pictures.photo())
    clock.pass_(timedelta(hours=3))
    await run("clean_up_photos")
    assert names(store) == set()
    assert upload.id not in await ids(asha, home)


async def test_a_crash_between_the_files_and_their_photo_leaves_no_file(
    asha: Somebody, home: int, street: Street, store: DiskBlobs, run: Run, clock: Clock, send: Send
) -> None:
    photo = await send(pictures.photo())
    # As if the process had died after it wrote the files of another and before it said so.
    statement = "insert into doomed_blobs values ('photos/nobody-knows-of-it/320.webp', :at)"
    await street.run(statement, at=clock.now() + timedelta(hours=1))
    await store.put("photos/nobody-knows-of-it/320.webp", b"...")
    clock.pass_(timedelta(hours=2))
    await run("clean_up_photos")
    assert photo.path is not None
    assert len(names(store)) == 5
    assert "photos/nobody-knows-of-it/320.webp" not in names(store)


async def test_a_photo_is_developed_once_however_often_the_job_runs(
    asha: Somebody, home: int, street: Street, send: Send, run: Run
) -> None:
    photo = await send(pictures.photo())
    assert (await run("develop_photo", id=photo.id)).state == "ready"
    assert await street.count("photos") == 1
    await asha.call("finish_upload", id=photo.id)
    assert (await asha.call("list_photos", property_id=home)).items == [photo]


async def test_a_small_photo_comes_within_a_call(asha: Somebody, home: int, run: Run, street: Street) -> None:
    data = base64.b64encode(pictures.photo()).decode()
    photo = await asha.call("send_photo", property_id=home, data=data, caption="Kitchen")
    assert photo.state == "processing"
    await run("develop_photo", id=photo.id)
    await looked_at(street)
    assert len(await shown(street, home)) == 1
    with pytest.raises(NotAPicture):
        await asha.call("send_photo", property_id=home, data=base64.b64encode(b"<html>").decode())
    with pytest.raises(Invalid):
        await asha.call("send_photo", property_id=home, data="no base64 at all!")


async def test_a_property_has_no_more_than_thirty(asha: Somebody, home: int, street: Street) -> None:
    many = "insert into photos (property_id, kind, folder, position, state) "
    many += "select :home, 'photo', 'photos/' || n, n, 'ready' from generate_series(1, :most) n"
    await street.run(many, home=home, most=MOST)
    with pytest.raises(TooManyPhotos):
        await asha.call("begin_upload", property_id=home)


async def test_photos_that_look_alike_are_found_among_all_properties(
    asha: Somebody, home: int, street: Street, send: Send
) -> None:
    await send(pictures.photo())
    likeness = "select likeness from photos"
    (own,) = await street.ask(likeness)
    there = "insert into photos (property_id, kind, folder, position, state) "
    there += "values (:other, 'photo', 'photos/other', 1, 'ready') returning id"
    other = street.homes[3]
    await street.run(there, other=other)
    (copy,) = await street.ask("select id from photos where folder = 'photos/other'")
    async with street.database.writing() as db:
        await photos.develop(db, copy, photos.Seen(900, 600, "data:", own ^ 0b101))
    async with street.database.reading(primary=True) as db:
        found = await photos.alike(db, home)
    assert [(each.property_id, each.photo_id, each.bits) for each in found] == [(other, copy, 2)]


async def test_a_guest_sends_nothing(asha: Somebody, home: int) -> None:
    with pytest.raises(SignInRequired):
        await replace(asha, viewer=GUEST).call("begin_upload", property_id=home)
