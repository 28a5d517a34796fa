"""The OpenAPI of streams and their tickets, which are no tools and are served beside them."""

from typing import Any, Final

from facade import security
from tools.contract import READ_SCOPE

SCOPES: Final = (READ_SCOPE, "notifications:read")
"""What an app must have been given to listen."""

_NEEDS: Final = f"Needs {' and '.join(f'`{scope}`' for scope in SCOPES)}."
_SECURITY: Final = security.needing(SCOPES)


def refusals(**by_status: str) -> dict[str, Any]:
    """The answers that are refusals, each by its status."""
    return {
        status.lstrip("_"): {"$ref": f"#/components/responses/{name}"} for status, name in by_status.items()
    }


_LISTENING: Final = refusals(
    _401="Unauthorized", _403="Forbidden", _422="Invalid", _429="TooMany", _503="Unavailable"
)
_WHERE: Final[list[dict[str, Any]]] = [
    {
        "name": "Last-Event-ID",
        "in": "header",
        "required": False,
        "description": "The event that was seen last: what came after it is told first. Browsers send this.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,19}$"},
    },
    {
        "name": "after",
        "in": "query",
        "required": False,
        "description": "The same, for who cannot send a header; 0 is all that is kept.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 9223372036854775807},
    },
]


def _stream(operation_id: str, summary: str, description: str) -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation_id,
            "summary": summary,
            "description": f"{description} {_NEEDS}",
            "tags": ["notifications"],
            "security": _SECURITY,
            "parameters": _WHERE,
            "responses": {
                "200": {
                    "description": (
                        "Server-sent events that go on until either side ends them. `id` is the event's id, "
                        "`event` its name, `data` a JSON object of `id`, `name`, `at` and `about`. `reset` "
                        "says that something may have been missed, `closed` why the stream ends."
                    ),
                    "content": {"text/event-stream": {"schema": {"type": "string"}}},
                },
                **_LISTENING,
            },
        }
    }


_TICKET: Final[dict[str, Any]] = {
    "post": {
        "operationId": "open_stream",
        "summary": "Open stream",
        "description": (
            "A ticket that opens one WebSocket, `/ws/notifications?ticket=` or `/ws/jobs/{id}?ticket=`, "
            f"within half a minute, for pages that cannot send a header with it. {_NEEDS}"
        ),
        "tags": ["notifications"],
        "security": _SECURITY,
        "responses": {
            "201": {
                "description": "The ticket.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["ticket", "expires_at"],
                            "additionalProperties": False,
                            "properties": {
                                "ticket": {"type": "string"},
                                "expires_at": {"type": "string", "format": "date-time"},
                            },
                        }
                    }
                },
            },
            **refusals(_401="Unauthorized", _403="Forbidden", _429="TooMany", _503="Unavailable"),
        },
    }
}

PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/events": _stream(
        "listen", "Listen", "What happens that concerns the person, as it happens, each at least once."
    ),
    "/api/v1/events/tickets": _TICKET,
    "/api/v1/flatmates/sse": _stream(
        "listen_as_flatmate",
        "Listen as flatmate",
        "The same under the names that the flatmates' apps know: new_match, new_message, "
        "conversation_updated, visit_updated, listing_status_changed, new_notification.",
    ),
}
