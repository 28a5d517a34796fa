"""Notification settings: what each person wants to be told over which channel, and when not."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ARRAY, DateTime, ForeignKey, Text, Time, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncSession

QUIET_FROM, QUIET_UNTIL = time(22), time(8)
"""The quiet hours of whoever has not said otherwise, in India's time."""


class NotificationSettingsRow(Base):
    """What a person has set. Whoever has set nothing has no row."""

    __tablename__ = "notification_settings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    off: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """What is switched off, each a category and a channel, such as `marketing email`."""

    opted_in: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """The opt-in keys of what the person has asked for."""

    quiet_from: Mapped[time] = mapped_column(Time, server_default="22:00")
    quiet_until: Mapped[time] = mapped_column(Time, server_default="08:00")
    """In India's time; the same as `quiet_from` where there are no quiet hours."""

    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class Settings(NamedTuple):
    """What a person wants."""

    off: frozenset[str] = frozenset()
    opted_in: frozenset[str] = frozenset()
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def wants(self, category: str, channel: str) -> bool:
        """Whether they want what is of a category over a channel."""
        return pair(category, channel) not in self.off


_GET: Final = """
select off, opted_in, quiet_from, quiet_until from notification_settings where person_id = $1"""
_PUT: Final = """
insert into notification_settings (person_id, off, opted_in, quiet_from, quiet_until)
values ($1, $2, $3, $4, $5)
on conflict (person_id) do update set off = excluded.off, opted_in = excluded.opted_in,
    quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, updated_at = now()"""
_BEGIN: Final = "insert into notification_settings (person_id) values ($1) on conflict do nothing"


def pair(category: str, channel: str) -> str:
    """How a switched-off category of a channel is kept."""
    return f"{category} {channel}"


async def get(db: AsyncSession, person_id: int) -> Settings:
    """What a person wants."""
    return _settings(await (await driver(db)).fetchrow(_GET, person_id))


async def held(db: AsyncSession, person_id: int) -> Settings:
    """What a person wants, held against other changes until the transaction ends."""
    connection = await driver(db)
    await connection.execute(_BEGIN, person_id)
    return _settings(await connection.fetchrow(f"{_GET} for update", person_id))


async def put(db: AsyncSession, person_id: int, wanted: Settings) -> None:
    """Set all that a person wants."""
    connection = await driver(db)
    off, opted_in, *quiet = wanted
    await connection.execute(_PUT, person_id, _list(off), _list(opted_in), *quiet)


async def switch_off(db: AsyncSession, person_id: int, category: str, channel: str) -> bool:
    """Switch a category off on a channel; whether it was on until now."""
    there = await held(db, person_id)
    off = there.off | {pair(category, channel)}
    await put(db, person_id, there._replace(off=off))
    return off != there.off


def _list(values: Collection[str]) -> list[str]:
    return sorted(values)


def _settings(row: Any) -> Settings:
    return Settings() if row is None else Settings(frozenset(row[0]), frozenset(row[1]), row[2], row[3])
