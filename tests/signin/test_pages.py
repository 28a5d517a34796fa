"""The pages of signing in and out, as a browser without scripts uses them."""

import logging
import re
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router
from starlette.types import ASGIApp

from facade import problems
from servers.adapters.outbox import Outbox
from servers.app import Application
from servers.keys import Keys
from servers.middleware.headers import SecurityHeaders
from servers.signin.codes import OneTimeCodes
from servers.signin.outbox import OutboxPage
from servers.signin.pages import SignInPages
from servers.signin.pending import Pending
from servers.signin.websession import WebSessions
from storage.engine import Database
from tests.servers.applications import client_of, lifespan, settings
from tests.signin.forms import ask, enter, hidden, newest_code, sign_in

BASE = "http://localhost:3600"
KEYS = Keys(b"a secret of the tests")
PHONE = "98765 43210"
EMAIL = "asha@example.com"


@pytest.fixture
def app(database: Database) -> ASGIApp:
    return made(database)


def made(database: Database) -> ASGIApp:
    """The pages alone, with the headers that every answer gets."""
    outbox = Outbox()
    codes = OneTimeCodes(database, KEYS.of("codes"), mailer=outbox.mailer, sms=outbox.sms, host="localhost")
    sessions = WebSessions(database, KEYS, secure=False)
    pages = SignInPages(database, sessions, codes, Pending(KEYS, secure=False))
    routes = [*pages.routes(), *OutboxPage(outbox, KEYS, BASE).routes()]
    whole = ExceptionMiddleware(Router(routes), handlers=problems.handlers())
    return SecurityHeaders(whole, secure=False)


