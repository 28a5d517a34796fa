"""Request bodies: one JSON object of at most a mebibyte."""

from typing import Any, cast

from pydantic_core import from_json
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from facade.problems import MalformedJson, TooLarge, UnsupportedMediaType
from tools.refusals import Invalid

MOST_BYTES = 1024 * 1024
_EXACT = 2.0**53


async def read(receive: Receive, content_type: bytes | None, length: bytes | None) -> dict[str, Any]:
    """The JSON object that was sent; an empty one where there is no body."""
    if length is not None and length.isdigit() and int(length) > MOST_BYTES:
        raise TooLarge
    raw = await _bytes(receive)
    if not raw and content_type is None:
        return {}
    if content_type is None or not _json(content_type):
        raise UnsupportedMediaType
    return _object(raw)


async def _bytes(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = cast("bytes", message.get("body", b""))
        size += len(chunk)
        if size > MOST_BYTES:
            raise TooLarge
        chunks.append(chunk)
        more = bool(message.get("more_body", False))
    return b"".join(chunks)


def _json(content_type: bytes) -> bool:
    return content_type.split(b";", 1)[0].strip().lower() == b"application/json"


def _object(raw: bytes) -> dict[str, Any]:
    try:
        parsed: object = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise MalformedJson(f"The body is not JSON: {error}. Send one JSON object.") from error
    if not isinstance(parsed, dict):
        raise Invalid("The body must be one JSON object.")
    return _whole(cast("dict[str, Any]", parsed))


def _whole(value: Any) -> Any:
    """The same with 2.0 as 2: JSON knows one kind of number, and to JSON Schema both are integers."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_whole(each) for each in cast("list[Any]", value)]
    return value
