"""The language model behind the concierge: Gemini, then GLM, and the offline one when there is no key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.offline import OfflineModel

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from agent.options import ModelOptions


def model(options: ModelOptions) -> Model:
    """Gemini with GLM to fall back on, either alone, or the offline model.

    It is an asynchronous context: connections opened for it are closed on leaving.
    """
    if not (options.gemini_key or options.glm_key):
        return OfflineModel()
    # The providers' libraries take over a second to import; a machine without keys never needs them.
    from agent.hosted import hosted  # noqa: PLC0415

    return hosted(options)
