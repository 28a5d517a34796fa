"""What a message with a sign-in code says."""

from html import escape
from typing import NamedTuple

from servers.pages.frame import Language


class Letter(NamedTuple):
    """One message, as an e-mail and as a text message."""

    subject: str
    text: str
    html: str
    sms: str


_SUBJECT = {"en": "Your sign-in code for 360 Ghar", "hi": "360 घर में साइन इन करने का कोड"}
_SAYS = {
    "en": "{code} is your sign-in code for 360 Ghar.",
    "hi": "{code} 360 घर में साइन इन करने का आपका कोड है।",
}
_WARNS = {
    "en": "It works once, for {minutes} minutes. Do not share it: we never ask for it. "
    "If you did not ask for it, you can ignore this message.",
    "hi": "यह एक बार, {minutes} मिनट तक चलेगा। इसे किसी को न बताएँ: हम इसे कभी नहीं पूछते। "
    "अगर आपने इसे नहीं माँगा, तो इस संदेश पर ध्यान न दें।",
}
_SMS_WARNS = {
    "en": "It works for {minutes} minutes. Do not share it.",
    "hi": "यह {minutes} मिनट तक चलेगा। इसे किसी को न बताएँ।",
}
_PAGE = """<!doctype html>
<html lang="{lang}"><body style="font:16px/1.5 sans-serif;color:#1b2422">
<p style="font-size:28px;font-weight:600;letter-spacing:4px">{code}</p>
<p>{says}</p>
<p>{warns}</p>
</body></html>
"""


def letter(code: str, lang: Language, *, minutes: int, host: str) -> Letter:
    """The message for a code. The subject does not hold it: mail servers write subjects into their logs."""
    says, warns = _SAYS[lang].format(code=code), _WARNS[lang].format(minutes=minutes)
    shown = {"code": escape(code), "says": escape(says), "warns": escape(warns)}
    # The last line ties the code to our site, for browsers that fill it in.
    sms = f"{says} {_SMS_WARNS[lang].format(minutes=minutes)}\n\n@{host} #{code}"
    return Letter(_SUBJECT[lang], f"{says}\n\n{warns}\n", _PAGE.format(lang=lang, **shown), sms)
