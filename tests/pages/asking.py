"""Apps that ask for something in a person's name, which then waits for the person."""

import itertools
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.clients.flows import granted
from tests.clients.house import House
from tests.clients.people import Person
from tools.moments import INDIA

_slots = itertools.count()
SLOTS_A_DAY = 20


def slot() -> str:
    """A time for a visit that no other test asks for."""
    day, number = divmod(next(_slots), SLOTS_A_DAY)
    first = datetime.combine(datetime.now(INDIA).date(), time(9), INDIA) + timedelta(days=day + 1)
    return (first + timedelta(minutes=30 * number)).isoformat()


async def properties(house: House) -> list[int]:
    return [row["id"] for row in await house.query("select id from properties order by id")]


async def bearer(house: House, person: Person, name: str = "Ghar Helper") -> dict[str, str]:
    """What an app sends along once the person has allowed it everything."""
    _, tokens = await granted(house, person, house.user, client_name=name)
    return tokens.bearer


async def waiting(
    house: House, headers: Mapping[str, str], method: str, path: str, body: Any = None, **more: str
) -> str:
    """Ask for something over REST that needs the person's consent; gives the path of their page."""
    answer = await house.http.request(
        method, f"{house.url}/api/v1{path}", json=body, headers={**headers, **more}
    )
    return path_of(answer)


def path_of(answer: httpx.Response) -> str:
    assert answer.status_code == 202, answer.text
    return urlsplit(str(answer.json()["confirm_url"])).path


async def visit(house: House, headers: Mapping[str, str], **given: Any) -> str:
    """Ask for a visit, which waits for the person."""
    body = {"property_id": (await properties(house))[0], "starts": slot()} | given
    return await waiting(house, headers, "POST", "/visits", body)


async def deletion(house: House, headers: Mapping[str, str]) -> str:
    """Ask for the account to be deleted, which waits for the person."""
    return await waiting(house, headers, "DELETE", "/me")


async def looked_after(house: House, staff: Person, property_id: int) -> None:
    """Let a member of staff look after a property."""
    await house.query(
        "insert into portfolios (staff_id, property_id) select id, $2 from people where phone = $1"
        " on conflict do nothing",
        staff.contact,
        property_id,
    )


async def expired(house: House, path: str) -> None:
    """Let what waits have waited too long."""
    ticket = path.rpartition("/")[2]
    await house.query("update tickets set expires_at = now() - interval '1 minute' where id = $1", ticket)


async def effects(house: House, person: Person) -> list[str]:
    """What was done by a person, the first first."""
    rows = await house.query(
        "select tool from activities where person_id = (select id from people where phone = $1) order by id",
        person.contact,
    )
    return [row["tool"] for row in rows]
