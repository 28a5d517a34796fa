"""Metadata: the endpoints and what they can do (RFC 8414), and what guards each server (RFC 9728)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from servers.oauth.audiences import PATHS, Audiences

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.oauth.scopes import Scopes, Server
    from servers.signing import Signer

SERVER = "/.well-known/oauth-authorization-server"
RESOURCE = "/.well-known/oauth-protected-resource"
KEYS = "/.well-known/jwks.json"
_METHODS = ["none", "client_secret_post", "client_secret_basic"]
_NAMES: dict[Server, str] = {"user": "360 Ghar", "admin": "360 Ghar for staff"}
_KEPT = {"cache-control": "public, max-age=300"}


def of_server(url: str, scopes: Scopes, audiences: Audiences) -> dict[str, Any]:
    """What the authorization server says of itself."""
    return {
        "issuer": url,
        "authorization_endpoint": f"{url}/authorize",
        "token_endpoint": f"{url}/token",
        "registration_endpoint": f"{url}/register",
        "revocation_endpoint": f"{url}/revoke",
        "jwks_uri": f"{url}{KEYS}",
        "scopes_supported": list(scopes.every),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": _METHODS,
        "revocation_endpoint_auth_methods_supported": _METHODS,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": True,
        "protected_resources": [audiences.of(server) for server in PATHS],
        "ui_locales_supported": ["en", "hi"],
        "service_documentation": f"{url}/docs",
    }


def of_resource(server: Server, url: str, scopes: Scopes, audiences: Audiences) -> dict[str, Any]:
    """What guards one of the MCP servers."""
    return {
        "resource": audiences.of(server),
        "authorization_servers": [url],
        "scopes_supported": list(scopes.of(server)),
        "bearer_methods_supported": ["header"],
        "resource_name": _NAMES[server],
        "resource_documentation": f"{url}/docs",
    }


def routes(url: str, scopes: Scopes, signer: Signer) -> list[Route]:
    """The well-known documents. They import nothing slow: clients ask for them first."""
    audiences = Audiences(url)
    about = of_server(url, scopes, audiences)
    # Some clients put the path of the MCP server behind the well-known one, whatever the issuer is.
    documents = {SERVER: about} | {f"{SERVER}{path}": about for path in PATHS.values()}
    for server, path in PATHS.items():
        documents[f"{RESOURCE}{path}"] = of_resource(server, url, scopes, audiences)

    async def keys(_request: Request) -> Response:
        return JSONResponse(await signer.jwks(), headers=_KEPT)

    return [*(_document(path, said) for path, said in documents.items()), Route(KEYS, keys, methods=["GET"])]


def _document(path: str, said: dict[str, Any]) -> Route:
    async def answer(_request: Request) -> Response:
        return JSONResponse(said, headers=_KEPT)

    return Route(path, answer, methods=["GET"])
