"""Reports of content, and who may not reach others for a while."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2321"
down_revision = "2026_11_22_2320"

_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("outcome is null")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("reporter_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=True),
        sa.Column("reported_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("quoted", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("handled_by", sa.BigInteger(), nullable=True),
        sa.Column("handled_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind in ('property', 'photo', 'enquiry', 'comment')", name=op.f("reports_kind_check")
        ),
        sa.CheckConstraint(
            "outcome in ('dismissed', 'taken_down', 'warned', 'blocked')", name=op.f("reports_outcome_check")
        ),
        sa.CheckConstraint("(outcome is null) = (handled_at is null)", name=op.f("reports_handled_check")),
        *[_leads("reports", each) for each in ("reporter_id", "reported_id", "handled_by")],
        sa.PrimaryKeyConstraint("id", name=op.f("reports_pkey")),
    )
    op.create_index(
        "reports_open_idx",
        "reports",
        ["kind", "target", "reporter_id"],
        unique=True,
        postgresql_where=_OPEN,
    )
    op.create_index("reports_target_idx", "reports", ["kind", "target"])
    op.create_index("reports_reporter_id_idx", "reports", ["reporter_id", "at"])
    op.create_index("reports_reported_id_idx", "reports", ["reported_id"])
    op.create_index("reports_handled_by_idx", "reports", ["handled_by"])
    op.create_table(
        "restrictions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _leads("restrictions", "person_id", "cascade"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("restrictions_pkey")),
    )


def downgrade() -> None:
    op.drop_table("restrictions")
    op.drop_table("reports")


def _leads(table: str, column: str, ondelete: str = "set null") -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_{column}_fkey")
    return sa.ForeignKeyConstraint([column], ["people.id"], name=name, ondelete=ondelete)
