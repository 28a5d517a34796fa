"""Swipes, views, and how much interest there is in a property."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1940"
down_revision = "2026_11_22_1935"

# Interest doubles in weight every two weeks, counted from 2026 on, so that what is older fades beside it
# without being touched. It can be added and taken away again, and fits a double until 2064.
_HEAT = """
create function heat_at(at timestamptz) returns double precision language sql immutable parallel safe as $$
    select power(2::float8, least((extract(epoch from at) - 1767225600)::float8 / 1209600, 1000))
$$
"""
_SIDES = {"insert": ("came",), "delete": ("went",), "update": ("came", "went")}


# The tables that a trigger sees are named here, never by anybody else.
_SIGNED = """
        select property_id, {sign} * (choice = 'like')::int as likes,
          {sign} * (choice = 'super_like')::int as super_likes, {sign} * (choice = 'pass')::int as passes,
          {sign} * heat_at(swiped_at)
            * case choice when 'like' then 8 when 'super_like' then 16 else 0 end as heat
        from {side}"""
_SUMS = """
    select property_id, sum(likes) as likes, sum(super_likes) as super_likes, sum(passes) as passes,
      sum(heat) as heat
    from ({sides}) each
    group by property_id"""


def _sums(event: str) -> str:
    signs = {"came": "1", "went": "-1"}
    return _SUMS.format(
        sides=" union all ".join(_SIGNED.format(sign=signs[side], side=side) for side in _SIDES[event])
    )


# In the order of their ids, so that two statements which count the same properties wait for each other only.
_ADD = """
    insert into property_interest as i (property_id, purpose, cell, likes, super_likes, passes, heat)
    select sums.property_id, s.purpose, s.cell, sums.likes, sums.super_likes, sums.passes, sums.heat
    from ({sums}) sums left join property_search s using (property_id)
    order by sums.property_id
    on conflict (property_id) do update set
      likes = i.likes + excluded.likes, super_likes = i.super_likes + excluded.super_likes,
      passes = i.passes + excluded.passes, heat = greatest(i.heat + excluded.heat, 0),
      purpose = coalesce(excluded.purpose, i.purpose), cell = coalesce(excluded.cell, i.cell);"""
# What goes with its property or its person has its count already, unless that went, too.
_TAKE = """
    perform 1 from property_interest where property_id in (select property_id from went)
    order by property_id for update;
    update property_interest i set
      likes = i.likes + sums.likes, super_likes = i.super_likes + sums.super_likes,
      passes = i.passes + sums.passes, heat = greatest(i.heat + sums.heat, 0)
    from ({sums}) sums where sums.property_id = i.property_id;"""
_BODIES = {"insert": _ADD, "update": _ADD, "delete": _TAKE}
_TABLES = {"came": "new table as came", "went": "old table as went"}


def upgrade() -> None:
    op.create_table(
        "swipes",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("swiped_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice in ('pass', 'like', 'super_like')", name=op.f("swipes_choice_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("swipes_person_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("swipes_property_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("person_id", "property_id", name=op.f("swipes_pkey")),
    )
    op.create_index("swipes_person_id_idx", "swipes", ["person_id", "swiped_at", "property_id"])
    op.create_index(
        "swipes_liked_idx",
        "swipes",
        ["person_id", "swiped_at"],
        postgresql_where=sa.text("choice <> 'pass'"),
    )
    op.create_index("swipes_property_id_idx", "swipes", ["property_id", "swiped_at"])
    _interest()
    _views()
    op.execute(_HEAT)
    for event, body in _BODIES.items():
        op.execute(
            f"create function count_swipes_{event}() returns trigger language plpgsql as $$\nbegin"
            f"{body.format(sums=_sums(event))}\n    return null;\nend $$"
        )
        tables = " ".join(_TABLES[side] for side in _SIDES[event])
        op.execute(
            f"create trigger count_swipes_{event} after {event} on swipes referencing {tables} "
            f"for each statement execute function count_swipes_{event}()"
        )


def _interest() -> None:
    op.create_table(
        "property_interest",
        sa.Column("property_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.SmallInteger(), nullable=True),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("super_likes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("passes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("views", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("heat", sa.Double(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("property_interest_property_id_fkey"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("property_id", name=op.f("property_interest_pkey")),
    )
    op.create_index(
        "property_interest_heat_idx",
        "property_interest",
        ["purpose", "heat"],
        postgresql_include=["property_id"],
    )
    op.create_index(
        "property_interest_cell_idx",
        "property_interest",
        ["cell", "purpose", "heat"],
        postgresql_include=["property_id"],
    )


def _views() -> None:
    op.create_table(
        "views",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("views_person_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("views_property_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("person_id", "property_id", name=op.f("views_pkey")),
    )
    op.create_index("views_person_id_idx", "views", ["person_id", "seen_at"])
    op.create_index("views_property_id_idx", "views", ["property_id"])
    op.create_index("views_seen_at_idx", "views", ["seen_at"])
    op.create_table(
        "view_days",
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("view_days_property_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("property_id", "day", name=op.f("view_days_pkey")),
    )
    op.create_index("view_days_day_idx", "view_days", ["day"])


def downgrade() -> None:
    for table in ("view_days", "views", "property_interest", "swipes"):
        op.drop_table(table)
    for event in _BODIES:
        op.execute(f"drop function count_swipes_{event}()")
    op.execute("drop function heat_at(timestamptz)")
