"""Flags for admins: which parts of the product are on, for whom, and who set them so."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from storage import flags
from storage.flags import FlagRow
from tools.consent import Foreseen
from tools.contract import Call, Model, Page, tool
from tools.flags import ALL, EVERYBODY, Role, Setting
from tools.platform.status import Nothing
from tools.refusals import Conflict, NotFound, Refused
from tools.switches import setting

if TYPE_CHECKING:
    from tools.catalog import Flagged

_PLURALS: Final[dict[str, tuple[str, str]]] = {
    "guest": ("guests", "बिना साइन इन वाले"),
    "member": ("members", "सदस्य"),
    "staff": ("staff", "कर्मचारी"),
    "admin": ("admins", "प्रशासक"),
}
Name = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]


class NoSuchFlag(NotFound):
    """There is no such flag. `list_flags` has all of them."""


class FlagSetMeanwhile(Conflict):
    """Somebody else set this flag at the same moment. Look at it again."""


class AlreadySo(Refused):
    """That is how this flag stands already."""


class Standing(Model):
    on: bool

    roles: list[Role] | None
    """Only these have it; null is everybody."""

    percent: int
    """How many of them have it."""


class ShownFlag(Standing):
    name: str
    what: str
    """What is off where it is off."""

    tools: list[str]
    """What refuses then."""

    reason: str | None
    """Why it was set as it is; null for one that was never set."""

    by: int | None
    """Who set it."""

    since: datetime | None

    def summary(self) -> str:
        return f"{self.name} ({self.what}): {said(_setting(self))[0]}."


class Flags(Model):
    flags: list[ShownFlag]

    def summary(self) -> str:
        return "\n".join(each.summary() for each in self.flags)


class SetFlag(Model):
    name: Name
    """Which, as `list_flags` has it."""

    on: bool
    """False switches it off for everybody, at once and on every surface."""

    roles: Annotated[list[Role], Field(min_length=1, max_length=4)] | None = None
    """Only these have it; null is everybody."""

    percent: Annotated[int, Field(ge=0, le=ALL)] = ALL
    """How many of them have it; the same people at any time, and more as it grows."""

    reason: Annotated[str, Field(min_length=3, max_length=300, pattern=r"\S")]
    """Why, for whoever looks at it later."""


class FlagHistory(Model):
    name: Name
    """Which, as `list_flags` has it."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class PastSetting(Standing):
    version: int
    reason: str
    by: int
    at: datetime


@tool("admin", "read", scope="platform:read", http="GET /admin/flags", fresh=True)
async def list_flags(call: Call, ask: Nothing) -> Flags:
    """Every flag: what it switches off, which tools refuse then, how it stands, and who set it so and why."""
    set_ = await flags.current(call.db)
    return Flags(flags=[_shown(each, set_.get(name)) for name, each in sorted(call.catalog.flags.items())])


@tool("admin", "read", scope="platform:read", http="GET /admin/flags/{name}/history", fresh=True)
async def flag_history(call: Call, ask: FlagHistory) -> Page[PastSetting]:
    """How a flag was set, by whom and why, the latest first."""
    _known(call, ask.name)
    purpose = f"flag_history:{ask.name}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    found = await flags.past(call.db, ask.name, before=before, limit=ask.limit + 1)
    items = [
        PastSetting.model_validate(
            {**_stands(setting(each)), "version": each.version, "reason": each.reason}
            | {"by": each.person_id, "at": each.at}
        )
        for each in found[: ask.limit]
    ]
    more = len(found) > ask.limit
    after = call.ports.cursors.write(purpose, {"before": items[-1].version}) if more else None
    return Page[PastSetting](items=items, next_cursor=after, has_more=more)


async def _foretell(call: Call, ask: SetFlag) -> Foreseen:
    flagged, held = _known(call, ask.name), await _held(call, ask)
    english, hindi = said(_setting(ask))
    tools = ", ".join(flagged.tools)
    return Foreseen(
        what=(
            f"{_capital(flagged.flag.what[0])}: from now on {english}. It is about {tools}.",
            f"{flagged.flag.what[1]}: अब से {hindi}। यह इनके बारे में है: {tools}।",
        ),
        state={"version": held.version if held else 0},
    )


@tool(
    "admin",
    "write",
    scope="platform:write",
    http="PUT /admin/flags/{name}",
    consent="page",
    foretell=_foretell,
    refuses={"flag_settings_pkey": FlagSetMeanwhile},
)
async def set_flag(call: Call, ask: SetFlag) -> ShownFlag:
    """Switch a part of the product off, on again, or open it to some people first, once confirmed."""
    flagged, held = _known(call, ask.name), await _held(call, ask)
    row = FlagRow(
        name=ask.name,
        version=held.version + 1 if held else 1,
        on=ask.on,
        roles=ask.roles and sorted(set(ask.roles)),
        percent=ask.percent,
        reason=ask.reason,
        person_id=call.member.id,
        at=call.now(),
    )
    await flags.add(call.db, row)
    call.hints.add(flags.TOPIC)
    call.changed("flag", ask.name, before=_stands(setting(held)), after=_stands(setting(row)))
    return _shown(flagged, row)


def said(now: Setting) -> tuple[str, str]:
    """Who has something, as a predicate: English, Hindi."""
    if not now.on:
        return "switched off for everybody", "सबके लिए बंद"
    if now == EVERYBODY:
        return "open to everybody", "सबके लिए चालू"
    roles = [_PLURALS[each] for each in _PLURALS if now.roles is None or each in now.roles]
    english = "everybody" if now.roles is None else ", ".join(each[0] for each in roles)
    hindi = "सब" if now.roles is None else ", ".join(each[1] for each in roles)
    if now.percent == ALL:
        return f"open to {english} alone", f"केवल इनके लिए चालू: {hindi}"
    return f"open to {now.percent} % of {english}", f"{hindi} में से {now.percent} % के लिए चालू"


def _known(call: Call, name: str) -> Flagged:
    found = call.catalog.flags.get(name)
    if found is None:
        raise NoSuchFlag
    return found


async def _held(call: Call, ask: SetFlag) -> FlagRow | None:
    """How the flag stands; refuses what would change nothing."""
    held = await flags.one(call.db, ask.name)
    if setting(held) == _setting(ask):
        raise AlreadySo
    return held


def _setting(said: SetFlag | Standing) -> Setting:
    return Setting(said.on, None if said.roles is None else frozenset(said.roles), said.percent)


def _stands(now: Setting) -> dict[str, Any]:
    return {"on": now.on, "roles": None if now.roles is None else sorted(now.roles), "percent": now.percent}


def _shown(flagged: Flagged, row: FlagRow | None) -> ShownFlag:
    return ShownFlag.model_validate(
        {
            **_stands(setting(row)),
            "name": flagged.flag.name,
            "what": flagged.flag.what[0],
            "tools": flagged.tools,
            "reason": row and row.reason,
            "by": row and row.person_id,
            "since": row and row.at,
        }
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
