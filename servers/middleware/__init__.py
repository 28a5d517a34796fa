"""What every request passes on its way in and out, outermost first: raw ASGI, and nothing is held back."""

from starlette.types import ASGIApp

from servers.middleware.bodies import BodyLimit
from servers.middleware.failures import Failures
from servers.middleware.headers import SecurityHeaders
from servers.middleware.requests import Requests
from servers.middleware.slashes import NoTrailingSlash


def wrapped(app: ASGIApp, *, max_body_bytes: int, secure: bool) -> ASGIApp:
    """`app` behind all of them. `secure` says that people reach us over https."""
    return Requests(SecurityHeaders(Failures(BodyLimit(NoTrailingSlash(app), max_body_bytes)), secure=secure))
