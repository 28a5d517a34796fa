"""Photos of properties, and the files that are to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2010"
down_revision = "2026_11_22_2000"

_FUNCTION = """
create function photos_shown() returns trigger language plpgsql as $$
declare
  home bigint := case when tg_op = 'DELETE' then old.property_id else new.property_id end;
begin
  if tg_op = 'DELETE' then
    insert into doomed_blobs (name, due_at)
    select old.folder || '/' || file, now()
    from unnest(array['320.webp', '640.webp', '1280.webp', '1920.webp', '1280.jpg', 'given']) file
    on conflict (name) do update set due_at = least(doomed_blobs.due_at, excluded.due_at);
  end if;
  update properties p set photos = found.paths, updated_at = now()
  from (
    select coalesce(array_agg('/media/' || folder || '/1280.webp' order by kind = 'floor_plan', position, id)
        filter (where folder is not null), '{}')
      || array(select path from properties, unnest(photos) path
               where id = home and path not like '/media/%') as paths
    from photos where property_id = home and state = 'ready' and removed_at is null
  ) found
  where p.id = home and p.photos is distinct from found.paths;
  return null;
end $$"""
_TRIGGER = """
create trigger photos_shown after insert or update or delete on photos
for each row execute function photos_shown()"""


def upgrade() -> None:
    op.create_table(
        "doomed_blobs",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("doomed_blobs_pkey")),
    )
    op.create_index("doomed_blobs_due_at_idx", "doomed_blobs", ["due_at"])
    op.create_table(
        "photos",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("property_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("placeholder", sa.String(), nullable=True),
        sa.Column("likeness", sa.BigInteger(), nullable=True),
        sa.Column("bands", sa.ARRAY(sa.Integer()), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('photo', 'floor_plan')", name=op.f("photos_kind_check")),
        sa.CheckConstraint(
            "state in ('waiting', 'received', 'ready', 'refused')", name=op.f("photos_state_check")
        ),
        sa.CheckConstraint("char_length(caption) <= 200", name=op.f("photos_caption_check")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("photos_property_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("photos_person_id_fkey"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("photos_pkey")),
        sa.UniqueConstraint("folder", name=op.f("photos_folder_key")),
    )
    op.create_index("photos_property_id_idx", "photos", ["property_id", "position", "id"])
    op.create_index(
        "photos_person_id_idx", "photos", ["person_id"], postgresql_where=sa.text("person_id is not null")
    )
    op.create_index("photos_bands_idx", "photos", ["bands"], postgresql_using="gin")
    op.create_index(
        "photos_unfinished_idx",
        "photos",
        ["added_at"],
        postgresql_where=sa.text("state = 'waiting' or removed_at is not null"),
    )
    op.execute(_FUNCTION)
    op.execute(_TRIGGER)


def downgrade() -> None:
    op.execute(
        "update properties set photos = array(select path from unnest(photos) path "
        "where path not like '/media/%') where photos::text like '%/media/%'"
    )
    op.drop_table("photos")
    op.execute("drop function photos_shown()")
    op.drop_table("doomed_blobs")
