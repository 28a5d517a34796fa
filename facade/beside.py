"""Everything in the OpenAPI document that is no tool."""

from typing import Any, Final

from facade import forms, streams

PATHS: Final[dict[str, dict[str, Any]]] = {**streams.PATHS, **forms.PATHS}
