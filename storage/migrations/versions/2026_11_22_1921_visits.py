"""The whole life of a visit, and the calendars of those who show properties."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_22_1921"
down_revision = "2026_11_22_1920"

_STATUSES = "status in ('requested', 'confirmed', 'completed', 'cancelled', 'missed')"
_STATUSES_BEFORE = "status in ('requested', 'cancelled')"
_STANDS = "status in ('requested', 'confirmed')"
_STANDS_BEFORE = "status = 'requested'"
_NOW = sa.text("now()")
_REASONS = (
    "reason in ('plans_changed', 'found_another', 'cannot_come', 'no_longer_offered', 'nobody_free', "
    "'not_confirmed', 'other')"
)
_INTERESTS = "in ('high', 'medium', 'low', 'none')"


def upgrade() -> None:
    _keep_apart(None)
    op.drop_constraint(op.f("visits_status_check"), "visits")
    _add_columns()
    op.execute("update visits set awaits = null, cancelled_by = 'visitor' where status = 'cancelled'")
    op.create_foreign_key(
        op.f("visits_host_id_fkey"), "visits", "people", ["host_id"], ["id"], ondelete="set null"
    )
    for name, rule in (
        ("status", _STATUSES),
        ("awaits", "(status = 'requested') = (awaits is not null) and awaits in ('host', 'visitor')"),
        ("cancelled_by", "cancelled_by in ('visitor', 'host', 'platform')"),
        ("reason", _REASONS),
        ("interest", f"visitor_interest {_INTERESTS} and host_interest {_INTERESTS}"),
        ("own_home", "host_id <> person_id"),
    ):
        op.create_check_constraint(op.f(f"visits_{name}_check"), "visits", rule)
    _keep_apart(_STANDS)
    _exclude("visits_one_host_at_a_time", "host_id", _STANDS)
    op.create_index("visits_host_id_idx", "visits", ["host_id", "starts", "id"])
    op.create_index("visits_standing_idx", "visits", ["starts", "id"], postgresql_where=sa.text(_STANDS))
    _create_calendars()


def downgrade() -> None:
    op.drop_table("busy_times")
    op.drop_table("calendars")
    _keep_apart(None)
    op.execute("delete from visits where status in ('completed', 'missed')")
    op.execute("update visits set status = 'requested', awaits = 'host' where status = 'confirmed'")
    for name in ("awaits", "cancelled_by", "reason", "interest", "own_home", "status"):
        op.drop_constraint(op.f(f"visits_{name}_check"), "visits")
    for column in (
        "host_id", "awaits", "changed_at", "cancelled_by", "reason", "revision", "visitor_interest",
        "visitor_feedback", "host_interest", "host_notes", "follow_up_on",
    ):  # fmt: skip
        op.drop_column("visits", column)
    op.execute("drop index if exists visits_standing_idx")
    op.create_check_constraint(op.f("visits_status_check"), "visits", _STATUSES_BEFORE)
    _keep_apart(_STANDS_BEFORE)


def _keep_apart(where: str | None) -> None:
    """The constraints on the times of one property and of one visitor; None takes them away."""
    for name, column in (
        ("visits_one_at_a_time", "property_id"),
        ("visits_one_place_at_a_time", "person_id"),
    ):
        if where is None:
            op.drop_constraint(name, "visits")
        else:
            _exclude(name, column, where)


def _exclude(name: str, column: str, where: str) -> None:
    op.execute(
        f"alter table visits add constraint {name} "
        f"exclude using gist ({column} with =, tstzrange(starts, ends) with &&) where ({where})"
    )


def _add_columns() -> None:
    for column in (
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("awaits", sa.String(), server_default="host", nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("visitor_interest", sa.String(), nullable=True),
        sa.Column("visitor_feedback", sa.String(), nullable=True),
        sa.Column("host_interest", sa.String(), nullable=True),
        sa.Column("host_notes", sa.String(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
    ):
        op.add_column("visits", column)


def _create_calendars() -> None:
    op.create_table(
        "calendars",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("hours", postgresql.JSONB(), nullable=False),
        sa.Column("holidays_off", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("calendars_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("calendars_pkey")),
    )
    op.create_table(
        "busy_times",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("busy_times_time_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("busy_times_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("busy_times_pkey")),
    )
    op.create_index("busy_times_person_id_idx", "busy_times", ["person_id", "ends"])
