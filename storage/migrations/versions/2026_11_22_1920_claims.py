"""Who sends a message now, so that nothing is held while they do."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1920"
down_revision = "2026_11_22_1910"

_BEFORE = "state in ('sent', 'refused', 'dropped')"
_NOW = "state in ('claimed', 'sent', 'refused', 'dropped')"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("claimed_by", sa.String(), nullable=True))
    _states(_NOW)


def downgrade() -> None:
    op.execute("delete from deliveries where state = 'claimed'")
    _states(_BEFORE)
    op.drop_column("deliveries", "claimed_by")


def _states(allowed: str) -> None:
    # Checked in a second step, which holds up no reader and no writer.
    op.drop_constraint(op.f("deliveries_state_check"), "deliveries")
    op.create_check_constraint(
        op.f("deliveries_state_check"), "deliveries", allowed, postgresql_not_valid=True
    )
    op.execute("alter table deliveries validate constraint deliveries_state_check")
