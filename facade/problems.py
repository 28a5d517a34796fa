"""What goes wrong over HTTP: always `{"error": {code, message, details}}`, with its status and headers."""

import json
import logging
from functools import cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from facade.challenges import LOCAL, Challenges
from tools.refusals import NotFound, Refused, SignInRequired

if TYPE_CHECKING:
    from starlette.types import ExceptionHandler

log = logging.getLogger(__name__)

Headers: TypeAlias = list[tuple[bytes, bytes]]
JSON_TYPE = (b"content-type", b"application/json")
NEVER_STORED = (b"cache-control", b"no-store")


class BadRequest(Refused):
    """The request could not be read."""

    status = 400


class MalformedJson(BadRequest):
    """The body is not JSON. Send one JSON object."""


class BadIdempotencyKey(BadRequest):
    """An Idempotency-Key is 1 to 255 visible ASCII characters, such as a UUID."""


class NoSuchPath(NotFound):
    """There is nothing at this address. /openapi.json lists what there is."""


class MethodNotAllowed(Refused):
    """This address does not take that method."""

    status = 405


class TooLarge(Refused):
    """The body is larger than one mebibyte. Send less at once."""

    status = 413


class UnsupportedMediaType(Refused):
    """The body must be JSON: send it with Content-Type: application/json."""

    status = 415


class InputRequired(Refused):
    """This needs an answer from a person first, which cannot be asked for here. Use the chat instead."""


class ServerError(Refused):
    """Something went wrong on our side. It has been recorded; try again later."""

    status = 500


def encoded(refused: Refused) -> bytes:
    """The refusal's body as JSON."""
    return json.dumps(refused.body(), ensure_ascii=False, separators=(",", ":"), default=str).encode()


def headers(refused: Refused, challenge: str | None = None) -> Headers:
    """What a refusal says beside its body: never stored, when to come back, and how to sign in."""
    said: Headers = [JSON_TYPE, NEVER_STORED]
    if refused.retry_after is not None:
        said.append((b"retry-after", str(refused.retry_after).encode()))
    if challenge is not None:
        said.append((b"www-authenticate", challenge.encode()))
    return said


def response(refused: Refused, extra: Headers | None = None, challenges: Challenges = LOCAL) -> Response:
    """The whole refusal, for code that speaks in Starlette responses."""
    answer = Response(encoded(refused), refused.status)
    said = headers(refused, challenges.of(refused))
    answer.raw_headers = [*said, *(extra or []), (b"content-length", b"%d" % len(answer.body))]
    return answer


def handlers(challenges: Challenges = LOCAL) -> "dict[int | type[Exception], ExceptionHandler]":
    """Exception handlers for the application: every error that no route answered gets the common shape."""
    return {
        HTTPException: partial(_http_exception, challenges),
        Refused: partial(_refused, challenges),
        Exception: _defect,
    }


async def _http_exception(challenges: Challenges, request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    extra = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in (error.headers or {}).items()
    ]
    return response(_from_status(error.status_code), extra, challenges)


async def _refused(challenges: Challenges, request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return response(error, challenges=challenges)


async def _defect(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return response(ServerError())


_BY_STATUS: dict[int, type[Refused]] = {
    400: BadRequest,
    401: SignInRequired,
    404: NoSuchPath,
    405: MethodNotAllowed,
    413: TooLarge,
    415: UnsupportedMediaType,
    500: ServerError,
}


def _from_status(status: int) -> Refused:
    return (_BY_STATUS.get(status) or _plain(status))()


@cache
def _plain(status: int) -> type[Refused]:
    """A refusal for a status that has no class of its own; it says the status's phrase."""
    phrase = HTTPStatus(status).phrase
    name = "".join(word for word in phrase.title() if word.isalpha())
    return type(name, (Refused,), {"status": status, "__doc__": f"{phrase}."})
