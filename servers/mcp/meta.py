"""What a request carries in `_meta` beside the arguments, where models do not see it."""

from typing import Final

from fastmcp.server.dependencies import get_context

from tools import keys

KEY: Final = "360ghar.com/idempotency-key"


def idempotency_key() -> str | None:
    """The key of the call that is being served. Refuses one that is not well-formed."""
    context = get_context().request_context
    beside = None if context is None else context.meta
    key = None if beside is None else beside.get(KEY)
    return None if key is None else keys.checked(key)
