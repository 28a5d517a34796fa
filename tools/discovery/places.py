"""Places: names completed while they are typed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tools.contract import Call, Model, tool
from tools.discovery import locating
from tools.discovery.filters import Alone
from tools.discovery.understood import PlaceKind


class SuggestPlaces(Model):
    """The beginning of a name."""

    prefix: Annotated[str, Field(min_length=1, max_length=80)]
    """What has been typed: "sec 57", "dlf ph 2", "cyber"."""

    kinds: Annotated[tuple[PlaceKind, ...], Field(max_length=6), Alone] = ()
    """Only these; all kinds without one."""

    limit: Annotated[int, Field(ge=1, le=20)] = 10


class SuggestedPlace(Model):
    """A place that a search can name."""

    kind: PlaceKind
    name: str
    detail: str | None
    """What tells namesakes apart: a metro line, or a society's locality."""

    lat: float | None
    lng: float | None


class SuggestedPlaces(Model):
    """Places, the likeliest first."""

    items: list[SuggestedPlace]

    def summary(self) -> str:
        return ", ".join(f"{place.name} ({place.kind})" for place in self.items) or "No such place is known."


@tool("guest", "read", http="GET /places")
async def suggest_places(call: Call, ask: SuggestPlaces) -> SuggestedPlaces:
    """Complete the name of a locality, sector, society, metro station or office hub, however it is spelt."""
    _, gazetteer = await locating.places(call)
    found = gazetteer.suggest(ask.prefix, 200 if ask.kinds else ask.limit)
    fitting = [place for place in found if not ask.kinds or place.kind in ask.kinds]
    return SuggestedPlaces(
        items=[SuggestedPlace.model_validate(place) for place in fitting[: ask.limit]],
    )
