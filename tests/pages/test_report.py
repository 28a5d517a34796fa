"""The page on which somebody reports what should not be here, in a real browser."""

from playwright.async_api import Browser, expect

from tests.clients.crowd import People
from tests.clients.house import House
from tests.pages.asking import properties
from tests.pages.visits import EVERY_LOOK, barriers, newcomer, sign_in, visiting


async def test_a_home_is_reported_from_its_page_without_a_barrier(browser: Browser, house: House) -> None:
    (home, *_) = await properties(house)
    path = f"/report/property/{home}"
    at_its_home = (await house.http.get(f"{house.url}/h/x-{home}", follow_redirects=True)).text
    assert f'href="{path}"' in at_its_home
    for look in EVERY_LOOK[::3]:
        async with visiting(browser, f"{house.url}/", look) as page:
            await sign_in(page, house.url, newcomer(), path)
            await expect(page.get_by_role("radio")).to_have_count(8)
            assert await barriers(page) == []
            await page.get_by_role("radio").first.check()
            await page.get_by_role("textbox").fill("It was torn down.")
            await page.locator("form.form button").click()
            await expect(page.get_by_role("status")).to_be_visible()
            assert await barriers(page) == []
    told = await house.query("select reason, words from reports where target = $1", home)
    assert [tuple(each.values()) for each in told] == [("not_real", "It was torn down.")] * 2


async def test_what_was_sent_wrong_is_said_and_kept(browser: Browser, house: House) -> None:
    (home, *_) = await properties(house)
    async with visiting(browser, f"{house.url}/") as page:
        await sign_in(page, house.url, newcomer(), f"/report/property/{home}")
        await page.get_by_label("Something else").check()
        await page.get_by_role("button", name="Report it").click()
        await expect(page.get_by_role("alert")).to_have_text("Please say what it is.")
        await expect(page.get_by_label("Something else")).to_be_checked()
        assert await barriers(page) == []


async def test_there_is_a_page_for_what_can_be_reported_alone(house: House, people: People) -> None:
    person = await people.member()
    unknown = await person.http.get(f"{house.url}/report/person/1")
    assert unknown.status_code == 404
    fresh = await house.http.get(f"{house.url}/report/comment/1")
    assert (fresh.status_code, fresh.headers["location"]) == (303, "/sign-in?next=/report/comment/1")
