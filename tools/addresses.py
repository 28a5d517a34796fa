"""Addresses that are signed: whoever has one can send a file there, until it ends, without a sign-in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tools.cursors import BadCursor
from tools.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.ports import Ports


class UploadClosed(NotFound):
    """This address takes no file any more. Begin the upload anew."""


def sign(ports: Ports, purpose: str, about: Mapping[str, Any], until: datetime) -> str:
    """The last part of an address that takes what `about` says."""
    return ports.cursors.write(purpose, {**about, "until": int(until.timestamp())})


def opened(ports: Ports, purpose: str, token: str) -> Mapping[str, Any]:
    """What an address takes. Refuses one that we did not sign for this purpose, or that is over."""
    try:
        about = ports.cursors.read(purpose, token)
    except BadCursor:
        raise UploadClosed from None
    if datetime.fromtimestamp(about["until"], UTC) < ports.clock.now():
        raise UploadClosed
    return about