def browser(app: ASGIApp, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A browser of somebody's own, at this address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 9)), base_url=BASE)


@pytest.fixture
async def client(app: ASGIApp) -> AsyncGenerator[httpx.AsyncClient]:
    async with browser(app) as opened:
        yield opened


async def people(database: Database) -> list[str]:
    async with database.writing() as db:
        found = await db.execute(text("select coalesce(phone, email) from people order by id"))
        return list(found.scalars())


async def standing(database: Database) -> int:
    async with database.writing() as db:
        found = await db.execute(text("select count(*) from sessions where ended_at is null"))
        return found.scalar_one()


@pytest.mark.parametrize(("contact", "kept"), [(PHONE, "+919876543210"), ("Asha@Example.com", EMAIL)])
async def test_a_newcomer_signs_in_with_a_code(
    client: httpx.AsyncClient, database: Database, contact: str, kept: str
) -> None:
    asked = await ask(client, contact, next="/docs")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in/code?next=%2Fdocs")
    page = await client.get(asked.headers["location"])
    assert kept in page.text
    answer = await enter(client, await newest_code(client), next="/docs")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fdocs")
    arrived = await client.get(answer.headers["location"])
    assert '<meta http-equiv="refresh" content="0; url=/docs">' in arrived.text
    assert await people(database) == [kept]


async def test_a_page_that_is_loaded_again_sends_nothing_again(client: httpx.AsyncClient) -> None:
    await ask(client, PHONE)
    for _ in range(3):
        assert (await client.get("/sign-in/code")).status_code == 200
    assert (await client.get("/outbox")).text.count('class="mail"') == 1


async def test_a_new_code_can_be_asked_for_where_the_code_is_entered(client: httpx.AsyncClient) -> None:
    await ask(client, PHONE)
    page = await client.get("/sign-in/code")
    again = await client.post("/sign-in", data=hidden(page))
    assert again.status_code == 303
    assert (await client.get("/outbox")).text.count('class="mail"') == 2
    await client.post("/sign-in", data=hidden(page))
    refused = await client.post("/sign-in", data=hidden(page))
    assert refused.status_code == 429
    assert "Too many codes were sent to this phone or e-mail address. Try again in 15 min." in refused.text
    assert refused.headers["retry-after"].isdigit()
    assert 'name="code"' in refused.text, "the codes that were sent can still be entered"


async def test_a_wrong_code_is_said_beside_the_field(client: httpx.AsyncClient, database: Database) -> None:
    await ask(client, PHONE)
    code = await newest_code(client)
    answer = await enter(client, f"{(int(code) + 1) % 10**6:06}")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'aria-describedby="code-error code-hint"' in answer.text
    assert "<title>Error: Enter the code" in answer.text
    assert "ghar=" not in answer.headers.get("set-cookie", "")
    assert (await enter(client, code)).status_code == 303


@pytest.mark.parametrize("contact", ["", "Asha", "12345", "a@b", "98765\r\nBcc: x@example.com"])
async def test_what_is_no_contact_is_said_beside_the_field(client: httpx.AsyncClient, contact: str) -> None:
    answer = await ask(client, contact)
    assert answer.status_code == 422
    assert "This is neither a phone number nor an e-mail address." in answer.text


async def test_what_was_typed_comes_back_as_text(client: httpx.AsyncClient) -> None:
    answer = await ask(client, '"><script>alert(1)</script>')
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


async def test_nobody_reads_from_the_pages_who_is_known(app: ASGIApp, client: httpx.AsyncClient) -> None:
    """A known contact, a new one, and one for whom no code is waiting: the same pages, byte for byte."""
    await sign_in(client, "asha1@example.com")
    told: list[tuple[object, ...]] = []
    for contact in ("asha1@example.com", "asha2@example.com"):
        stranger = browser(app)
        asked = await ask(stranger, contact)
        page = await stranger.get("/sign-in/code")
        wrong = await enter(stranger, "x")
        told.append(
            tuple(
                (
                    each.status_code,
                    re.sub(r"asha\d|value=\"[^\"]*\"", "", each.text),
                    sorted(each.headers.keys()),
                )
                for each in (asked, page, wrong)
            )
        )
    assert told[0] == told[1]


async def test_a_sign_in_gives_a_new_secret_and_ends_the_one_before(
    client: httpx.AsyncClient, database: Database
) -> None:
    """Somebody who planted or saw a cookie before the sign-in has nothing after it."""
    client.cookies.set("ghar", "planted-by-somebody", domain="localhost.local")
    await sign_in(client, PHONE)
    first = client.cookies["ghar"]
    assert first != "planted-by-somebody"
    page = await client.get("/sign-in")
    await client.post("/sign-out", data=hidden(page))
    await sign_in(client, PHONE)
    assert client.cookies["ghar"] != first
    assert await standing(database) == 1


async def test_signing_in_as_somebody_else_ends_the_first_session(
    app: ASGIApp, client: httpx.AsyncClient, database: Database
) -> None:
    other = browser(app)
    await ask(client, PHONE)
    code = await newest_code(client)
    pending = await client.get("/sign-in/code")
    await sign_in(other, EMAIL)
    client.cookies.set("ghar", other.cookies["ghar"])
    answer = await client.post("/sign-in/code", data={**hidden(pending), "code": code})
    assert answer.status_code == 303
    assert await standing(database) == 1
    assert "You are signed in" not in (await other.get("/sign-in")).text


async def test_signing_out_ends_the_cookie_at_once(
    app: ASGIApp, client: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(client, PHONE)
    copied = browser(app)
    copied.cookies.set("ghar", client.cookies["ghar"])
    assert "You are signed in" in (await copied.get("/sign-in")).text
    answer = await client.post("/sign-out", data=hidden(await client.get("/sign-out")))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "ghar" not in client.cookies
    assert "You are signed in" not in (await copied.get("/sign-in")).text
    assert await standing(database) == 0


@pytest.mark.parametrize("token", [None, "", "x" * 43])
async def test_nobody_else_signs_a_person_out(
    client: httpx.AsyncClient, database: Database, token: str | None
) -> None:
    await sign_in(client, PHONE)
    answer = await client.post("/sign-out", data={"csrf": token} if token is not None else {})
    assert answer.status_code == 403
    assert await standing(database) == 1
    assert (await client.get("/sign-out")).status_code == 200


@pytest.mark.parametrize("step", ["/sign-in", "/sign-in/code"])
async def test_a_form_of_another_site_is_not_taken(
    app: ASGIApp, client: httpx.AsyncClient, database: Database, step: str
) -> None:
    """Else another site could sign a person in as somebody else, or have codes sent."""
    await ask(client, PHONE)
    code = await newest_code(client)
    other = hidden(await browser(app).get("/sign-in"))
    for token in ({}, {"token": ""}, {"token": other["token"]}):
        sent = {"contact": EMAIL} if step == "/sign-in" else {"code": code}
        answer = await client.post(step, data={**sent, **token})
        assert answer.status_code == 403
        assert "This page was open for too long" in answer.text
    assert (await client.get("/outbox")).text.count('class="mail"') == 1
    assert await people(database) == []


async def test_a_browser_without_the_first_step_has_no_second_one(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/sign-in/code?next=/docs"), await client.post("/sign-in/code")):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")
    client.cookies.set("ghar-contact", "KzkxOTg3NjU0MzIxMA==.00")
    assert (await client.get("/sign-in/code")).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil",
        "/a\r\nX: 1",
        "",
    ],
)
async def test_a_sign_in_leads_only_to_our_own_pages(client: httpx.AsyncClient, wanted: str) -> None:
    page = await client.get("/sign-in", params={"next": wanted})
    assert hidden(page)["next"] == "/"
    sent = {**hidden(page), "contact": PHONE, "next": wanted}
    assert (await client.post("/sign-in", data=sent)).headers["location"] == "/sign-in/code"
    pending = await client.get("/sign-in/code", params={"next": wanted})
    code = {**hidden(pending), "code": await newest_code(client), "next": wanted}
    answer = await client.post("/sign-in/code", data=code)
    assert answer.headers["location"] == "/sign-in?next=%2F"
    arrived = await client.get("/sign-in", params={"next": wanted})
    assert '<meta http-equiv="refresh" content="0; url=/">' in arrived.text
    out = await client.post("/sign-out", data={**hidden(arrived), "next": wanted})
    assert out.headers["location"] == "/"


