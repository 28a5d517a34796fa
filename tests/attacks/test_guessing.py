"""Guessing one-time codes, and finding out who is known here."""

import asyncio
import re

import httpx
import pytest

from tests.clients import numbers
from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.people import Person

_SECRETS = re.compile(r'value="[^"]*"|ghar[a-z-]*=[^;]*|date: .*|x-request-id: .*', re.IGNORECASE)


async def waiting(people: People, contact: str | None = None) -> tuple[Person, str]:
    """Somebody before the page that asks for the code, and the code that is right."""
    person = await people.stranger(contact)
    await person.open("/sign-in")
    await person.submit(person.form("contact"), contact=person.contact)
    return person, await person.code()


def other_than(code: str, number: int) -> str:
    return f"{(int(code) + number + 1) % 1_000_000:06}"


async def guess(person: Person, code: str) -> httpx.Response:
    form = person.form("code")
    return await person.send(form.action, form.fields | {"code": code})


async def signed_in(person: Person) -> bool:
    return bool((await person.http.get("/api/v1/me")).json()["signed_in"])


async def test_after_five_wrong_codes_the_right_one_is_wrong_too(people: People) -> None:
    person, right = await waiting(people)
    for number in range(5):
        assert (await guess(person, other_than(right, number))).status_code == 422
    assert (await guess(person, right)).status_code == 422
    assert not await signed_in(person)


async def test_guesses_at_the_same_moment_are_no_more_guesses(house: House, people: People) -> None:
    person, right = await waiting(people)
    form = person.form("code")
    guesses = [form.fields | {"code": other_than(right, number)} for number in range(24)]
    sending = (person.http.post(form.action, data=each) for each in guesses)
    assert {answer.status_code for answer in await asyncio.gather(*sending)} <= {422, 429}
    rows = await house.query("select attempts from sign_in_codes where contact = $1", person.contact)
    assert [row["attempts"] for row in rows] == [5]
    assert (await guess(person, right)).status_code == 422
    assert not await signed_in(person)


async def test_new_codes_are_no_endless_supply_of_guesses(house: House, people: People) -> None:
    """However codes are asked for, a contact bears 15 wrong guesses a day, and then no code is right."""
    contact, wrong = numbers.phone(), 0
    for _ in range(3):
        person, right = await waiting(people, contact)
        for number in range(5):
            wrong += (await guess(person, other_than(right, number))).status_code == 422
    assert wrong == 15
    # Two hours later the next code could be sent, but would not be listened to.
    await house.query(
        "update sign_in_codes set sent_at = sent_at - interval '2 hours' where contact = $1", contact
    )
    person = await people.stranger(contact)
    await person.open("/sign-in")
    form = person.form("contact")
    answer = await person.http.post(form.action, data=form.fields | {"contact": contact})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 3_600


async def test_many_browsers_get_no_more_codes_for_one_contact_than_one(house: House, people: People) -> None:
    contact = numbers.phone()
    browsers = [await people.stranger(contact) for _ in range(8)]
    for each in browsers:
        await each.open("/sign-in")
    forms = [(each, each.form("contact")) for each in browsers]
    sending = [each.http.post(form.action, data=form.fields | {"contact": contact}) for each, form in forms]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*sending))
    assert statuses == [303] * 3 + [429] * 5
    rows = await house.query("select count(*) from sign_in_codes where contact = $1", contact)
    assert rows[0]["count"] == 3


async def test_a_code_is_right_once_and_only_in_its_time(house: House, people: People) -> None:
    person, right = await waiting(people)
    again, _ = person, None
    form = again.form("code")
    assert (await guess(person, right)).status_code == 200
    other = await people.stranger(person.contact)
    await other.open("/sign-in")
    other.http.cookies.update(person.http.cookies)
    used = await other.http.post(form.action, data=form.fields | {"code": right})
    assert used.status_code in {303, 403, 422}
    late, code = await waiting(people)
    await house.query("update sign_in_codes set expires_at = now() where contact = $1", late.contact)
    assert (await guess(late, code)).status_code == 422
    assert not await signed_in(late)


async def test_a_newer_code_ends_the_one_before(people: People) -> None:
    person, first = await waiting(people)
    await person.open("/sign-in")
    await person.submit(person.form("contact"), contact=person.contact)
    second = await person.code()
    if first != second:
        assert (await guess(person, first)).status_code == 422
    await guess(person, second)
    assert await signed_in(person)


async def test_the_code_of_one_contact_opens_no_other(people: People) -> None:
    mine, code = await waiting(people)
    theirs, _ = await waiting(people)
    assert (await guess(theirs, code)).status_code == 422
    fields = theirs.form("code").fields | {"code": code, "contact": mine.contact}
    assert (await theirs.send("/sign-in/code", fields)).status_code == 422
    assert not await signed_in(theirs)


@pytest.mark.parametrize("kind", ["phone", "email"])
async def test_an_answer_does_not_tell_whether_a_contact_is_known(
    house: House, people: People, kind: str
) -> None:
    known_contact, unknown_contact = (getattr(numbers, kind)() for _ in range(2))
    known = await people.stranger(known_contact)
    await known.signs_in()
    told: list[list[tuple[int, str, str]]] = []
    for contact in (known_contact, unknown_contact):
        person = await people.stranger(contact)
        await person.open("/sign-in")
        form = person.form("contact")
        sent = await person.http.post(form.action, data=form.fields | {"contact": contact})
        page = await person.open("/sign-in/code")
        right = await person.code()
        wrong = await guess(person, other_than(right, 1))
        told.append([without(each, contact) for each in (sent, page, wrong)])
        rows = await house.query("select count(*) from sign_in_codes where contact = $1", contact)
        assert rows[0]["count"] == (2 if contact == known_contact else 1)
    assert told[0] == told[1]


def without(answer: httpx.Response, contact: str) -> tuple[int, str, str]:
    """An answer without what differs for everybody."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    headers = re.sub(r"content-length: \d+", "", headers)
    return (
        answer.status_code,
        _SECRETS.sub("", headers),
        _SECRETS.sub("", answer.text).replace(contact, "CONTACT"),
    )


async def test_nobody_becomes_a_person_before_the_code_came_back(house: House, people: People) -> None:
    person, _ = await waiting(people)
    assert await house.query("select 1 from people where phone = $1", person.contact) == []


async def test_ways_to_write_one_phone_share_one_limit(house: House, people: People) -> None:
    number = numbers.phone()
    written = [number, number[3:], f"0{number[3:]}", f"0091{number[3:]}", f"+91 {number[3:8]} {number[8:]}"]
    statuses: list[int] = []
    for each in written:
        person = await people.stranger(each)
        await person.open("/sign-in")
        form = person.form("contact")
        sent = await person.http.post(form.action, data=form.fields | {"contact": each})
        statuses.append(sent.status_code)
    assert statuses == [303, 303, 303, 429, 429]
    rows = await house.query(
        "select distinct contact from sign_in_codes where contact like $1", f"%{number[3:]}"
    )
    assert [row["contact"] for row in rows] == [number]
