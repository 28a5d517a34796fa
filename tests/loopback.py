"""A free port of loopback for a server of the tests."""

import socket


def listening() -> socket.socket:
    """A socket on a free port. Whoever comes before its server is up waits in its queue."""
    # Asyncio holds small answers back for 40 ms each, unless the socket itself says that it is one of TCP.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.bind(("127.0.0.1", 0))
    made.listen()
    return made
