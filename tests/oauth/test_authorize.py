"""`/authorize` and the consent page: what is asked, what is refused, and who may answer."""

import re
from typing import Any

import pytest

from tests.oauth.world import ADMIN, CALLBACK, HTML, URL, USER, World, told

pytestmark = pytest.mark.requirement("S3")
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": CHALLENGE + "="}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"resource": f"{URL}/other"}, "invalid_target"),
        ({"resource": "https://elsewhere.example/mcp"}, "invalid_target"),
        ({"resource": f"{USER}#fragment"}, "invalid_target"),
        ({"resource": URL}, "invalid_target"),
        ({"resource": [USER, ADMIN]}, "invalid_target"),
        ({"scope": "nothing:known"}, "invalid_scope"),
        ({"scope": 'quoted"scope'}, "invalid_scope"),
        ({"scope": "mcp:read", "resource": [USER, USER]}, "invalid_target"),
        ({"scope": ["mcp:read", "mcp:write"]}, "invalid_request"),
    ],
)
async def test_what_is_wrong_is_told_to_the_client_with_the_issuer(
    ghar: World, changed: dict[str, Any], error: str
) -> None:
    answer = await ghar.ask(await ghar.app(), **changed)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{CALLBACK}?")
    said = told(answer)
    assert (said["error"], said["iss"], said["state"]) == (error, URL, "a state")
    assert "code" not in said


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"client_id": ["a", "b"]},
        {"redirect_uri": "https://app.example/callback/"},
        {"redirect_uri": "https://APP.example/callback"},
        {"redirect_uri": "https://app.example:443/callback"},
        {"redirect_uri": "https://app.example/callback?x=1"},
        {"redirect_uri": "https://app.example/callback#x"},
        {"redirect_uri": "https://user@app.example/callback"},
        {"redirect_uri": "https://app.example.evil.example/callback"},
        {"redirect_uri": "http://app.example/callback"},
        {"redirect_uri": "https://app.example/%63allback"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": [CALLBACK, "https://evil.example/"]},
    ],
)
async def test_nothing_is_sent_to_an_address_that_is_not_the_clients(
    ghar: World, changed: dict[str, Any]
) -> None:
    answer = await ghar.ask(await ghar.app(), **changed)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert answer.json()["error"] in {"invalid_client", "invalid_request"}


async def test_a_browser_gets_a_page_that_says_so_in_its_language(ghar: World) -> None:
    app = await ghar.app()
    query = {"client_id": app.id, "redirect_uri": "https://evil.example/<script>"}
    for language, sentence in (("en", "has not registered"), ("hi", "दर्ज नहीं किया")):
        answer = await ghar.http.get("/authorize", params=query, headers=HTML | {"accept-language": language})
        assert answer.status_code == 400
        assert sentence in answer.text
        assert "<script" not in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("registered", "used", "accepted"),
    [
        ("http://127.0.0.1:1000/cb", "http://127.0.0.1:2000/cb", True),
        ("http://127.0.0.1/cb", "http://127.0.0.1:2000/cb", True),
        ("http://localhost:1000/cb", "http://localhost:2000/cb", True),
        ("http://[::1]:1000/cb", "http://[::1]:2000/cb", True),
        ("http://localhost:1000", "http://localhost:2000", True),
        ("http://127.0.0.1:1000/cb", "http://localhost:1000/cb", False),
        ("http://127.0.0.1:1000/cb", "http://127.0.0.1:2000/other", False),
        ("http://127.0.0.1:1000/cb", "http://127.0.0.1:2000/cb?x=1", False),
        ("http://127.0.0.1:1000/cb", "https://127.0.0.1:1000/cb", False),
        ("http://localhost:1000/cb", "http://localhost:1000@evil.example/cb", False),
        ("https://app.example/cb", "https://app.example:2000/cb", False),
        ("https://localhost/cb", "https://localhost:2000/cb", False),
    ],
)
async def test_of_a_loopback_address_the_port_alone_may_differ(
    ghar: World, registered: str, used: str, accepted: bool
) -> None:
    answer = await ghar.ask(await ghar.app(registered), redirect_uri=used)
    assert answer.status_code == (302 if accepted else 400)


