"""Every surface writes alike: the same effect, the same answer, the same keys, the same preview."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from servers.runtime import running
from servers.settings import load
from storage import embedded
from tests.access.world import URL, World
from tests.days import working_days
from tests.homes import settled
from tests.surfaces.callers import LEGACY, MODERN, Answer, CommandLine, Mcp, Rest, Surface, stdio
from tests.surfaces.chatting import InChat, chatting
from tests.surfaces.serving import SECRET, environment, serving
from tools.catalog import Catalog

pytestmark = [pytest.mark.timeout(120), pytest.mark.xdist_group("surfaces")]

OWN = ("ticket", "expires_at", "confirm_url")
"""What of a preview is every ticket's own."""

Doors = Mapping[str, Surface]


class House:
    """A running system that can be written to, and the ways in which people come to it."""

    def __init__(self, world: World, url: str, variables: Mapping[str, str], catalog: Catalog) -> None:
        self.world = world
        self._url, self._variables, self._catalog = url, variables, catalog

    async def doors(self, stack: AsyncExitStack, *, one: bool) -> Doors:
        """Every surface by name, each for a person of its own, or all for `one`."""
        names = ("REST", f"MCP {MODERN}", f"MCP {LEGACY}", "stdio", "command line")
        same = await self.token() if one else None
        return {name: await self._door(stack, name, same or await self.token()) for name in names}

    async def token(self) -> str:
        who = await self.world.signed_in("a person", "member", "user", self.world.reach("member"))
        return str(who.token)

    async def _door(self, stack: AsyncExitStack, name: str, token: str) -> Surface:
        if name == "command line":
            return CommandLine(self._variables, token)
        if name == "stdio":
            return await stack.enter_async_context(stdio(self._variables, token))
        headers = {"authorization": f"Bearer {token}", "host": URL.partition("://")[2]}
        client = httpx.AsyncClient(base_url=self._url, headers=headers, timeout=30)
        http = await stack.enter_async_context(client)
        return Rest(http, self._catalog) if name == "REST" else Mcp(http, name.partition(" ")[2])


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """That system, over a handful of homes."""
    home = tmp_path_factory.mktemp("house")
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(settled(server, empty_template, home))
        variables = {**environment(url, home), "GHAR_PUBLIC_URL": URL}
        chosen = load(database_url=url, home=home, secret=SECRET, embedder="hashing", public_url=URL)
        runtime = await stack.enter_async_context(running(chosen))
        chat = await stack.enter_async_context(chatting(runtime))
        served = await stack.enter_async_context(serving(variables))
        yield House(World(runtime, None, chat), served.url, variables, catalog)


@pytest.fixture
async def people(house: House) -> AsyncGenerator[Doors]:
    """Every surface, each with a person of its own."""
    async with AsyncExitStack() as stack:
        yield await house.doors(stack, one=False)


@pytest.fixture
async def person(house: House) -> AsyncGenerator[Doors]:
    """Every surface, all with the same person in the same sign-in."""
    async with AsyncExitStack() as stack:
        yield await house.doors(stack, one=True)


async def each(
    doors: Doors, tool: str, given: Mapping[str, Any], key: str | None = None
) -> dict[str, Answer]:
    """The answers of all surfaces, asked one after the other."""
    return {name: await door.call(tool, given, key) for name, door in doors.items()}


def alike(answers: Mapping[str, Answer]) -> Answer:
    """The one answer that all of them gave."""
    expected = answers["REST"]
    assert {name: answer for name, answer in answers.items() if answer != expected} == {}
    return expected


def refused(answers: Mapping[str, Answer]) -> tuple[str, str]:
    """The code and the sentence with which all of them refused."""
    said = {(answer["error"]["code"], answer["error"]["message"]) for answer in answers.values()}
    assert len(said) == 1, said
    return said.pop()


def tomorrow(hour: int) -> str:
    return f"{working_days()[0]}T{hour:02}:00:00+05:30"


