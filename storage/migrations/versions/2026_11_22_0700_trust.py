"""Kept answers, activities and tickets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "2026_11_22_0700"
down_revision = "2026_11_22_0600"

_NEVER = """
create function activities_stay() returns trigger language plpgsql as $$
begin
    raise exception 'activities are never changed or removed'
        using errcode = 'insufficient_privilege', constraint = 'activities_append_only', table = 'activities';
end $$
"""
_ALWAYS = """
create trigger activities_stay before update or delete or truncate on activities
for each statement execute function activities_stay()
"""


def _keep_an_admin(alone: str) -> str:
    """The function of the trigger that keeps the last admin; `alone` lets one at a time pass."""
    return f"""
create or replace function people_keep_an_admin() returns trigger language plpgsql as $$
begin
    -- Two admins who take the role from each other at once come here one after the other.
    {alone};
    perform 1 from people where role = 'admin' and deletes_at is null and erased_at is null;
    if not found then
        raise exception 'nobody would be an admin'
            using errcode = 'check_violation', constraint = 'people_last_admin', table = 'people';
    end if;
    return null;
end $$
"""


_BY_LOCK = "perform pg_advisory_xact_lock(360360362)"
# What is confirmed runs in a snapshot, in which whoever left meanwhile still looks like an admin. A lock is
# waited for and tells nothing of that; a row that somebody else has changed since fails the snapshot.
_BY_ROW = """insert into admin_changes (id, times) values (1, 1)
    on conflict (id) do update set times = admin_changes.times + 1"""


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("whose_id", sa.BigInteger(), nullable=True),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("client", sa.String(), nullable=True),
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=True),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("subjects", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("touched", JSONB(), server_default="[]", nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("undo", sa.String(), nullable=True),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("activities_pkey")),
        sa.UniqueConstraint("undoes", name=op.f("activities_undoes_key")),
    )
    op.create_index("activities_person_id_idx", "activities", ["person_id", "id"], unique=False)
    op.create_index(
        "activities_subjects_idx", "activities", ["subjects"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "activities_whose_id_idx",
        "activities",
        ["whose_id", "id"],
        unique=False,
        postgresql_where=sa.text("whose_id is not null"),
    )
    op.create_table(
        "kept_answers",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("given_hash", sa.LargeBinary(), nullable=False),
        sa.Column("preview", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "tool", "key", name=op.f("kept_answers_pkey")),
    )
    op.create_index("kept_answers_made_at_idx", "kept_answers", ["made_at"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("arguments", JSONB(), nullable=False),
        sa.Column("preview", JSONB(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("nonce_hash", sa.LargeBinary(), nullable=True),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("client", sa.String(), nullable=True),
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("answer", JSONB(), nullable=True),
        sa.CheckConstraint("kind in ('page', 'host', 'chat')", name=op.f("tickets_kind_check")),
        sa.CheckConstraint("outcome in ('done', 'declined', 'void')", name=op.f("tickets_outcome_check")),
        sa.CheckConstraint("(decided_at is null) = (outcome is null)", name=op.f("tickets_decided_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("tickets_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("tickets_pkey")),
    )
    op.create_index("tickets_expires_at_idx", "tickets", ["expires_at"], unique=False)
    op.create_index("tickets_person_id_idx", "tickets", ["person_id", "made_at"], unique=False)
    op.create_table(
        "undos",
        sa.Column("activity_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("arguments", JSONB(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("undos_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("undos_pkey")),
    )
    op.create_index("undos_person_id_idx", "undos", ["person_id"], unique=False)
    op.create_index("undos_until_idx", "undos", ["until"], unique=False)
    op.execute(_NEVER)
    op.execute(_ALWAYS)
    op.execute("alter table activities enable always trigger activities_stay")
    # Beside the trigger, which holds for superusers too, the owner gives up the right.
    op.execute("revoke update, delete, truncate on activities from public, current_user")
    op.create_table(
        "admin_changes",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("admin_changes_one_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("admin_changes_pkey")),
    )
    op.execute(_keep_an_admin(_BY_ROW))


def downgrade() -> None:
    op.execute(_keep_an_admin(_BY_LOCK))
    op.drop_table("admin_changes")
    op.drop_index("undos_until_idx", table_name="undos")
    op.drop_index("undos_person_id_idx", table_name="undos")
    op.drop_table("undos")
    op.drop_index("tickets_person_id_idx", table_name="tickets")
    op.drop_index("tickets_expires_at_idx", table_name="tickets")
    op.drop_table("tickets")
    op.drop_index("kept_answers_made_at_idx", table_name="kept_answers")
    op.drop_table("kept_answers")
    op.drop_index(
        "activities_whose_id_idx", table_name="activities", postgresql_where=sa.text("whose_id is not null")
    )
    op.drop_index("activities_subjects_idx", table_name="activities", postgresql_using="gin")
    op.drop_index("activities_person_id_idx", table_name="activities")
    op.drop_table("activities")
    op.execute("drop function activities_stay()")