async def test_an_address_may_be_left_out_where_there_is_only_one(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    code = await ghar.code(app, browser, redirect_uri=None)
    assert (await ghar.exchange(app, code, redirect_uri=None)).status_code == 200
    two = (await ghar.register(redirect_uris=[CALLBACK, "https://app.example/2"])).json()["client_id"]
    query = {"client_id": two, "response_type": "code"}
    assert (await ghar.http.get("/authorize", params=query)).status_code == 400


async def test_without_a_resource_the_user_server_is_meant(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser, resource=None)
    assert await ghar.works(tokens["access_token"]) == 200


@pytest.mark.parametrize("resource", [f"{USER}/", "HTTP://LOCALHOST:3600/mcp"])
async def test_a_resource_is_compared_as_an_address(ghar: World, resource: str) -> None:
    await ghar.waiting(await ghar.app(), resource=resource)


async def test_unknown_scopes_are_left_out_and_offline_access_is_ignored(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser, scope="openid mcp:read offline_access people:write")
    assert tokens["scope"] == "mcp:read"
    every = await ghar.tokens(app, browser, scope="offline_access")
    assert {"mcp:read", "mcp:write", "account:read"} <= set(every["scope"].split())
    assert "people:write" not in every["scope"]


async def test_the_registered_scope_is_what_a_client_gets_that_asks_for_none(ghar: World) -> None:
    app, browser = await ghar.app(scope="mcp:read account:read"), await ghar.browser()
    assert (await ghar.tokens(app, browser, scope=None))["scope"] == "mcp:read account:read"
    assert (await ghar.tokens(app, browser, scope="mcp:write"))["scope"] == "mcp:write"


async def test_consent_needs_a_sign_in_first_and_leads_back(ghar: World) -> None:
    page = await ghar.waiting(await ghar.app())
    answer = await ghar.http.get(page, headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fconsent%3Frequest%3D")


async def test_the_page_names_the_client_and_the_scopes_in_both_languages(ghar: World) -> None:
    app, browser = await ghar.app(client_name="Lantern <b>"), await ghar.browser(name="Asha Rao")
    page = await ghar.waiting(app, scope="mcp:read account:write")
    english = await ghar.http.get(page, headers=HTML | browser.cookie)
    for words in ("Lantern &lt;b&gt;", "app.example", "Not verified", "Change your account", "Asha Rao"):
        assert words in english.text
    hindi = await ghar.http.get(page, headers=HTML | browser.cookie | {"accept-language": "hi"})
    for words in ("अनुमति दें", "मना करें", "आपका खाता बदलना"):
        assert words in hindi.text
    assert "<script" not in english.text + hindi.text
    assert english.headers["x-frame-options"] == "DENY"
    assert english.headers["cache-control"] == "no-store"
    policy = english.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' https:;" in policy


async def test_who_denies_is_believed(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    said = told(await ghar.consent(browser, page, "deny"))
    assert (said["error"], said["iss"], said["state"]) == ("access_denied", URL, "a state")
    assert (await ghar.http.get(page, headers=HTML | browser.cookie)).status_code == 400


async def test_a_request_is_answered_once(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    shown = (await ghar.http.get(page, headers=HTML | browser.cookie)).text
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown)) | {"decision": "allow"}
    first = await ghar.http.post("/consent", data=form, headers=browser.cookie)
    again = await ghar.http.post("/consent", data=form, headers=browser.cookie)
    assert (first.status_code, again.status_code) == (303, 400)


async def test_a_request_belongs_to_whoever_opens_it_first(ghar: World) -> None:
    app, first, second = await ghar.app(), await ghar.browser(), await ghar.browser()
    page = await ghar.waiting(app)
    assert (await ghar.http.get(page, headers=HTML | first.cookie)).status_code == 200
    assert (await ghar.http.get(page, headers=HTML | second.cookie)).status_code == 400


@pytest.mark.parametrize("csrf", [None, "", "wrong", "of another"])
async def test_an_answer_needs_the_token_of_the_persons_own_page(ghar: World, csrf: str | None) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    if csrf == "of another":
        other = await ghar.browser()
        shown = await ghar.http.get(await ghar.waiting(app), headers=HTML | other.cookie)
        csrf = re.findall(r'name="csrf" value="([^"]+)"', shown.text)[0]
    await ghar.http.get(page, headers=HTML | browser.cookie)
    form = {"request": page.partition("=")[2], "decision": "allow", "csrf": csrf}
    answer = await ghar.post("/consent", form, **browser.cookie)
    assert answer.status_code == 403
    assert await ghar.sql("select 1 from oauth_codes where person_id = :id", id=browser.id) == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3601"])
async def test_an_answer_from_a_page_of_another_site_is_refused(ghar: World, origin: str) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    shown = await ghar.http.get(page, headers=HTML | browser.cookie)
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown.text)) | {"decision": "allow"}
    refused = await ghar.http.post("/consent", data=form, headers=browser.cookie | {"origin": origin})
    assert refused.status_code == 403
    own = await ghar.http.post("/consent", data=form, headers=browser.cookie | {"origin": URL})
    assert own.status_code == 303


async def test_without_a_session_nothing_is_allowed(ghar: World) -> None:
    page = await ghar.waiting(await ghar.app())
    form = {"request": page.partition("=")[2], "decision": "allow", "csrf": "x"}
    answer = await ghar.post("/consent", form)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?")


async def test_a_request_expires(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    await ghar.change("update oauth_requests set expires_at = now() where client_id = :id", id=app.id)
    assert (await ghar.http.get(page, headers=HTML | browser.cookie)).status_code == 400


async def test_a_member_is_refused_the_admin_server_with_a_clear_page(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser("member")
    page = await ghar.waiting(app, resource=ADMIN)
    shown = await ghar.http.get(page, headers=HTML | browser.cookie)
    assert "for our staff only" in shown.text
    assert 'value="allow"' not in shown.text
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown.text))
    forced = await ghar.post("/consent", form | {"decision": "allow"}, **browser.cookie)
    assert forced.status_code == 400
    said = told(await ghar.consent(browser, page, "deny"))
    assert said["error"] == "access_denied"


async def test_staff_are_not_granted_what_only_admins_can_use(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser("staff")
    tokens = await ghar.tokens(app, browser, resource=ADMIN, scope="platform:read people:write")
    assert tokens["scope"] == "platform:read"
    page = await ghar.waiting(app, resource=ADMIN, scope="people:write")
    shown = await ghar.http.get(page, headers=HTML | browser.cookie)
    assert "nothing that your account is able to do" in shown.text


async def test_a_form_is_accepted_as_well(ghar: World) -> None:
    app = await ghar.app()
    given = {"response_type": "code", "client_id": app.id, "code_challenge": app.challenge}
    answer = await ghar.post("/authorize", given | {"code_challenge_method": "S256"})
    assert answer.headers["location"].startswith("/consent?request=")
