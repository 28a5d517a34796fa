"""Profiles: what members of staff say of themselves, for those whom they show homes to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from storage import portfolios, staff
from storage.search_places import directory
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.masking import shown_to_all
from tools.offers import Id
from tools.refusals import Invalid, NotFound
from tools.staff import rera

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search_places import Directory, Known

Language = Literal[
    "english", "hindi", "punjabi", "haryanvi", "urdu", "bengali", "marathi", "gujarati", "tamil", "telugu",
    "kannada", "malayalam", "odia", "assamese",
]  # fmt: skip
AREA_KINDS: Final = ("locality", "sector", "society")
MOST_AREAS: Final = 50
Name = Annotated[str, Field(min_length=1, max_length=80)]


class NotOfStaff(NotFound):
    """There is no such member of staff."""


class NoSuchArea(Invalid):
    """I know no locality, sector or society of that name."""

    status = 404


class NoReraNumber(Invalid):
    """This has not the shape of any state's RERA number. Write it as it stands on the certificate."""


class UpdateStaffProfile(Model):
    bio: Annotated[str, Field(max_length=600)] = ""
    """A few sentences, which everybody can read."""

    languages: Annotated[list[Language], Field(max_length=14)] = Field(default_factory=list[Language])
    """What they speak, instead of what they said before."""

    areas: Annotated[list[Name], Field(max_length=MOST_AREAS)] = Field(default_factory=list[str])
    """Names of the localities, sectors and societies that they know, instead of those before."""

    rera_number: Annotated[str, Field(max_length=80)] | None = None
    """Their registration as a real-estate agent; null takes it away."""

    active: bool = True
    """Whether they are given new visits and properties: false while they are away."""


class GetStaffProfile(Model):
    id: Id


class StaffArea(Model):
    kind: Literal["locality", "sector", "society"]
    name: str


class StaffProfile(Model):
    id: int
    name: str | None
    bio: str
    languages: list[Language]
    areas: list[StaffArea]
    rera_number: str | None
    """As they gave it."""

    rera_state: str | None
    """Whose register it can be of by its shape. Nobody looked it up there."""

    active: bool
    """Whether they are at work."""

    properties: int
    """How many live properties they look after."""

    def summary(self) -> str:
        areas = f", knows {', '.join(each.name for each in self.areas)}" if self.areas else ""
        speaks = f", speaks {', '.join(self.languages)}" if self.languages else ""
        away = "" if self.active else ", and is away"
        who = self.name or "A member of staff"
        return f"{who} looks after {self.properties} properties{areas}{speaks}{away}."


@tool(
    "guest",
    "read",
    http="GET /staff/{id}",
    surfaces=frozenset({"rest", "agent", "cli"}),
)
async def get_staff_profile(call: Call, ask: GetStaffProfile) -> StaffProfile:
    """What a member of staff says of themselves: languages, areas, registration; no contact."""
    return await profile(call, ask.id)


@tool(
    "staff",
    "write",
    scope="staff:write",
    http="PATCH /admin/me/profile",
    idempotent=True,
    undo=Undo("update_staff_profile", within=timedelta(days=7)),
)
async def update_staff_profile(call: Call, ask: UpdateStaffProfile) -> StaffProfile:
    """Change what one says of oneself as staff. What is left out stays as it is."""
    me = call.member.id
    before = await profile(call, me)
    sent = _checked(ask)
    areas = await _places(call, ask.areas) if "areas" in sent else None
    values = {name: value for name, value in sent.items() if name != "areas"}
    await staff.write(call.db, me, **values)
    if areas is not None:
        await staff.set_areas(call.db, me, [each.id for each in areas])
    after = await profile(call, me)
    _record(call, before, after, set(sent))
    return after


async def profile(call: Call, person_id: int) -> StaffProfile:
    """The profile of a member of staff as everybody sees it."""
    found = await staff.get(call.db, person_id)
    if found is None:
        raise NotOfStaff
    person, said = found
    number = said.rera_number if said else None
    return StaffProfile.model_validate(
        {
            "id": person.id,
            "name": person.name,
            "bio": said.bio if said else "",
            "languages": said.languages if said else [],
            "areas": await staff.areas(call.db, person_id),
            "rera_number": number,
            "rera_state": number and rera.state(number),
            "active": said.active if said else True,
            "properties": await portfolios.count_live(call.db, person_id),
        }
    )


def _checked(ask: UpdateStaffProfile) -> dict[str, Any]:
    sent = ask.model_dump(include=ask.model_fields_set)
    shown_to_all(sent.get("bio"))
    if sent.get("rera_number") is not None:
        sent["rera_number"] = rera.written(sent["rera_number"])
        if rera.state(sent["rera_number"]) is None:
            raise NoReraNumber
    if "languages" in sent:
        sent["languages"] = list(dict.fromkeys(sent["languages"]))
    return sent


async def _places(call: Call, names: Sequence[str]) -> list[Known]:
    known = await directory(call.db)
    return [await _place(call, name, known) for name in names]


async def _place(call: Call, name: str, known: Directory) -> Known:
    """The locality, sector or society of a name."""
    wanted = " ".join(name.lower().replace("-", " ").split())
    for kind in AREA_KINDS:
        place = known.by_slug.get((kind, wanted))
        if place is not None:
            return place
    for place in known.places:
        if place.kind in AREA_KINDS and place.name.lower() == wanted:
            return place
    near: Any = await call.do("suggest_places", {"prefix": name, "kinds": AREA_KINDS, "limit": 3})
    names = [each.name for each in near.items]
    hint = f" Did you mean {' or '.join(names)}?" if names else ""
    raise NoSuchArea(f"I know no place named {name!r}.{hint}", details={"name": name, "suggestions": names})


def _record(call: Call, before: StaffProfile, after: StaffProfile, sent: set[str]) -> None:
    """What has changed, for the record and for whoever takes it back."""
    was, is_now = _own(before), _own(after)
    told = {name for name in sent if was[name] != is_now[name]}
    call.changed(
        "staff_profile",
        call.member.id,
        before={name: was[name] for name in told},
        after={name: is_now[name] for name in told},
    )
    if told:
        call.undo_with(**{name: was[name] for name in told})


def _own(said: StaffProfile) -> dict[str, Any]:
    values = said.model_dump(include={"bio", "languages", "rera_number", "active"})
    return values | {"areas": [each.name for each in said.areas]}
