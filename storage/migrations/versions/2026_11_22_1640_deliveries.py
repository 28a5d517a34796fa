"""What left over which channel, and the addresses that take nothing more."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1640"
down_revision = "2026_11_22_1630"

_NOW = sa.text("now()")
_CHANNEL = "channel in ('push', 'email', 'sms')"


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("address_hash", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint(_CHANNEL, name=op.f("deliveries_channel_check")),
        sa.CheckConstraint("state in ('sent', 'refused', 'dropped')", name=op.f("deliveries_state_check")),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.id"],
            name=op.f("deliveries_notification_id_fkey"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("deliveries_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("deliveries_pkey")),
    )
    op.create_index("deliveries_notification_id_idx", "deliveries", ["notification_id"])
    op.create_index("deliveries_person_id_idx", "deliveries", ["person_id"])
    op.create_table(
        "suppressions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("channel in ('email', 'sms')", name=op.f("suppressions_channel_check")),
        sa.CheckConstraint("reason in ('bounced', 'complained')", name=op.f("suppressions_reason_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("suppressions_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("person_id", "channel", name=op.f("suppressions_pkey")),
    )


def downgrade() -> None:
    for table in ("suppressions", "deliveries"):
        op.drop_table(table)
