"""A page of another site in a real browser, whose visitor is signed in with us."""

from playwright.async_api import Browser

from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.relying import registered
from tests.clients.windows import site_of


def sending(action: str, **fields: str) -> str:
    """A page that sends a form as soon as it is opened."""
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    return f'<form method="post" action="{action}">{inputs}</form><script>document.forms[0].submit()</script>'


async def test_it_can_neither_act_for_the_visitor_nor_frame_our_pages_nor_read_them(
    house: House, people: People, browser: Browser
) -> None:
    person = await people.member()
    party = await registered(house.url, house.http)
    await person.open(party.authorization(house.user))
    consent = person.form(to="consent").fields
    context = await browser.new_context()
    await context.add_cookies(
        [
            {"name": cookie.name, "value": cookie.value or "", "url": house.url, "sameSite": "Lax"}
            for cookie in person.http.cookies.jar
        ]
    )
    page = await context.new_page()
    await page.goto(f"{house.url}/account")
    assert await page.locator("#profile").count() == 1, "the visitor is signed in"
    pages = {
        "delete": sending(f"{house.url}/account/delete"),
        "rename": sending(f"{house.url}/account/profile", name="Mallory", language="hi"),
        "sign-out": sending(f"{house.url}/sign-out"),
        # Even with a token that has leaked, the cookie stays behind.
        "allow": sending(f"{house.url}/consent", decision="allow", **consent),
        "frame": f'<iframe src="{house.url}{person.at}"></iframe><iframe src="{house.url}/account"></iframe>',
        "read": f"""<output></output><script>
        fetch("{house.url}/api/v1/me", {{credentials: "include"}}).then((answer) => answer.text(), () => "no")
          .then((text) => {{ document.querySelector("output").textContent = text; }});</script>""",
    }
    async with site_of(pages) as attacker:
        for name in ("delete", "rename", "sign-out", "allow"):
            await page.goto(f"{attacker}/{name}")
            await page.wait_for_url(lambda url: not url.startswith(attacker))
            await page.wait_for_load_state()
        await page.goto(f"{attacker}/frame", wait_until="load")
        framed = [await frame.content() for frame in page.frames[1:]]
        await page.goto(f"{attacker}/read")
        read = page.locator("output")
        await read.filter(has_text="no").wait_for()
        said = await read.inner_text()
        await page.goto(f"{house.url}/account")
        assert await page.locator("#profile").count() == 1, "the visitor is still signed in"
    await context.close()
    assert len(framed) == 2
    assert not any("csrf" in content for content in framed)
    assert person.contact[-4:] not in said
    rows = await house.query("select name, deletes_at from people where phone = $1", person.contact)
    assert [tuple(row.values()) for row in rows] == [(None, None)]
    for table in ("oauth_codes", "oauth_consents"):
        assert await house.query(f"select 1 from {table} where client_id = $1", party.id) == []
