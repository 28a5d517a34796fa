"""Tools that may be called three times a minute."""

from tools.contract import Call, Model, tool


class Nothing(Model):
    """No input."""


class Said(Model):
    said: str


@tool("guest", "read", per_minute=3)
async def roll_dice(call: Call, ask: Nothing) -> Said:
    """Roll dice."""
    return Said(said="six")


@tool("member", "read", per_minute=3)
async def weigh_scales(call: Call, ask: Nothing) -> Said:
    """Weigh something."""
    return Said(said="light")
