"""What the database supervisor says when it cannot give a server."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class EmbeddedError(Exception):
    """The embedded database cannot be had or started; the text says why and what to do."""


class Interrupted(EmbeddedError):
    """Somebody stopped this before it was done."""


class NoPostgres(EmbeddedError):
    """No PostgreSQL with PostGIS and pgvector can be found or made on this machine."""


@contextmanager
def in_words(folder: Path) -> Generator[None]:
    """Say what the operating system refuses (a full disk, somebody else's folder) as an `EmbeddedError`."""
    try:
        yield
    except OSError as error:
        raise EmbeddedError(f"{folder} cannot be used: {error}.") from error
