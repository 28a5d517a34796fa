"""Demonstration: a newcomer can ask for a contact, which is nobody's."""

from collections.abc import Sequence

from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Somebody
from tools.discovery.demo.load import load_demo
from tools.staff.demo import STAFF, look_after_demo


async def test_every_demo_property_has_somebody_who_looks_after_it(
    asha: Somebody, database: Database
) -> None:
    await load_demo(database, 20)
    assert await look_after_demo(database) == 20
    assert await look_after_demo(database) == 0
    (home, *_) = (await asha.call("search_properties")).items
    answer = await asha.call("reveal_contact", property_id=home.id)
    assert (answer.name, answer.contact) == ("Demo staff", STAFF)
    assert STAFF.endswith(".example")
    (who,) = await ids(database)
    assert (await asha.call("get_staff_profile", id=who)).bio.startswith("Made up")


async def ids(database: Database) -> Sequence[int]:
    async with database.reading(primary=True) as db:
        return (await db.scalars(text("select distinct staff_id from portfolios"))).all()


async def test_real_properties_are_nobodys_but_whose_they_were_made(
    street: object, database: Database
) -> None:
    assert await look_after_demo(database) == 0
