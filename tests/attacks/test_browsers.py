"""Cookies and pages of a browser that somebody else prepared, watches or frames."""

from pathlib import Path

import httpx
import pytest

from storage import embedded
from tests.clients.crowd import People
from tests.clients.house import House, open_house
from tests.clients.people import Person
from tests.clients.relying import registered

COOKIE = "ghar"


def flags(answer: httpx.Response) -> dict[str, set[str]]:
    """The attributes of the cookies that an answer sets."""
    set_cookies = [each.split(";") for each in answer.headers.get_list("set-cookie")]
    return {parts[0].partition("=")[0]: {part.strip().lower() for part in parts[1:]} for parts in set_cookies}


async def test_a_session_that_was_planted_before_the_sign_in_is_not_the_one_after_it(people: People) -> None:
    person, attacker = await people.stranger(), await people.stranger()
    person.http.cookies.set(COOKIE, "a-session-that-the-attacker-chose", domain="localhost.local", path="/")
    await person.signs_in()
    cookies = {cookie.value for cookie in person.http.cookies.jar if cookie.name == COOKIE}
    attacker.http.headers["cookie"] = f"{COOKIE}=a-session-that-the-attacker-chose"
    assert not (await attacker.http.get("/api/v1/me")).json()["signed_in"]
    assert cookies - {"a-session-that-the-attacker-chose"}


async def test_the_attackers_own_session_ends_where_somebody_signs_in_over_it(people: People) -> None:
    attacker = await people.member()
    planted = attacker.http.cookies[COOKIE]
    person = await people.stranger()
    person.http.cookies.set(COOKIE, planted, domain="localhost", path="/")
    await person.open("/sign-in/code")
    before = (await attacker.http.get("/api/v1/me")).json()
    await person.http.get("/sign-out")
    assert before["signed_in"]
    assert person.http.cookies.get(COOKIE) == planted


async def test_every_sign_in_has_a_cookie_of_its_own_and_signing_out_ends_it(people: People) -> None:
    person = await people.member()
    first = person.http.cookies[COOKIE]
    await person.open("/sign-out")
    await person.submit(person.form(to="sign-out"))
    await person.signs_in()
    second = person.http.cookies[COOKIE]
    assert first != second
    thief = await people.stranger()
    thief.http.headers["cookie"] = f"{COOKIE}={first}"
    assert not (await thief.http.get("/api/v1/me")).json()["signed_in"]


async def test_a_cookie_is_stored_as_a_hash(house: House, people: People) -> None:
    person = await people.member()
    value = person.http.cookies[COOKIE]
    rows = await house.query("select * from sessions where kind = 'web'")
    assert value not in repr(rows)


async def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(people: People) -> None:
    person = await people.stranger()
    answers = [await person.open("/sign-in")]
    form = person.form("contact")
    answers.append(await person.http.post(form.action, data=form.fields | {"contact": person.contact}))
    await person.open("/sign-in/code")
    form = person.form("code")
    answers.append(await person.http.post(form.action, data=form.fields | {"code": await person.code()}))
    seen = {name: said for answer in answers for name, said in flags(answer).items()}
    assert {"ghar", "ghar-form", "ghar-contact"} <= seen.keys()
    for said in seen.values():
        assert {"httponly", "samesite=lax", "path=/"} <= said
        assert not any(each.startswith("domain=") for each in said)


async def test_over_https_no_cookie_travels_in_the_clear_or_comes_from_another_host(
    server: embedded.Server, empty_template: str, tmp_path: Path
) -> None:
    async with open_house(server, empty_template, tmp_path, public_url="https://ghar.example") as house:
        answer = await house.http.get(f"{house.url}/sign-in")
        seen = flags(answer)
        assert seen
        for name, said in seen.items():
            assert name.startswith("__Host-")
            assert "secure" in said
        assert "max-age" in answer.headers["strict-transport-security"]
        metadata = (await house.http.get(f"{house.url}/.well-known/oauth-authorization-server")).json()
        assert {
            value for value in metadata.values() if isinstance(value, str) and "localhost" in value
        } == set()


PAGES = [
    "/",
    "/sign-in",
    "/sign-in?next=/account",
    "/sign-out",
    "/account",
    "/account/delete",
    "/outbox",
    "consent",
    "confirm",
]


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_can_be_framed_or_made_to_run_what_it_shows(
    house: House, people: People, path: str
) -> None:
    person: Person = await people.member()
    if path == "consent":
        hostile = "<img src=x onerror=alert(1)>\u202e{{7*7}}"
        party = await registered(house.url, house.http, client_name=hostile)
        answer = await person.open(party.authorization(house.user))
        assert "<img src=x" not in answer.text
        assert "49" not in answer.text.split("</h1>")[0].split("<h1>")[1]
    elif path == "confirm":
        await person.open("/account/delete")
        answer = await person.submit(person.form("csrf", to="delete"))
        assert person.at.startswith("/confirm/")
    else:
        answer = await person.open(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in {
        "strict-origin-when-cross-origin",
        "same-origin",
        "no-referrer",
    }


@pytest.mark.parametrize(
    "path", ["/sign-in", "/account", "consent", "/account/export", "/outbox", "/api/v1/me"]
)
async def test_nothing_of_a_person_is_kept_by_a_browser_or_a_proxy(
    house: House, people: People, path: str
) -> None:
    person = await people.member()
    if path == "consent":
        party = await registered(house.url, house.http)
        path = party.authorization(house.user)
    answer = await person.open(path)
    kept = answer.headers["cache-control"]
    assert "no-store" in kept or {"private", "max-age=0"} <= set(kept.split(", "))


@pytest.mark.parametrize("field", ["contact", "next", "code", "lang", "state", "name"])
async def test_what_somebody_typed_is_shown_as_text(house: House, people: People, field: str) -> None:
    hostile = "\"><script>alert(1)</script>'{{7*7}}"
    person = await people.member() if field == "name" else await people.stranger()
    if field == "name":
        await person.open("/account")
        await person.submit(person.form("name"), name=hostile)
    elif field == "code":
        await person.open("/sign-in")
        await person.submit(person.form("contact"), contact=person.contact)
        await person.submit(person.form("code"), code=hostile)
    elif field == "contact":
        await person.open("/sign-in")
        await person.submit(person.form("contact"), contact=hostile)
    else:
        await person.open("/sign-in?" + str(httpx.QueryParams({field: hostile})))
    assert "<script>alert" not in person.page.text
    assert ">49" not in person.page.text


async def test_no_cookie_of_ours_comes_with_an_answer_that_others_may_read(
    house: House, people: People
) -> None:
    person = await people.member()
    for path in ("/api/v1/properties", "/openapi.json", "/.well-known/jwks.json", "/assets/base.css"):
        answer = await person.http.get(path, headers={"origin": "https://app.example.com"})
        assert "set-cookie" not in answer.headers
        assert answer.headers.get("access-control-allow-credentials") != "true"
