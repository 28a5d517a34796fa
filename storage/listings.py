"""Listings: properties as their source tells them, with what was mended and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geoalchemy2 import Geography
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

PURPOSES = ("buy", "rent", "pg")
KINDS = ("apartment", "builder_floor", "house", "plot", "shop", "office", "pg")
FURNISHINGS = ("furnished", "semi_furnished", "unfurnished")
FACINGS = ("north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west")
POSSESSIONS = ("ready", "under_construction")
STATUSES = ("draft", "review", "live", "paused", "rented", "sold", "archived")
"""The life of a listing. Only what is `live` is found, offered and visited."""

FLAGS = {
    "price_outlier": "The price is far from that of comparable properties; check it before relying on it.",
    "area_outlier": "The area is far from that of comparable properties; it may be in square yards.",
    "price_per_sq_yard": "The source quotes its price by the square yard.",
    "price_per_unit_mismatch": "The source's price a unit of area does not fit its price and area.",
    "rent_listed_as_sale": "Listed for sale, but the price or the text reads like a rent.",
    "sale_listed_as_rent": "Listed for rent, but the price is the size of a sale.",
    "bedrooms_implausible": "The number of bedrooms is unusual; it may be a guest house.",
    "other_town": "The text names another town.",
    "duplicate": "Another listing of the same source reads the same.",
    "approximate_location": "The source gives no position; the map shows its society, sector or locality.",
    "no_location": "The source gives no position that could be found.",
}
"""What may be doubtful about a property, in a sentence each."""

PRICE_FLAGS = (
    "price_outlier",
    "area_outlier",
    "bedrooms_implausible",
    "rent_listed_as_sale",
    "sale_listed_as_rent",
    "other_town",
    "duplicate",
)
"""Flags of properties whose price says nothing about others; medians and quartiles leave them out."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} in {values}", name=column)


class Property(Base):
    """A property on offer. A null is what the source does not say."""

    __tablename__ = "properties"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        _one_of("purpose", PURPOSES),
        _one_of("kind", KINDS),
        _one_of("furnishing", FURNISHINGS),
        _one_of("facing", FACINGS),
        _one_of("possession", POSSESSIONS),
        _one_of("status", STATUSES),
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("area_sqft > 0", name="area"),
        Index("properties_locality_idx", "locality_id"),
        Index("properties_sector_idx", "sector_id"),
        Index("properties_society_idx", "society_id"),
        Index("properties_owner_id_idx", "owner_id", "id", postgresql_where=text("owner_id is not null")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    source: Mapped[str]
    """Who said so: an import's name, `demo`, or `owner`."""

    source_id: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whoever offers it here, as a member."""

    status: Mapped[str] = mapped_column(server_default="live")
    purpose: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    price: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    """Rupees: the whole price to buy, or a month's rent."""

    area_sqft: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    bedrooms: Mapped[int | None] = mapped_column(SmallInteger)
    balconies: Mapped[int | None] = mapped_column(SmallInteger)
    furnishing: Mapped[str | None]
    facing: Mapped[str | None]
    age_band: Mapped[str | None]
    """Years since it was built: `0-1`, `1-5`, `5-10` or `10+`."""

    floor_band: Mapped[str | None]
    """Where in the building: `low`, `mid` or `high`."""

    building_band: Mapped[str | None]
    """How tall the building is: `low`, `mid` or `high`."""

    possession: Mapped[str | None]
    geog: Mapped[str | None] = mapped_column(Geography("POINT", srid=4326, spatial_index=False))
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    society_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    amenities_yes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Bits of `tools.discovery.vocabulary`: what the source says there is."""

    amenities_no: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Bits of what the source says there is not; what stands in neither is unknown."""

    tenants: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """Who is welcome, as the source says: `family`, `bachelors`, `girls`, `boys`, `company`."""

    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """Defects found at import, such as `price_outlier` or `rent_listed_as_sale`."""

    photos: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """Paths of pictures, cover first."""

    first_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    checksum: Mapped[str | None]
    """Of the source's row, so that an unchanged row is left alone by the next import."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What can be said of a property to whoever has a link to it, whatever became of it."""

    id: int
    title: str
    status: str
    purpose: str
    kind: str
    bedrooms: int | None


async def shared(db: AsyncSession, property_id: int) -> Shared | None:
    """A property in whatever state."""
    wanted = select(
        Property.id, Property.title, Property.status, Property.purpose, Property.kind, Property.bedrooms
    )
    row = (await db.execute(wanted.where(Property.id == property_id))).one_or_none()
    return None if row is None else Shared(*row)


@dataclass(frozen=True, slots=True)
class Offer:
    """A live property in brief."""

    id: int
    title: str
    purpose: str
    price: Decimal


_OFFERED: Final = "select id, title, purpose, price from properties where id = $1 and status = 'live'"
_HELD: Final = f"{_OFFERED} for share"


async def offered(db: AsyncSession, property_id: int, *, hold: bool = False) -> Offer | None:
    """The property if it is live. With `hold` it stays so until the transaction ends."""
    row = await (await driver(db)).fetchrow(_HELD if hold else _OFFERED, property_id)
    return None if row is None else Offer(*row)


async def owner(db: AsyncSession, property_id: int) -> int | None:
    """The member who offers a property here, where one does."""
    return await db.scalar(select(Property.owner_id).where(Property.id == property_id))
