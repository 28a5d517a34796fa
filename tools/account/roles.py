"""Roles: who is a member, staff or an admin, decided by admins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from storage import people, portfolios
from storage.people import PersonRow
from tools.account.sessions import Id, Limit
from tools.activity import Undo
from tools.contacts import LONGEST, masked, normalised
from tools.contract import Call, Model, Page, tool
from tools.jobs import job
from tools.notices import notify
from tools.refusals import Conflict, Contradiction, NotFound

Role = Literal["member", "staff", "admin"]
ContactText = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class LastAdmin(Conflict):
    """This is the last admin. Make somebody else an admin first."""


class NoSuchPerson(NotFound):
    """There is no such person."""


class FindPeople(Model):
    contact: ContactText | None = None
    """A whole phone number or e-mail address."""

    name: Annotated[str, Field(min_length=2, max_length=80)] | None = None
    """Part of a name."""

    role: Role | None = None
    """Only people in this role."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class KnownPerson(Model):
    id: int
    name: str | None
    role: Role
    phone: str | None
    """Masked."""

    email: str | None
    """Masked."""

    created_at: datetime
    deletes_at: datetime | None
    """When the account will be erased, as its owner asked."""


class GrantRole(Model):
    id: Id | None = None
    """The person's id; give this or `contact`."""

    contact: ContactText | None = None
    """The person's whole phone number or e-mail address."""

    role: Role
    """What they are from now on."""


class Granted(Model):
    person: KnownPerson
    before: Role
    released: int
    """Properties that left their portfolio, since members have none."""

    def summary(self) -> str:
        return f"Person {self.person.id} is now {self.person.role}, and was {self.before}."


class AddPerson(Model):
    contact: ContactText
    """A phone number or an e-mail address."""


@tool("admin", "read", scope="people:read", http="GET /admin/people")
async def find_people(call: Call, ask: FindPeople) -> Page[KnownPerson]:
    """People by contact, name or role, the newest first, with masked contacts."""
    contact = None if ask.contact is None else normalised(ask.contact)
    purpose = f"find_people:{ask.model_dump_json(exclude={'limit', 'cursor'})}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    found = await people.found(
        call.db, contact=contact, name=ask.name, role=ask.role, before=before, limit=ask.limit + 1
    )
    has_more = len(found) > ask.limit
    items = [_known(each) for each in found[: ask.limit]]
    after = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[KnownPerson](items=items, next_cursor=after, has_more=has_more)


@tool(
    "admin",
    "write",
    scope="people:write",
    http="PUT /admin/people/role",
    idempotent=True,
    refuses={"people_last_admin": LastAdmin},
    undo=Undo("grant_role", within=timedelta(days=7)),
)
async def grant_role(call: Call, ask: GrantRole) -> Granted:
    """Make a person a member, staff or an admin, from their next request on. One admin always remains."""
    person = await _wanted(call, ask)
    before: Any = person.role
    changed = await people.change(call.db, person.id, role=ask.role)
    if changed is None:
        raise NoSuchPerson
    released = await portfolios.release(call.db, person.id) if ask.role == "member" else 0
    call.changed(
        "role",
        person.id,
        before={"role": before, "portfolio": released},
        after={"role": ask.role, "portfolio": 0},
        whose=person.id,
    )
    if before != ask.role:
        await notify(call, person.id, "role_granted", role=ask.role, at=call.now())
    if before != ask.role and not released:
        call.undo_with(id=person.id, role=before)
    return Granted(person=_known(changed), before=before, released=released)


@job()
async def add_person(call: Call, ask: AddPerson) -> KnownPerson:
    """The person with this contact, added as a member if there is none: for the first admin of all."""
    person = await people.ensure(call.db, normalised(ask.contact))
    call.changed("person", person.id, whose=person.id)
    return _known(person)


async def _wanted(call: Call, ask: GrantRole) -> PersonRow:
    """Whoever is meant, held so that the role that is told as the one before was that."""
    if (ask.id is None) == (ask.contact is None):
        raise Contradiction("Give either id or contact.")
    wanted = ask.id
    if ask.contact is not None:
        meant = await people.by_contact(call.db, normalised(ask.contact))
        wanted = meant.id if meant else None
    person = None if wanted is None else await people.locked(call.db, wanted)
    if person is None:
        raise NoSuchPerson
    return person


def _known(person: PersonRow) -> KnownPerson:
    return KnownPerson.model_validate(
        {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "phone": masked(person.phone) if person.phone else None,
            "email": masked(person.email) if person.email else None,
            "created_at": person.created_at,
            "deletes_at": person.deletes_at,
        }
    )
