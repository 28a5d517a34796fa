"""What the database supervisor says when it cannot give a server."""


class EmbeddedError(Exception):
    """The embedded database cannot be had or started; the text says why and what to do."""


class NoPostgres(EmbeddedError):
    """No PostgreSQL with PostGIS and pgvector can be found or made on this machine."""
