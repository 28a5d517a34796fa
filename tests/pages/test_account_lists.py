"""Lists of the account page that are longer than one page."""

import re

from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.people import Person

MORE = """
insert into sessions (person_id, kind, label, audience, client_id, created_at, used_at, expires_at)
select person_id, kind, 'Window ' || number, audience, client_id, created_at, used_at, expires_at
from sessions, generate_series(1, 130) number
where person_id = (select id from people where phone = $1)"""


async def follow(person: Person, text: str) -> None:
    """Follow the link of this text."""
    found = re.search(rf'<a href="([^"]+)"[^>]*>{text}</a>', person.page.text)
    assert found is not None, person.page.text
    await person.open(found[1])


async def test_sign_ins_beyond_a_hundred_are_on_the_next_page_and_can_be_ended_there(
    house: House, people: People
) -> None:
    person = await people.member()
    await house.query(MORE, person.contact)
    await person.open("/account")
    assert person.page.text.count('<span class="item-title">Window ') == 100
    assert "Window 31<" in person.page.text
    assert "Window 30<" not in person.page.text
    await follow(person, "Older sign-ins")
    assert person.page.text.count('<span class="item-title">Window ') == 30
    assert "Older sign-ins" not in person.page.text
    ended = person.form("id", to="sessions").fields["id"]
    await person.submit(person.form("id", to="sessions"))
    (row,) = await house.query("select ended_at from sessions where id = $1", int(ended))
    assert row["ended_at"] is not None


async def test_a_place_in_a_list_that_we_did_not_give_is_refused_on_a_page(people: People) -> None:
    person = await people.member()
    for name in ("sessions", "activity"):
        answer = await person.open(f"/account?{name}=guessed")
        assert answer.status_code in {400, 409, 422}
        assert answer.headers["content-type"].startswith("text/html")


async def test_what_was_done_before_is_on_the_next_page(people: People) -> None:
    person = await people.member()
    await person.open("/account")
    for number in range(12):
        await person.submit(person.form(to="profile"), name=f"Asha {number}")
    assert person.page.text.count("Update profile") == 10
    await follow(person, "What was done before")
    assert person.page.text.count("Update profile") == 2
