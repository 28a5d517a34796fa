"""The words and the price that were approved of a listing, and photos that wait for a look."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2351"
down_revision = "2026_11_22_2350"

_FUNCTION = """
create or replace function photos_shown() returns trigger language plpgsql as $$
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
    from photos where property_id = home and state = 'ready' and removed_at is null $and
  ) found
  where p.id = home and p.photos is distinct from found.paths;
  return null;
end $$"""


def upgrade() -> None:
    op.add_column("listings", sa.Column("approved_words", sa.String(), nullable=True))
    op.add_column("listings", sa.Column("approved_price", sa.Numeric(14, 2), nullable=True))
    op.add_column("photos", sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("photos_held_idx", "photos", ["id"], postgresql_where=sa.text("held"))
    op.execute(_FUNCTION.replace("$and", "and not held"))


def downgrade() -> None:
    op.execute(_FUNCTION.replace("$and", ""))
    op.drop_index("photos_held_idx", "photos")
    op.drop_column("photos", "held")
    op.drop_column("listings", "approved_price")
    op.drop_column("listings", "approved_words")
