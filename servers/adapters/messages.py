"""Which way messages leave, as the settings say. What they need is imported when the first one does."""

import logging
from dataclasses import dataclass

from servers.adapters.breaker import Breaker
from servers.adapters.fcm import BadAccount, Fcm, ServiceAccount
from servers.adapters.mail import SmtpMailer
from servers.adapters.outbox import Outbox
from servers.adapters.sms import HttpSms
from servers.settings import BadSettings, Settings
from tools.ports import Mailer, Push, Sms

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Messages:
    """The ways that there are; None where there is none."""

    mailer: Mailer | None
    sms: Sms | None
    push: Push | None
    outbox: Outbox | None
    """What is not sent for real in development, None where everything is."""

    @property
    def breakers(self) -> dict[str, Breaker]:
        """The breaker of each way that leads to a provider, by channel."""
        ways = {"email": self.mailer, "sms": self.sms, "push": self.push}
        return {
            name: way.breaker for name, way in ways.items() if isinstance(way, SmtpMailer | HttpSms | Fcm)
        }

    async def close(self) -> None:
        """Close the connections."""
        for way in (self.mailer, self.sms, self.push):
            if isinstance(way, SmtpMailer | HttpSms | Fcm):
                await way.close()


def choose(settings: Settings) -> Messages:
    """The mail server and the providers of the settings. In development an outbox stands in for them."""
    mailer, sms, push = _mailer(settings), _sms(settings), _push(settings)
    if settings.production:
        missing = [name for name, way in (("e-mail", mailer), ("text messages", sms)) if way is None]
        if missing:
            log.warning(
                "Sign-in codes cannot go out by %s: nothing is configured for it", " or ".join(missing)
            )
        return Messages(mailer, sms, push, None)
    outbox = Outbox()
    used = None in (mailer, sms, push)
    return Messages(mailer or outbox.mailer, sms or outbox.sms, push or outbox.push, outbox if used else None)


def _mailer(settings: Settings) -> Mailer | None:
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return SmtpMailer(settings.smtp_url.get_secret_value(), settings.mail_from)


def _sms(settings: Settings) -> Sms | None:
    if settings.sms_url is None:
        return None
    return HttpSms(settings.sms_url, settings.sms_token.get_secret_value() if settings.sms_token else None)


def _push(settings: Settings) -> Push | None:
    if settings.fcm_service_account is None:
        return None
    try:
        return Fcm(ServiceAccount.read(settings.fcm_service_account))
    except BadAccount as error:
        raise BadSettings(f"GHAR_FCM_SERVICE_ACCOUNT: {error}.") from None
