"""E-mail to a real SMTP server: encrypted where it must be, and with no header but ours."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from servers.adapters.mail import SmtpMailer
from servers.app import Application
from servers.signin.letters import letter
from tests.servers.applications import client_of, settings
from tests.signin.forms import ask, enter
from tools.ports import Undelivered

OF_THE_SERVER = "mail.log"
"""The log of the mail server that these tests run."""

SENDER = "360 Ghar <hello@ghar.example>"
TO = "asha@example.com"
OPEN = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
"""The server of the tests does not count a connection that was encrypted from its start as TLS."""


class Inbox:
    """Takes what is sent, except for those who are unknown here."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.sessions: list[Session] = []
        """Of each message, the connection that brought it."""

        self.left = 0
        """How many connections said goodbye."""

        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 nobody@example.com is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        read = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.messages.append(read)
        self.sessions.append(session)
        self.envelopes.append(envelope)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.left += 1
        return "221 Bye"


def authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"ghar", b"p@ss/word")
    return AuthResult(success=right, handled=right)


@asynccontextmanager
async def mail_server(
    inbox: Inbox, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", **options: Any
) -> AsyncGenerator[int]:
    """An SMTP server on a free port; gives the port. With `tls`, connections are encrypted from the start."""
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: SMTP(inbox, hostname="mx.example", loop=loop, **options), host, 0, ssl=tls
    )
    async with listening:
        yield listening.sockets[0].getsockname()[1]


@asynccontextmanager
async def mailing(url: str, *, tls: ssl.SSLContext | None = None, **more: Any) -> AsyncGenerator[SmtpMailer]:
    """A mailer to the server at `url`, closed when the block ends."""
    mailer = SmtpMailer(url, SENDER, tls=tls, **more)
    try:
        yield mailer
    finally:
        await mailer.close()


async def send(url: str, to: str, *said: str, tls: ssl.SSLContext | None = None) -> None:
    """Send one message."""
    async with mailing(url, tls=tls) as mailer:
        await mailer.send(to, *said)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody has vouched for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    kind = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(pem, kind, serialization.NoEncryption()) + made.public_bytes(pem))
    return path


@pytest.fixture
def offered(certificate: Path) -> ssl.SSLContext:
    """What the server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path) -> ssl.SSLContext:
    """What a client trusts that knows the certificate."""
    return ssl.create_default_context(cafile=str(certificate))


async def test_a_message_arrives_as_text_and_as_a_page(inbox: Inbox) -> None:
    said = letter("123456", "hi", minutes=10, host="ghar.example")
    async with mail_server(inbox) as port:
        await send(f"smtp://127.0.0.1:{port}", TO, said.subject, said.text, said.html or "")
    (message,) = inbox.messages
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, TO, said.subject)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@ghar.example>")
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == said.text
    assert "123456" in html.get_content()
    assert (inbox.envelopes[0].mail_from, inbox.envelopes[0].rcpt_tos) == ("hello@ghar.example", [TO])


@OPEN
async def test_a_password_goes_out_encrypted(
    inbox: Inbox, offered: ssl.SSLContext, trusted: ssl.SSLContext
) -> None:
    signing_in: dict[str, Any] = {"authenticator": authenticate, "auth_required": True}
    async with mail_server(inbox, offered, auth_require_tls=False, **signing_in) as port:
        url = f"smtps://ghar:p%40ss%2Fword@localhost:{port}"
        await send(url, TO, "Hello", "Hello", tls=trusted)
    async with mail_server(inbox, tls_context=offered, require_starttls=True, **signing_in) as port:
        url = f"smtp://ghar:p%40ss%2Fword@localhost:{port}"
        await send(url, TO, "Hello", "Hello", tls=trusted)
        with pytest.raises(Undelivered):
            await send(f"smtp://ghar:wrong@localhost:{port}", TO, "Hello", "Hello", tls=trusted)
    assert len(inbox.messages) == 2


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_server_that_nobody_vouches_for_gets_nothing(
    inbox: Inbox, offered: ssl.SSLContext, scheme: str
) -> None:
    encrypted = offered if scheme == "smtps" else None
    upgraded: dict[str, Any] = {} if scheme == "smtps" else {"tls_context": offered}
    async with mail_server(inbox, encrypted, **upgraded) as port:
        with pytest.raises(Undelivered):
            await send(f"{scheme}://ghar:secret@localhost:{port}", TO, "Hello", "Hello")
    assert not inbox.messages


@OPEN
async def test_a_password_never_goes_to_another_machine_unencrypted(inbox: Inbox) -> None:
    """127.0.0.2 is this machine's, but not one of the addresses by which it is known to be."""
    asking: dict[str, Any] = {"auth_require_tls": False, "authenticator": authenticate, "host": "127.0.0.2"}
    async with mail_server(inbox, **asking) as port:
        with pytest.raises(Undelivered):
            await send(f"smtp://ghar:p%40ss%2Fword@127.0.0.2:{port}", TO, "Hello", "Hello")
        assert not inbox.messages
        await send(f"smtp://127.0.0.2:{port}", TO, "Hello", "Hello")
    assert len(inbox.messages) == 1, "a relay without a password"


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("asha@example.com\r\nBcc: all@example.com", "Hello"),
        ("asha@example.com\nBcc: all@example.com", "Hello"),
        (TO, "Hello\r\nBcc: all@example.com"),
    ],
)
async def test_nothing_adds_a_header(inbox: Inbox, to: str, subject: str) -> None:
    async with mail_server(inbox) as port:
        with pytest.raises(Undelivered):
            await send(f"smtp://127.0.0.1:{port}", to, subject, "Hello")
    assert not inbox.messages


async def test_an_unknown_mailbox_is_said_and_not_logged(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with mail_server(inbox) as port:
        with pytest.raises(Undelivered, match="does not take messages for that address"):
            await send(f"smtp://127.0.0.1:{port}", "nobody@example.com", "Hello", "Hello")
    ours = [record.getMessage() for record in caplog.records if record.name != OF_THE_SERVER]
    assert "nobody" not in "".join(ours)


async def test_a_server_that_is_not_there_is_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Undelivered) as refused:
        await send("smtp://127.0.0.1:1", TO, "Hello", "Hello")
    assert refused.value.status == 503
    assert caplog.messages == ["An e-mail could not be sent: SMTPConnectError"]
    assert refused.value.__suppress_context__


async def test_somebody_signs_in_with_the_code_of_a_real_e_mail(
    inbox: Inbox, database_url: str, tmp_path: Path
) -> None:
    async with mail_server(inbox) as port:
        given = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": SENDER}
        async with client_of(Application(settings(database_url, tmp_path, **given))) as client:
            await ask(client, "Asha@Example.com")
            (message,) = inbox.messages
            body = message.get_body(("plain",))
            assert body is not None
            await enter(client, body.get_content()[:6])
            assert "a••••@example.com" in (await client.get("/sign-in")).text.replace("\u00a0", " ")
            assert "asha@example.com" not in (await client.get("/outbox")).text
