"""E-mail over SMTP."""

import asyncio
import importlib
import logging
import re
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ssl import SSLContext, SSLError
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from servers.adapters.breaker import Breaker
from servers.adapters.mail_lines import IDLE_SECONDS, Lines
from tools.ports import NoSuchAddress, Undeliverable, Undelivered

log = logging.getLogger(__name__)

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECONDS = 15.0
"""How long one message may take, from connecting to its acceptance."""

_NO_MAILBOX = "The mail server does not take messages for that address."
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")


class SmtpMailer:
    """Sends through one mail server."""

    def __init__(
        self, url: str, sender: str, *, tls: SSLContext | None = None, idle: float = IDLE_SECONDS
    ) -> None:
        """`url` is `smtp://` or `smtps://user:password@host:port`, `sender` what stands in From.

        Over `smtp://` to another machine the connection is encrypted where the server offers it, and must be
        where there is a password. `tls` replaces the certificates that this machine trusts. A connection
        waits `idle` seconds for the next message.
        """
        parts = urlsplit(url)
        secure = parts.scheme == "smtps"
        user = unquote(parts.username) if parts.username else None
        self._sender = sender
        self._domain = parseaddr(sender)[1].rpartition("@")[2]
        self.breaker = Breaker("An e-mail")
        server = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if secure else 587),
            "username": user,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": secure,
            "start_tls": _start_tls(secure=secure, password=user is not None, host=parts.hostname or ""),
            "tls_context": tls,
            "timeout": SECONDS,
        }
        self._lines = Lines(server, idle=idle)

    async def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str | None = None,
        *,
        id_: UUID | None = None,
        unsubscribe: str | None = None,
    ) -> None:
        """Hand one message over. Refuses an address or a subject that would change the message's headers."""
        message = self._message(to, subject, text, html, id_)
        if unsubscribe is not None:
            message["List-Unsubscribe"] = f"<{unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        self.breaker.check()
        await self._send(message, to)
        self.breaker.found()

    async def close(self) -> None:
        """Close the connections."""
        await self._lines.close()

    async def _send(self, message: EmailMessage, to: str) -> None:
        smtp: Any = importlib.import_module("aiosmtplib")
        try:
            async with asyncio.timeout(SECONDS):
                await self._lines.send(message, parseaddr(self._sender)[1], to)
        except smtp.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            self.breaker.found()
            raise _turned_away(refused.code, refused.message) from None
        except smtp.SMTPDataError as error:
            self.breaker.found()
            log.warning("An e-mail was not taken: the mail server answered %d", error.code)
            raise (Undelivered if error.code < 500 else Undeliverable)() from None
        except (smtp.SMTPException, SSLError, OSError) as error:
            # What the server said may hold the address.
            raise self.breaker.lost(type(error).__name__) from None

    def _message(self, to: str, subject: str, text: str, html: str | None, id_: UUID | None) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = self._sender
            message["To"] = to
            message["Subject"] = subject
        except ValueError:
            raise Undeliverable("No message can be sent to that address.") from None
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self._domain) if id_ is None else f"<{id_}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        return message


def _turned_away(code: int, said: str) -> Undelivered:
    """What it means that a server does not take a recipient (RFC 5321 and 3463).

    Only what it says of the mailbox itself ends that: a full one, or a server that takes us for a sender of
    spam, may think otherwise of the next message.
    """
    log.warning("An e-mail was not taken for its recipient: the mail server answered %d", code)
    if code < 500:
        return Undelivered(_NO_MAILBOX, retry_after=60)
    status = _STATUS.match(said)
    if status is None:
        return (NoSuchAddress if code in (550, 551, 553) else Undeliverable)(_NO_MAILBOX)
    gone = status[2] == "1" or (status[2], status[3]) == ("2", "1")
    return (NoSuchAddress if gone else Undeliverable)(_NO_MAILBOX)


def _start_tls(*, secure: bool, password: bool, host: str) -> bool | None:
    """Whether a plain connection must, may (None) or must not be upgraded to TLS."""
    if secure:
        return False
    if host in LOOPBACK:
        return None if password else False
    return True if password else None
