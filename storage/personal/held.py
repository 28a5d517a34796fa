"""Personal data: what is said of a table that holds any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, BigInteger, any_, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import InstrumentedAttribute

    from storage.base import Base

HASH: Final = "a hash of a secret; it says nothing about the person and would help whoever steals it"
EITHER: Final = "the person's own id, or that of somebody else"
KEY: Final = "it answers with what was answered before, so it is a secret of the app that chose it"
OWN: Final = "the person's own id, which the profile says"
ADDRESS: Final = "a hash of an address, which the profile says"
MEANINGLESS: Final = "a number without meaning"


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds about people."""

    table: type[Base]
    what: str
    whose: Callable[[Collection[int]], ColumnElement[bool]]
    """Which of its rows are about these people."""

    given: tuple[str, ...] = ()
    """The columns that an export carries, in order."""

    withheld: Mapping[str, str] = field(default_factory=dict[str, str])
    """The columns that it does not, each with the reason; `*` stands for all others."""

    anonymised: Mapping[str, Any] | None = None
    """What erasing writes over the row; without it the row is removed."""

    stays: str | None = None
    """Why erasing leaves the row as it is, where it does."""

    part: str | None = None
    """What sets its rows apart, where one table holds different things about different people."""

    @property
    def name(self) -> str:
        named = self.table.__tablename__
        return named if self.part is None else f"{named}_{self.part}"

    @property
    def columns(self) -> Table:
        return self.table.metadata.tables[self.table.__tablename__]


def among(column: InstrumentedAttribute[Any], ids: Collection[int]) -> ColumnElement[bool]:
    # One parameter, however many there are: a statement can have 32,767.
    return column == any_(cast(list(ids), ARRAY(BigInteger)))
