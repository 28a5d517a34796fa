"""Named shortlists that can be shared, and watches."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1950"
down_revision = "2026_11_22_1940"

_BIG = sa.BigInteger()
_NOW = sa.text("now()")
_MOMENT = sa.DateTime(timezone=True)

_MARK = """
create function mark_changed_properties() returns trigger language plpgsql as $$
begin
  -- Nobody watches an import into a new database, and it should not pay for it.
  if exists (select from watches where state = 'active') then
    insert into property_marks (property_id) select id from changed;
  end if;
  return null;
end $$"""
_TRIGGERS = (
    "create trigger properties_mark_new after insert on properties "
    "referencing new table as changed for each statement execute function mark_changed_properties()",
    "create trigger properties_mark_edited after update on properties "
    "referencing new table as changed for each statement execute function mark_changed_properties()",
)


def upgrade() -> None:
    _shortlists()
    _watches()


def _shortlists() -> None:
    op.create_table(
        "named_shortlists",
        _id(),
        _person(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_at", _MOMENT, server_default=_NOW, nullable=False),
        *_keys("named_shortlists", ("person_id", "people")),
        sa.UniqueConstraint("person_id", "key", name=op.f("named_shortlists_person_id_key_key")),
    )
    # What is there already is on the shortlist that everybody has, which needs no row.
    op.add_column("shortlists", sa.Column("list_id", _BIG, nullable=True))
    op.add_column("shortlists", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("shortlists", sa.Column("rank", _BIG, nullable=True))
    op.create_foreign_key(
        op.f("shortlists_list_id_fkey"),
        "shortlists",
        "named_shortlists",
        ["list_id"],
        ["id"],
        ondelete="set null",
    )
    op.create_index("shortlists_list_id_idx", "shortlists", ["list_id"])
    op.create_table(
        "shortlist_links",
        _id(),
        _person(),
        sa.Column("list_id", _BIG, nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("may", sa.String(), nullable=False),
        sa.Column("whom", sa.String(), nullable=True),
        sa.Column("with_notes", sa.Boolean(), nullable=False),
        sa.Column("made_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.CheckConstraint("may in ('view', 'comment')", name=op.f("shortlist_links_may_check")),
        *_keys("shortlist_links", ("person_id", "people"), ("list_id", "named_shortlists")),
        sa.UniqueConstraint("token_hash", name=op.f("shortlist_links_token_hash_key")),
    )
    op.create_index("shortlist_links_person_id_idx", "shortlist_links", ["person_id"])
    op.create_index("shortlist_links_list_id_idx", "shortlist_links", ["list_id"])
    op.create_table(
        "shortlist_comments",
        _id(),
        _person(),
        sa.Column("list_id", _BIG, nullable=True),
        sa.Column("property_id", _BIG, nullable=True),
        sa.Column("author_id", _BIG, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, server_default=_NOW, nullable=False),
        *_keys(
            "shortlist_comments",
            ("person_id", "people"),
            ("list_id", "named_shortlists"),
            ("property_id", "properties"),
            ("author_id", "people"),
        ),
    )
    for column in ("list_id", "property_id", "author_id"):
        op.create_index(f"shortlist_comments_{column}_idx", "shortlist_comments", [column])
    op.create_index("shortlist_comments_person_id_idx", "shortlist_comments", ["person_id", "id"])


def _watches() -> None:
    op.create_table(
        "watches",
        _id(),
        _person(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("property_id", _BIG, nullable=True),
        sa.Column("state", sa.String(), server_default="active", nullable=False),
        sa.Column("often", sa.String(), nullable=False),
        sa.Column("snoozed_until", _MOMENT, nullable=True),
        sa.Column("median", sa.Numeric(14, 2), nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("checked_at", _MOMENT, nullable=False),
        sa.Column("tell_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind in ('search', 'property', 'prices')", name=op.f("watches_kind_check")),
        sa.CheckConstraint("state in ('active', 'paused', 'ended')", name=op.f("watches_state_check")),
        sa.CheckConstraint("often in ('at_once', 'daily', 'weekly')", name=op.f("watches_often_check")),
        *_keys("watches", ("person_id", "people"), ("property_id", "properties")),
    )
    op.create_index("watches_person_id_idx", "watches", ["person_id", "id"])
    op.create_index("watches_property_id_idx", "watches", ["property_id"])
    for name, columns, where in (
        ("watches_active_idx", ["id"], "state = 'active'"),
        ("watches_checked_at_idx", ["checked_at"], "state = 'active'"),
        ("watches_tell_at_idx", ["tell_at"], "tell_at is not null"),
    ):
        op.create_index(name, "watches", columns, postgresql_where=sa.text(where))
    op.create_table(
        "watched",
        sa.Column("watch_id", _BIG, nullable=False),
        sa.Column("property_id", _BIG, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("price", sa.Numeric(14, 2), nullable=False),
        sa.PrimaryKeyConstraint("watch_id", "property_id", name=op.f("watched_pkey")),
        *_foreign("watched", ("watch_id", "watches"), ("property_id", "properties")),
        sa.CheckConstraint("status in ('live', 'paused', 'gone')", name=op.f("watched_status_check")),
    )
    op.create_index("watched_property_id_idx", "watched", ["property_id"])
    op.create_table(
        "watch_changes",
        _id(),
        sa.Column("watch_id", _BIG, nullable=False),
        sa.Column("property_id", _BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.Numeric(14, 2), nullable=True),
        sa.Column("after", sa.Numeric(14, 2), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        *_keys("watch_changes", ("watch_id", "watches"), ("property_id", "properties")),
    )
    op.create_index("watch_changes_watch_id_idx", "watch_changes", ["watch_id", "id"])
    op.create_index("watch_changes_property_id_idx", "watch_changes", ["property_id"])
    op.create_index("watch_changes_at_idx", "watch_changes", ["at"])
    op.create_table(
        "property_marks", _id(), sa.Column("property_id", _BIG, nullable=False), *_keys("property_marks")
    )
    op.create_table(
        "watch_sweeps",
        _id(),
        sa.Column("property_ids", sa.ARRAY(_BIG), nullable=False),
        sa.Column("after", _BIG, server_default="0", nullable=False),
        *_keys("watch_sweeps"),
    )
    op.execute(_MARK)
    for trigger in _TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for name in ("new", "edited"):
        op.execute(f"drop trigger properties_mark_{name} on properties")
    op.execute("drop function mark_changed_properties()")
    for table in ("watch_sweeps", "property_marks", "watch_changes", "watched", "watches"):
        op.drop_table(table)
    op.drop_table("shortlist_comments")
    op.drop_table("shortlist_links")
    for column in ("list_id", "note", "rank"):
        op.drop_column("shortlists", column)
    op.drop_table("named_shortlists")


def _id() -> "sa.Column[int]":
    return sa.Column("id", _BIG, sa.Identity(), nullable=False)


def _person() -> "sa.Column[int]":
    return sa.Column("person_id", _BIG, nullable=False)


def _keys(table: str, *foreign: tuple[str, str]) -> "list[sa.Constraint]":
    return [sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_pkey")), *_foreign(table, *foreign)]


def _foreign(table: str, *foreign: tuple[str, str]) -> "list[sa.Constraint]":
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"{table}_{column}_fkey"), ondelete="cascade"
        )
        for column, other in foreign
    ]
