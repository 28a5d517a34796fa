"""Enquiries, what is said in them and noted about them, and whom people have blocked."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1935"
down_revision = "2026_11_22_1930"

_MOMENT = sa.DateTime(timezone=True)
_STAGE = "stage in ('new', 'contacted', 'visiting', 'negotiating', 'won', 'lost')"


def upgrade() -> None:
    op.create_table(
        "enquiries",
        _id(),
        _refers("property_id"),
        _refers("person_id"),
        _refers("carer_id"),
        sa.Column("stage", sa.String(), server_default="new", nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("shared_at", _MOMENT, nullable=True),
        sa.CheckConstraint(_STAGE, name=op.f("enquiries_stage_check")),
        sa.CheckConstraint("person_id <> carer_id", name=op.f("enquiries_others_check")),
        _leads("enquiries", "property_id", "properties"),
        _leads("enquiries", "person_id", "people"),
        _leads("enquiries", "carer_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("enquiries_pkey")),
        sa.UniqueConstraint("property_id", "person_id", name=op.f("enquiries_property_id_person_id_key")),
    )
    for side in ("person_id", "carer_id"):
        op.create_index(f"enquiries_{side}_idx", "enquiries", [side, "last_at", "id"])
    _said("enquiry_messages", "at", sa.Column("masked", sa.Boolean(), nullable=False))
    _said("enquiry_notes")
    op.create_table(
        "blocks",
        _refers("person_id"),
        _refers("blocked_id"),
        sa.Column("at", _MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("person_id <> blocked_id", name=op.f("blocks_others_check")),
        _leads("blocks", "person_id", "people"),
        _leads("blocks", "blocked_id", "people"),
        sa.PrimaryKeyConstraint("person_id", "blocked_id", name=op.f("blocks_pkey")),
    )
    op.create_index("blocks_blocked_id_idx", "blocks", ["blocked_id"])


def downgrade() -> None:
    for table in ("blocks", "enquiry_notes", "enquiry_messages", "enquiries"):
        op.drop_table(table)


def _said(table: str, order: str | None = None, *more: sa.Column[bool]) -> None:
    op.create_table(
        table,
        _id(),
        _refers("enquiry_id"),
        _refers("by_id"),
        sa.Column("text", sa.Text(), nullable=False),
        *more,
        sa.Column("at", _MOMENT, nullable=False),
        _leads(table, "enquiry_id", "enquiries"),
        _leads(table, "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_pkey")),
    )
    op.create_index(f"{table}_enquiry_id_idx", table, ["enquiry_id", "id"])
    op.create_index(f"{table}_by_id_idx", table, ["by_id", order] if order else ["by_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _refers(column: str) -> sa.Column[int]:
    return sa.Column(column, sa.BigInteger(), nullable=False)


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_{column}_fkey")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="cascade")
