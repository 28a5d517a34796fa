"""Campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1650"
down_revision = "2026_11_22_1640"

_NOW = sa.text("now()")
_STATE = "state in ('draft', 'sending', 'sent', 'cancelled')"


def upgrade() -> None:
    texts = [sa.Column(name, sa.String(), nullable=False) for name in _WORDS]
    lists = [sa.Column(name, sa.ARRAY(sa.Text()), server_default="{}", nullable=False) for name in _LISTS]
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "campaigns",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        *texts,
        *lists,
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("seen_within_days", sa.SmallInteger(), nullable=True),
        sa.Column("unseen_for_days", sa.SmallInteger(), nullable=True),
        sa.Column("has_shortlist", sa.Boolean(), nullable=True),
        sa.Column("has_visited", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(), server_default="draft", nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reached", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", moment, server_default=_NOW, nullable=False),
        sa.Column("begun_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.CheckConstraint(_STATE, name=op.f("campaigns_state_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("campaigns_pkey")),
    )


_WORDS = ("title_en", "title_hi", "text_en", "text_hi", "page")
_LISTS = ("roles", "languages", "localities")


def downgrade() -> None:
    op.drop_table("campaigns")
