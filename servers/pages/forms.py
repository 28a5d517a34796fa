"""What a form of our pages sends: a few fields of text, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from facade.problems import BadRequest

if TYPE_CHECKING:
    from starlette.requests import Request

ENCODING: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 30


class BadForm(BadRequest):
    """The form could not be read."""


async def fields(request: Request) -> dict[str, str]:
    """The fields of a form by name, blank ones too; the last one where a name comes twice."""
    kind = request.headers.get("content-type", ENCODING).partition(";")[0].strip().lower()
    if kind != ENCODING:
        raise BadForm(f"A form is sent as {ENCODING}.")
    try:
        sent = (await request.body()).decode("ascii")
        return dict(parse_qsl(sent, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadForm from None
