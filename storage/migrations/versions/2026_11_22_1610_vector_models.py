"""Which model's vectors searches use, and which model's are being made."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1610"
down_revision = "2026_11_22_1600"

# What is there already stays in use: the model that most properties have a vector of.
_KNOWN = """
insert into vector_models (model, active, left_at)
select model, place = 1, case when place > 1 then now() end
from (select model, row_number() over (order by count(*) desc, model) as place
      from property_vectors group by model) known"""


def upgrade() -> None:
    op.create_table(
        "vector_models",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_to", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("model", name=op.f("vector_models_pkey")),
    )
    op.create_index(
        "vector_models_active_idx",
        "vector_models",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.execute(_KNOWN)


def downgrade() -> None:
    op.drop_table("vector_models")
