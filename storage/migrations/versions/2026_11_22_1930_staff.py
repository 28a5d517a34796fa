"""What staff say of themselves, and the areas they know."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1930"
down_revision = "2026_11_22_1921"

_NOW = sa.text("now()")


def upgrade() -> None:
    op.create_table(
        "staff_profiles",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("bio", sa.String(), server_default="", nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("rera_number", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("staff_profiles_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("staff_profiles_pkey")),
    )
    op.create_table(
        "staff_areas",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["people.id"], name=op.f("staff_areas_staff_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("staff_areas_place_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("staff_id", "place_id", name=op.f("staff_areas_pkey")),
    )
    op.create_index("staff_areas_place_id_idx", "staff_areas", ["place_id"])


def downgrade() -> None:
    op.drop_table("staff_areas")
    op.drop_table("staff_profiles")
