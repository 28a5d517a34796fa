"""Models: which one keys give, what happens when it is gone, and that its connections are closed."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest
from pydantic_ai import models
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.zai import ZaiModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agent.chat import Chat
from agent.models import model
from agent.offline import OfflineModel
from agent.options import ModelOptions
from facade import problems
from tests.agent.chatting import events, identify, text
from tests.homes import served
from tools.dispatch import Dispatcher


def test_without_keys_the_model_is_offline() -> None:
    assert isinstance(model(ModelOptions()), OfflineModel)


@pytest.mark.parametrize(
    ("options", "chain"),
    [
        (ModelOptions(gemini_key="k", glm_key="k"), ["gemini-2.5-flash", "glm-4.7-flash", "offline"]),
        (ModelOptions(gemini_key="k"), ["gemini-2.5-flash", "offline"]),
        (ModelOptions(glm_key="k", glm_model="glm-5.3"), ["glm-5.3", "offline"]),
    ],
)
def test_keys_give_gemini_then_glm_then_the_offline_model(options: ModelOptions, chain: list[str]) -> None:
    chosen = model(options)
    assert isinstance(chosen, FallbackModel)
    assert [each.model_name for each in chosen.models] == chain


@asynccontextmanager
async def providers(status: int) -> AsyncGenerator[tuple[str, list[str]]]:
    """A stand-in for both providers that refuses everything with this status, and notes what was asked."""
    asked: list[str] = []

    async def refuse(request: Request) -> Response:
        asked.append(request.url.path)
        # Whoever is told when to ask again does not wait for longer.
        return JSONResponse({"error": {"message": "no", "code": status}}, status, {"retry-after-ms": "1"})

    routes = [Route("/{path:path}", refuse, methods=["GET", "POST"])]
    async with served(Starlette(routes=routes)) as url:
        yield url, asked


@pytest.mark.parametrize("status", [401, 429, 503])
async def test_when_no_provider_answers_the_offline_model_does(
    dispatcher: Dispatcher, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # They are asked all the same: no proxy of the environment is.
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with providers(status) as (url, asked):
        options = ModelOptions(gemini_key="k", gemini_url=url, glm_key="k", glm_url=f"{url}/glm", timeout=10)
        chat = Chat(dispatcher, identify, options)
        app = Starlette(routes=chat.routes(), exception_handlers=problems.handlers())
        transport = httpx.ASGITransport(app)
        with models.override_allow_model_requests(allow_model_requests=True):
            async with chat.running(), httpx.AsyncClient(transport=transport, base_url="http://t") as client:
                answer = await client.post(
                    "/api/v1/chat", json={"messages": [{"role": "user", "content": "2 bhk in sector 57"}]}
                )
    assert any("gemini-2.5-flash" in path for path in asked)
    assert any(path.startswith("/glm") for path in asked)
    assert "I am offline" in text(events(answer))


async def test_a_models_connections_are_closed_when_it_is_left() -> None:
    chosen = model(ModelOptions(glm_key="k"))
    assert isinstance(chosen, FallbackModel)
    glm = chosen.models[0]
    assert isinstance(glm, ZaiModel)
    async with chosen:
        assert not glm.client.is_closed()
    assert glm.client.is_closed()
