"""Every store of files keeps, gives and removes alike: a folder, a bucket of S3, an account of Cloudinary."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from minio import Minio
from moto.server import ThreadedMotoServer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servers.adapters.blobs_cloudinary import CloudinaryBlobs, signed
from servers.adapters.blobs_disk import DiskBlobs
from servers.adapters.blobs_s3 import S3Blobs
from tests.servers.serving import listening
from tools.ports import Blobs, Peek, StoreAway

NAME = "photos/a-name-that-nobody-guesses/320.webp"


class Cloud:
    """Cloudinary's wire format: uploads and removals that are signed, and delivery by name."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.app = Starlette(
            routes=[
                Route("/v1_1/Home/raw/upload", self._upload, methods=["POST"]),
                Route("/v1_1/Home/raw/destroy", self._destroy, methods=["POST"]),
                Route("/Home/raw/upload/{name:path}", self._deliver),
            ]
        )

    async def _upload(self, request: Request) -> Response:
        async with request.form() as sent:
            form = dict(sent)
            file: Any = form.pop("file")
            content = await file.read()
        if not self._sound(form):
            return JSONResponse({"error": {"message": "Invalid Signature"}}, 401)
        self.kept[str(form["public_id"])] = content
        return JSONResponse({"public_id": form["public_id"], "resource_type": "raw"})

    async def _destroy(self, request: Request) -> Response:
        form = dict(await request.form())
        if not self._sound(form):
            return JSONResponse({"error": {"message": "Invalid Signature"}}, 401)
        gone = self.kept.pop(str(form["public_id"]), None)
        return JSONResponse({"result": "not found" if gone is None else "ok"})

    async def _deliver(self, request: Request) -> Response:
        found = self.kept.get(request.path_params["name"])
        return Response(status_code=404) if found is None else Response(found)

    def _sound(self, form: dict[str, Any]) -> bool:
        fields = {name: str(value) for name, value in form.items()}
        given, key = fields.pop("signature"), fields.pop("api_key")
        return given == signed(fields, key, "a-secret")["signature"]


@pytest.fixture(scope="module")
def bucket() -> Generator[str]:
    """The address of a bucket, with the key to it."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    client = Minio(
        f"{host}:{port}", access_key="a-key", secret_key="a-secret", secure=False, region="ap-south-1"
    )
    client.make_bucket("homes")
    yield f"http://a-key:a-secret@{host}:{port}/homes?region=ap-south-1"
    server.stop()


@pytest.fixture(params=["disk", "s3", "cloudinary"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Blobs]:
    if request.param == "disk":
        yield DiskBlobs(tmp_path)
    elif request.param == "s3":
        yield S3Blobs(request.getfixturevalue("bucket"))
    else:
        async with listening(Cloud().app) as url:
            cloud = CloudinaryBlobs("cloudinary://a-key:a-secret@Home", api=url, delivery=url)
            yield cloud
            await cloud.close()


@pytest.mark.requirement("S18")
async def test_what_is_put_is_there_until_it_is_deleted(store: Blobs) -> None:
    assert await store.get(NAME) is None
    assert await store.peek(NAME) is None
    await store.put(NAME, b"first")
    await store.put(NAME, b"a picture" * 100)
    assert await store.get(NAME) == b"a picture" * 100
    peeked = await store.peek(NAME)
    assert peeked == Peek(900, (b"a picture" * 100)[:64])
    await store.delete(NAME)
    await store.delete(NAME)
    assert await store.get(NAME) is None


async def test_a_large_file_goes_in_and_comes_out_by_way_of_this_machine(
    store: Blobs, tmp_path: Path
) -> None:
    given, back = tmp_path / "given", tmp_path / "back"
    given.write_bytes(b"a row of a file\n" * 500_000)
    assert not await store.fetch(NAME, back)
    await store.put_file(NAME, given)
    assert await store.fetch(NAME, back)
    assert back.read_bytes() == given.read_bytes()
    await store.delete(NAME)


async def test_an_empty_file_is_a_file(store: Blobs) -> None:
    await store.put(NAME, b"")
    assert await store.peek(NAME) == Peek(0, b"")
    await store.delete(NAME)


async def test_a_bucket_takes_a_file_at_an_address_that_is_signed_for_its_name(bucket: str) -> None:
    store = S3Blobs(bucket)
    address = await store.upload_address(NAME, 3_600)
    assert address is not None
    parts = urlsplit(address)
    assert parts.path == f"/homes/{NAME}"
    assert "X-Amz-Signature=" in parts.query
    assert "X-Amz-Expires=3600" in parts.query
    async with httpx.AsyncClient() as client:
        answer = await client.put(address, content=b"from an app")
    assert answer.status_code == 200
    assert await store.get(NAME) == b"from an app"


async def test_a_folder_never_leads_out_of_itself(tmp_path: Path) -> None:
    store = DiskBlobs(tmp_path / "blobs")
    with pytest.raises(ValueError, match="below the folder"):
        await store.put("../elsewhere", b"")


async def test_a_file_of_a_folder_is_whole_while_many_write_it(tmp_path: Path) -> None:
    store = DiskBlobs(tmp_path)
    whole = [bytes([n]) * 200_000 for n in range(8)]
    seen: list[bytes | None] = []

    async def look() -> None:
        seen.extend([await store.get(NAME) for _ in range(20)])

    await asyncio.gather(look(), *(store.put(NAME, each) for each in whole))
    assert all(each is None or each in whole for each in seen)
    assert [path.name for path in (tmp_path / NAME).parent.iterdir()] == ["320.webp"]


async def test_a_store_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    nowhere = "127.0.0.1:9"
    for store in (
        S3Blobs(f"http://key:secret@{nowhere}/homes"),
        CloudinaryBlobs("cloudinary://k:s@Home", api=f"http://{nowhere}", delivery=f"http://{nowhere}"),
    ):
        with pytest.raises(StoreAway):
            await store.get(NAME)


def test_a_signature_is_that_of_cloudinarys_own_example() -> None:
    # From its documentation of signed uploads.
    fields = {"public_id": "sample_image", "timestamp": "1315060510"}
    fields |= {"eager": "w_400,h_300,c_pad|w_260,h_200,c_crop"}
    assert signed(fields, "1234", "abcd")["signature"] == "bfd09f95f331f558cbd1320e67aa8d488770583e"
