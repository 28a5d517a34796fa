"""E-mail over SMTP."""

import asyncio
import importlib
import logging
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ssl import SSLContext, SSLError
from typing import Any
from urllib.parse import unquote, urlsplit

from tools.ports import Undelivered

log = logging.getLogger(__name__)

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECONDS = 15.0
"""How long one message may take, from connecting to its acceptance."""


class SmtpMailer:
    """Sends through one mail server, with a connection for each message."""

    def __init__(self, url: str, sender: str, *, tls: SSLContext | None = None) -> None:
        """`url` is `smtp://` or `smtps://user:password@host:port`, `sender` what stands in From.

        Over `smtp://` to another machine the connection is encrypted where the server offers it, and must be
        where there is a password. `tls` replaces the certificates that this machine trusts.
        """
        parts = urlsplit(url)
        secure = parts.scheme == "smtps"
        user = unquote(parts.username) if parts.username else None
        self._sender = sender
        self._server: dict[str, Any] = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if secure else 587),
            "username": user,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": secure,
            "start_tls": _start_tls(secure=secure, password=user is not None, host=parts.hostname or ""),
            "tls_context": tls,
            "timeout": SECONDS,
        }

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        """Hand one message over. Refuses an address or a subject that would change the message's headers."""
        smtp: Any = importlib.import_module("aiosmtplib")
        message = self._message(to, subject, text, html)
        try:
            async with asyncio.timeout(SECONDS):
                await smtp.send(message, sender=parseaddr(self._sender)[1], recipients=[to], **self._server)
        except smtp.SMTPRecipientsRefused:
            raise Undelivered("The mail server does not take messages for that address.") from None
        except (smtp.SMTPException, SSLError, OSError) as error:
            # What the server said may hold the address.
            log.warning("An e-mail could not be sent: %s", type(error).__name__)
            raise Undelivered from None

    def _message(self, to: str, subject: str, text: str, html: str | None) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = self._sender
            message["To"] = to
            message["Subject"] = subject
        except ValueError:
            raise Undelivered("No message can be sent to that address.") from None
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=parseaddr(self._sender)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        return message


def _start_tls(*, secure: bool, password: bool, host: str) -> bool | None:
    """Whether a plain connection must, may (None) or must not be upgraded to TLS."""
    if secure:
        return False
    if host in LOOPBACK:
        return None if password else False
    return True if password else None
