"""The toolset: who is offered what, what a model reads of a refusal, and what waits for a person."""

import time
from dataclasses import dataclass
from typing import Any, cast

import pytest
from pydantic_ai import RunContext
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.toolsets.abstract import ToolsetTool

from agent.concierge import Concierge
from agent.offline import OfflineModel
from agent.toolset import CatalogToolset
from tests.agent import example
from tests.agent.chatting import MEMBER, without_database
from tests.bearers import DOOR
from tools import schema
from tools.contract import GUEST, UNCHECKED, Viewer
from tools.dispatch import Caller
from tools.ports import Ports

OPEN = ("say_hello", "find_nothing", "break_down")


@dataclass
class Asking:
    """As much of a run's context as the toolset looks at."""

    deps: Caller
    tool_call_approved: bool = False


def asking(viewer: Viewer) -> RunContext[Caller]:
    return cast("RunContext[Caller]", Asking(Caller("agent", viewer)))


@pytest.fixture
def toolset(ports: Ports) -> CatalogToolset:
    return CatalogToolset(without_database(ports, example))


@pytest.fixture
def concierge(ports: Ports) -> Concierge:
    example.booked.clear()
    return Concierge(without_database(ports, example), OfflineModel(), "https://ghar.in/sign-in")


def scripted(*steps: ModelResponse | str) -> FunctionModel:
    """A model that takes these steps, whatever it reads."""
    left = list(steps)

    def step(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        taken = left.pop(0)
        return ModelResponse(parts=[TextPart(taken)]) if isinstance(taken, str) else taken

    return FunctionModel(step)


def call(name: str, **arguments: Any) -> ModelResponse:
    return ModelResponse(parts=[ToolCallPart(name, arguments)])


def returns(messages: list[ModelMessage]) -> list[ToolReturnPart]:
    return [part for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]


@pytest.mark.parametrize(
    ("viewer", "offered"),
    [
        (GUEST, {*OPEN, "book_visit (locked)"}),
        (UNCHECKED, {*OPEN, "book_visit (locked)"}),
        (Viewer(2, "member"), {*OPEN, "book_visit (locked)"}),
        (MEMBER, {*OPEN, "book_visit"}),
        (Viewer(3, "staff", DOOR), {*OPEN, "book_visit (locked)", "read_reports"}),
        (Viewer(3, "staff"), {*OPEN, "book_visit (locked)", "read_reports (locked)"}),
    ],
)
async def test_everybody_is_offered_what_dispatch_admits_and_told_what_it_would_after_a_sign_in(
    toolset: CatalogToolset, viewer: Viewer, offered: set[str]
) -> None:
    found = await toolset.get_tools(asking(viewer))
    assert {name + " (locked)" * locked(each) for name, each in found.items()} == offered


def locked(offered: ToolsetTool[Caller]) -> bool:
    """Whether the model is told no more of this tool than that it needs a sign-in first."""
    if "Not open to this person yet" not in (offered.tool_def.description or ""):
        return False
    assert offered.tool_def.parameters_json_schema == {"type": "object", "properties": {}}
    assert offered.tool_def.kind == "function"
    return True


@pytest.mark.parametrize(
    ("viewer", "said"),
    [
        (GUEST, "sign_in_required: Sign in to do this. The place for it is https://ghar.in/sign-in"),
        (
            Viewer(2, "member", frozenset({"mcp:write"})),
            "insufficient_scope: This connection lacks the permission 'visits:write'. The place for it is "
            "https://ghar.in/sign-in",
        ),
        (
            UNCHECKED,
            "AUTH_PROVIDER_UNREACHABLE: Sign-ins cannot be checked right now. Try again in a moment. "
            "Try again in 5 s.",
        ),
    ],
)
async def test_who_must_sign_in_first_is_told_where_and_never_asked_to_approve(
    concierge: Concierge, viewer: Viewer, said: str
) -> None:
    steps = scripted(call("book_visit", day="2026-12-01"), "please sign in")
    run = await concierge.agent.run("book", deps=Caller("agent", viewer), model=steps)
    (answer,) = returns(run.all_messages())

    assert (answer.outcome, answer.content) == ("failed", said)
    assert run.output == "please sign in"
    assert example.booked == []


async def test_definitions_are_the_catalogs_own_and_made_once(toolset: CatalogToolset) -> None:
    once, again = await toolset.get_tools(asking(GUEST)), await toolset.get_tools(asking(GUEST))
    definition = once["say_hello"].tool_def

    assert once is again
    assert definition.description == "Says hello."
    assert definition.parameters_json_schema == schema.of(example.Ask)
    assert definition.kind == "function"


async def test_an_answer_is_structured_and_says_which_tool_and_widget_it_is_of(concierge: Concierge) -> None:
    run = await concierge.agent.run(
        "hi", deps=Caller("agent"), model=scripted(call("say_hello", times=2), "done")
    )
    (answer,) = returns(run.all_messages())

    assert answer.content == {"said": "hello hello"}
    assert answer.metadata == {"tool": "say_hello", "widget": "echo"}


async def test_a_refusal_is_a_failure_that_the_model_can_read(concierge: Concierge) -> None:
    run = await concierge.agent.run("hi", deps=Caller("agent"), model=scripted(call("find_nothing"), "sorry"))
    (answer,) = returns(run.all_messages())

    assert answer.outcome == "failed"
    assert answer.content == "not_found: There is no such home."
    assert run.output == "sorry"


async def test_wrong_arguments_are_handed_back_to_be_mended(concierge: Concierge) -> None:
    steps = scripted(call("say_hello", times=9), call("say_hello", times=3), "done")
    run = await concierge.agent.run("hi", deps=Caller("agent"), model=steps)
    first, second = returns(run.all_messages())

    assert first.outcome == "retried"
    assert "times" in first.model_response_str()
    assert second.content == {"said": "hello hello hello"}


async def test_nobody_is_asked_to_approve_a_call_that_cannot_run(concierge: Concierge) -> None:
    steps = scripted(call("book_visit", day="tomorrow"), "which day?")
    run = await concierge.agent.run("book", deps=Caller("agent", MEMBER), model=steps)

    assert run.output == "which day?"
    assert example.booked == []


async def test_a_call_in_process_costs_less_than_half_a_millisecond(toolset: CatalogToolset) -> None:
    context = asking(GUEST)
    calls = 200
    began = time.process_time()
    for _ in range(calls):
        tool = (await toolset.get_tools(context))["say_hello"]
        arguments = tool.args_validator.validate_json('{"times": 2}')
        await toolset.call_tool("say_hello", arguments, context, tool)
    assert (time.process_time() - began) / calls < 0.0005
