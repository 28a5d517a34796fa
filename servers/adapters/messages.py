"""Which way messages leave, as the settings say. What they need is imported when the first one does."""

import logging
from dataclasses import dataclass

from servers.adapters.mail import SmtpMailer
from servers.adapters.outbox import Outbox
from servers.adapters.sms import HttpSms
from servers.settings import Settings
from tools.ports import Mailer, Sms

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Messages:
    """The ways that there are; None where there is none."""

    mailer: Mailer | None
    sms: Sms | None
    outbox: Outbox | None
    """What is not sent for real in development, None where everything is."""

    async def close(self) -> None:
        """Close the connections."""
        if isinstance(self.sms, HttpSms):
            await self.sms.close()


def choose(settings: Settings) -> Messages:
    """The mail server and the SMS provider of the settings. In development an outbox stands in for them."""
    mailer, sms = _mailer(settings), _sms(settings)
    if settings.production:
        missing = [name for name, way in (("e-mail", mailer), ("text messages", sms)) if way is None]
        if missing:
            log.warning(
                "Sign-in codes cannot go out by %s: nothing is configured for it", " or ".join(missing)
            )
        return Messages(mailer, sms, None)
    outbox = Outbox()
    used = mailer is None or sms is None
    return Messages(mailer or outbox.mailer, sms or outbox.sms, outbox if used else None)


def _mailer(settings: Settings) -> Mailer | None:
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return SmtpMailer(settings.smtp_url.get_secret_value(), settings.mail_from)


def _sms(settings: Settings) -> Sms | None:
    if settings.sms_url is None:
        return None
    return HttpSms(settings.sms_url, settings.sms_token.get_secret_value() if settings.sms_token else None)
