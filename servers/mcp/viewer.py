"""Who is asking, handed from the door of a connection to the tools behind it."""

from contextvars import ContextVar

from tools.contract import GUEST, Viewer

CURRENT: ContextVar[Viewer] = ContextVar("viewer", default=GUEST)
"""Set per HTTP request by the gate, and once per process by stdio."""
