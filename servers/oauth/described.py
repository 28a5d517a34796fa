"""What a client says of itself, by registering or in its metadata document: the same bounds for both."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, ValidationError

from servers.oauth import redirects
from servers.oauth.scopes import BadScope, separated

MOST_REDIRECTS = 20
GRANTS = ("authorization_code", "refresh_token")
_Text = Annotated[str, Field(max_length=200)]


class BadMetadata(Exception):
    """The description cannot be used; the text says why."""


class BadRedirects(BadMetadata):
    """One of the redirect addresses cannot be used."""


class Described(BaseModel):
    """The part of a client's metadata that we read (RFC 7591, section 2). Everything else is ignored."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    redirect_uris: Annotated[list[str], Field(min_length=1, max_length=MOST_REDIRECTS)]
    client_name: _Text | None = None
    client_uri: AnyHttpUrl | None = None
    scope: Annotated[str, Field(max_length=4_000)] | None = None
    grant_types: Annotated[list[_Text], Field(max_length=10)] = ["authorization_code", "refresh_token"]
    response_types: Annotated[list[_Text], Field(max_length=10)] = ["code"]
    token_endpoint_auth_method: _Text | None = None

    @classmethod
    def of(cls, said: Any) -> Self:
        """The description in `said`, once it has been found to be usable."""
        try:
            described = cls.model_validate(said)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            wrong = BadRedirects if where.startswith("redirect_uris") else BadMetadata
            raise wrong(f"{where}: {first['msg']}") from error
        described._check()
        return described

    def metadata(self) -> dict[str, Any]:
        """What is stored of it."""
        kept: dict[str, Any] = {
            "redirect_uris": self.redirect_uris,
            "client_name": shown(self.client_name),
            "client_uri": None if self.client_uri is None else str(self.client_uri),
            "scope": self.scope,
            "grant_types": [each for each in GRANTS if each in self.grant_types],
        }
        return {name: value for name, value in kept.items() if value is not None}

    def _check(self) -> None:
        for uri in self.redirect_uris:
            try:
                redirects.check(uri)
            except redirects.BadRedirect as error:
                raise BadRedirects(str(error)) from error
        if "authorization_code" not in self.grant_types or "code" not in self.response_types:
            raise BadMetadata("The grant authorization_code with the response type code is what we offer")
        try:
            separated(self.scope)
        except BadScope as error:
            raise BadMetadata(str(error)) from error


def shown(name: str | None) -> str | None:
    """A client's name as it is shown: one line without invisible or direction-turning characters."""
    visible = "".join(each if each.isprintable() else " " * each.isspace() for each in name or "")
    return " ".join(visible.split())[:80].rstrip() or None
