"""Subscriptions to resources, for connections that stay open."""

from collections import defaultdict
from typing import Any

import mcp_types as mcp
from fastmcp import FastMCP
from mcp.server.connection import Connection
from mcp.server.context import ServerRequestContext
from mcp.server.session import ServerSession


class Subscriptions:
    """Which open connections want to hear that a resource has changed."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, dict[Connection, ServerSession]] = defaultdict(dict)

    def serve(self, server: FastMCP[Any]) -> None:
        """Answer `resources/subscribe` and `resources/unsubscribe` on this server."""
        low = server._mcp_server  # pyright: ignore[reportPrivateUsage] -- it has no public name
        low.add_request_handler("resources/subscribe", mcp.SubscribeRequestParams, self._subscribe)
        low.add_request_handler("resources/unsubscribe", mcp.UnsubscribeRequestParams, self._unsubscribe)

    async def changed(self, uri: str) -> None:
        """Tell every connection that subscribed to `uri`."""
        for session in list(self._listeners[uri].values()):
            await session.send_resource_updated(uri)

    async def _subscribe(
        self, context: ServerRequestContext[Any, Any], params: mcp.SubscribeRequestParams
    ) -> mcp.EmptyResult:
        connection, listeners = _connection(context), self._listeners[params.uri]
        if connection not in listeners:
            connection.exit_stack.callback(listeners.pop, connection, None)
        listeners[connection] = context.session
        return mcp.EmptyResult()

    async def _unsubscribe(
        self, context: ServerRequestContext[Any, Any], params: mcp.UnsubscribeRequestParams
    ) -> mcp.EmptyResult:
        self._listeners[params.uri].pop(_connection(context), None)
        return mcp.EmptyResult()


def _connection(context: ServerRequestContext[Any, Any]) -> Connection:
    # A session stands for one request; only the connection behind it lasts, and it has no public name.
    return context.session._connection  # pyright: ignore[reportPrivateUsage]
