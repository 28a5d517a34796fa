"""`ghar serve` and `ghar run`: the server itself."""

import logging
import shutil
import socket
import sys
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import click
import uvicorn

from servers.app import Application, create_app
from servers.commands.console import Failed, bars, settings
from servers.commands.load import demo_if_empty
from servers.draining import Announcing, Supervisor
from servers.protocol import SOCKETS, BoundedProtocol
from servers.runtime import Runtime
from servers.settings import Settings
from storage.embedded import Interrupted
from tools.discovery.demo.load import COUNT

log = logging.getLogger(__name__)

NEXT = """
360 Ghar is at {url} with {properties:,} properties.

  In the browser       {url}
  REST                 curl '{url}/api/v1/properties?words=2bhk+under+40k+near+cyber+city&limit=3'
  Its documentation    {url}/docs
  Command line         {ghar} call search_properties --words '2bhk under 40k near cyber city'
  MCP over HTTP        {url}/mcp            (guests; for staff: {url}/mcp-admin)
  MCP over stdio       {ghar} stdio
  Sign in              {url}/sign-in        (in development codes appear at {url}/outbox)
  Act as staff         {ghar} token --as staff
  Real listings        {ghar} import listings FILE.csv.gz

Stop it with Ctrl-C.
"""

UNHEARD_SECONDS = 60
"""How long a connection lives whose other side confirms nothing that it was sent."""

_where = [
    click.option("--host", help="The address to listen on."),
    click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one."),
]


@click.command("serve")
@_where[0]
@_where[1]
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes.")
def serve_command(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve MCP, REST and the chat until stopped."""
    chosen = settings(host=host, port=port, workers=workers)
    with _bound(chosen) as listening:
        chosen = _with_port(chosen, listening)
        if chosen.workers > 1:
            config = _config(partial(create_app, chosen), chosen, factory=True, workers=chosen.workers)
            # Whoever comes before the first process is up waits in this queue.
            listening.listen(config.backlog)
            _say_where(chosen)
            Supervisor(config, [listening]).run()
            return
        server = Announcing(_config(Application(chosen), chosen), lambda: _say_where(chosen))
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    if not server.started:
        raise SystemExit(1)


@click.command("run")
@_where[0]
@_where[1]
@click.option("--demo", type=click.IntRange(0), default=COUNT, show_default=True)
def run_command(host: str | None, port: int | None, demo: int) -> None:
    """Bring up the database, load DEMO made-up properties if there are none, and serve."""
    chosen = settings(host=host, port=port)
    with _bound(chosen) as listening, ExitStack() as shown:
        chosen = _with_port(chosen, listening)
        show = shown.enter_context(bars(lines=True))
        properties = 0

        def progress(step: str, done: float) -> None:
            if server.should_exit:
                raise Interrupted
            show(step, done)

        async def prepare(runtime: Runtime) -> None:
            nonlocal properties
            properties = await demo_if_empty(runtime, demo, progress)

        def started() -> None:
            shown.close()
            click.echo(NEXT.format(url=chosen.url, properties=properties, ghar=_ghar()), err=True)

        server = Announcing(_config(Application(chosen, progress, prepare), chosen), started)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    if not server.started:
        raise SystemExit(1)


def _say_where(chosen: Settings) -> None:
    click.echo(f"360 Ghar is at {chosen.url}", err=True)


def _config(app: Any, chosen: Settings, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http=BoundedProtocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Its own would believe whoever comes from this machine; ours believes the proxies of the settings.
        proxy_headers=False,
        timeout_graceful_shutdown=max(1, round(chosen.drain_seconds / 2)),
        **SOCKETS,
        **more,
    )


def _bound(chosen: Settings) -> socket.socket:
    """A socket on the address of the settings, had before anything slow begins."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":
        # Connections inherit it: who listens over a lost network would else be kept for a quarter of an hour.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_SECONDS * 1_000)
    try:
        listening.bind((chosen.host, chosen.port))
    except OSError as error:
        listening.close()
        raise Failed(
            f"Cannot listen on {chosen.host} port {chosen.port}: {error.strerror}. "
            "Stop what is there, or choose another with --port or GHAR_PORT."
        ) from None
    listening.set_inheritable(True)
    return listening


def _with_port(chosen: Settings, listening: socket.socket) -> Settings:
    """The same settings with the port that was had, where any free one was asked for."""
    return chosen.model_copy(update={"port": listening.getsockname()[1]})


def _ghar() -> str:
    """How this command is to be typed here."""
    here = Path(sys.argv[0])
    return "ghar" if shutil.which("ghar") == str(here.resolve()) else str(_relative(here))


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
