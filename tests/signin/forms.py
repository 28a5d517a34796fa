"""Signing in over HTTP as a browser does: forms, cookies, and the outbox for the code."""

import re
from html import unescape

import httpx

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: httpx.Response) -> dict[str, str]:
    """What a page's forms bring along unseen."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page.text)}


async def ask(client: httpx.AsyncClient, contact: str, **query: str) -> httpx.Response:
    """Send the form of the first step."""
    page = await client.get("/sign-in", params=query)
    return await client.post("/sign-in", data={**hidden(page), "contact": contact})


async def newest_code(client: httpx.AsyncClient) -> str:
    """The code of the newest message."""
    page = await client.get("/outbox")
    found = re.search(r'<div class="mail">([0-9]{6})', page.text)
    assert found is not None
    return found[1]


async def enter(client: httpx.AsyncClient, code: str, **query: str) -> httpx.Response:
    """Send the form of the second step."""
    page = await client.get("/sign-in/code", params=query)
    return await client.post("/sign-in/code", data={**hidden(page), "code": code})


async def sign_in(client: httpx.AsyncClient, contact: str, **query: str) -> httpx.Response:
    """Both steps; the answer to the second one, with its cookies in the client."""
    await ask(client, contact, **query)
    return await enter(client, await newest_code(client), **query)
