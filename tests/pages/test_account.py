"""The account page, used as people use it: plain forms, without scripts."""

import json
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.pages.connecting import Connected, connect
from tests.pages.visits import (
    EVERY_LOOK,
    WITHOUT_SCRIPTS,
    Look,
    barriers,
    code_for,
    newcomer,
    sign_in,
    visiting,
)

FORMS = ("/account", "/account?done=profile", "/account/delete", "/outbox", "/sign-in", "/sign-out")


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


async def test_somebody_new_signs_in_with_a_code_and_is_asked_for_a_name(browser: Browser, url: str) -> None:
    phone = newcomer()
    async with visiting(browser, f"{url}/account", WITHOUT_SCRIPTS) as page:
        await expect(page).to_have_url(f"{url}/sign-in?next=/account")
        await page.get_by_label("Phone number or e-mail address").fill(phone.removeprefix("+91"))
        await page.get_by_role("button", name="Send the code").click()
        await expect(page.get_by_label("Code")).to_be_visible()
        await page.get_by_label("Code").fill(await code_for(url, phone))
        await page.get_by_role("button", name="Sign in").click()

        await expect(page).to_have_url(f"{url}/account")
        await expect(section(page, "Profile")).to_contain_text(phone)
        await page.get_by_label("Name").fill("Asha Rao")
        await page.get_by_role("button", name="Save profile").click()
        await expect(page.get_by_role("status")).to_have_text("Your profile was saved.")
        await expect(page.get_by_label("Name")).to_have_value("Asha Rao")


async def test_what_is_wrong_stands_beside_the_field_with_what_was_written(
    browser: Browser, url: str
) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.get_by_label("Name").fill("a" * 120)
        await page.get_by_role("button", name="Save profile").click()
        await expect(page.get_by_role("alert")).to_contain_text("Something was not filled in rightly.")
        name = page.get_by_label("Name")
        await expect(name).to_have_value("a" * 120)
        await expect(name).to_have_accessible_description(
            "What we call you. You can leave it empty. Write a name of at most 80 characters, on one line."
        )

        await page.get_by_label("Budget up to").fill("much")
        await page.get_by_label("Rent", exact=True).check()
        await page.get_by_role("button", name="Save preferences").click()
        await expect(page.get_by_text("Write an amount in rupees, in digits.")).to_be_visible()
        await expect(page.get_by_label("Budget up to")).to_have_value("much")
        await expect(page.get_by_label("Rent", exact=True)).to_be_checked()


