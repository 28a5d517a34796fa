"""The ways a tool may say no: a sentence for a person, a code for a machine, a status for HTTP."""

import re
from typing import Any, ClassVar

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Refused(Exception):
    """This cannot be done now."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "refused"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = _HUMP.sub("_", cls.__name__).lower()

    def __init__(
        self, message: str | None = None, *, details: Any = None, retry_after: int | None = None
    ) -> None:
        """Refuse with `message`, or with the class's own sentence. `retry_after` is in seconds."""
        self.message = message or (self.__doc__ or "").strip()
        self.details = details
        self.retry_after = retry_after
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        """The wire shape, the same on every surface."""
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}


class Invalid(Refused):
    """The request does not have the shape that was asked for."""

    status = 422


class Contradiction(Invalid):
    """Each field is well-formed, but together they make no sense."""

    status = 409


class NotFound(Refused):
    """There is no such thing."""

    status = 404


class SignInRequired(Refused):
    """Sign in to do this."""

    status = 401


class Forbidden(Refused):
    """You may not do this."""

    status = 403


class InsufficientScope(Forbidden):
    """This connection was not given permission for that."""


class Conflict(Refused):
    """Something else is in the way."""

    status = 409


class TooMany(Refused):
    """Too many requests. Wait a little."""

    status = 429


class Unavailable(Refused):
    """This part is not available right now. Try again in a moment."""

    status = 503

    def __init__(
        self, message: str | None = None, *, details: Any = None, retry_after: int | None = 5
    ) -> None:
        super().__init__(message, details=details, retry_after=retry_after)


class AuthProviderUnreachable(Unavailable):
    """Sign-ins cannot be checked right now. Try again in a moment."""

    code = "AUTH_PROVIDER_UNREACHABLE"


class TimedOut(Unavailable):
    """This took too long and was stopped. Ask for less at once."""


class UnknownTool(NotFound):
    """There is no tool of that name."""
