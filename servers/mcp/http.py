"""An MCP server over streamable HTTP, behind its gate and the Host and Origin guard."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.types import ASGIApp

from facade.challenges import LOCAL, Challenges
from servers.hosts import HOSTS, KnownHost
from servers.mcp.gate import Gate, GateOptions
from servers.mcp.server import GharServer
from servers.mcp.viewer import Addressed
from tools.identity import Identify


class Endpoint:
    """One server at one full path: an ASGI application, and what must be entered while it serves."""

    def __init__(
        self,
        server: GharServer,
        options: GateOptions,
        *,
        stateless: bool,
        json_response: bool,
        allowed_hosts: Sequence[str],
        allowed_origins: Sequence[str],
    ) -> None:
        self.path = options.path
        self._app = server.http_app(
            path=options.path,
            stateless_http=stateless,
            json_response=json_response,
            host_origin_protection=True,
            allowed_hosts=list(allowed_hosts),
            allowed_origins=list(allowed_origins),
            middleware=[Middleware(Addressed), Middleware(Gate, server=server, options=options)],
        )

    @property
    def asgi(self) -> ASGIApp:
        """The application. It answers `path` and nothing else."""
        return self._app

    @asynccontextmanager
    async def lifespan(self) -> AsyncGenerator[None]:
        """Runs the transport. Enter and leave it in one task, around serving."""
        async with self._app.lifespan(self._app):
            yield


def http_app(
    server: GharServer,
    path: str,
    *,
    identify: Identify,
    stateless: bool = True,
    json_response: bool = True,
    allowed_hosts: Sequence[str] = (),
    allowed_origins: Sequence[str] = (),
    challenges: Challenges = LOCAL,
    hosts: Sequence[KnownHost] = HOSTS,
) -> Endpoint:
    """The endpoint of `server` at `path`, such as `/mcp`.

    `allowed_hosts` are names that clients may use besides loopback; `allowed_origins` are browser origins
    such as `https://chatgpt.com`. `challenges` say where to sign in; `hosts` wants to hear it in which way.
    """
    return Endpoint(
        server,
        GateOptions(path=path, identify=identify, challenges=challenges, hosts=hosts),
        stateless=stateless,
        json_response=json_response,
        allowed_hosts=allowed_hosts,
        allowed_origins=allowed_origins,
    )