@pytest.mark.requirement("S1", "U3", "U4")
async def test_a_write_answers_alike_through_every_surface(people: Doors) -> None:
    done = alike(await each(people, "shortlist_property", {"property_id": 1}))
    assert done == {"property_id": 1, "shortlisted": True, "changed": True, "list": "Shortlist"}
    listed = await each(people, "list_shortlist", {})
    assert {name: [item["property_id"] for item in answer["items"]] for name, answer in listed.items()} == {
        name: [1] for name in people
    }


@pytest.mark.requirement("T2")
async def test_a_key_of_one_surface_is_the_same_key_on_all_others(person: Doors) -> None:
    key = str(uuid4())
    first = await person["REST"].call("shortlist_property", {"property_id": 2}, key)
    assert first == {"property_id": 2, "shortlisted": True, "changed": True, "list": "Shortlist"}
    assert alike(await each(person, "shortlist_property", {"property_id": 2}, key)) == first
    code, _ = refused(await each(person, "shortlist_property", {"property_id": 3}, key))
    assert code == "key_reused"
    anew = await person["REST"].call("shortlist_property", {"property_id": 2})
    assert anew["changed"] is False


@pytest.mark.requirement("T1")
async def test_what_a_person_must_confirm_is_previewed_alike_and_not_done(people: Doors) -> None:
    asked = {"property_id": 1, "starts": tomorrow(11)}
    shown = await each(people, "request_visit", asked)
    assert len({answer["ticket"] for answer in shown.values()}) == len(people)
    alike({name: without(answer, OWN) for name, answer in shown.items()})
    visits = await each(people, "list_my_visits", {})
    assert alike(visits)["items"] == []


async def test_what_waits_is_told_alike_and_can_be_declined_anywhere(person: Doors) -> None:
    for name, door in person.items():
        shown = await door.call("request_visit", {"property_id": 1, "starts": tomorrow(12)})
        told = alike(await each(person, "action_status", {"ticket": shown["ticket"]}))
        assert (told["state"], told["preview"]) == ("waiting", shown), name
        declined = await door.call("decline_action", {"ticket": shown["ticket"], "reason": "too early"})
        assert (declined["state"], declined["reason"]) == ("declined", "too early"), name
        again = await door.call("decline_action", {"ticket": shown["ticket"]})
        assert again["error"]["code"] == "ticket_used", name


@pytest.mark.requirement("T3", "T4")
async def test_every_surface_leaves_the_same_record_and_can_take_it_back(people: Doors) -> None:
    surfaces = {"REST": "rest", "stdio": "mcp", "command line": "cli"}
    for name, door in people.items():
        await door.call("shortlist_property", {"property_id": 4})
        (latest, *_) = (await door.call("my_activity", {"limit": 1}))["items"]
        assert (latest["tool"], latest["surface"]) == ("shortlist_property", surfaces.get(name, "mcp"))
        undone = await door.call("undo_action", {"id": latest["id"]})
        assert "error" not in undone, (name, undone)
        assert (await door.call("list_shortlist", {}))["items"] == [], name


async def test_in_our_chat_the_same_write_waits_for_its_person_and_answers_alike(
    house: House, people: Doors
) -> None:
    chat = InChat(house.world, await house.token())
    answers = {
        name: await door.call("shortlist_property", {"property_id": 5}) for name, door in people.items()
    }
    assert await chat.call("shortlist_property", {"property_id": 5}) == alike(answers)
    latest = (await chat.call("my_activity", {"limit": 1}))["items"][0]
    assert (latest["tool"], latest["surface"]) == ("shortlist_property", "agent")
    assert latest["ticket"] is not None
    assert latest["turn"] is not None


async def test_in_our_chat_the_same_preview_is_shown(house: House, people: Doors) -> None:
    chat = InChat(house.world, await house.token())
    asked = {"property_id": 1, "starts": tomorrow(15)}
    elsewhere = await people["REST"].call("request_visit", asked)
    shown = await chat.preview("request_visit", asked)
    assert without(shown, OWN) == without(elsewhere, OWN)


async def test_our_chat_refuses_with_the_same_words(house: House, people: Doors) -> None:
    chat = InChat(house.world, await house.token())
    asked = {"property_id": 999_999}
    elsewhere = refused(await each(people, "shortlist_property", asked))
    assert refused({"REST": await chat.call("shortlist_property", asked)}) == elsewhere


def without(answer: Answer, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in names}
