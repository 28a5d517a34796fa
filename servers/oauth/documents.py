"""Client ID Metadata Documents: clients known by the https address where they describe themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from pydantic import AnyHttpUrl, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from servers.fetching import Fetched, Fetcher, Unfetchable
from servers.oauth.described import BadMetadata, Described
from storage import oauth
from storage.cache import REFUSED_CLIENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.cache import Cache
    from storage.engine import Database

MOST_BYTES = 65_536
MOST_CHARACTERS = 1_000
FRESH_LEAST, FRESH_USUAL, FRESH_MOST = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)
_URL = TypeAdapter(AnyHttpUrl, config=ConfigDict(url_preserve_empty_path=True))
_MAX_AGE = re.compile(r"\bmax-age=(\d{1,9})\b")


class Documents:
    """Fetches metadata documents, and keeps them for as long as their servers allow, within bounds."""

    def __init__(self, database: Database, fetcher: Fetcher, cache: Cache) -> None:
        """`cache` keeps which ones failed."""
        self._database = database
        self._fetcher = fetcher
        self._cache = cache

    def is_one(self, client_id: str) -> bool:
        """Whether that id is the address of a metadata document, in its normal form."""
        if len(client_id) > MOST_CHARACTERS or not client_id.startswith("https://"):
            return False
        try:
            if str(_URL.validate_python(client_id)) != client_id:
                return False
        except ValidationError:
            return False
        parts = urlsplit(client_id)
        segments = unquote(parts.path).split("/")
        plain = "#" not in client_id and "@" not in parts.netloc and "?" not in client_id
        return plain and parts.path not in ("", "/") and not {".", ".."} & set(segments)

    async def fetch(self, client_id: str) -> dict[str, Any]:
        """What the document at that address says of its client, kept in the database. Refuses bad ones.

        One that failed is not asked for again for a minute.
        """
        failed = await self._cache.get(REFUSED_CLIENTS, client_id)
        if failed is not None:
            raise BadMetadata(failed.decode())
        try:
            fetched = await self._fetcher.get(client_id, limit=MOST_BYTES, accept="application/json")
            metadata = _described(client_id, fetched)
        except (Unfetchable, BadMetadata) as error:
            reason = f"The client's metadata document cannot be used. {error}."
            await self._cache.set(REFUSED_CLIENTS, client_id, reason.encode())
            raise BadMetadata(reason) from error
        async with self._database.writing() as db:
            await oauth.keep_document(db, client_id, to_json(metadata).decode(), fresh_for(fetched.headers))
        return metadata


def _described(client_id: str, fetched: Fetched) -> dict[str, Any]:
    kind = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise BadMetadata("It is not JSON")
    try:
        said: Any = from_json(fetched.body, allow_inf_nan=False)
    except ValueError as error:
        raise BadMetadata("It is not JSON") from error
    about = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    if about.get("client_id") != client_id:
        raise BadMetadata("Its client_id is not its address")
    described = Described.of(about)
    if about.get("client_secret") is not None or not _can_be_public(about):
        raise BadMetadata("Its token_endpoint_auth_method must be none")
    return described.metadata() | {"token_endpoint_auth_method": "none"}


def _can_be_public(about: Mapping[str, Any]) -> bool:
    """Whether the client can do without authentication, which is what we offer to metadata documents.

    ChatGPT prefers `private_key_jwt` and lists `none` among what it can do as well, see
    github.com/cloudflare/workers-oauth-provider/issues/293.
    """
    able = about.get("token_endpoint_auth_methods_supported")
    preferred = about.get("token_endpoint_auth_method", "none")
    return preferred == "none" or (isinstance(able, list) and "none" in able)


def fresh_for(headers: Mapping[str, str]) -> timedelta:
    """How long a document may be used, by its `Cache-Control`: a minute to a day, an hour if it is silent."""
    said = headers.get("cache-control", "").lower()
    if "no-store" in said or "no-cache" in said:
        return FRESH_LEAST
    found = _MAX_AGE.search(said)
    if found is None:
        return FRESH_USUAL
    return min(max(timedelta(seconds=int(found[1])), FRESH_LEAST), FRESH_MOST)
