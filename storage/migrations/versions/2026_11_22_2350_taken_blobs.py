"""Files that somebody deletes by now, and that nobody can keep any more."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2350"
down_revision = "2026_11_22_2340"


def upgrade() -> None:
    op.add_column("doomed_blobs", sa.Column("taken", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("doomed_blobs", "taken")
