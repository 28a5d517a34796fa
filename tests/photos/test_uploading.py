"""Files over HTTP: the form, the signed address, and what everybody is served."""

import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from servers.jobs import operator
from tests.access.world import URL, World, opened
from tests.photos import pictures
from tests.photos.pictures import photo

MOST = 15 * 1024 * 1024


@dataclass(frozen=True)
class Owner:
    """Somebody who offers a home, at the door of the whole application."""

    world: World
    client: httpx.AsyncClient
    home: int
    headers: dict[str, str]

    @property
    def form_path(self) -> str:
        return f"/api/v1/listings/{self.home}/photos"

    async def form(self, content: bytes, name: str = "photo.jpg", **fields: Any) -> httpx.Response:
        files = {"file": (name, content, "image/jpeg")}
        return await self.client.post(self.form_path, files=files, data=fields, headers=self.headers)

    async def develop(self) -> None:
        """Do the jobs that wait for pictures."""
        runtime = self.world.runtime
        async with runtime.database.reading(primary=True) as db:
            waiting = await db.scalars(text("select id from photos where state = 'received'"))
            ids = waiting.all()
        tool = runtime.catalog["develop_photo"]
        for each in ids:
            await runtime.dispatcher.run(tool, {"id": each}, operator(tool))
        async with runtime.database.writing() as db:
            # As if staff had looked at them.
            await db.execute(text("update photos set held = false where held"))

    async def photos(self) -> list[dict[str, Any]]:
        answer = await self.client.get(self.form_path, headers=self.headers)
        assert answer.status_code == 200
        return answer.json()["items"]


@pytest.fixture
async def owner(database_url: str, tmp_path: Path) -> AsyncGenerator[Owner]:
    async with opened(database_url, tmp_path) as world:
        who = await world.person()
        session = await world.session(who, "user", world.reach("member"))
        scope = " ".join(sorted(world.reach("member")))
        token = await world.token(who, session, aud=f"{URL}/mcp", scope=scope)
        async with world.runtime.database.writing() as db:
            home = await db.scalar(text("select min(id) from properties"))
            assert home is not None
            await db.execute(text("update properties set owner_id = :who where id = :home"),
                             {"who": who, "home": home})  # fmt: skip
        async with world.client(world.app) as client:
            yield Owner(world, client, home, {"authorization": f"Bearer {token}"})


async def test_a_form_with_a_picture_becomes_a_photo_that_anybody_is_served(owner: Owner) -> None:
    answer = await owner.form(pictures.located(), "../../etc/passwd.html", caption="The balcony")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["caption"]) == ("processing", "The balcony")
    await owner.develop()
    (shown,) = await owner.photos()
    served = await owner.client.get(shown["path"])
    assert served.headers["content-type"] == "image/webp"
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert Image.open(io.BytesIO(served.content)).size == (600, 900)
    again = await owner.client.get(shown["path"], headers={"if-none-match": served.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    small = await owner.client.get(shown["path"].replace("1280.webp", "320.webp"))
    assert Image.open(io.BytesIO(small.content)).width == 320
    jpeg = await owner.client.get(shown["path"].replace("webp", "jpg"))
    assert jpeg.headers["content-type"] == "image/jpeg"


async def test_lists_and_the_property_itself_show_the_photo(owner: Owner) -> None:
    await owner.form(photo())
    await owner.develop()
    (shown,) = await owner.photos()
    home = (await owner.client.get(f"/api/v1/properties/{owner.home}")).json()
    assert home["photos"][0] == shown["path"]
    assert home["photo"] == shown["path"].replace("1280", "640")


async def test_a_signed_address_takes_one_picture_without_a_sign_in(owner: Owner) -> None:
    begun = await owner.client.post(f"{owner.form_path}/uploads", json={}, headers=owner.headers)
    assert begun.status_code == 200, begun.text
    url = begun.json()["url"]
    assert url.startswith(f"{URL}/uploads/")
    wrong = await owner.client.put(url, content=b"<html>", headers={"content-type": "image/jpeg"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "not_a_picture")
    sent = await owner.client.put(url, content=photo(), headers={"content-type": "image/jpeg"})
    assert sent.status_code == 204
    done = await owner.client.post(f"/api/v1/photos/{begun.json()['id']}/finish", headers=owner.headers)
    assert done.json()["state"] == "processing"
    late = await owner.client.put(url, content=photo(seed=2))
    assert (late.status_code, late.json()["error"]["code"]) == (404, "upload_closed")
    forged = await owner.client.put(f"{url[:-2]}xx", content=photo())
    assert (forged.status_code, forged.json()["error"]["code"]) == (404, "upload_closed")


async def test_bodies_are_bounded_there_and_no_larger_anywhere_else(owner: Owner) -> None:
    begun = await owner.client.post(f"{owner.form_path}/uploads", json={}, headers=owner.headers)
    for answer in (
        await owner.form(photo() + bytes(MOST)),
        await owner.client.put(begun.json()["url"], content=photo() + bytes(MOST)),
        await owner.client.put(begun.json()["url"], content=bytes(MOST + 200_000)),
        await owner.client.post("/api/v1/visits", content=bytes(2_000_000), headers=owner.headers),
        await owner.client.post(
            f"{owner.form_path}/uploads", content=bytes(2_000_000), headers=owner.headers
        ),
    ):
        assert answer.status_code == 413, answer.text
    large = await owner.form(photo() + bytes(3_000_000))
    assert large.status_code == 200


async def test_a_form_is_only_for_whoever_may_add_a_photo(owner: Owner) -> None:
    files = {"file": ("photo.jpg", photo(), "image/jpeg")}
    guest = await owner.client.post(owner.form_path, files=files)
    assert guest.status_code == 401
    assert "www-authenticate" in guest.headers
    stranger = await owner.world.signed_in("stranger", "member", "user", owner.world.reach("member"))
    answer = await owner.client.post(owner.form_path, files=files, headers=stranger.headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_in_charge")
    narrow = await owner.world.signed_in("narrow", "member", "user", {"mcp:read", "mcp:write"})
    answer = await owner.client.post(owner.form_path, files=files, headers=narrow.headers)
    assert answer.status_code == 403


async def test_a_form_that_is_none_is_refused_with_a_sentence(owner: Owner) -> None:
    send = owner.client.post
    for answer, status in (
        (await send(owner.form_path, json={"file": "x"}, headers=owner.headers), 415),
        (await send(owner.form_path, files={"other": ("a", b"a")}, headers=owner.headers), 422),
        (await owner.form(photo(), kind="selfie"), 422),
        (await owner.form(photo(), sneaky="field"), 422),
        (await owner.form(b"<svg/>", "photo.jpg"), 422),
        (await send(owner.form_path, content=b"--x\r\nbroken", headers={
            **owner.headers, "content-type": "multipart/form-data; boundary=x"}), 422),
        (await send(owner.form_path, content=b"", headers={
            **owner.headers, "content-type": "multipart/form-data"}), 400),
    ):  # fmt: skip
        assert answer.status_code == status, answer.text
        assert answer.json()["error"]["message"].endswith(".")


async def test_nothing_but_sizes_of_photos_is_served(owner: Owner) -> None:
    await owner.form(photo())
    async with owner.world.runtime.database.reading(primary=True) as db:
        folder = await db.scalar(text("select folder from photos"))
    for name in (
        f"{folder}/given",
        f"{folder}/..%2f..%2fsecret",
        "../secret",
        "photos",
        "photos/x/320.webp",
        "",
    ):
        answer = await owner.client.get(f"/media/{name}")
        assert answer.status_code == 404, name
