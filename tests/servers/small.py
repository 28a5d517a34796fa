"""A small catalog with one tool of every kind, none of which touches the database."""

import asyncio

from tools.blocks import Text
from tools.catalog import Catalog
from tools.contract import AnyTool, Call, Model, tool
from tools.host import NeedsInput, Question
from tools.prompts import Say, prompt


class Nothing(Model):
    pass


class Words(Model):
    words: str
    """What to say, in the person's own words."""

    times: int = 1


class Echo(Model):
    said: str

    def summary(self) -> str:
        return f"It said: {self.said}"


class Who(Model):
    id: int | None
    role: str


class Visit(Model):
    id: int


@tool("guest", "read", resource="echo://hello", resource_mime="application/json")
async def say_hello(call: Call, ask: Nothing) -> Echo:
    """Say hello."""
    return Echo(said="hello")


@tool("guest", "read")
async def repeat_words(call: Call, ask: Words) -> Echo:
    """Repeat what was said."""
    return Echo(said=" ".join([ask.words] * ask.times))


@tool("guest", "read")
async def who_am_i(call: Call, ask: Nothing) -> Who:
    """Say who is asking, after others had their turn."""
    await asyncio.sleep(0)
    return Who(id=call.viewer.id, role=call.viewer.role)


@tool("guest", "read")
async def break_down(call: Call, ask: Nothing) -> Echo:
    """Fail by a defect."""
    raise RuntimeError("a secret of the house")


@tool("guest", "read")
async def greet_person(call: Call, ask: Nothing) -> Echo:
    """Ask for a name, then greet."""
    if "name" not in call.host.answers:
        schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
        raise NeedsInput({"name": Question("What is your name?", schema)}, state=f"for {call.viewer.id}")
    return Echo(said=f"{call.host.answers['name']['name']} ({call.host.state})")


@tool("guest", "read")
async def report_work(call: Call, ask: Nothing) -> Echo:
    """Show progress."""
    await call.host.progress(1, 2, "half")
    await call.host.progress(2, 2, "all")
    return Echo(said="done")


@tool("member", "read", scope="visits:read", resource="visits://{id}")
async def get_visit(call: Call, ask: Visit) -> Visit:
    """A visit of the person who asks."""
    return ask


@tool("member", "write", scope="visits:write")
async def book_visit(call: Call, ask: Visit) -> Visit:
    """Book a visit."""
    return ask


@tool("staff", "read")
async def count_visits(call: Call, ask: Nothing) -> Echo:
    """Count all visits."""
    return Echo(said="none")


@tool("admin", "destroy", open_world=True)
async def drop_visits(call: Call, ask: Nothing) -> Echo:
    """Drop all visits."""
    return Echo(said="dropped")


class Wish(Model):
    place: str
    """Where to live."""


def _places(typed: str) -> list[str]:
    return [place for place in ("DLF Phase 2", "DLF Phase 3", "Sohna Road") if typed.lower() in place.lower()]


@prompt(completes={"place": _places})
def find_home(ask: Wish) -> list[Say]:
    """Look for a home."""
    return [Say(Text(f"Find me a home in {ask.place}."))]


TOOLS: list[AnyTool] = [
    say_hello,
    repeat_words,
    who_am_i,
    break_down,
    greet_person,
    report_work,
    get_visit,
    book_visit,
    count_visits,
    drop_visits,
]


def small() -> Catalog:
    """Everything above."""
    return Catalog(TOOLS, [find_home])
