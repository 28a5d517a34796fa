"""An enquiry, and what was said in it, outlives whoever answered it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2340"
down_revision = "2026_11_22_2330"

_COLUMNS = (("enquiries", "carer_id"), ("enquiry_messages", "by_id"))


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.alter_column(table, column, existing_type=sa.BigInteger(), nullable=True)
        _leads(table, column, "set null")


def downgrade() -> None:
    # Whoever knows nothing of those who left keeps nothing of what they had a part in.
    for table, column in _COLUMNS:
        op.execute(f"delete from {table} where {column} is null")  # noqa: S608 -- made of constants
        _leads(table, column, "cascade")
        op.alter_column(table, column, existing_type=sa.BigInteger(), nullable=False)


def _leads(table: str, column: str, ondelete: str) -> None:
    name = op.f(f"{table}_{column}_fkey")
    op.drop_constraint(name, table, type_="foreignkey")
    op.create_foreign_key(name, table, "people", [column], ["id"], ondelete=ondelete)
