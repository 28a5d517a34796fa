"""Connections to the mail server: one for a burst, a new one where that has gone, none for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from servers.adapters.mail import SmtpMailer
from servers.adapters.mail_lines import MOST_IDLE, MOST_MESSAGES
from tests.signin.test_mail import TO, Inbox, mail_server, mailing
from tools.ports import Undelivered


class Office(Inbox):
    """A mail server whose connections can be cut, and that can stop in the middle of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.open: set[SMTP] = set()
        self.cuts = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.open.add(server)
        if self.cuts:
            self.cut()
        return await super().handle_DATA(server, session, envelope)

    def cut(self) -> None:
        while self.open:
            transport = self.open.pop().transport
            assert isinstance(transport, asyncio.Transport)
            transport.abort()

    @property
    def connections(self) -> int:
        """Over how many what came has come."""
        return len({id(each) for each in self.sessions})


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
async def mailer(office: Office) -> AsyncGenerator[SmtpMailer]:
    async with mail_server(office) as port, mailing(f"smtp://127.0.0.1:{port}", idle=60.0) as made:
        yield made


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_burst_goes_over_one_connection(office: Office, mailer: SmtpMailer) -> None:
    for number in range(20):
        await mailer.send(TO, f"Number {number}", "Hello")
    assert [each["Subject"] for each in office.messages] == [f"Number {number}" for number in range(20)]
    assert office.connections == 1


async def test_at_once_each_has_a_connection_of_its_own_and_few_stay(
    office: Office, mailer: SmtpMailer
) -> None:
    await asyncio.gather(*(mailer.send(TO, f"Number {number}", "Hello") for number in range(12)))
    assert sorted(int(each["Subject"].split()[1]) for each in office.messages) == list(range(12))
    before = {id(each) for each in office.sessions}
    assert len(before) <= 12
    await until(lambda: office.left >= len(before) - MOST_IDLE)
    await asyncio.gather(*(mailer.send(TO, "More", "Hello") for _ in range(MOST_IDLE)))
    assert {id(each) for each in office.sessions} == before


async def test_a_connection_that_was_cut_while_it_waited_is_replaced(
    office: Office, mailer: SmtpMailer
) -> None:
    for _ in range(3):
        await mailer.send(TO, "Hello", "Hello")
        office.cut()
    assert (len(office.messages), office.connections) == (3, 3)


async def test_a_message_whose_connection_breaks_is_not_sent_again_by_itself(
    office: Office, mailer: SmtpMailer
) -> None:
    await mailer.send(TO, "Hello", "Hello")
    office.cuts = True
    with pytest.raises(Undelivered):
        await mailer.send(TO, "Hello", "Hello")
    assert len(office.messages) == 2, "it arrived, and nobody could say so"
    office.cuts = False
    await mailer.send(TO, "Hello", "Hello")
    assert (len(office.messages), office.connections) == (3, 2)


async def test_a_message_that_is_refused_ends_no_connection(office: Office, mailer: SmtpMailer) -> None:
    await mailer.send(TO, "Hello", "Hello")
    with pytest.raises(Undelivered):
        await mailer.send("nobody@example.com", "Hello", "Hello")
    await mailer.send(TO, "Hello", "Hello")
    assert (len(office.messages), office.connections, office.left) == (2, 1, 0)


async def test_a_connection_is_left_when_nothing_follows_and_when_it_has_carried_enough(
    office: Office,
) -> None:
    async with mail_server(office) as port:
        async with mailing(f"smtp://127.0.0.1:{port}", idle=0.05) as mailer:
            await mailer.send(TO, "Hello", "Hello")
            await until(lambda: office.left == 1)
        async with mailing(f"smtp://127.0.0.1:{port}", idle=60.0) as mailer:
            for _ in range(MOST_MESSAGES + 1):
                await mailer.send(TO, "Hello", "Hello")
        await until(lambda: office.left == 3)
    assert office.connections == 3


async def test_whoever_gives_up_leaves_no_connection_in_the_middle_of_a_message(
    office: Office, mailer: SmtpMailer
) -> None:
    await mailer.send(TO, "Hello", "Hello")
    for _ in range(5):
        sending = asyncio.create_task(mailer.send(TO, "Broken off", "Hello"))
        await asyncio.sleep(0)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await mailer.send(TO, "Whole", "Hello")
    assert [each["Subject"] for each in office.messages].count("Whole") == 5
