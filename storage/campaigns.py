"""Campaigns: what admins tell many people at once, how far each has come, and whom a segment holds."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Identity,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

State = Literal["draft", "sending", "sent", "cancelled"]
STATES: Final[tuple[State, ...]] = ("draft", "sending", "sent", "cancelled")


class CampaignRow(Base):
    """A text for a segment. Neither is ever changed: what was shown is what is sent."""

    __tablename__ = "campaigns"
    __table_args__ = (CheckConstraint(f"state in {STATES}", name="state"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    made_by: Mapped[int] = mapped_column(BigInteger)
    """The admin, who may be gone by now."""

    title_en: Mapped[str]
    title_hi: Mapped[str]
    text_en: Mapped[str]
    text_hi: Mapped[str]
    page: Mapped[str]
    """The page of ours that it leads to, without the first slash."""

    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    localities: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    purpose: Mapped[str | None]
    seen_within_days: Mapped[int | None] = mapped_column(SmallInteger)
    unseen_for_days: Mapped[int | None] = mapped_column(SmallInteger)
    has_shortlist: Mapped[bool | None]
    has_visited: Mapped[bool | None]

    state: Mapped[str] = mapped_column(server_default="draft")
    most: Mapped[int | None] = mapped_column(BigInteger)
    """How many people whoever confirmed it was told of: no more are told."""

    told: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reached: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """The last person who was told; they are gone through by id."""

    job_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    begun_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Segment(NamedTuple):
    """Whom a campaign is for. What is empty or None asks for nothing."""

    roles: Sequence[str] = ()
    languages: Sequence[str] = ()
    localities: Sequence[str] = ()
    """Any of these among the places of a person's preferences, in lower case."""

    purpose: str | None = None
    seen_within_days: int | None = None
    unseen_for_days: int | None = None
    has_shortlist: bool | None = None
    has_visited: bool | None = None


class Words(NamedTuple):
    """What a campaign says."""

    title_en: str
    title_hi: str
    text_en: str
    text_hi: str
    page: str


class Campaign(NamedTuple):
    """A campaign as it stands."""

    id: int
    words: Words
    segment: Segment
    state: State
    most: int | None
    told: int
    reached: int
    job_id: int | None
    made_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None


class Counts(NamedTuple):
    """How many people of a segment a campaign would get to."""

    people: int
    """All that fit."""

    asked: int
    """Those of them who asked for offers."""

    capped: int
    """Those of these who have been told enough of late."""

    in_app: int
    push: int
    email: int
    sms: int
    hindi: int
    """Those who would be told in Hindi."""


_WORDS: Final = ", ".join(Words._fields)
_SEGMENT: Final = ", ".join(Segment._fields)
_COLUMNS: Final = f"id, {_WORDS}, {_SEGMENT}, state, most, told, reached, job_id, made_at, begun_at, ended_at"
_ADD: Final = f"""
insert into campaigns (made_by, made_at, {_WORDS}, {_SEGMENT})
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
returning {_COLUMNS}"""
_GET: Final = f"select {_COLUMNS} from campaigns where id = $1"
# Those who tell a person of it need it to stand. They wait neither for each other nor for a round, which says
# how far it has come; whoever cancels it waits for all of them.
_TO_GO_ON: Final = f"{_GET} for no key update"
_CANCELLED: Final = "select state = 'cancelled' from campaigns where id = $1 for key share"
_CANCELLED_OF: Final = """
select state = 'cancelled' from campaigns
where id = (select key::bigint from notifications where id = $1 and type = 'campaign') for key share"""
_OF: Final = f"""
select {_COLUMNS} from campaigns
where ($1::bigint is null or id < $1) and ($2::text is null or state = $2) order by id desc limit $3"""
_BEGIN: Final = "update campaigns set state = 'sending', most = $2, begun_at = $3, job_id = $4 where id = $1"
_GO_ON: Final = "update campaigns set told = told + $2, reached = $3 where id = $1"
_END: Final = "update campaigns set state = $2, ended_at = $3 where id = $1"

_OFFERS: Final = "offers"
"""The opt-in that every campaign needs."""

# A person who is leaving is left alone.
_FITS: Final = """
p.erased_at is null and p.deletes_at is null
and (cardinality($1::text[]) = 0 or p.role = any($1))
and (cardinality($2::text[]) = 0 or p.language = any($2))
and (cardinality($3::text[]) = 0 or exists (
    select from jsonb_array_elements_text(
        case jsonb_typeof(p.preferences -> 'localities')
            when 'array' then p.preferences -> 'localities' else '[]' end) as wanted (place)
    where lower(wanted.place) = any($3)))
and ($4::text is null or p.preferences ->> 'purpose' = $4)
and ($5::int is null or exists (
    select from sessions where person_id = p.id and used_at > $9::timestamptz - make_interval(days => $5)))
and ($6::int is null or not exists (
    select from sessions where person_id = p.id and used_at > $9::timestamptz - make_interval(days => $6)))
and ($7::bool is null or $7 = exists (select from shortlists where person_id = p.id))
and ($8::bool is null or $8 = exists (
    select from visits where person_id = p.id and status = 'requested' and starts < $9))"""
_JOINED: Final = "people p left join notification_settings s on s.person_id = p.id"
_ASKED: Final = f"coalesce('{_OFFERS}' = any(s.opted_in), false)"

