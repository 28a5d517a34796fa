"""Writing: what somebody asks and is answered, passed on without telling either how to reach the other."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import blocks, enquiries
from tools.consent import Foreseen
from tools.contract import Call, Model, tool
from tools.enquiries.sides import Blocked, open_to, other, theirs
from tools.flags import Flag
from tools.masking import LONGEST, masked
from tools.notices import notify
from tools.offers import Id, carer, named, offered, told
from tools.refusals import Refused, TooMany

if TYPE_CHECKING:
    from datetime import datetime

    from storage.enquiries import Lead
    from storage.listings import Offer
    from storage.people import PersonRow

ENQUIRIES: Final = Flag("enquiries", ("enquiries and their answers", "पूछताछ और उसके जवाब"))
MOST_BEGUN_A_DAY: Final = 20
"""Enquiries that one person begins in 24 hours."""

MOST_AN_HOUR: Final = 60
"""Messages of one person in an hour, over all enquiries."""

MOST_UNANSWERED: Final = 3
"""Messages of one side that wait for an answer of the other."""

MOST_ALIKE: Final = 3
"""Enquiries in which somebody can say the very same within a day."""

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
Text = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]


class NobodyAnswers(Refused):
    """Nobody looks after this property yet, so nobody would answer."""


class WaitForAnswer(Refused):
    """They have not answered what you wrote before. Wait for that first."""


class SameAgain(Refused):
    """You have written just this about several properties today. Say what you want to know about this one."""


class TooManyMessages(TooMany):
    """You have written a lot of late. Wait a little."""


class SendEnquiry(Model):
    property_id: Id
    """Which property."""

    text: Text
    """What to ask. Phone numbers, addresses and links in it are hidden."""


class ReplyEnquiry(Model):
    id: Id
    """Which enquiry."""

    text: Text
    """What to say. Until contacts were shown, phone numbers, addresses and links in it are hidden."""


class Sent(Model):
    enquiry_id: int
    message_id: int
    text: str
    """As it was passed on."""

    masked: bool
    """Whether something in it was hidden."""

    def summary(self) -> str:
        hidden = " Phone numbers, addresses and links in it were hidden." if self.masked else ""
        return f"It was passed on, in enquiry {self.enquiry_id}.{hidden}"


async def _foretell(call: Call, ask: SendEnquiry) -> Foreseen:
    offer, who = await _asking(call, ask)
    hides = masked(ask.text)[1]
    hidden = (" What tells how to reach you is hidden in it.", " आपसे संपर्क की जानकारी उसमें छिपाई जाएगी।")
    english, hindi = hidden if hides else ("", "")
    return Foreseen(
        what=(
            f"Your message about {told(offer)[0]} is passed on, without your phone and e-mail.{english}",
            f"{told(offer)[1]} के बारे में आपका संदेश आपके फ़ोन और ई-मेल के बिना पहुँचाया जाएगा।{hindi}",
        ),
        whom=named(who),
        state={"carer": who.id, "title": offer.title},
    )


@tool(
    "member",
    "write",
    scope="enquiries:write",
    http="POST /properties/{property_id}/enquiry",
    flag=ENQUIRIES,
    consent="host",
    foretell=_foretell,
)
async def send_enquiry(call: Call, ask: SendEnquiry) -> Sent:
    """Ask whoever looks after a property something, once confirmed. No contact is shown to either."""
    _, who = await _asking(call, ask)
    enquiry_id, new = await enquiries.open_(call.db, ask.property_id, call.member.id, who.id, call.now())
    lead = await theirs(call, enquiry_id)
    if not new:
        await _patient(call, lead)
    return await _passed_on(call, lead, ask.text)


@tool("member", "write", scope="enquiries:write", http="POST /me/enquiries/{id}/messages", flag=ENQUIRIES)
async def reply_enquiry(call: Call, ask: ReplyEnquiry) -> Sent:
    """Say something in an enquiry that the person asks or answers in."""
    lead = await _answered(call, await theirs(call, ask.id, hold=True))
    await _slow(call, ask.text)
    await _patient(call, lead)
    await open_to(call, lead)
    return await _passed_on(call, lead, ask.text)


async def _answered(call: Call, lead: Lead) -> Lead:
    """The enquiry with somebody who answers: whoever left it is followed by whoever looks after it now."""
    if lead.answers:
        return lead
    who = await carer(call, lead.property_id)
    if who is None:
        raise NobodyAnswers
    await enquiries.hand_on(call.db, lead.id, who.id)
    return await theirs(call, lead.id)


async def _passed_on(call: Call, lead: Lead, text: str) -> Sent:
    me, them = call.member.id, other(lead, call.member.id)
    if them is None:
        raise NobodyAnswers
    said, hidden = (text, False) if lead.shared_at else masked(text)
    message_id = await enquiries.say(call.db, lead.id, me, said, call.now(), masked=hidden)
    call.changed("enquiry", lead.id, after={"message_id": message_id, "masked": hidden}, whose=them)
    call.concerns("property", lead.property_id)
    call.tell(them, "enquiry.message", enquiry_id=lead.id, message_id=message_id)
    await notify(call, them, "enquiry_message", enquiry_id=lead.id, message_id=message_id, title=lead.title)
    return Sent(enquiry_id=lead.id, message_id=message_id, text=said, masked=hidden)


async def _asking(call: Call, ask: SendEnquiry) -> tuple[Offer, PersonRow]:
    """The property and who answers; refuses whoever writes too much, or is not wanted."""
    offer = await offered(call, ask.property_id)
    who = await carer(call, offer.id)
    if who is None:
        raise NobodyAnswers
    if await blocks.stands(call.db, call.member.id, who.id):
        raise Blocked
    await _slow(call, ask.text)
    lead = await enquiries.between(call.db, offer.id, call.member.id, call.now())
    if lead is None:
        first = await enquiries.opened(call.db, call.member.id, MOST_BEGUN_A_DAY)
        _wait(call, first, _DAY)
    else:
        await _patient(call, lead)
    return offer, who


async def _slow(call: Call, text: str) -> None:
    """Refuse whoever writes like a machine."""
    me = call.member.id
    _wait(call, await enquiries.said(call.db, me, MOST_AN_HOUR), _HOUR)
    said = masked(text)[0]
    if await enquiries.repeated(call.db, me, said, call.now() - _DAY) >= MOST_ALIKE:
        raise SameAgain


async def _patient(call: Call, lead: Lead) -> None:
    if await enquiries.unanswered(call.db, lead.id, call.member.id) >= MOST_UNANSWERED:
        raise WaitForAnswer


def _wait(call: Call, first: datetime | None, span: timedelta) -> None:
    """Refuse until `first`, the earliest of the most that there may be, is longer ago than `span`."""
    wait = timedelta() if first is None else first + span - call.now()
    if wait > timedelta():
        seconds = ceil(wait.total_seconds())
        raise TooManyMessages(retry_after=seconds, details={"retry_after": seconds})
