"""The whole product with a few homes, and assistants of two people that hold real tokens."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from servers.development import DevelopmentSignIns
from storage import people, portfolios
from tests.clients.house import House
from tests.days import working_days
from tests.servers.wire import Era, Wire

CAN_ASK: Mapping[str, Any] = {"elicitation": {}}
"""What a host declares that can put questions to its user."""

DELETION: dict[str, Any] = {"name": "delete_my_account", "arguments": {}}
"""A call of the gravest tool of all."""

HOME = 1
_SLOTS_A_DAY, _SLOTS_EACH = 20, 8
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Desk:
    """Two people of a running product, and what their assistants know of it."""

    house: House
    number: int
    person: int
    app: str
    """A token of an app of the first person, with all that the person can do."""

    other_app: str
    """A token of another app of the same person."""

    stranger: str
    """A token of somebody else."""

    def wire(self, era: Era = "2026-07-28", capabilities: Mapping[str, Any] = CAN_ASK) -> Wire:
        """An assistant at the user server."""
        return Wire(self.house.http, self.house.user, era, dict(capabilities))

    def visit(self, which: int = 0) -> dict[str, Any]:
        """A call of `request_visit`, whose consent the host may give, for one of eight free times."""
        day, slot = divmod(self.number * _SLOTS_EACH + which, _SLOTS_A_DAY)
        days = working_days()
        assert day < len(days), "this process has given away every time"
        on = days[day]
        starts = f"{on}T{9 + slot // 2:02}:{slot % 2 * 30:02}:00+05:30"
        return {"name": "request_visit", "arguments": {"property_id": HOME, "starts": starts}}

    def contact(self) -> dict[str, Any]:
        """A call of `reveal_contact`: a tool whose consent the person alone can give."""
        return {"name": "reveal_contact", "arguments": {"property_id": HOME}}

    async def value(self, statement: str) -> Any:
        """What the database says of the first person, who is `$1`, seen from outside."""
        (row,) = await self.house.query(statement, self.person)
        return next(iter(row.values()))

    async def visits(self) -> int:
        return await self.value("select count(*) from visits where person_id = $1")

    async def outcomes(self) -> list[str | None]:
        """How all tickets stand, the oldest first; None while one waits."""
        return await self.value(
            "select array_agg(outcome order by made_at) from tickets where person_id = $1"
        )

    async def ticket(self) -> str:
        """The only ticket."""
        return await self.value("select id::text from tickets where person_id = $1")

    async def done(self) -> list[str]:
        """The tools that left a record, the first first."""
        said = "coalesce(array_agg(tool order by id), '{}')"
        return await self.value(f"select {said} from activities where person_id = $1")


async def assign(house: House) -> None:
    """Let somebody look after the home."""
    staff = await _signing_in(house).person("staff")
    async with house.runtime.database.writing() as db:
        await portfolios.assign(db, staff, HOME)


async def seated(house: House) -> Desk:
    """A desk for two people who were never here."""
    number, signing_in = next(_numbers), _signing_in(house)
    async with house.runtime.database.writing() as db:
        first, other = [
            (await people.ensure(db, f"{name}{number}@ghar.test")).id for name in ("first", "other")
        ]
    tokens = [await signing_in.token(each) for each in (first, first, other)]
    return Desk(house, number, first, *tokens)


def _signing_in(house: House) -> DevelopmentSignIns:
    runtime = house.runtime
    return DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
