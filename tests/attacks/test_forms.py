"""Forms that are sent on somebody's behalf from another site, another browser, or another time."""

import pytest

from tests.clients import numbers
from tests.clients.crowd import People
from tests.clients.flows import call, granted
from tests.clients.forms import Form
from tests.clients.house import House
from tests.clients.people import Person
from tests.clients.relying import registered

TOKENS = frozenset({"csrf", "token"})


def token_of(form: Form) -> str:
    """The name of the field that proves where a form came from."""
    (name,) = TOKENS & form.hidden
    return name


async def opened(house: House, person: Person, page: str) -> list[Form]:
    """The forms of a page that change something, for somebody who is signed in where the page needs it."""
    if page == "consent":
        party = await registered(house.url, house.http)
        await person.open(party.authorization(house.user))
    elif page == "code":
        await person.open("/sign-in")
        await person.submit(person.form("contact"), contact=person.contact)
    elif page == "confirm":
        await person.open("/account/delete")
        await person.submit(person.form("csrf", to="delete"))
    else:
        await person.open(page)
    return [form for form in person.forms if form.method == "post"]


PAGES = [
    *("/sign-in", "code", "consent", "confirm", "/account", "/account/delete", "/sign-out"),
    "/sign-in?next=/account",
]
BEFORE_SIGN_IN = {"/sign-in", "code"}


def yes(page: str) -> str:
    """The button of a page that lets something happen."""
    return "confirm" if page == "confirm" else "allow"


async def arrived(people: People, page: str) -> Person:
    return await (people.stranger() if page in BEFORE_SIGN_IN else people.member())


async def state(house: House) -> list[dict[str, object]]:
    """Everything that a form could change."""
    tables = (
        "people", "sessions", "sign_in_codes", "oauth_codes", "oauth_consents", "tickets", "activities",
    )  # fmt: skip
    counted = " union all ".join(
        f"select '{table}' as name, count(*), md5(string_agg(t::text, ',' order by t::text)) from {table} t"
        for table in tables
    )
    return await house.query(counted)


@pytest.mark.parametrize("page", PAGES)
async def test_a_form_without_its_own_token_changes_nothing(house: House, people: People, page: str) -> None:
    person, other = await arrived(people, page), await arrived(people, page)
    theirs = await opened(house, other, page)
    forms = await opened(house, person, page)
    assert forms
    before = await state(house)
    for form, another in zip(forms, theirs, strict=True):
        name = token_of(form)
        mine = form.fields[name]
        assert another.fields[name] != mine
        wrong = ["", "x", mine[:-1], mine + "x", mine.swapcase(), another.fields[name]]
        filled = {"contact": numbers.phone(), "code": "000000", "decision": yes(page)}
        given = filled | form.fields
        sent = [given | {name: each} for each in wrong] + [{k: v for k, v in given.items() if k != name}]
        for fields in sent:
            answer = await person.send(form.action, fields)
            assert answer.status_code in {400, 403}, (form.action, fields.get(name))
            assert person.left_for is None
    assert await state(house) == before


@pytest.mark.parametrize("page", PAGES)
async def test_a_token_is_not_taken_from_the_address(house: House, people: People, page: str) -> None:
    person = await arrived(people, page)
    forms = await opened(house, person, page)
    before = await state(house)
    for form in forms:
        name = token_of(form)
        fields = {"contact": numbers.phone(), "decision": yes(page)} | form.fields
        action = f"{form.action}?{name}={fields.pop(name)}"
        answer = await person.send(action, fields)
        assert answer.status_code in {400, 403}
        got = await person.http.get(action, params=fields)
        assert got.status_code < 500
    assert await state(house) == before


async def test_a_cookie_alone_changes_nothing_over_rest_and_chat(house: House, people: People) -> None:
    person = await people.member()
    before = await state(house)
    body = {"name": "Mallory"}
    for headers in ({}, {"x-csrf-token": ""}, {"x-csrf-token": "x"}, {"origin": "https://attacker.example"}):
        answer = await person.http.patch("/api/v1/me", json=body, headers=headers)
        assert answer.status_code == 403, answer.text
        deleted = await person.http.delete("/api/v1/me", headers=headers)
        assert deleted.status_code == 403
    assert await state(house) == before
    assert (await person.http.get("/api/v1/me")).json()["signed_in"]


async def test_a_cookie_is_no_sign_in_at_the_mcp_servers(house: House, people: People) -> None:
    person = await people.member()
    cookies = "; ".join(f"{name}={value}" for name, value in person.http.cookies.items())
    assert (await call(house, house.user, {"cookie": cookies})).status_code == 401


async def test_a_token_needs_no_form_token_and_a_cookie_beside_it_changes_nobody(
    house: House, people: People
) -> None:
    person, other = await people.member(), await people.member()
    _, mine = await granted(house, person, house.user)
    cookies = "; ".join(f"{name}={value}" for name, value in other.http.cookies.items())
    both = mine.bearer | {"cookie": cookies}
    answer = await house.http.patch(f"{house.url}/api/v1/me", json={"name": "Asha"}, headers=both)
    assert answer.status_code == 200
    rows = await house.query(
        "select phone, name from people where phone = any($1)", [person.contact, other.contact]
    )
    assert {row["phone"]: row["name"] for row in rows} == {person.contact: "Asha", other.contact: None}


async def test_an_answer_to_consent_serves_once(house: House, people: People) -> None:
    person = await people.member()
    (form,) = [each for each in await opened(house, person, "consent") if "consent" in each.action]
    await person.submit(form, "allow")
    assert "code" in person.told
    for decision in ("allow", "deny"):
        await person.send(form.action, form.fields | {"decision": decision})
        assert person.left_for is None


async def test_a_consent_page_answers_only_to_whoever_opened_it(house: House, people: People) -> None:
    person, other = await people.member(), await people.member()
    (form,) = [each for each in await opened(house, person, "consent") if "consent" in each.action]
    page = person.at
    await other.open(page)
    assert not [each for each in other.forms if each.has("request")]
    (own,) = [each for each in await opened(house, other, "consent") if "consent" in each.action]
    stolen = {"request": form.fields["request"], "csrf": own.fields["csrf"], "decision": "allow"}
    await other.send(form.action, stolen)
    assert other.left_for is None
    await person.submit(form, "allow")
    assert "code" in person.told


async def test_signing_out_on_another_tab_ends_an_open_consent_page(house: House, people: People) -> None:
    person = await people.member()
    (form,) = [each for each in await opened(house, person, "consent") if "consent" in each.action]
    await person.open("/sign-out")
    await person.submit(person.form(to="sign-out"))
    await person.send(form.action, form.fields | {"decision": "allow"})
    assert person.left_for is None
    assert any(each.has("contact") for each in person.forms), "whoever is there has to sign in first"
