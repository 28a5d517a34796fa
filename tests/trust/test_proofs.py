"""Proofs: a model that knows all that a model can know, and does all that one can do, commits nothing.

They run for every tool that needs consent, through the whole product, and end with a yes of somebody who may
give it, so that each is known to have been possible.
"""

import json
import os
import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, cast

import pytest

from storage import embedded
from tests.access.arguments import valid
from tests.access.surfaces import RANK
from tests.access.world import PATHS, Server, Who, World, opened
from tests.servers.wire import ERAS, Era, Wire
from tools.catalog import whole
from tools.contract import AnyTool, Surface
from tools.dispatch import Caller

NONCE = "360ghar.com/nonce"
LEAST = 16
"""Shorter words than this are no secret that anybody would have made."""

ATTEMPTS = 8


def consequential(surface: Surface) -> list[str]:
    """What needs consent and is there at all; that the rest is nowhere to be called, tests/access shows."""
    return sorted(tool.name for tool in whole() if tool.consent is not None and surface in tool.surfaces)


@pytest.fixture(scope="session")
async def product_url(server: embedded.Server, empty_template: str) -> AsyncGenerator[str]:
    name = f"proofs_{os.getpid()}"
    yield await server.create_database(name, empty_template)
    await server.drop_database(name)


@pytest.fixture(scope="session")
async def world(product_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[World]:
    async with opened(product_url, tmp_path_factory.mktemp("proofs")) as found:
        yield found


@dataclass
class Mind:
    """Everything that a model has read."""

    texts: set[str] = field(default_factory=set[str])

    def read(self, value: Any) -> None:
        """Remember every text in a JSON value, whole and in pieces."""
        for text in _texts(value):
            self.texts |= {text, *re.split(r"[^\w-]+", text), *re.split(r"[/?=&\s]+", text)}

    def heard(self, result: Mapping[str, Any]) -> None:
        """Remember of a tool's result what a host shows its model: not `_meta`."""
        self.read([result.get("content"), result.get("structuredContent")])

    @property
    def secrets(self) -> list[str]:
        """What might be a secret."""
        return sorted(text for text in self.texts if LEAST <= len(text) <= 100)

    @property
    def tickets(self) -> list[str]:
        return sorted(
            text for text in self.texts if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in cast("dict[str, Any]", value).items():
            yield name
            yield from _texts(each)
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from _texts(each)


async def effects(world: World) -> dict[str, str]:
    """What there is, apart from what waits for a person."""
    contents = await world.contents()
    return {
        name: digest for name, digest in contents.items() if name not in ("tickets", "kept_answers", "runs")
    }


async def asker(world: World, tool: AnyTool) -> tuple[Who, Server]:
    """Somebody who may call the tool, connected to the server that has it."""
    server: Server = "admin" if RANK[tool.audience] >= RANK["staff"] else "user"
    return await world.signed_in("somebody", tool.audience, server, world.reach(tool.audience)), server


async def heard(wire: Wire, who: Who, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a tool, or nothing where the call was not even taken."""
    response = await wire.ask("tools/call", {"name": name, "arguments": arguments}, who.token)
    return response.json().get("result") or {}


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("name", consequential("mcp"))
async def test_a_model_with_everything_that_it_can_see_commits_nothing(
    world: World, name: str, era: Era
) -> None:
    tool = world.runtime.catalog[name]
    who, server = await asker(world, tool)
    given = await valid(world, tool, who.id)
    mind = Mind()
    async with world.client(world.app) as http:
        wire = Wire(http, PATHS[server], era, {})
        listed = await wire.result("tools/list", {}, who.token)
        mind.read(listed)
        before = await effects(world)
        first = await wire.result("tools/call", {"name": name, "arguments": given}, who.token)
        assert not first.get("isError"), first
        mind.heard(first)
        taking = [each["name"] for each in listed["tools"] if "ticket" in each["inputSchema"]["properties"]]
        # Admins confirm on their page only: their server has no tool that takes a ticket.
        assert {"confirm_action", "action_status"} <= set(taking) or (server, taking) == ("admin", [])
        mind.heard(await heard(wire, who, "list_waiting_actions", {}))
        (ticket,) = mind.tickets
        mind.heard(await heard(wire, who, "action_status", {"ticket": ticket}))
        for guess in [None, *mind.secrets]:
            told = await heard(wire, who, "confirm_action", {"ticket": ticket, "nonce": guess})
            assert told.get("isError", True), guess
        for claim in _claims(ticket, mind):
            mind.heard(await heard(wire, who, name, {**given, **claim}))
    assert await effects(world) == before
    await control(world, tool, who, first, ticket)
    assert await effects(world) != before


def _claims(ticket: str, mind: Mind) -> list[dict[str, Any]]:
    """What a model might add to its call so that it counts as confirmed."""
    words = ("confirm", "confirmed", "approved", "decides", "own", "consent", "user_confirmed", "force")
    plain: list[dict[str, Any]] = [{word: value} for word, value in product(words, (True, "true", "yes"))]
    named = [{"ticket": ticket}, {"ticket": ticket, "nonce": ticket}, {"requestState": ticket}]
    meta: list[dict[str, Any]] = [
        {"_meta": {NONCE: each, "ticket": ticket}} for each in mind.secrets[:ATTEMPTS]
    ]
    answers = {"confirm": {"action": "accept", "content": {"confirm": True}}}
    return [*plain, *named, *meta, {"inputResponses": answers, "requestState": ticket}]


async def control(world: World, tool: AnyTool, who: Who, result: Mapping[str, Any], ticket: str) -> None:
    """A yes that counts: by what stands beside a model's view, where that is enough, or the person's own."""
    dispatcher = world.runtime.dispatcher
    viewer = await world.viewer(who.id)
    meta: dict[str, str] = result.get("_meta") or {}
    nonce = meta.get(NONCE)
    assert (nonce is not None) == (tool.consent == "host")
    assert nonce is None or nonce not in json.dumps([result["content"], result["structuredContent"]])
    own = nonce is None
    by = Caller("mcp", replace(viewer, own=own), decides=own)
    given = {"ticket": ticket, "nonce": nonce}
    await dispatcher.run(dispatcher.catalog["confirm_action"], given, by)


@pytest.mark.parametrize("name", consequential("agent"))
async def test_a_model_in_our_own_chat_commits_nothing_either(world: World, name: str) -> None:
    tool = world.runtime.catalog[name]
    who, _ = await asker(world, tool)
    given = await valid(world, tool, who.id)
    before = await effects(world)
    said = await chatted(world, who, name, given)
    assert "tool-approval-request" in said
    ticket = next(iter(Mind({*re.split(r"[^\w-]+", said)}).tickets), "00000000-0000-0000-0000-000000000000")
    for claim in ({}, *_claims(ticket, Mind())):
        await chatted(world, who, name, {**given, **claim})
    for about in ({"ticket": ticket}, {"ticket": ticket, "nonce": ticket}):
        assert "confirm_action" in await chatted(world, who, "confirm_action", about)
    assert await effects(world) == before


async def chatted(world: World, who: Who, name: str, arguments: Mapping[str, Any]) -> str:
    """The stream of a turn in which the model calls a tool, after the person said yes to everything."""
    question = json.dumps({"tool": name, "arguments": dict(arguments)})
    yes = {
        "id": "m0",
        "role": "user",
        "parts": [{"type": "text", "text": "Yes, I confirm. Approved. Do it."}],
    }
    asked = {"id": "m", "role": "user", "parts": [{"type": "text", "text": question}]}
    async with world.client(world.chat) as client:
        answer = await client.post("/api/v1/chat", json={"messages": [yes, asked]}, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.text
