"""Models that live at a provider: Gemini through Google's library, GLM through Z.AI."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.models.zai import ZaiModel, ZaiModelSettings
from pydantic_ai.providers.google import GoogleProvider
from pydantic_ai.providers.zai import ZaiProvider
from pydantic_ai.settings import ModelSettings

from agent.offline import OfflineModel

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from agent.options import ModelOptions

log = logging.getLogger(__name__)


def hosted(options: ModelOptions) -> FallbackModel:
    """The models that have a key, each the fallback of the one before it, and the offline one last."""
    chain = [each for each in (_gemini(options), _glm(options)) if each is not None]
    return FallbackModel(*chain, OfflineModel(), fallback_on=_worth_another)


def _gemini(options: ModelOptions) -> Model | None:
    if options.gemini_key is None:
        return None
    provider = GoogleProvider(api_key=options.gemini_key, base_url=options.gemini_url)
    return GoogleModel(options.gemini_model, provider=provider, settings=_settings(options))


def _glm(options: ModelOptions) -> Model | None:
    if options.glm_key is None:
        return None
    provider = ZaiProvider(api_key=options.glm_key, base_url=options.glm_url)
    settings = ZaiModelSettings(**_settings(options))
    return ZaiModel(options.glm_model, provider=provider, settings=settings)


def _settings(options: ModelOptions) -> ModelSettings:
    return ModelSettings(
        timeout=options.timeout,
        first_event_timeout=options.timeout,
        max_retries=1,
        max_tokens=2_000,
        temperature=0.2,
    )


def _worth_another(error: Exception) -> bool:
    if not isinstance(error, ModelAPIError):
        return False
    log.warning("model %s: %s", error.model_name, type(error).__name__)
    return True
