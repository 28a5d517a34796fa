"""The MCP servers: `build` makes one from the catalog, `http_app` puts it behind an address."""

from servers.mcp.http import Endpoint, http_app
from servers.mcp.server import GharServer, build
from servers.mcp.tools import Audience
from servers.mcp.viewer import CURRENT

__all__ = ["CURRENT", "Audience", "Endpoint", "GharServer", "build", "http_app"]
