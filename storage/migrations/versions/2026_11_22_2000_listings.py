"""The life of a listing: its reviews, its moves, and how its price changed."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2000"
down_revision = "2026_11_22_1950"

_NOW = sa.text("now()")
_STATUSES = "('draft', 'review', 'live', 'paused', 'rented', 'sold', 'archived')"
_PRICED = """
create function listing_priced() returns trigger language plpgsql as $$
begin
  insert into listing_prices (property_id, was, price) values (new.id, old.price, new.price);
  return null;
end $$"""
_TRIGGER = """
create trigger properties_priced after update of price on properties
for each row when (old.price is distinct from new.price) execute function listing_priced()"""


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("property_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("approved", sa.String(), nullable=True),
        sa.Column("submission", sa.Integer(), server_default="0", nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("evidence_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("listings_property_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["people.id"], name=op.f("listings_submitted_by_fkey"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("property_id", name=op.f("listings_pkey")),
    )
    op.create_index(
        "listings_submitted_idx",
        "listings",
        ["submitted_at", "property_id"],
        postgresql_where=sa.text("submitted_at is not null"),
    )
    op.create_index("listings_evidence_idx", "listings", ["evidence_at", "property_id"])
    _moves()
    _prices()


def _moves() -> None:
    op.create_table(
        "listing_moves",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("as_role", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"now in {_STATUSES}", name=op.f("listing_moves_now_check")),
        sa.CheckConstraint(
            "as_role in ('owner', 'carer', 'admin', 'reviewer', 'clock')",
            name=op.f("listing_moves_as_role_check"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("listing_moves_by_id_fkey"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("listing_moves_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("listing_moves_pkey")),
    )
    op.create_index("listing_moves_property_id_idx", "listing_moves", ["property_id", "id"])
    op.create_index("listing_moves_by_id_idx", "listing_moves", ["by_id"])
    op.create_index(
        "listing_moves_decided_idx",
        "listing_moves",
        ["property_id", "submission"],
        unique=True,
        postgresql_where=sa.text("as_role = 'reviewer'"),
    )


def _prices() -> None:
    op.create_table(
        "listing_prices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("was", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("price", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("listing_prices_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("listing_prices_pkey")),
    )
    op.create_index("listing_prices_property_id_idx", "listing_prices", ["property_id", "id"])
    op.execute(_PRICED)
    op.execute(_TRIGGER)


def downgrade() -> None:
    op.execute("drop trigger properties_priced on properties")
    op.execute("drop function listing_priced()")
    for table in ("listing_prices", "listing_moves", "listings"):
        op.drop_table(table)
