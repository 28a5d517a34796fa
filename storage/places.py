"""Places: localities, sectors, societies, metro stations and office hubs, by id and normalised name."""

from geoalchemy2 import Geography
from sqlalchemy import CheckConstraint, Identity, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

KINDS = ("city", "locality", "sector", "society", "metro", "hub")


class Place(Base):
    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        Index("places_geog_idx", "geog", postgresql_using="gist"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    """The normalised name, such as `sector 57` or `dlf phase 2`."""

    name: Mapped[str]
    """The name as it is shown, such as `DLF Phase 2`."""

    geog: Mapped[str | None] = mapped_column(Geography("POINT", srid=4326, spatial_index=False))
    detail: Mapped[str | None]
    """What tells namesakes apart: the metro line, or a society's locality."""

    rank: Mapped[int] = mapped_column(SmallInteger, server_default="0")
