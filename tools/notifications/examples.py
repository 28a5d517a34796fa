"""Examples: how a campaign would look to people, with nothing of anybody's in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from storage.notifications import Told
from tools.contract import Model
from tools.notice_types import TYPES
from tools.notifications.letters import letter, short

if TYPE_CHECKING:
    from storage.campaigns import Words
    from tools.contract import Call

_PLAIN: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters of which a text message holds most: GSM 7 bit."""

_EXTRA: Final = frozenset("^{}\\[~]|€")
"""Those that take two places."""


class Example(Model):
    channel: Literal["in_app", "email", "sms"]
    language: Literal["en", "hi"]
    title: str | None
    """As it stands in an inbox, or the subject of an e-mail."""

    text: str
    parts: int | None
    """How many text messages it takes, each of which is paid for."""


def examples(call: Call, id_: int, words: Words) -> list[Example]:
    """One for the inbox in English, an e-mail in Hindi, and a text message in English."""
    notice, now = TYPES["campaign"], call.now()
    about = notice.takes.model_validate({"campaign_id": id_, **words._asdict()})
    said = {lang: list(texts) for lang, texts in notice.said(about).items()}
    page = notice.page(about)
    shown = Told(0, 0, "campaign", notice.category, said, page, now, now + timedelta(days=1), None)
    link, leave = f"{call.ports.url}{page or '/'}", f"{call.ports.url}/unsubscribe/..."
    mail = letter(shown, "hi", link=link, leave=leave)
    message = short(shown, "en", link=link, leave=leave)
    title, text = shown.in_("en")
    return [
        Example(channel="in_app", language="en", title=title, text=text, parts=None),
        Example(channel="email", language="hi", title=mail.subject, text=mail.text, parts=None),
        Example(channel="sms", language="en", title=None, text=message, parts=parts(message)),
    ]


def parts(message: str) -> int:
    """How many text messages a text takes."""
    letters = set(message)
    if letters <= _PLAIN | _EXTRA:
        length = len(message) + sum(each in _EXTRA for each in message)
        return 1 if length <= 160 else -(-length // 153)
    length = len(message.encode("utf-16-le")) // 2
    return 1 if length <= 70 else -(-length // 67)
