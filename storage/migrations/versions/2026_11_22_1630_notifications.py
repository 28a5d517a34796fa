"""Notifications, what each person wants of them, and devices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_22_1630"
down_revision = "2026_11_22_1620"

_NOW = sa.text("now()")


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("said", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digested_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("fate in ('sent', 'digest', 'dropped')", name=op.f("notifications_fate_check")),
        sa.CheckConstraint(
            "category in ('transactional', 'system', 'marketing')", name=op.f("notifications_category_check")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("notifications_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("notifications_pkey")),
        sa.UniqueConstraint("person_id", "type", "key", name=op.f("notifications_person_id_type_key_key")),
    )
    index = op.create_index
    unread = sa.text("listed and read_at is null")
    waits = sa.text("fate = 'digest' and digested_at is null")
    index(
        "notifications_person_id_id_idx",
        "notifications",
        ["person_id", "id"],
        postgresql_where=sa.text("listed"),
    )
    index("notifications_unread_idx", "notifications", ["person_id"], postgresql_where=unread)
    index("notifications_digest_idx", "notifications", ["person_id"], postgresql_where=waits)
    index("notifications_at_idx", "notifications", ["at"])
    op.create_table(
        "notification_settings",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("off", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("opted_in", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("quiet_from", sa.Time(), server_default="22:00", nullable=False),
        sa.Column("quiet_until", sa.Time(), server_default="08:00", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("notification_settings_person_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("notification_settings_pkey")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("platform in ('android', 'ios', 'web')", name=op.f("devices_platform_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("devices_person_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("devices_session_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("devices_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("devices_token_hash_key")),
    )
    index("devices_person_id_idx", "devices", ["person_id"])
    index("devices_session_id_idx", "devices", ["session_id"])
    index("devices_seen_at_idx", "devices", ["seen_at"])


def downgrade() -> None:
    for table in ("devices", "notification_settings", "notifications"):
        op.drop_table(table)
