"""Tools of every audience and effect, for the toolset's tests. None of them opens a connection."""

from typing import Annotated

from pydantic import Field

from tools.contract import Call, Model, tool
from tools.refusals import Conflict, NotFound

booked: list[str] = []


class Ask(Model):
    times: Annotated[int, Field(ge=1, le=3)] = 1
    """How often to say it."""


class Echo(Model):
    said: str


class Day(Model):
    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class SlotTaken(Conflict):
    """Somebody else has booked this day. Choose another one."""


@tool("guest", "read", widget="echo")
async def say_hello(call: Call, ask: Ask) -> Echo:
    """Says hello."""
    return Echo(said=" ".join(["hello"] * ask.times))


@tool("guest", "read")
async def find_nothing(call: Call, ask: Ask) -> Echo:
    """Finds nothing."""
    raise NotFound("There is no such home.")


@tool("guest", "read")
async def break_down(call: Call, ask: Ask) -> Echo:
    """Has a defect."""
    raise ZeroDivisionError("the password is hunter2")


@tool("member", "write", scope="visits:write")
async def book_visit(call: Call, ask: Day) -> Echo:
    """Books a visit."""
    if ask.day in booked:
        raise SlotTaken
    booked.append(ask.day)
    return Echo(said=ask.day)


@tool("staff", "read")
async def read_reports(call: Call, ask: Ask) -> Echo:
    """Reads the reports."""
    return Echo(said="reports")


@tool("guest", "read", surfaces=frozenset({"rest"}))
async def count_pixels(call: Call, ask: Ask) -> Echo:
    """Is of no use to an agent."""
    return Echo(said="0")