async def test_preferences_are_kept_as_they_were_written(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.get_by_label("Rent", exact=True).check()
        await page.get_by_label("2 BHK").check()
        await page.get_by_label("3 BHK").check()
        await page.get_by_label("Budget up to").fill("₹ 45,000")
        await page.get_by_label("Places").fill("Sector 57,  DLF Phase 2,")
        await page.get_by_label("square yards").check()
        await page.get_by_role("button", name="Save preferences").click()

        await expect(page.get_by_role("status")).to_have_text("Your preferences were saved.")
        await expect(page.get_by_label("Rent", exact=True)).to_be_checked()
        await expect(page.get_by_label("3 BHK")).to_be_checked()
        await expect(page.get_by_label("4 BHK")).not_to_be_checked()
        await expect(page.get_by_label("Budget up to")).to_have_value("45,000")
        await expect(page.get_by_label("Places")).to_have_value("Sector 57, DLF Phase 2")
        await page.get_by_label("Any", exact=True).check()
        await page.get_by_label("Budget up to").fill("")
        await page.get_by_role("button", name="Save preferences").click()
        await expect(page.get_by_label("Any", exact=True)).to_be_checked()
        await expect(page.get_by_label("Budget up to")).to_have_value("")


async def test_the_language_of_the_profile_becomes_that_of_the_pages(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.get_by_label("हिन्दी").check()
        await page.get_by_role("button", name="Save profile").click()
        await expect(page.get_by_role("status")).to_have_text("आपकी प्रोफ़ाइल सहेज ली गई।")
        assert await page.locator("html").get_attribute("lang") == "hi"


async def test_another_browser_is_listed_and_signed_out_at_once(browser: Browser, url: str) -> None:
    phone = newcomer()
    async with (
        visiting(browser, url, WITHOUT_SCRIPTS) as here,
        visiting(browser, url, WITHOUT_SCRIPTS) as there,
    ):
        await sign_in(there, url, phone)
        await sign_in(here, url, phone)
        listed = section(here, "Where you are signed in").get_by_role("listitem")
        await expect(listed).to_have_count(2)
        await expect(listed.first).to_contain_text("This browser")
        await listed.last.get_by_role("button").click()
        await expect(here.get_by_role("status")).to_have_text("That sign-in has ended.")
        await expect(listed).to_have_count(1)

        await there.goto(f"{url}/account")
        await expect(there).to_have_url(f"{url}/sign-in?next=/account")


async def test_everywhere_else_is_signed_out_together(browser: Browser, url: str) -> None:
    phone = newcomer()
    async with (
        visiting(browser, url, WITHOUT_SCRIPTS) as here,
        visiting(browser, url, WITHOUT_SCRIPTS) as there,
    ):
        await sign_in(there, url, phone)
        await sign_in(here, url, phone)
        await here.get_by_role("button", name="Sign out everywhere else").click()
        await expect(here.get_by_role("status")).to_have_text("You are signed out everywhere else.")
        await there.goto(f"{url}/account")
        await expect(there).to_have_url(f"{url}/sign-in?next=/account")


async def test_what_an_app_was_allowed_is_listed_in_words_and_taken_back(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        app = await connect(page, url, "Ghar Helper")
        assert await may_ask(url, app)

        await page.goto(f"{url}/account")
        listed = section(page, "Apps that may act for you").get_by_role("listitem").first
        await expect(listed.get_by_role("heading")).to_have_text("Ghar Helper")
        await expect(listed).to_contain_text("See what you can see in 360 Ghar, signed in as you")
        await page.get_by_role("button", name="Withdraw: Ghar Helper").click()
        await expect(page.get_by_role("status")).to_have_text("The permission was withdrawn.")
        await expect(section(page, "Apps that may act for you")).to_contain_text(
            "You have not allowed any app"
        )
        assert not await may_ask(url, app)


async def may_ask(url: str, app: Connected) -> bool:
    """Whether the app's token is still good for its person's own matters."""
    async with httpx.AsyncClient(base_url=url) as client:
        answer = await client.get("/api/v1/me/sessions", headers={"Authorization": f"Bearer {app.token}"})
    assert answer.status_code in (200, 401), answer.text
    return answer.status_code == 200


async def test_everything_that_is_kept_can_be_downloaded(browser: Browser, url: str, tmp_path: Path) -> None:
    phone = newcomer()
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, phone)
        async with page.expect_download() as downloading:
            await page.get_by_role("link", name="Download my data").click()
        file = await downloading.value
        await file.save_as(tmp_path / "data.json")

    assert file.suggested_filename == "360-ghar-my-data.json"
    tables = {
        each["name"]: each["rows"] for each in json.loads((tmp_path / "data.json").read_text())["tables"]
    }
    assert tables["people"][0]["phone"] == phone
    assert len(tables["sessions"]) == 1


async def test_deleting_is_explained_confirmed_and_can_be_taken_back(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.get_by_role("link", name="Delete my account").click()
        await expect(page.get_by_text("Everything works as before for 30 days.")).to_be_visible()
        await page.get_by_role("button", name="Delete my account").click()

        await expect(page.get_by_role("heading", level=1)).to_have_text("Do you want this?")
        asked = page.url
        await page.goto(f"{url}/account")
        await expect(section(page, "You are leaving")).to_have_count(0)
        waiting = section(page, "Waiting for you").get_by_role("listitem")
        await expect(waiting).to_contain_text("Your account and everything in it will be erased")
        await waiting.get_by_role("link", name="Look and decide").click()
        await expect(page).to_have_url(asked)
        await page.get_by_role("button", name="Yes, do this").click()

        await expect(page.get_by_role("heading", level=1)).to_have_text("Done")
        await page.get_by_role("link", name="To your account").click()
        await expect(section(page, "Waiting for you")).to_have_count(0)
        await expect(page.get_by_role("link", name="Delete my account")).to_have_count(0)
        await page.get_by_role("button", name="Keep my account").click()
        await expect(page.get_by_role("status")).to_have_text("Your account stays.")
        await expect(section(page, "You are leaving")).to_have_count(0)


async def test_what_was_done_is_listed_and_taken_back(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        done = section(page, "What was done lately")
        await expect(done).to_contain_text("Nothing yet.")
        await page.get_by_label("Name").fill("Asha")
        await page.get_by_role("button", name="Save profile").click()
        await expect(done.get_by_role("listitem")).to_have_count(1)
        await page.get_by_label("Name").fill("Asha Rao")
        await page.get_by_role("button", name="Save profile").click()
        await expect(done.get_by_role("listitem")).to_have_count(2)
        await expect(done.get_by_role("listitem").first).to_contain_text("Update profile")

        await done.get_by_role("listitem").last.get_by_role("button", name="Take back").click()
        await expect(page.get_by_role("alert")).to_contain_text("something that was done later depends on it")
        await done.get_by_role("listitem").first.get_by_role("button", name="Take back").click()
        await expect(page.get_by_role("status")).to_have_text("That was taken back.")
        await expect(page.get_by_label("Name")).to_have_value("Asha")
        await expect(done.get_by_text("Taken back", exact=True)).to_have_count(1)

        async with page.expect_download() as downloading:
            await page.get_by_role("link", name="Download all of it").click()
        assert (await downloading.value).suggested_filename == "360-ghar-activity.csv"


async def test_a_form_that_is_not_from_this_page_changes_nothing(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        forged = await page.request.post(f"{url}/account/delete", form={"csrf": "guessed"}, max_redirects=0)
        assert forged.status == 403
        assert "nothing was changed" in await forged.text()
        await page.reload()
        await expect(page.get_by_role("link", name="Delete my account")).to_be_visible()


async def test_signing_out_leaves_nothing_behind(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await expect(page).to_have_url(f"{url}/")
        assert [each for each in await page.context.cookies() if each.get("name") == "ghar"] == []
        await page.goto(f"{url}/account")
        await expect(page).to_have_url(f"{url}/sign-in?next=/account")


async def test_nothing_of_an_account_is_kept_by_caches(browser: Browser, url: str) -> None:
    async with visiting(browser, url, WITHOUT_SCRIPTS) as page:
        await sign_in(page, url, newcomer())
        for path in ("/account", "/account/delete", "/account/export", "/session"):
            answer = await page.request.get(f"{url}{path}")
            assert (answer.status, answer.headers["cache-control"]) == (200, "no-store"), path


# Fifteen pages one after the other, each looked through whole, on a machine that may be busy.
@pytest.mark.timeout(240)
@pytest.mark.parametrize("look", EVERY_LOOK, ids=str)
async def test_every_page_of_forms_fits_and_has_no_barriers(browser: Browser, url: str, look: Look) -> None:
    phone = newcomer()
    async with visiting(browser, f"{url}/sign-in?next=/account", look) as page:
        assert await barriers(page) == []
        await page.locator("#contact").fill("nobody")
        await page.keyboard.press("Enter")
        await expect(page.locator("#contact-error")).to_be_visible()
        assert await barriers(page) == []
        await page.locator("#contact").fill(phone)
        await page.keyboard.press("Enter")
        await page.locator("#code").fill("000000")
        await page.keyboard.press("Enter")
        await expect(page.locator("#code-error")).to_be_visible()
        assert await barriers(page) == []
        await sign_in(page, url, phone)
        await connect(page, url, "Ghar Helper", seen=no_barriers)
        for path in (
            "/account",
            "/account?done=profile",
            "/account/delete",
            "/outbox",
            "/sign-in",
            "/sign-out",
        ):
            await page.goto(f"{url}{path}")
            assert await barriers(page) == [], path
        await page.locator("#content form[action='/sign-out'] button").click()


async def no_barriers(page: Page) -> None:
    assert await barriers(page) == []
