"""An MCP server over standard input and output, for local work. All else that is said goes to stderr."""

from servers.mcp import CURRENT, Audience, build
from servers.mcp.content import ADVICE
from servers.mcp.gate import STAFF
from tools.contract import GUEST, Viewer
from tools.dispatch import Dispatcher
from tools.refusals import Forbidden


async def run(dispatcher: Dispatcher, audience: Audience = "user", viewer: Viewer = GUEST) -> None:
    """Serve one host until it closes the pipe, every call on behalf of `viewer`.

    The admin server refuses to start for anybody but staff and admins.
    """
    if audience == "admin" and viewer.role not in STAFF:
        raise Forbidden("The admin server is for staff: pass a token of a staff member or an admin.")
    CURRENT.set(viewer)
    ADVICE.set("Start `ghar stdio` with --token TOKEN; `ghar token` prints one.")
    await build(dispatcher, audience, sessions=True).run_stdio_async(show_banner=False)
