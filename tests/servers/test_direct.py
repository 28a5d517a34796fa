"""Outward connections go where our settings say, whatever proxies the environment names."""

import ast
from uuid import uuid4

import pytest
from starlette.responses import JSONResponse

from servers.adapters.gemini import GeminiEmbedder
from servers.adapters.sms import HttpSms
from tests.architecture.test_budgets import PACKAGES, sources, tree
from tests.crash.product import free_port
from tests.senders.google import Google, reached
from tests.servers.serving import listening
from tests.signin.test_sms import TO, Provider
from tools.ports import Shown

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture(autouse=True)
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment whose proxy is not there."""
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def _clients() -> list[tuple[str, int, ast.Call]]:
    return [
        (str(path), node.lineno, node)
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "AsyncClient"
    ]


def test_every_client_of_ours_says_that_it_believes_nothing_of_the_environment() -> None:
    found = _clients()
    assert len(found) >= 5
    for path, line, made in found:
        said = {each.arg: each.value for each in made.keywords}.get("trust_env")
        assert isinstance(said, ast.Constant), (path, line)
        assert said.value is False, (path, line)


async def test_a_text_message_goes_straight_to_its_gateway() -> None:
    provider = Provider()
    async with listening(provider) as base:
        sms = HttpSms(f"{base}/messages", None)
        await sms.send(TO, "Hello")
        await sms.close()
    assert len(provider.seen) == 1


async def test_a_push_notification_goes_straight_to_google() -> None:
    google = Google()
    async with reached(google) as fcm:
        await fcm.send("a-token", Shown(uuid4(), "Hello", "You", "http://localhost/"))
    assert len(google.taken) == 1


async def test_vectors_are_asked_for_straight() -> None:
    async with listening(JSONResponse({"embeddings": [{"values": [1.0, 0.0]}]})) as url:
        made = GeminiEmbedder("a key", 2, base_url=url)
        assert await made.query("a flat") == [1.0, 0.0]
        await made.close()
