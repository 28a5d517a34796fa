"""Shortlists, visits and reveals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

revision = "2026_11_22_0710"
down_revision = "2026_11_22_0700"

_STANDS = sa.text("status = 'requested'")
_TIME = sa.text("tstzrange(starts, ends)")


def _owned(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    """What disappears with its people and its property."""
    return [
        sa.ForeignKeyConstraint(
            [column],
            ["properties.id" if column == "property_id" else "people.id"],
            name=op.f(f"{table}_{column}_fkey"),
            ondelete="cascade",
        )
        for column in columns
    ]


def upgrade() -> None:
    op.create_table(
        "shortlists",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *_owned("shortlists", "person_id", "property_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("shortlists_pkey")),
        sa.UniqueConstraint("person_id", "property_id", name=op.f("shortlists_person_id_property_id_key")),
    )
    op.create_index("shortlists_person_id_idx", "shortlists", ["person_id", "id"], unique=False)
    op.create_index("shortlists_property_id_idx", "shortlists", ["property_id"], unique=False)
    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), server_default="requested", nullable=False),
        sa.Column(
            "requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status in ('requested', 'cancelled')", name=op.f("visits_status_check")),
        sa.CheckConstraint("starts < ends", name=op.f("visits_time_check")),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at is not null)", name=op.f("visits_cancelled_check")
        ),
        ExcludeConstraint(
            ("property_id", "="), (_TIME, "&&"), where=_STANDS, using="gist", name="visits_one_at_a_time"
        ),
        ExcludeConstraint(
            ("person_id", "="), (_TIME, "&&"), where=_STANDS, using="gist", name="visits_one_place_at_a_time"
        ),
        *_owned("visits", "person_id", "property_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("visits_pkey")),
    )
    op.create_index("visits_person_id_idx", "visits", ["person_id", "starts", "id"], unique=False)
    op.create_index("visits_property_id_idx", "visits", ["property_id"], unique=False)
    op.create_table(
        "reveals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *_owned("reveals", "person_id", "property_id", "staff_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("reveals_pkey")),
    )
    op.create_index("reveals_person_id_idx", "reveals", ["person_id", "at"], unique=False)
    op.create_index("reveals_property_id_idx", "reveals", ["property_id"], unique=False)
    op.create_index("reveals_staff_id_idx", "reveals", ["staff_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("reveals")
    op.drop_table("visits")
    op.drop_table("shortlists")
