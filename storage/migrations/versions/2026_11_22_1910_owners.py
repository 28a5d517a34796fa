"""Owners, and the whole life of a listing."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1910"
down_revision = "2026_11_22_1650"

_BEFORE = "status in ('live', 'paused', 'archived')"
_NOW = "status in ('draft', 'review', 'live', 'paused', 'rented', 'sold', 'archived')"


def upgrade() -> None:
    op.add_column("properties", sa.Column("owner_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("properties_owner_id_fkey"), "properties", "people", ["owner_id"], ["id"], ondelete="set null"
    )
    op.create_index(
        "properties_owner_id_idx",
        "properties",
        ["owner_id", "id"],
        postgresql_where=sa.text("owner_id is not null"),
    )
    _statuses(_NOW)


def downgrade() -> None:
    op.execute(
        "update properties set status = 'archived' where status in ('draft', 'review', 'rented', 'sold')"
    )
    _statuses(_BEFORE)
    op.drop_column("properties", "owner_id")


def _statuses(allowed: str) -> None:
    # Checked in a second step, which holds up no reader and no writer.
    op.drop_constraint(op.f("properties_status_check"), "properties")
    op.create_check_constraint(
        op.f("properties_status_check"), "properties", allowed, postgresql_not_valid=True
    )
    op.execute("alter table properties validate constraint properties_status_check")
