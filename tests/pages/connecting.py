"""An app that a person connects: it registers, asks for consent in the browser, and gets its token."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from playwright.async_api import Page, Route

from tests.pages.visits import APP


@dataclass(frozen=True, slots=True)
class Connected:
    """An app that may act for somebody."""

    name: str
    token: str = field(repr=False)


async def _unlooked(_page: Page) -> None:
    """See nothing wrong."""


async def connect(
    page: Page, url: str, name: str, seen: Callable[[Page], Awaitable[None]] = _unlooked
) -> Connected:
    """Connect an app for whoever is signed in on this page. `seen` looks at the page of consent."""
    verifier = secrets.token_urlsafe(48)
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    metadata = {"client_name": name, "redirect_uris": [APP], "token_endpoint_auth_method": "none"}
    async with httpx.AsyncClient(base_url=url) as client:
        registered = (await client.post("/register", json=metadata)).json()
        asked = {
            "response_type": "code",
            "client_id": registered["client_id"],
            "redirect_uri": APP,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "resource": await _resource(client),
        }
        code = await _consented(page, f"{url}/authorize?{urlencode(asked)}", seen)
        redeemed = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": APP,
            "client_id": registered["client_id"],
            "code_verifier": verifier,
            "resource": asked["resource"],
        }
        given = await client.post("/token", data=redeemed)
    assert given.status_code == 200, given.text
    return Connected(name, given.json()["access_token"])


async def _resource(client: httpx.AsyncClient) -> str:
    told = await client.get("/.well-known/oauth-protected-resource/mcp")
    return str(told.json()["resource"])


async def _consented(page: Page, address: str, seen: Callable[[Page], Awaitable[None]]) -> str:
    await page.route(f"{APP}**", _arrived)
    await page.goto(address)
    await seen(page)
    await page.locator("button[value=allow]").click()
    await page.wait_for_url(f"{APP}**")
    return parse_qs(urlsplit(page.url).query)["code"][0]


async def _arrived(route: Route) -> None:
    """The app's own page, to which nothing of the test listens."""
    await route.fulfill(body="Connected.")
