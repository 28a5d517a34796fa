"""The page of what waits for a person: what they read there, what they decide, and what nobody else can."""

import asyncio
import re
from html import unescape

import pytest

from tests.clients.crowd import People
from tests.clients.forms import Form
from tests.clients.house import House
from tests.clients.people import Person
from tests.pages.asking import (
    bearer,
    deletion,
    effects,
    expired,
    looked_after,
    properties,
    slot,
    visit,
    waiting,
)

NOT_YOURS = "There is nothing of yours here"


def heading(person: Person) -> str:
    """The heading of the page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", person.page.text, re.DOTALL)
    assert found is not None, person.page.text
    return unescape(re.sub("<[^>]+>", "", found[1])).strip()


def read(person: Person) -> str:
    """What stands on the page, without its marks."""
    body = person.page.text.partition("<main")[2]
    return " ".join(unescape(re.sub("<[^>]+>", " ", body)).split())


async def press(person: Person, decision: str, **filled: str) -> None:
    """Press one of the page's buttons."""
    await person.submit(form_of(person, decision), decision, **filled)


def form_of(person: Person, decision: str) -> Form:
    """The form that this button sends."""
    return next(each for each in person.forms if any(b.value == decision for b in each.buttons))


async def test_a_link_leads_through_the_sign_in_to_what_waits_and_yes_does_it_once(
    house: House, people: People
) -> None:
    person = await people.member()
    app = await bearer(house, person, "Ghar Helper")
    path = await visit(house, app)
    person.http.cookies.clear()

    await person.signs_in(path)
    assert (person.at, heading(person)) == (path, "Do you want this?")
    said = read(person)
    for expected in ("Nothing has been done yet", "What it costs Nothing", "Ghar Helper", "Decide before"):
        assert expected in said
    assert "Property No. " in said
    assert await effects(house, person) == []

    await press(person, "confirm")
    assert (person.at, heading(person)) == (path, "Done")
    assert "Visit" in read(person)
    assert await effects(house, person) == ["request_visit"]
    assert not any(button.value == "confirm" for form in person.forms for button in form.buttons)


async def test_no_is_kept_with_its_reason_and_yes_comes_too_late(house: House, people: People) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    yes = person.forms[0]
    await press(person, "decline", reason="I did not ask\r\nfor this.")
    assert heading(person) == "Declined"
    assert "I did not ask for this." in read(person)
    await person.submit(yes, "confirm")
    assert heading(person) == "Declined"
    (row,) = await house.query("select deletes_at from people where phone = $1", person.contact)
    assert row["deletes_at"] is None


async def test_a_reason_that_is_too_long_is_said_to_be_and_nothing_is_decided(
    house: House, people: People
) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    await press(person, "decline", reason="x" * 501)
    assert person.page.status_code == 422
    assert "at most 500 characters" in read(person)
    await press(person, "decline", reason="\r\n" * 400 + "x" * 100)
    assert heading(person) == "Declined"


async def test_pressing_twice_does_it_once_and_shows_that_it_is_done(house: House, people: People) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    form = person.forms[0]
    data = form.fields | {"decision": "confirm"}
    answers = await asyncio.gather(*(person.http.post(path, data=data) for _ in range(4)))
    assert {(each.status_code, each.headers.get("location")) for each in answers} <= {
        (303, path),
        (409, None),
    }
    await person.open(path)
    assert heading(person) == "Done"
    assert await effects(house, person) == ["delete_my_account"]


async def test_what_belongs_to_somebody_else_is_not_there(house: House, people: People) -> None:
    person, other = await people.member(), await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    theirs = person.forms[0].fields

    await other.open("/account")
    own = other.form(to="profile").fields["csrf"]
    answer = await other.open(path)
    assert (answer.status_code, heading(other)) == (404, NOT_YOURS)
    for fields in (theirs, {"csrf": own}):
        answer = await other.send(path, fields | {"decision": "confirm"})
        assert answer.status_code == 404
    for missing in ("/confirm/x", "/confirm/00000000-0000-0000-0000-000000000000", "/confirm/%00"):
        answer = await other.open(missing)
        assert (answer.status_code, heading(other)) == (404, NOT_YOURS), missing
    assert await effects(house, person) == []


async def test_an_app_can_neither_see_the_page_nor_decide_there(house: House, people: People) -> None:
    person = await people.member()
    app = await bearer(house, person)
    path = await deletion(house, app)
    for method in ("GET", "POST"):
        answer = await house.http.request(
            method,
            f"{house.url}{path}",
            headers=app,
            data={"decision": "confirm"} if method == "POST" else {},
        )
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")
    assert await effects(house, person) == []


async def test_only_the_pages_own_form_decides(house: House, people: People) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    token = person.forms[0].fields["csrf"]
    for fields in ({}, {"csrf": ""}, {"csrf": token[:-1]}, {"csrf": token + "x"}):
        answer = await person.send(path, {"decision": "confirm"} | fields)
        assert answer.status_code == 403
        assert "The page was too old" in read(person)
    await person.open(f"{path}?csrf={token}&decision=confirm")
    answer = await person.send(path, {"csrf": token, "decision": "maybe"})
    assert answer.status_code == 422
    answer = await person.send(path, {"csrf": token})
    assert answer.status_code == 422
    assert await effects(house, person) == []


