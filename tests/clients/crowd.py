"""People of the tests, each with a contact and a browser of their own."""

from contextlib import AsyncExitStack

from tests.clients import numbers
from tests.clients.house import House
from tests.clients.people import Person


class People:
    """Makes people on demand, and closes their browsers in the end."""

    def __init__(self, house: House, stack: AsyncExitStack) -> None:
        self._house = house
        self._stack = stack

    async def stranger(self, contact: str | None = None, **headers: str) -> Person:
        """Somebody who has never been here."""
        person = Person(self._house, contact or numbers.phone(), **headers)
        return await self._stack.enter_async_context(person)

    async def member(self, **headers: str) -> Person:
        """Somebody who is signed in with their browser."""
        person = await self.stranger(**headers)
        await person.signs_in()
        return person

    async def staff(self, role: str = "staff") -> Person:
        """A member of staff who is signed in with their browser."""
        person = await self.member()
        await self._house.query("update people set role = $2 where phone = $1", person.contact, role)
        return person
