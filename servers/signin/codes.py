"""One-time codes: a phone or an e-mail address is proved by what was sent there."""

from __future__ import annotations

import hmac
import logging
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from servers.pages.frame import Language
from servers.signin.letters import letter
from storage import codes, people
from storage.engine import Database
from tools.ports import Mailer, Sms
from tools.refusals import Invalid, TooMany, Unavailable

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

log = logging.getLogger(__name__)

LIFETIME: Final = timedelta(minutes=10)
ATTEMPTS: Final = 5
"""Attempts at one code."""

WINDOW: Final = timedelta(minutes=15)
SENDS: Final = 3
"""Codes for one contact within the window."""

DAY: Final = timedelta(days=1)
SENDS_A_DAY: Final = 10
FAILURES_A_DAY: Final = 15
"""Wrong attempts at all codes of a contact within a day: a guesser has 15 chances in a million."""


class WrongCode(Invalid):
    """This code is not right, or no longer valid. Check it, or ask for a new one."""


class TooManyAttempts(TooMany):
    """There were too many wrong codes for this phone or e-mail address. Try again tomorrow."""


class TooManyCodes(TooMany):
    """Too many codes were sent to this phone or e-mail address. Wait a little, then ask for another."""


class NoMail(Unavailable):
    """E-mail cannot be sent here. Sign in with a phone number."""


class NoTextMessages(Unavailable):
    """Text messages cannot be sent here. Sign in with an e-mail address."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who is let in with a code that is not sent: the people who review apps in stores."""

    contact: str
    code: str = field(repr=False)


class OneTimeCodes:
    """Sends codes and takes them back. Nothing here depends on whether a contact is known."""

    def __init__(
        self,
        database: Database,
        key: bytes,
        *,
        mailer: Mailer | None,
        sms: Sms | None,
        host: str,
        reviewer: Reviewer | None = None,
    ) -> None:
        """`key` is that of the hashes, `host` the site's name, to which browsers bind a code."""
        self._database = database
        self._key = key
        self._mailer = mailer
        self._sms = sms
        self._host = host
        self._reviewer = reviewer

    async def send(self, contact: str, lang: Language) -> None:
        """Send a new code, which ends those before it. Refuses a missing channel, and too many codes."""
        reviewed = self._reviewer is not None and contact == self._reviewer.contact
        if not reviewed:
            self._require_channel(contact)
        code = self._reviewer.code if self._reviewer and reviewed else f"{secrets.randbelow(10**6):06}"
        async with self._database.writing() as db:
            await codes.hold(db, contact)
            day, lately = [await codes.counts(db, contact, window) for window in (DAY, WINDOW)]
            if day.failed >= FAILURES_A_DAY:
                raise TooManyAttempts(retry_after=day.seconds)
            for counts, most in ((day, SENDS_A_DAY), (lately, SENDS)):
                if counts.sent >= most:
                    raise TooManyCodes(retry_after=counts.seconds)
            await codes.add(db, contact, self._hashed(contact, code), LIFETIME)
        if not reviewed:
            await self._deliver(contact, code, lang)

    async def check(self, contact: str, code: str, lang: Language) -> int:
        """The id of the person whose contact this code proves. It is right once.

        Somebody new becomes a member, whom we address in `lang`.
        """
        async with self._database.writing() as db:
            await codes.hold(db, contact)
            counts = await codes.counts(db, contact, DAY)
            tried = None if counts.failed >= FAILURES_A_DAY else await codes.attempt(db, contact, ATTEMPTS)
            expected = tried.code_hash if tried else bytes(32)
            right = hmac.compare_digest(self._hashed(contact, code), expected)
            proved = tried is not None and right and await codes.spend(db, tried.id)
            person = await _person(db, contact, lang) if proved else None
        # Raised outside, so that the attempt stays counted.
        if counts.failed >= FAILURES_A_DAY:
            raise TooManyAttempts(retry_after=counts.seconds)
        if person is None:
            raise WrongCode
        self._guard_role(contact, person.role)
        return person.id

    def _guard_role(self, contact: str, role: str) -> None:
        """A code that never changes must not open the account of staff."""
        if self._reviewer is not None and contact == self._reviewer.contact and role != "member":
            log.error("The reviewer's account belongs to staff, and was not let in")
            raise WrongCode

    def _require_channel(self, contact: str) -> None:
        if "@" in contact and self._mailer is None:
            raise NoMail(retry_after=None)
        if "@" not in contact and self._sms is None:
            raise NoTextMessages(retry_after=None)

    async def _deliver(self, contact: str, code: str, lang: Language) -> None:
        said = letter(code, lang, minutes=int(LIFETIME.total_seconds() // 60), host=self._host)
        if "@" in contact and self._mailer is not None:
            await self._mailer.send(contact, said.subject, said.text, said.html)
        elif self._sms is not None:
            await self._sms.send(contact, said.sms)

    def _hashed(self, contact: str, code: str) -> bytes:
        return hmac.digest(self._key, f"{contact}\n{_plain(code)}".encode(), "sha256")


async def _person(db: AsyncSession, contact: str, lang: Language) -> people.PersonRow:
    known = await people.by_contact(db, contact)
    if known is not None:
        return known
    made = await people.ensure(db, contact)
    return await people.change(db, made.id, language=lang) or made


def _plain(code: str) -> str:
    """A code as it was meant: digits of any script, without spaces and hyphens."""
    kept = (char for char in code if not char.isspace() and char != "-")
    return "".join(str(unicodedata.digit(char, char)) for char in kept)