async def test_what_has_changed_is_not_done_and_can_be_asked_again_as_it_is_now(
    house: House, people: People
) -> None:
    person = await people.member()
    app = await bearer(house, person)
    starts = slot()
    flat = (await properties(house))[1]
    path = await visit(house, app, property_id=flat, starts=starts)
    await house.query("update properties set price = price + 1000 where id = $1", flat)
    await person.open(path)
    await press(person, "confirm")
    assert heading(person) == "Something has changed"
    assert await effects(house, person) == []

    await press(person, "again")
    assert (person.at != path, heading(person)) == (True, "Do you want this?")
    await press(person, "confirm")
    assert heading(person) == "Done"
    assert await effects(house, person) == ["request_visit"]


async def test_what_waited_too_long_says_so_and_can_be_asked_again(house: House, people: People) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    late = person.forms[0]
    await expired(house, path)
    await person.submit(late, "confirm")
    assert (person.at, heading(person)) == (path, "This has expired")
    assert await effects(house, person) == []
    await press(person, "again")
    assert heading(person) == "Do you want this?"


async def test_what_is_decided_cannot_be_asked_again_from_its_page(house: House, people: People) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    fields = person.forms[0].fields
    for decision in ("again", "decline", "again"):
        await person.send(path, fields | {"decision": decision})
        assert person.at == path
    (counted,) = await house.query(
        "select count(*) from tickets where person_id = (select id from people where phone = $1)",
        person.contact,
    )
    assert counted["count"] == 1


async def test_what_the_tool_refuses_still_waits_with_the_reason_in_a_sentence(
    house: House, people: People
) -> None:
    person, rival = await people.member(), await people.member()
    wanted = {"property_id": (await properties(house))[2], "starts": slot()}
    path, theirs = [await visit(house, await bearer(house, each), **wanted) for each in (person, rival)]
    await rival.open(theirs)
    await press(rival, "confirm")
    assert heading(rival) == "Done"

    for language in ("en", "hi"):
        await person.open(f"{path}?lang={language}")
        await press(person, "confirm")
        assert person.page.status_code == 409
        assert 'lang="en">Somebody else is seeing this property then.' in person.page.text
        assert any(button.value == "confirm" for form in person.forms for button in form.buttons)
    assert await effects(house, person) == []


async def test_a_contact_is_shown_to_who_confirmed_and_to_nobody_before(house: House, people: People) -> None:
    person, staff = await people.member(), await people.staff()
    flat = (await properties(house))[3]
    await looked_after(house, staff, flat)
    path = await waiting(house, await bearer(house, person), "POST", f"/properties/{flat}/contact")
    await person.open(path)
    assert staff.contact not in person.page.text
    await press(person, "confirm")
    assert staff.contact in read(person)


async def test_the_page_says_in_hindi_what_it_can(house: House, people: People) -> None:
    person = await people.member()
    path = await visit(house, await bearer(house, person))
    await person.open(f"{path}?lang=hi")
    assert heading(person) == "क्या आप यह चाहते हैं?"
    said = read(person)
    assert "देखने का समय माँगा जाएगा" in said
    assert "शुरू " in said
    assert "प्रॉपर्टी नं. " in said
    await press(person, "confirm")
    assert heading(person) == "हो गया"
    assert "माँगा गया" in read(person)


async def test_its_sentences_in_hindi_are_told_to_its_person_alone(house: House, people: People) -> None:
    person, other = await people.member(), await people.member()
    app = await bearer(house, person)
    path = await visit(house, app)
    told = await person.open(f"{path}/hindi")
    assert "देखने का समय माँगा जाएगा" in told.json()["what"]
    assert told.headers["cache-control"] == "no-store"
    assert (await other.open(f"{path}/hindi")).status_code == 404
    assert (await person.open("/confirm/x/hindi")).status_code == 404
    for headers in ({}, app):
        answer = await house.http.get(f"{house.url}{path}/hindi", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_ticket")


async def test_what_an_app_calls_itself_is_shown_as_text(house: House, people: People) -> None:
    person = await people.member()
    hostile = "\u202e<img src=x onerror=alert(1)>{{7*7}}"
    path = await deletion(house, await bearer(house, person, hostile))
    for page in (path, "/account"):
        answer = await person.open(page)
        assert "<img src=x" not in answer.text
        assert "{{7*7}}" in answer.text
        assert "<bdi>" in answer.text


@pytest.mark.parametrize("decision", ["confirm", "decline"])
async def test_somebody_signed_out_meanwhile_signs_in_and_decides_then(
    house: House, people: People, decision: str
) -> None:
    person = await people.member()
    path = await deletion(house, await bearer(house, person))
    await person.open(path)
    form = form_of(person, decision)
    person.http.cookies.clear()
    await person.submit(form, decision)
    assert person.at == f"/sign-in?next={path}"
    await person.identifies()
    assert await effects(house, person) == []
    await person.open(path)
    await press(person, decision)
    assert heading(person) in {"Done", "Declined"}


async def test_nothing_of_the_page_is_kept_framed_or_run(house: House, people: People) -> None:
    person = await people.member()
    answer = await person.open(await deletion(house, await bearer(house, person)))
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-frame-options"] == "DENY"
