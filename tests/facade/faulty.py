"""A catalog of tools that fail, each in its own way."""

from tools.contract import Call, Model, tool
from tools.host import NeedsInput, Roots
from tools.refusals import TooMany, Unavailable


class Nothing(Model):
    pass


@tool("guest", "read", http="GET /busy")
async def busy(call: Call, ask: Nothing) -> Nothing:
    """Too many requests."""
    raise TooMany(retry_after=7)


@tool("guest", "read", http="GET /away")
async def away(call: Call, ask: Nothing) -> Nothing:
    """Not available."""
    raise Unavailable


@tool("guest", "read", http="GET /asks")
async def asks(call: Call, ask: Nothing) -> Nothing:
    """Wants to know something first."""
    raise NeedsInput({"roots": Roots()})


@tool("guest", "read", http="GET /broken")
async def broken(call: Call, ask: Nothing) -> Nothing:
    """A defect."""
    raise RuntimeError("the secret of the house")