_PEOPLE: Final = f"""
select p.id from {_JOINED} where {_FITS} and {_ASKED} and p.id > $10 order by p.id limit $11"""
_COUNT: Final = f"""
with fitting as (
    select p.id, p.language, p.email, p.phone, coalesce(s.off, '{{}}') as off, {_ASKED} as asked,
        (select count(*) filter (where at > $9::timestamptz - interval '1 day') >= $10 or count(*) >= $11
         from notifications
         where person_id = p.id and type = 'campaign' and fate = 'sent'
           and at > $9::timestamptz - interval '7 days') as capped
    from {_JOINED} where {_FITS}),
told as (select * from fitting where asked and not capped)
select (select count(*) from fitting), (select count(*) from fitting where asked),
    (select count(*) from fitting where asked and capped),
    count(*) filter (where 'marketing in_app' <> all(off)),
    count(*) filter (where 'marketing push' <> all(off) and exists (
        select from devices left join sessions on sessions.id = session_id
        where devices.person_id = told.id and disabled_at is null
          and (session_id is null or (ended_at is null and expires_at > $9)))),
    count(*) filter (where 'marketing email' <> all(off) and email is not null and not exists (
        select from suppressions where person_id = told.id and channel = 'email'
          and address_hash = sha256(convert_to(email, 'UTF8')))),
    count(*) filter (where 'marketing sms' <> all(off) and phone is not null and not exists (
        select from suppressions where person_id = told.id and channel = 'sms'
          and address_hash = sha256(convert_to(phone, 'UTF8')))),
    count(*) filter (where language = 'hi')
from told"""

# By what they say, since the key of one that waits to be tried again is free.
_WITHDRAW: Final = """
with gone as (
    delete from pgqueuer where status = 'queued' and (
        (entrypoint = 'send_notification' and convert_from(payload, 'UTF8')::jsonb @> $1::jsonb)
        or (entrypoint = 'deliver_notification' and exists (
            select from notifications
            where notifications.id = (convert_from(payload, 'UTF8')::jsonb ->> 'notification_id')::bigint
              and type = 'campaign' and key = $2)))
    returning id)
update jobs set state = 'cancelled', ended_at = $3 from gone where jobs.id = gone.id"""


async def add(db: AsyncSession, made_by: int, now: datetime, words: Words, segment: Segment) -> Campaign:
    """Keep a draft."""
    return _campaign(await (await driver(db)).fetchrow(_ADD, made_by, now, *words, *_given(segment)))


async def get(db: AsyncSession, id_: int, *, hold: bool = False) -> Campaign | None:
    """The campaign of that id; with `hold` nobody else changes it until the transaction ends."""
    row = await (await driver(db)).fetchrow(f"{_GET} for update" if hold else _GET, id_)
    return None if row is None else _campaign(row)


async def to_go_on(db: AsyncSession, id_: int) -> Campaign | None:
    """The campaign of that id, held for a round: who was told of it is sent it meanwhile."""
    row = await (await driver(db)).fetchrow(_TO_GO_ON, id_)
    return None if row is None else _campaign(row)


async def cancelled(db: AsyncSession, id_: int) -> bool:
    """Whether a campaign was cancelled. If it was not, it is not before this transaction ends."""
    return bool(await (await driver(db)).fetchval(_CANCELLED, id_))


async def cancelled_of(db: AsyncSession, notification_id: int) -> bool:
    """The same of the campaign that somebody was told of by a notification, if it is one."""
    return bool(await (await driver(db)).fetchval(_CANCELLED_OF, notification_id))


async def of(db: AsyncSession, *, before: int | None, state: State | None, limit: int) -> list[Campaign]:
    """Campaigns, the newest first; `before` is the id of one."""
    return [_campaign(row) for row in await (await driver(db)).fetch(_OF, before, state, limit)]


async def begin(db: AsyncSession, id_: int, most: int, now: datetime, job_id: int) -> None:
    """Say that a campaign is sent from now on, to so many people at most."""
    await (await driver(db)).execute(_BEGIN, id_, most, now, job_id)


async def go_on(db: AsyncSession, id_: int, told: int, reached: int) -> None:
    """Say that so many more people were told, the last of them by their id."""
    await (await driver(db)).execute(_GO_ON, id_, told, reached)


async def end(db: AsyncSession, id_: int, state: State, now: datetime) -> None:
    """Say how a campaign ended."""
    await (await driver(db)).execute(_END, id_, state, now)


async def withdraw(db: AsyncSession, id_: int, now: datetime) -> int:
    """Take what is still to be told or delivered of a campaign out of the queue; how much that was."""
    waits = json.dumps({"type": "campaign", "about": {"campaign_id": id_}})
    done = await (await driver(db)).execute(_WITHDRAW, waits, str(id_), now)
    return int(done.rpartition(" ")[2])


async def people(db: AsyncSession, segment: Segment, now: datetime, after: int, limit: int) -> list[int]:
    """People of a segment who asked for offers, by id, after that one."""
    rows = await (await driver(db)).fetch(_PEOPLE, *_given(segment), now, after, limit)
    return [row[0] for row in rows]


async def count(db: AsyncSession, segment: Segment, now: datetime, *, per_day: int, per_week: int) -> Counts:
    """How many people a campaign would get to now, when nobody is told more often than that."""
    row: Any = await (await driver(db)).fetchrow(_COUNT, *_given(segment), now, per_day, per_week)
    return Counts(*row)


def _given(segment: Segment) -> tuple[Any, ...]:
    return (*(list(each) for each in segment[:3]), *segment[3:])


def _campaign(row: Any) -> Campaign:
    words, segment = len(Words._fields), len(Segment._fields)
    said, whom, rest = row[1 : 1 + words], row[1 + words : 1 + words + segment], row[1 + words + segment :]
    return Campaign(row[0], Words(*said), Segment(*whom), *rest)