async def test_our_pages_are_neither_framed_nor_stored_nor_scripted(client: httpx.AsyncClient) -> None:
    for path in ("/sign-in", "/outbox"):
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"


async def test_the_language_is_chosen_kept_and_spoken_in_the_message(client: httpx.AsyncClient) -> None:
    page = await client.get("/sign-in", params={"lang": "hi", "next": "/docs"})
    assert '<html lang="hi">' in page.text
    assert 'href="?lang=en&amp;next=%2Fdocs"' in page.text or 'href="?next=%2Fdocs&amp;lang=en"' in page.text
    await ask(client, PHONE)
    assert "आपका कोड है" in (await client.get("/outbox")).text
    assert (await client.get("/sign-in/code")).headers["content-language"] == "hi"
    refused = await ask(client, "Asha")
    assert "यह न फ़ोन नंबर है, न ई-मेल पता।" in refused.text


async def test_the_pages_do_not_write_who_signs_in_into_the_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "servers"):
        await sign_in(client, PHONE)
        code = await newest_code(client)
    assert "signed in" in caplog.text
    for kept in (code, "9876543210", client.cookies["ghar"]):
        assert kept not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "ghar.example"},
        {"host": "localhost.evil.example:3600"},
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
    ],
)
async def test_the_outbox_is_for_this_machine(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.get("/outbox")).status_code == 200
    assert (await client.get("/outbox", headers=headers)).status_code == 404


async def test_the_outbox_opens_from_elsewhere_with_its_key(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "servers.signin.outbox"):
        app = made(database)
    found = re.search(r"/outbox\?key=\w+", caplog.text)
    assert found is not None
    async with browser(app, address="192.0.2.1") as stranger:
        assert (await stranger.get("/outbox")).status_code == 404
        assert (await stranger.get(found[0] + "0")).status_code == 404
        assert (await stranger.get(found[0])).status_code == 200
        assert (await stranger.get(found[0], headers={"host": "ghar.example"})).status_code == 200


async def test_the_whole_application_has_the_pages(database_url: str, tmp_path: Path) -> None:
    async with client_of(Application(settings(database_url, tmp_path))) as client:
        answer = await sign_in(client, PHONE, next="/docs")
        assert "You are signed in" in (await client.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"contact=asha%40example.com&" + b"a=1&" * 30, "application/x-www-form-urlencoded"),
        (b"contact=%ff", "application/x-www-form-urlencoded"),
        (b"contact=\xff", "application/x-www-form-urlencoded"),
        (b'{"contact": "asha@example.com"}', "application/json"),
        (b"not even close", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="contact"; filename="a"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"", "text/plain"),
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/sign-out"])
async def test_what_is_no_form_of_ours_does_nothing(
    client: httpx.AsyncClient, database: Database, path: str, content: bytes, kind: str
) -> None:
    await ask(client, PHONE)
    answer = await client.post(path, content=content, headers={"content-type": kind})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_form"
    assert (await client.get("/outbox")).text.count('class="mail"') == 1
    assert await people(database) == []


def production(url: str, home: Path, **more: str) -> Application:
    given = {"secret": "0123456789abcdef0123456789abcdef", "public_url": "https://ghar.example"} | more
    return Application(settings(url, home, environment="production", migrate=True, **given))


async def test_production_has_no_outbox_and_says_what_it_cannot_send(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = production(database_url, tmp_path)
    async with lifespan(app), secure(app) as client:
        assert "Sign-in codes cannot go out by e-mail or text messages" in caplog.text
        assert (await client.get("/outbox")).status_code == 404
        for contact, said in (
            (EMAIL, "E-mail cannot be sent here."),
            (PHONE, "Text messages cannot be sent"),
        ):
            refused = await ask(client, contact)
            assert refused.status_code == 503
            assert said in refused.text


async def test_over_https_every_cookie_is_held_to_our_host(database_url: str, tmp_path: Path) -> None:
    app = production(database_url, tmp_path, reviewer_contact=PHONE, reviewer_code="87654321")
    async with lifespan(app), secure(app) as client:
        asked = await ask(client, PHONE)
        answer = await enter(client, "87654321")
        cookies = [asked.headers["set-cookie"], *answer.headers.get_list("set-cookie")]
        assert len(cookies) == 3
        for cookie in cookies:
            assert cookie.startswith("__Host-ghar")
            assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
        assert "You are signed in" in (await client.get("/sign-in")).text


def secure(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://ghar.example")
