"""Ways: how a notification is put for each channel, and to which address it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from storage import devices
from tools.notifications.letters import letter, short
from tools.notifications.unsubscribing import link_for
from tools.ports import Shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import timedelta
    from uuid import UUID

    from storage.notifications import Told
    from storage.people import PersonRow
    from tools.contract import Call
    from tools.notice import Notice, Outward
    from tools.ports import Ports


class Going(NamedTuple):
    """A notification on its way out."""

    told: Told
    notice: Notice
    person: PersonRow
    id: UUID
    address: str
    """The e-mail address, the phone, or the token of a device."""

    lives: timedelta
    """For how long it is still worth arriving."""


class Dropped(Exception):
    """There is no need for it any more; the text says why, in a word."""


async def address_of(call: Call, person: PersonRow, channel: Outward, device_id: int | None) -> str:
    """Where a person is reached over a channel; `Dropped` where they are not, or we cannot."""
    ports = call.ports
    if channel == "push":
        found = await devices.of(call.db, person.id) if ports.push is not None else []
        address = next((each.token for each in found if each.id == device_id), None)
    elif channel == "email":
        address = person.email if ports.mailer is not None else None
    else:
        address = person.phone if ports.sms is not None else None
    if address is None:
        raise Dropped("no address")
    return address


async def _by_mail(ports: Ports, going: Going) -> None:
    assert ports.mailer is not None
    told, person = going.told, going.person
    leave = link_for(ports, person.id, told.category, "email")
    written = letter(told, person.language, link=_link(ports, told), leave=leave)
    # Whoever ends what they have to know does so on a page that says so.
    header = None if told.category == "transactional" else leave
    await ports.mailer.send(
        going.address, written.subject, written.text, written.html, id_=going.id, unsubscribe=header
    )


async def _by_text(ports: Ports, going: Going) -> None:
    assert ports.sms is not None
    told, person = going.told, going.person
    leave = link_for(ports, person.id, told.category, "sms") if told.category == "marketing" else None
    said = short(told, person.language, link=_link(ports, told), leave=leave)
    await ports.sms.send(going.address, said, id_=going.id)


async def _by_push(ports: Ports, going: Going) -> None:
    assert ports.push is not None
    told = going.told
    title, body = told.in_(going.person.language)
    shown = Shown(
        id=going.id,
        title=title,
        body=body,
        link=_link(ports, told),
        urgent=going.notice.priority == "high",
        lives=going.lives,
        about={"type": told.type, "notification_id": str(told.id)},
    )
    await ports.push.send(going.address, shown)


def _link(ports: Ports, told: Told) -> str:
    return f"{ports.url}{told.link or '/'}"


WAYS: Final[Mapping[Outward, Callable[[Ports, Going], Awaitable[None]]]] = {
    "push": _by_push,
    "email": _by_mail,
    "sms": _by_text,
}
