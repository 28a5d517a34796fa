"""Database failures, read as refusals: a constraint failed, time ran out, the link broke."""

from collections.abc import Iterator, Mapping

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tools.refusals import Conflict, Refused, TimedOut, Unavailable

DATABASE_ERRORS = (
    DBAPIError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    NoConnection,
    OSError,
    TimeoutError,
)
_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    NoConnection,
    OSError,
)
_FULL = (asyncpg.InsufficientResourcesError, asyncpg.PostgresIOError)
"""The disk is full or fails, or there is no memory: it may be better soon, and is no defect of ours."""

_RACED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError)


def refusal(error: Exception, constraints: Mapping[str, type[Refused]]) -> Refused | None:
    """What to tell the caller about this failure, or None when it is a defect of ours."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, asyncpg.QueryCanceledError):
            return TimedOut()
        if isinstance(cause, _RACED):
            return Conflict("Somebody changed this at the same moment. Try again.", retry_after=1)
        name = getattr(cause, "constraint_name", None)
        if isinstance(name, str) and name in constraints:
            return constraints[name]()
        if isinstance(cause, _FULL):
            return Unavailable()
    return Unavailable() if gone(error) else None


def gone(error: Exception) -> bool:
    """Whether the connection to the database was lost, rather than a statement refused."""
    if isinstance(error, IntegrityError):
        return False
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if any(isinstance(cause, _GONE) for cause in _causes(error)):
        return True
    return isinstance(error, (InterfaceError, OperationalError))


def waited(error: Exception) -> bool:
    """Whether it was waited for as long as one waits; once more would be too long."""
    return any(isinstance(cause, (TimeoutError, NoConnection)) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and everything below it: SQLAlchemy wraps the driver's error twice."""
    while error is not None:
        yield error
        error = error.__cause__ or getattr(error, "orig", None)
