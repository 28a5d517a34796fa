"""The search index: a narrow row, a text and a vector for every live property, derived from `properties`."""

from datetime import datetime

from geoalchemy2 import Geography
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import BigInteger, DateTime, ForeignKey, SmallInteger
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

DIMENSIONS = 384


class SearchRow(Base):
    """What filters and orders look at, narrow enough to stay in memory. Codes are positions in the tuples of
    `storage.listings`, price is whole rupees, area square feet; the truth stays in `properties`."""

    __tablename__ = "property_search"

    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    purpose: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    bedrooms: Mapped[int | None] = mapped_column(SmallInteger)
    furnishing: Mapped[int | None] = mapped_column(SmallInteger)
    facing: Mapped[int | None] = mapped_column(SmallInteger)
    age: Mapped[int | None] = mapped_column(SmallInteger)
    floor: Mapped[int | None] = mapped_column(SmallInteger)
    possession: Mapped[int | None] = mapped_column(SmallInteger)
    price: Mapped[int] = mapped_column(BigInteger)
    area: Mapped[int | None]
    rate: Mapped[int]
    """Rupees a square foot; the largest integer where the area is not known, so that these come last."""

    lat: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    lng: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    cell: Mapped[int | None]
    geog: Mapped[str | None] = mapped_column(Geography("POINT", srid=4326, spatial_index=False))
    locality_id: Mapped[int | None]
    sector_id: Mapped[int | None]
    society_id: Mapped[int | None]
    metro: Mapped[int | None]
    """Metres to the nearest metro station, on the earth's surface."""

    amenities: Mapped[int] = mapped_column(BigInteger)
    tenants: Mapped[int] = mapped_column(SmallInteger)
    """Bits by position in `TENANTS`: who is welcome."""

    score: Mapped[int] = mapped_column(SmallInteger)
    """How complete and trustworthy the listing is, 0-1000."""

    listed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SearchText(Base):
    """The words of a property, weighted: title, society and locality before the description."""

    __tablename__ = "property_texts"

    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(TSVECTOR)


class SearchVector(Base):
    """The vector of a property's card, one row a model; two models are never compared."""

    __tablename__ = "property_vectors"

    model: Mapped[str] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    card: Mapped[str]
    """A checksum of the text that was embedded, so that an edit is noticed."""

    vector: Mapped[list[float]] = mapped_column(HALFVEC(DIMENSIONS))
