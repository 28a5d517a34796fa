"""How Alembic reaches the database: over the connection that `storage.migrate` hands it."""

from alembic import context

from storage import events, imports, listings, oauth, people, places, queue, schedules, search_index, signins
from storage.base import Base

SUBJECTS = (events, imports, listings, oauth, people, places, queue, schedules, search_index, signins)
_FOREIGN = frozenset(
    {"spatial_ref_sys", "pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics"}
)


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether this is a thing of ours, and not one that PostGIS or PgQueuer keeps."""
    return not (kind == "table" and name in _FOREIGN)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=ours,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
