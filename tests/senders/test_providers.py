"""What the mail server and the SMS gateway are told of a message, and what their answers mean."""

from __future__ import annotations

from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.responses import Response

from servers.adapters.sms import HttpSms
from tests.servers.serving import listening
from tests.signin.test_mail import TO, Inbox, mail_server, mailing
from tests.signin.test_sms import Provider
from tools.ports import NoSuchAddress, Undeliverable, Undelivered

ID = UUID("5a0c3a52-8f4b-5d59-9d2e-0f6a3f0c9b11")
LEAVE = "https://ghar.example/unsubscribe/" + "a" * 90


class Choosy(Inbox):
    """Answers every recipient, or every message, with one line."""

    def __init__(self, to_recipients: str | None = None, to_messages: str | None = None) -> None:
        super().__init__()
        self.to_recipients, self.to_messages = to_recipients, to_messages

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return self.to_recipients or await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.to_messages or await super().handle_DATA(server, session, envelope)


async def test_a_second_attempt_is_the_same_message_and_tells_how_to_end_them() -> None:
    inbox = Inbox()
    async with mail_server(inbox) as port, mailing(f"smtp://127.0.0.1:{port}") as mailer:
        for _ in range(2):
            await mailer.send(TO, "नमस्ते", "Hello", "<p>Hello</p>", id_=ID, unsubscribe=LEAVE)
    for message in inbox.messages:
        assert message["Message-ID"] == f"<{ID}@ghar.example>"
        assert message["List-Unsubscribe"] == f"<{LEAVE}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("recipients", "messages", "means"),
    [
        ("550 5.1.1 nobody is unknown here", None, NoSuchAddress),
        ("550 5.1.10 null MX", None, NoSuchAddress),
        ("550 5.2.1 the mailbox is disabled", None, NoSuchAddress),
        ("550 no such user", None, NoSuchAddress),
        ("552 5.2.2 the mailbox is full", None, Undeliverable),
        ("550 5.7.1 you look like spam", None, Undeliverable),
        ("554 no", None, Undeliverable),
        ("450 4.2.0 come back later", None, Undelivered),
        (None, "554 5.7.1 this looks like spam", Undeliverable),
        (None, "451 4.3.0 come back later", Undelivered),
    ],
)
async def test_only_what_a_server_says_of_the_mailbox_ends_it(
    recipients: str | None, messages: str | None, means: type[Undelivered], caplog: pytest.LogCaptureFixture
) -> None:
    choosy = Choosy(recipients, messages)
    async with mail_server(choosy) as port, mailing(f"smtp://127.0.0.1:{port}") as mailer:
        for _ in range(4):
            with pytest.raises(Undelivered) as refused:
                await mailer.send(TO, "Hello", "Hello")
            assert type(refused.value) is means, "and the server is not taken to be away"
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("servers")]
    assert ours
    assert TO not in "".join(ours)


async def test_a_gateway_is_told_the_id_of_a_message() -> None:
    provider = Provider()
    async with listening(provider) as base:
        sms = HttpSms(base, None)
        await sms.send("+919876543210", "Hello", id_=ID)
        await sms.send("+919876543210", "Hello")
        await sms.close()
    assert provider.ids == [str(ID), None]


@pytest.mark.parametrize(
    ("answer", "means", "wait"),
    [
        (Response(status_code=422), Undeliverable, None),
        (Response(status_code=401), Undelivered, 5),
        (Response(status_code=429, headers={"Retry-After": "33"}), Undelivered, 33),
        (Response(status_code=503), Undelivered, 5),
    ],
)
async def test_a_gateway_says_whether_to_come_again(
    answer: Response, means: type[Undelivered], wait: int | None
) -> None:
    async with listening(Provider(answer)) as base:
        sms = HttpSms(base, None)
        with pytest.raises(Undelivered) as refused:
            await sms.send("+919876543210", "Hello", id_=ID)
        await sms.close()
    assert (type(refused.value), refused.value.retry_after) == (means, wait)
