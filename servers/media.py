"""Photos as files: served to anybody who knows their names, and taken in from whoever may add them."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import Response
from starlette.routing import Route

from facade.problems import BadRequest, NoSuchPath, UnsupportedMediaType
from storage import photos
from tools import addresses
from tools.callers import Caller, admit
from tools.clients import client_of
from tools.identity import Identify, whoever
from tools.photos import kinds, uploads
from tools.refusals import Invalid

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.runtime import Runtime
    from tools.contract import Model
    from tools.ports import Blobs

SENT: Final = re.compile(r"/uploads/[\w-]+|/api/v1/listings/\d+/photos")
"""The addresses that take files, whose bodies may be larger than any other."""

MOST_BODY: Final = kinds.MOST_BYTES + 64 * 1024
"""A file with what a form says around it."""

_FORM_PATH: Final = "/api/v1/listings/{property_id:int}/photos"
_NAME: Final = re.compile(r"(photos|plans)/[\w-]{16,40}/((320|640|1280|1920)\.webp|1280\.jpg)")
_TYPES: Final = {"webp": "image/webp", "jpg": "image/jpeg"}
_FIELDS: Final = {"file", "kind", "caption"}
_HEADERS: Final = {
    # What is at a name never changes: another picture has another name.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Media:
    """Serves photos, takes what is sent to a signed address, and takes forms with a file."""

    def __init__(self, runtime: Runtime, identify: Identify) -> None:
        assert runtime.ports.blobs is not None
        self._store: Blobs = runtime.ports.blobs
        self._ports = runtime.ports
        self._dispatcher = runtime.dispatcher
        self._identify = identify

    def routes(self) -> list[Route]:
        """`/media/...`, `/uploads/{token}` and the form. They go before the routes of tools."""
        return [
            Route("/media/{name:path}", self._serve, methods=["GET"], name="media"),
            Route(f"{uploads.PATH}/{{token}}", self._take, methods=["PUT"], name="upload"),
            Route(_FORM_PATH, self._form, methods=["POST"], name="add_photo"),
        ]

    async def _serve(self, request: Request) -> Response:
        name: str = request.path_params["name"]
        if not _NAME.fullmatch(name):
            raise NoSuchPath("There is no such picture.")
        headers = {**_HEADERS, "ETag": f'"{blake2b(name.encode(), digest_size=12).hexdigest()}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        content = await self._store.get(name)
        if content is None:
            raise NoSuchPath("There is no such picture.")
        return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)

    async def _take(self, request: Request) -> Response:
        name = uploads.opened(self._ports, request.path_params["token"])
        content = await request.body()
        kinds.check(len(content), content[:64])
        if await self._closed(name):
            raise addresses.UploadClosed
        await self._store.put(name, content)
        return Response(status_code=204)

    async def _closed(self, name: str) -> bool:
        async with self._dispatcher.database.reading(primary=True) as db:
            return not await photos.waits(db, name.rpartition("/")[0])

    async def _form(self, request: Request) -> Response:
        viewer = await whoever(self._identify, request.scope, "any")
        begin = self._dispatcher.catalog[uploads.begin_upload.name]
        admit(begin, viewer)
        caller = Caller("rest", viewer, client=client_of(request.scope))
        content, fields = await _sent(request)
        kinds.check(len(content), content[:64])
        given = {**fields, "property_id": request.path_params["property_id"]}
        upload: Any = await self._dispatcher.run(begin, given, caller)
        row = await self._folder(upload.id)
        await self._store.put(photos.given(row), content)
        finish = self._dispatcher.catalog[uploads.finish_upload.name]
        photo: Model = await self._dispatcher.run(finish, {"id": upload.id}, caller)
        return Response(photo.model_dump_json(), media_type="application/json")

    async def _folder(self, photo_id: int) -> str:
        async with self._dispatcher.database.reading(primary=True) as db:
            row = await photos.get(db, photo_id)
        assert row is not None
        return row.folder


async def _sent(request: Request) -> tuple[bytes, dict[str, str]]:
    """The one file of a form, and its other fields."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise UnsupportedMediaType("Send a form (multipart/form-data) with the picture in the field `file`.")
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=4_096) as form:
            fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Invalid("Send the picture in the field `file`.")
            if unknown := sorted({name for name, _ in form.multi_items()} - _FIELDS):
                raise Invalid(f"There is no field {unknown[0]!r}; there are file, kind and caption.")
            return await file.read(), fields
    except MultiPartException as error:
        raise BadRequest(f"The form cannot be read: {error.message}") from None
