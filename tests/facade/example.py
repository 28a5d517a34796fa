"""A small catalog that has one of everything the REST surface must carry."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from tools.contract import Call, Model, Page, tool
from tools.money import Rupees
from tools.refusals import Conflict, NotFound, Refused

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Home(Model):
    """A home."""

    id: int
    title: str
    rent: Rupees
    bedrooms: int
    listed: datetime | None


class Homes(Page[Home]):
    """A page of homes."""

    heard: str | None


class ListHomes(Model):
    purpose: Literal["rent", "pg"] = "rent"

    bedrooms: list[Annotated[int, Field(ge=0, le=10)]] = Field(default=[], max_length=5)
    """Any of these."""

    rent_max: Rupees | None = None

    words: Annotated[str, Field(max_length=100)] | None = Field(default=None, examples=["near the metro"])
    """Plain words."""

    furnished: bool | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    limit: int = Field(default=20, ge=1, le=50)
    cursor: Annotated[str, Field(max_length=200)] | None = None


class GetHome(Model):
    id: Id


class CompareHomes(Model):
    ids: list[Id] = Field(min_length=2, max_length=5)


class Comparison(Model):
    homes: list[Home]


class SuggestWords(Model):
    typed: str = Field(max_length=50)


class Words(Model):
    words: list[str]


class Viewing(Model):
    id: int
    home_id: int
    starts: datetime
    note: str | None


class RequestViewing(Model):
    home_id: Id

    starts: AwareDatetime
    """When to meet."""

    note: Annotated[str, Field(max_length=200)] | None = None


class ChangeViewing(Model):
    id: Id
    starts: AwareDatetime


class CancelViewing(Model):
    id: Id


class Cancelled(Model):
    id: int


class ListViewings(Model):
    cursor: Annotated[str, Field(max_length=200)] | None = None


class SlotTaken(Conflict):
    """Someone else is seeing this home then."""


class CountCallers(Model):
    pass


class Count(Model):
    callers: int


HOMES = {
    id_: Home.model_validate(
        {"id": id_, "title": f"घर {id_}", "rent": 20_000 + id_, "bedrooms": id_ % 4, "listed": None}
    )
    for id_ in range(1, 8)
}


@tool("guest", "read", http="GET /homes")
async def list_homes(call: Call, ask: ListHomes) -> Homes:
    """Homes by what they must have."""
    after: int = call.ports.cursors.read("homes", ask.cursor)["after"] if ask.cursor else 0
    found = [home for home in HOMES.values() if home.id > after]
    if ask.bedrooms:
        found = [home for home in found if home.bedrooms in ask.bedrooms]
    if ask.rent_max is not None:
        found = [home for home in found if home.rent <= ask.rent_max]
    items, more = found[: ask.limit], len(found) > ask.limit
    cursor = call.ports.cursors.write("homes", {"after": items[-1].id}) if more else None
    return Homes(items=items, next_cursor=cursor, has_more=more, heard=ask.words)


@tool("guest", "read", http="GET /homes/{id}")
async def get_home(call: Call, ask: GetHome) -> Home:
    """One home."""
    if ask.id not in HOMES:
        raise NotFound(f"There is no home {ask.id}.")
    return HOMES[ask.id]


@tool("guest", "read", http="GET /homes/compare")
async def compare_homes(call: Call, ask: CompareHomes) -> Comparison:
    """Homes side by side."""
    missing = [id_ for id_ in ask.ids if id_ not in HOMES]
    if missing:
        raise NotFound(f"There is no home {missing[0]}.")
    return Comparison(homes=[HOMES[id_] for id_ in ask.ids])


@tool("guest", "read")
async def suggest_words(call: Call, ask: SuggestWords) -> Words:
    """What may be meant."""
    return Words(words=[ask.typed])


@tool("member", "read", scope="viewings:read", http="GET /viewings")
async def list_viewings(call: Call, ask: ListViewings) -> Page[Viewing]:
    """The caller's viewings."""
    return Page[Viewing](items=[], next_cursor=None, has_more=False)


@tool("member", "write", scope="viewings:write", http="POST /viewings")
async def request_viewing(call: Call, ask: RequestViewing) -> Viewing:
    """Book a time to see a home."""
    if ask.home_id not in HOMES:
        raise NotFound(f"There is no home {ask.home_id}.")
    if ask.home_id == 7:
        raise SlotTaken
    return Viewing(id=call.member.id, home_id=ask.home_id, starts=ask.starts, note=ask.note)


@tool("member", "write", scope="viewings:write", idempotent=True, http="PATCH /viewings/{id}")
async def change_viewing(call: Call, ask: ChangeViewing) -> Viewing:
    """Move a viewing to another time."""
    if ask.id > 5:
        raise Refused("This viewing has already been.")
    return Viewing(id=ask.id, home_id=1, starts=ask.starts, note=None)


@tool("member", "destroy", scope="viewings:write", idempotent=True)
async def cancel_viewing(call: Call, ask: CancelViewing) -> Cancelled:
    """Give up a viewing."""
    return Cancelled(id=ask.id)


@tool("staff", "read")
async def count_callers(call: Call, ask: CountCallers) -> Count:
    """How many people called."""
    return Count(callers=3)


@tool("guest", "read", surfaces=frozenset())
async def sweep_floors(call: Call, ask: CountCallers) -> Count:
    """A job, which no surface shows."""
    return Count(callers=0)
