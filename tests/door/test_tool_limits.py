"""How often a tool may be called: by one person over all surfaces, by a guest from one address."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from pydantic_ai import Agent
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router

from agent.chat import GUEST, Chat
from agent.options import ModelOptions
from agent.toolset import CatalogToolset
from facade import problems
from facade.paths import PREFIX, binding
from facade.routes import routes
from servers.adapters.limiter import LocalLimiter
from servers.mcp import build, http_app
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from tests.agent.chatting import body
from tests.door import limited
from tests.door.asking import CLIENT, coming_from
from tests.door.conftest import HandClock
from tests.servers.serving import NOWHERE, VIEWERS, NoEmbedder, identify
from tests.servers.wire import ERAS, Era, wired
from tools.catalog import Catalog
from tools.contract import Viewer
from tools.cursors import Cursors
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports, SystemClock
from tools.refusals import TooMany

MEMBER = {"authorization": "Bearer member"}
pytestmark = pytest.mark.requirement("S5")


@pytest.fixture
def dispatcher(clock: HandClock) -> Dispatcher:
    limiter = LocalLimiter(now=clock)
    ports = Ports(NoEmbedder(), LocalBus(), SystemClock(), Cursors(b"for tests only"), limiter=limiter)
    return Dispatcher(Catalog.of([limited]), Database(DatabaseOptions(NOWHERE)), ports)


@pytest.fixture
async def rest(dispatcher: Dispatcher) -> AsyncGenerator[httpx.AsyncClient]:
    async with coming_from(Router(routes(dispatcher, identify))) as client:
        yield client


def path(dispatcher: Dispatcher, tool: str) -> str:
    return PREFIX + binding(dispatcher.catalog[tool]).path


async def test_a_guest_is_refused_with_the_time_to_wait(
    rest: httpx.AsyncClient, dispatcher: Dispatcher
) -> None:
    answers = [await rest.get(path(dispatcher, "roll_dice")) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["error"]["code"] == "too_many"
    assert 60 <= int(answers[-1].headers["retry-after"]) <= 63


async def test_another_address_another_person_and_another_tool_are_counted_apart(
    rest: httpx.AsyncClient, dispatcher: Dispatcher
) -> None:
    for _ in range(4):
        await rest.get(path(dispatcher, "roll_dice"))
    async with coming_from(Router(routes(dispatcher, identify)), "198.51.100.1") as other:
        assert (await other.get(path(dispatcher, "roll_dice"))).status_code == 200
    assert (await rest.get(path(dispatcher, "roll_dice"), headers=MEMBER)).status_code == 200
    assert (await rest.get(path(dispatcher, "weigh_scales"), headers=MEMBER)).status_code == 200


@pytest.mark.parametrize("era", ERAS)
async def test_a_person_has_one_count_over_all_surfaces(
    rest: httpx.AsyncClient, dispatcher: Dispatcher, era: Era
) -> None:
    person = VIEWERS["Bearer member"]
    assert (await rest.get(path(dispatcher, "weigh_scales"), headers=MEMBER)).status_code == 200
    endpoint = http_app(build(dispatcher, "user"), "/mcp", identify=identify)
    async with wired(endpoint, era) as wire:
        assert not (await wire.call("weigh_scales", "member")).get("isError")
        assert (await in_agent(dispatcher, person)) == {"said": "light"}
        refused = await wire.call("weigh_scales", "member")
    assert refused["isError"]
    assert refused["_meta"]["error"]["code"] == "too_many"
    assert "Try again in" in str(await in_agent(dispatcher, person))
    assert (await rest.get(path(dispatcher, "weigh_scales"), headers=MEMBER)).status_code == 429


async def in_agent(dispatcher: Dispatcher, viewer: Viewer) -> object:
    """What the toolset gives a model that calls the tool."""

    def script(messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        part = ToolCallPart("weigh_scales", {}) if len(messages) == 1 else TextPart("done")
        return ModelResponse(parts=[part])

    agent = Agent(toolsets=[CatalogToolset(dispatcher)], deps_type=Caller)
    run = await agent.run("call it", deps=Caller("agent", viewer), model=FunctionModel(script))
    parts = [part for message in run.all_messages() for part in message.parts]
    return next(part.content for part in parts if isinstance(part, ToolReturnPart))


@pytest.mark.parametrize("era", ERAS)
async def test_a_guest_over_mcp_is_counted_by_address(dispatcher: Dispatcher, era: Era) -> None:
    endpoint = http_app(build(dispatcher, "user"), "/mcp", identify=identify)
    async with wired(endpoint, era) as wire:
        failed = [bool((await wire.call("roll_dice")).get("isError")) for _ in range(4)]
    assert failed == [False, False, False, True]
    elsewhere = Caller("rest", client="198.51.100.1")
    assert await dispatcher.run(limited.roll_dice, {}, elsewhere) == limited.Said(said="six")


async def test_what_is_refused_for_another_reason_is_not_counted(
    rest: httpx.AsyncClient, dispatcher: Dispatcher
) -> None:
    for _ in range(5):
        assert (await rest.get(path(dispatcher, "weigh_scales"))).status_code == 401
        wrong = await rest.get(path(dispatcher, "weigh_scales"), params={"what": "this"}, headers=MEMBER)
        assert wrong.status_code == 422
    assert (await rest.get(path(dispatcher, "weigh_scales"), headers=MEMBER)).status_code == 200


async def test_without_an_address_nothing_is_counted(dispatcher: Dispatcher) -> None:
    for _ in range(5):
        await dispatcher.run(limited.roll_dice, {}, Caller("cli"))
    at_an_address = Caller("cli", client=CLIENT)
    for _ in range(3):
        await dispatcher.run(limited.roll_dice, {}, at_an_address)
    with pytest.raises(TooMany):
        await dispatcher.run(limited.roll_dice, {}, at_an_address)


async def test_guests_may_ask_the_chat_ten_questions_a_minute(dispatcher: Dispatcher) -> None:
    chat = Chat(dispatcher, identify, ModelOptions())
    app = ExceptionMiddleware(Router(chat.routes()), handlers=problems.handlers())
    async with chat.running(), coming_from(app) as client:
        answers = [await client.post("/api/v1/chat", json=body("hello")) for _ in range(GUEST + 1)]
        also = await client.post("/api/v1/chat/ag-ui", json=body("hello"))
        person = await client.post("/api/v1/chat", json=body("hello"), headers=MEMBER)
    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert answers[-1].json()["error"]["code"] == "too_many"
    assert int(answers[-1].headers["retry-after"]) > 0
    assert also.status_code == 429
    assert person.status_code == 200
