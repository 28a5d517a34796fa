"""Merging: places that are the same become one, and whatever stood in either stands in that one."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from storage import place_names
from storage.place_names import KINDS, Kind
from storage.search_places import NEWS
from tools.consent import Foreseen
from tools.contract import Batch, Call, Model, Round, tool
from tools.discovery import vectors
from tools.discovery.naming import (
    NamedPlace,
    NoSuchPlace,
    PlaceId,
    PlaceRecord,
    follow,
    found,
    record,
    shown,
)
from tools.jobs import job
from tools.refusals import Contradiction

LIKE: Final = 0.55
NEAR: Final = 3_000
"""Metres between two places that may be the same."""

AT_ONCE: Final = 500
"""Properties that are moved in one transaction."""


class NotOfOneKind(Contradiction):
    """Only places of one kind can be the same: two localities, two sectors, or two societies."""


class MergePlaces(Model):
    id: PlaceId
    """The place that is there by mistake. Its names will mean the other one."""

    into_id: PlaceId
    """The place that stays."""


class Merging(Model):
    """Two places that have become one."""

    place: PlaceRecord
    """The one that stays."""

    job_id: int
    """The work that moves what stood in the other, which `job_status` follows. Searches find it meanwhile."""

    def summary(self) -> str:
        return f"{self.place.summary()}. Job {self.job_id} moves what stood in the other."


class ListAlikePlaces(Model):
    kinds: Annotated[list[Kind], Field(max_length=3)] = Field(default_factory=list[Kind])
    """Only these; all three without one."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Alike(Model):
    """Two places that may be the same."""

    place: NamedPlace
    """The one with more live properties."""

    other: NamedPlace
    likeness: float
    """How alike they are spelt, up to 1."""

    metres: int | None
    """How far apart they are, where both are known to lie somewhere."""


class AlikePlaces(Model):
    """Pairs, the likest first."""

    items: list[Alike]

    def summary(self) -> str:
        told = (f"{each.other.summary()} / {each.place.summary()}" for each in self.items)
        return "\n".join(told) or "No two places look the same."


async def _foretell(call: Call, ask: MergePlaces) -> Foreseen:
    place, into = [await found(call, each) for each in _pair(ask)]
    if place.kind != into.kind:
        raise NotOfOneKind
    names = [len(await place_names.names(call.db, each.id)) for each in (place, into)]
    return Foreseen(
        what=(
            f"{place.name} ({place.kind}, {place.properties} properties, {place.live} of them live) becomes "
            f"another name of {into.name} ({into.properties} properties). Its properties and other names go "
            f"over, the {place.staff} members of staff who know it know {into.name} instead, and imports "
            f"that say {place.name} mean {into.name} from then on. This cannot be taken back.",
            f"{place.name} ({place.properties} प्रॉपर्टी, जिनमें {place.live} चालू) अब {into.name} "
            f"({into.properties} प्रॉपर्टी) का ही दूसरा नाम होगा। उसकी प्रॉपर्टी, दूसरे नाम और उसे जानने वाले "
            f"{place.staff} कर्मचारी उसमें चले जाएँगे, और आगे इम्पोर्ट में {place.name} का मतलब {into.name} "
            "होगा। इसे वापस नहीं लिया जा सकता।",
        ),
        whom=(into.name, into.name),
        state={
            "id": place.id,
            "into": into.id,
            "called": [place.name, into.name],
            "names": names,
            "moves": [place.properties, place.staff],
        },
    )


@tool(
    "admin",
    "destroy",
    scope="places:write",
    http="POST /admin/places/{id}/merge",
    consent="page",
    foretell=_foretell,
)
async def merge_places(call: Call, ask: MergePlaces) -> Merging:
    """Make one place another name of another, once confirmed; properties, names and staff go over."""
    ids = _pair(ask)
    if not await place_names.hold(call.db, *ids):
        raise NoSuchPlace
    place, into = [await found(call, each) for each in ids]
    if place.kind != into.kind:
        raise NotOfOneKind
    await place_names.merge(call.db, place.id, into.id, call.now())
    job_id = await follow(call)
    moved = {"called": place.name, "properties": place.properties, "staff": place.staff}
    call.changed("place", place.id, before=moved, after={"same_as": into.id, "called": into.name})
    call.changed("place", into.id, before={"properties": into.properties}, after={"merged": place.id})
    return Merging(place=await record(call, await found(call, into.id)), job_id=job_id)


@tool("staff", "read", scope="platform:read", http="GET /admin/places/alike", per_minute=20)
async def list_alike_places(call: Call, ask: ListAlikePlaces) -> AlikePlaces:
    """Pairs of places that may be the same: spelt alike, near each other, with properties in both."""
    kinds = tuple(dict.fromkeys(ask.kinds)) or KINDS
    pairs = await place_names.alike(call.db, kinds, least=LIKE, metres=NEAR, limit=ask.limit)
    known = {id_: shown(await found(call, id_)) for pair in pairs for id_ in (pair.id, pair.other_id)}
    return AlikePlaces(
        items=[
            Alike(
                place=known[each.id],
                other=known[each.other_id],
                likeness=round(each.likeness, 2),
                metres=each.metres,
            )
            for each in pairs
        ]
    )


@job(cron="20 * * * *", at_once=1)
async def follow_places(call: Call, ask: Batch) -> Round:
    """Let properties follow what their places were named or merged into. Repeat until nothing remains."""
    done, remaining = await place_names.follow(call.db, min(ask.limit, AT_ONCE))
    if not remaining:
        remaining = await place_names.look_again(call.db)
    if done:
        await vectors.follow(call.db)
        call.hints.add(NEWS)
    return Round(done=done, remaining=remaining)


def _pair(ask: MergePlaces) -> tuple[int, int]:
    if ask.id == ask.into_id:
        raise Contradiction("id and into_id are the same place.")
    return ask.id, ask.into_id
