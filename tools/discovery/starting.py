"""Starting: the opening of a conversation about finding a home."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from tools.blocks import Text
from tools.contract import Model
from tools.prompts import Say, prompt

_ASK: Final = (
    "Ask me at most two short questions about what is missing: to buy or to rent, budget, bedrooms, where. "
    "Then call search_properties with my words. Show the best three with price and place, say why each fits "
    "and what is unknown, and offer to compare them. When nothing fits, tell me the relaxations it suggests "
    "and let me choose. Say so when listings are demonstration data."
)


class Home(Model):
    """What is known before the conversation starts."""

    wishes: Annotated[str, Field(max_length=300)] | None = None
    """What you are looking for, in your own words."""


@prompt()
def help_me_find_a_home(ask: Home) -> list[Say]:
    """Start looking for a home in Gurugram: asks what matters, searches, and compares what it finds."""
    start = (
        f"I am looking for a home in Gurugram: {ask.wishes.strip()}"
        if ask.wishes and ask.wishes.strip()
        else "I am looking for a home in Gurugram."
    )
    return [Say(Text(f"{start}\n\n{_ASK}"))]
