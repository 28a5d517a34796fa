"""Tokens of one server at the other, and requests that try to blur which one they are for."""

from urllib.parse import quote

import pytest

from tests.clients.crowd import People
from tests.clients.flows import again, call, granted
from tests.clients.house import House
from tests.clients.people import Person
from tests.clients.relying import registered, tokens

STAFFS_TOOL = "database_status"


async def test_a_token_of_the_user_server_is_refused_by_the_admin_server_even_from_an_admin(
    house: House, people: People
) -> None:
    admin = await people.staff("admin")
    _, mine = await granted(house, admin, house.user)
    assert (await call(house, house.user, mine.bearer)).status_code == 200
    answer = await call(house, house.admin, mine.bearer, STAFFS_TOOL)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert f"{house.url}/.well-known/oauth-protected-resource/mcp-admin" in answer.headers["www-authenticate"]


async def test_a_token_of_the_admin_server_is_refused_by_the_user_server(
    house: House, people: People
) -> None:
    admin = await people.staff("admin")
    _, mine = await granted(house, admin, house.admin)
    assert (await call(house, house.admin, mine.bearer, STAFFS_TOOL)).status_code in {200, 403}
    for tool in ("who_am_i", "list_amenities"):
        answer = await call(house, house.user, mine.bearer, tool)
        assert (answer.status_code, 'error="invalid_token"' in answer.headers["www-authenticate"]) == (
            401,
            True,
        )


async def test_a_member_gets_no_token_for_the_admin_server(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    await person.open(party.authorization(house.admin))
    form = person.form(to="consent")
    assert [button.value for button in form.buttons] == ["deny"]
    await person.send(form.action, form.fields | {"decision": "allow"})
    assert person.left_for is None
    await person.open(party.authorization(house.admin))
    await person.submit(person.form(to="consent"), "deny")
    assert person.told["error"] == "access_denied"
    assert "code" not in person.told


async def test_a_member_who_asks_for_admin_scopes_gets_none_of_them(house: House, people: People) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    mine = await again(party, person, house.user, scope="mcp:read platform:read admin *")
    assert mine.scope == {"mcp:read"}
    answer = await call(house, house.user, mine.bearer, STAFFS_TOOL)
    assert "live_properties" not in answer.text


NOT_OURS = [
    "{url}/mcp/",
    "{url}//mcp",
    "{url}/MCP",
    "{url}/mcp?x=1",
    "{url}/mcp#x",
    "{url}/mcp%20",
    "{url}/mcp/../mcp-admin",
    "{url}/mcp-admin/../mcp",
    "{url}/mcp,{url}/mcp-admin",
    "{url}/mcp {url}/mcp-admin",
    "{url}",
    "{url}/",
    "{url}/api/v1",
    "{url}.attacker.example/mcp",
    "https://attacker.example/mcp",
    "http://user@localhost/mcp",
    "/mcp",
    "mcp",
    "*",
    "null",
    "javascript:alert(1)",
]
"""Addresses that are not, letter for letter, one of our two servers."""


@pytest.mark.parametrize("resource", NOT_OURS)
async def test_an_address_that_only_resembles_a_server_names_no_other_server(
    house: House, people: People, resource: str
) -> None:
    """Either it is refused, or it means the user server: never the admin server, and never both."""
    admin = await people.staff("admin")
    party = await registered(house.url, house.http)
    asked = party.authorization(resource.replace("{url}", house.url))
    await person_decides(admin, asked)
    if admin.left_for is None:
        assert admin.page.status_code == 400
        return
    if "error" in admin.told:
        assert admin.told["error"] == "invalid_target"
        return
    mine = tokens(await party.exchange(admin.told["code"]))
    assert (await call(house, house.admin, mine.bearer, STAFFS_TOOL)).status_code == 401
    assert (await call(house, house.user, mine.bearer)).status_code == 200


async def person_decides(person: Person, asked: str) -> None:
    await person.open(asked)
    if person.left_for is None and person.page.status_code == 200:
        await person.submit(person.form(to="consent"), "allow")


@pytest.mark.parametrize("order", [("user", "admin"), ("admin", "user"), ("user", "user")])
async def test_two_resources_in_one_request_are_refused(
    house: House, people: People, order: tuple[str, str]
) -> None:
    admin = await people.staff("admin")
    party = await registered(house.url, house.http)
    first, second = (house.user if each == "user" else house.admin for each in order)
    await admin.open(f"{party.authorization(first)}&resource={quote(second, safe='')}")
    assert admin.left_for is None or "code" not in admin.told


async def test_a_code_for_one_server_is_not_exchanged_for_a_token_of_the_other(
    house: House, people: People
) -> None:
    admin = await people.staff("admin")
    party = await registered(house.url, house.http)
    told = await admin.allows(party.authorization(house.user))
    answer = await party.exchange(told["code"], house.admin)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_target")
    mine = tokens(await party.exchange(told["code"], house.user))
    refreshed = await party.refresh(mine.refresh, resource=house.admin)
    assert (refreshed.status_code, refreshed.json()["error"]) == (400, "invalid_target")
    renewed = tokens(await party.refresh(mine.refresh, resource=house.user))
    assert (await call(house, house.admin, renewed.bearer, STAFFS_TOOL)).status_code == 401


async def test_a_demoted_admin_keeps_nothing_of_the_admin_server(house: House, people: People) -> None:
    admin = await people.staff("staff")
    party, mine = await granted(house, admin, house.admin)
    assert (await call(house, house.admin, mine.bearer, "list_tools")).status_code != 401
    await house.query("update people set role = 'member' where phone = $1", admin.contact)
    answer = await call(house, house.admin, mine.bearer, STAFFS_TOOL)
    assert answer.status_code == 403
    refreshed = await party.refresh(mine.refresh)
    if refreshed.status_code == 200:
        again = await call(house, house.admin, tokens(refreshed).bearer, STAFFS_TOOL)
        assert again.status_code == 403


async def test_consent_to_one_server_is_no_consent_to_the_other(house: House, people: People) -> None:
    admin = await people.staff("admin")
    party = await registered(house.url, house.http, redirect_uris=["https://app.example.com/callback"])
    await admin.allows(party.authorization(house.user))
    await admin.open(party.authorization(house.user))
    assert admin.left_for is not None, "a remembered consent asks nothing again"
    await admin.open(party.authorization(house.admin))
    assert admin.left_for is None
    assert admin.form(to="consent").buttons
