"""Text messages to a real HTTP server."""

import json

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from servers.adapters.sms import HttpSms
from tests.servers.serving import listening
from tools.ports import Undelivered

TO = "+919876543210"


class Provider:
    """Takes messages, or answers what it is told to."""

    def __init__(self, answer: Response | None = None) -> None:
        self.answer = answer or Response(status_code=202)
        self.seen: list[tuple[str | None, object]] = []
        self.ids: list[str | None] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.ids.append(request.headers.get("idempotency-key"))
        self.seen.append((request.headers.get("authorization"), json.loads(await request.body())))
        await self.answer(scope, receive, send)


async def sent(provider: Provider, token: str | None = "a secret") -> None:
    async with listening(provider) as base:
        sms = HttpSms(f"{base}/messages", token)
        try:
            await sms.send(TO, "123456 is your code.")
        finally:
            await sms.close()


async def test_a_message_is_posted_with_the_bearer_token() -> None:
    provider = Provider()
    await sent(provider)
    assert provider.seen == [("Bearer a secret", {"to": TO, "text": "123456 is your code."})]


async def test_without_a_token_none_is_sent() -> None:
    provider = Provider()
    await sent(provider, token=None)
    assert provider.seen[0][0] is None


@pytest.mark.parametrize("status", [400, 401, 429, 500])
async def test_a_provider_that_does_not_take_it_is_an_outage(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Undelivered):
        await sent(Provider(Response(f"no message to {TO}", status)))
    assert f"answered {status}" in caplog.text
    assert TO not in caplog.text


async def test_a_message_does_not_follow_to_another_address() -> None:
    provider = Provider(RedirectResponse("http://127.0.0.1:1/elsewhere", 307))
    with pytest.raises(Undelivered):
        await sent(provider)
    assert len(provider.seen) == 1


async def test_a_provider_that_is_not_there_is_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    sms = HttpSms("http://127.0.0.1:1/messages", "a secret")
    with pytest.raises(Undelivered):
        await sms.send(TO, "123456 is your code.")
    await sms.close()
    assert caplog.messages == ["A text message could not be sent: ConnectError"]
