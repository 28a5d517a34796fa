"""People: they sign in with the code that was sent to them, and allow an app what it asks for."""

import re

from tests.clients.browser import Browser, Query
from tests.clients.house import House

_CODE = re.compile(r"\b(\d{6})\b")


def code_in(text: str) -> str:
    """The one-time code of a message."""
    (code,) = set(_CODE.findall(text))
    return str(code)


class Person(Browser):
    """Somebody with a phone or an e-mail address and a browser of their own."""

    def __init__(self, house: House, contact: str, **headers: str) -> None:
        super().__init__(house.url, **headers)
        self.house = house
        self.contact = contact

    async def code(self) -> str:
        """The newest code that was sent to this person."""
        outbox = self.house.runtime.outbox
        assert outbox is not None
        found = next(each for each in outbox.messages if each.to == self.contact)
        return code_in(found.text)

    async def signs_in(self, at: str = "/sign-in") -> None:
        """Sign in on our own pages, from the address that was opened."""
        await self.open(at)
        await self.identifies()

    async def identifies(self) -> None:
        """Answer the page that asks who is there."""
        await self.submit(self.form("contact"), contact=self.contact)
        await self.submit(self.form("code"), code=await self.code())

    async def allows(self, authorization: str) -> Query:
        """Follow an app's authorization request to its end; gives what the app was told."""
        await self.open(authorization)
        if any(form.has("contact") for form in self.forms):
            await self.identifies()
        if self.left_for is None:
            await self.submit(self.form(to="consent"), "allow")
        return self.told
