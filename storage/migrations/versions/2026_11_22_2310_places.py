"""Names of places: one that is the same as another, one that an admin gave, and what still has to follow."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2310"
down_revision = "2026_11_22_2010"


def upgrade() -> None:
    op.add_column("places", sa.Column("same_as", sa.Integer(), nullable=True))
    op.add_column("places", sa.Column("own_name", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("places", sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("places", sa.Column("follows_from", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("places_same_as_fkey"), "places", "places", ["same_as"], ["id"])
    op.create_check_constraint(op.f("places_same_as_check"), "places", "same_as <> id")
    op.create_index(
        "places_same_as_idx", "places", ["same_as"], postgresql_where=sa.text("same_as is not null")
    )
    op.create_index(
        "places_follows_from_idx", "places", ["id"], postgresql_where=sa.text("follows_from is not null")
    )
    op.create_index("properties_sector_idx", "properties", ["sector_id"])


def downgrade() -> None:
    op.drop_index("properties_sector_idx", "properties")
    for kind in ("locality", "sector", "society"):
        op.execute(
            f"update properties p set {kind}_id = m.same_as from places m "  # noqa: S608 -- made of constants
            f"where m.id = p.{kind}_id and m.same_as is not null"
        )
    op.execute("delete from places where same_as is not null")
    for column in ("follows_from", "merged_at", "own_name", "same_as"):
        op.drop_column("places", column)
