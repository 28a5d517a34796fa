"""Models that live at a provider: Gemini through Google's library, GLM through Z.AI."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import httpx2
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
    from pydantic_ai.models.fallback import FallbackOn

    from agent.options import ModelOptions

SECONDS: Final = 600.0
"""What a request may take that says nothing else of it."""

log = logging.getLogger(__name__)


def hosted(options: ModelOptions) -> FallbackModel:
    """The models that have a key, each the fallback of the one before it, and the offline one last."""
    # One client for both, ours to close, since theirs would believe the proxies of the environment.
    client = httpx2.AsyncClient(trust_env=False, timeout=httpx2.Timeout(SECONDS, connect=5.0))
    chain = [each for each in (_gemini(options, client), _glm(options, client)) if each is not None]
    return _Chain(client, *chain, OfflineModel(), fallback_on=_worth_another)


class _Chain(FallbackModel):
    """Closes the connections of its models when it is left."""

    def __init__(self, client: httpx2.AsyncClient, *models: Model, fallback_on: FallbackOn) -> None:
        super().__init__(*models, fallback_on=fallback_on)
        self._client = client

    async def __aexit__(self, *raised: Any) -> bool | None:
        done = await super().__aexit__(*raised)
        if not self._entered_count:
            await self._client.aclose()
        return done


def _gemini(options: ModelOptions, client: httpx2.AsyncClient) -> Model | None:
    if options.gemini_key is None:
        return None
    provider = GoogleProvider(api_key=options.gemini_key, base_url=options.gemini_url, http_client=client)
    return GoogleModel(options.gemini_model, provider=provider, settings=_settings(options))


def _glm(options: ModelOptions, client: httpx2.AsyncClient) -> Model | None:
    if options.glm_key is None:
        return None
    provider = ZaiProvider(api_key=options.glm_key, base_url=options.glm_url, http_client=client)
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
