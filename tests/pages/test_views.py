"""Views on the first page: what a frame gets to know, what it can have done, and what it cannot."""

import json
from typing import Any

from playwright.async_api import Browser, Page, Request, expect

from tests.pages.asking import slot
from tests.pages.probing import asked, called, found, heard, planted
from tests.pages.test_page import QUESTION, ask, settled
from tests.pages.visits import AT_A_DESK, Look, newcomer, sign_in, visiting

LIST = "property-list"
KEY = "360ghar.com/idempotency-key"


def said(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}]}


async def test_a_view_gets_the_answer_and_its_surroundings(browser: Browser, url: str) -> None:
    async with visiting(browser, url, Look(AT_A_DESK.viewport, "dark")) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        context = await probe.evaluate("agreed.hostContext")
        assert (context["theme"], context["locale"], context["displayMode"]) == ("dark", "en-IN", "inline")
        assert context["timeZone"]
        assert context["toolInfo"]["tool"]["name"] == "search_properties"
        assert context["360ghar.com/sign-in"] == f"{url}/sign-in?next=%2F"
        assert await heard(probe, "ui/notifications/tool-input") == [{"arguments": {"words": QUESTION}}]
        (result,) = await heard(probe, "ui/notifications/tool-result")
        assert len(result["structuredContent"]["items"]) == 2

        await page.emulate_media(color_scheme="light")
        await probe.wait_for_function("heard.at(-1).params.theme === 'light'")
        await page.get_by_role("button", name="हिन्दी").click()
        await probe.wait_for_function("heard.at(-1).params.locale === 'hi-IN'")
        changes = await heard(probe, "ui/notifications/host-context-changed")
        assert {name: value for change in changes for name, value in change.items()} == {
            "theme": "light",
            "locale": "hi-IN",
        }
        await expect(page.get_by_title("संपत्तियाँ")).to_be_visible()


async def test_a_view_may_call_what_it_declares_and_nothing_else(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))

        found_some = await called(probe, "search_properties", words="2 bhk", bedrooms=[2, 3], purpose=None)
        assert {item["bedrooms"] for item in found_some["structuredContent"]["items"]} == {2, 3}
        one = await called(probe, "get_property", id=found_some["structuredContent"]["items"][0]["id"])
        assert "price" in one["structuredContent"]
        none = await called(probe, "get_property", id=999_999)
        assert (none["isError"], none["_meta"]["error"]["code"]) == (True, "no_such_property")
        assert none["content"][0]["text"]

        before = len(requests)
        for tool in ("who_am_i", "sign_out_everywhere", "no_such_tool", "__proto__"):
            refused = await called(probe, tool)
            assert (refused["isError"], refused["_meta"]["error"]["code"]) == (True, "no_such_tool")
        assert len(requests) == before


async def test_a_write_of_a_view_is_the_persons_and_is_done_once(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        (result,) = await heard(probe, "ui/notifications/tool-result")
        home = result["structuredContent"]["items"][0]["id"]
        refused = await called(probe, "shortlist_property", property_id=home)
        assert (refused["isError"], refused["_meta"]["error"]["code"]) == (True, "sign_in_required")

        other = await page.context.new_page()
        await sign_in(other, url, newcomer())
        answers = [await called(probe, "shortlist_property", {KEY: "one"}, property_id=home) for _ in "ab"]
        assert answers[0]["structuredContent"]["changed"] is True
        assert answers[0] == answers[1]
        preview = await called(probe, "request_visit", property_id=home, starts=slot())
        assert preview["structuredContent"]["confirm_url"].startswith(f"{url}/confirm/")
        assert "देखने का समय" in preview["_meta"]["360ghar.com/hindi"]["what"]
        forced = await called(
            probe, "confirm_action", ticket=preview["structuredContent"]["ticket"], nonce="guessed"
        )
        assert (forced["isError"], forced["_meta"]["error"]["code"]) == (True, "not_confirmable")


async def test_a_server_that_is_gone_is_an_error_of_the_call(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        await page.route("**/api/v1/properties*", lambda route: route.abort())
        assert "error" in await called(probe, "search_properties", words="2 bhk")


async def test_what_was_done_in_a_view_is_told_with_the_next_question_and_once(
    browser: Browser, url: str
) -> None:
    sent: list[list[dict[str, Any]]] = []

    def remember(request: Request) -> None:
        if request.url.endswith("/api/v1/chat"):
            sent.append(json.loads(request.post_data or "")["messages"][-1]["parts"])

    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        for number in range(12):
            await asked(probe, "ui/update-model-context", **said(f"Looked at {number}." + "x" * 400))
        page.on("request", remember)
        await asked(probe, "ui/message", role="user", **said("2 bhk in sector 57"))
        await expect(page.locator("#talk > .asked").last).to_contain_text("2 bhk in sector 57")
        await expect(page.locator("#talk > .asked")).to_have_count(2)
        await settled(page)
        await ask(page, "3 bhk in sector 57")
    told = [[part["data"] for part in parts if part["type"] == "data-did"] for parts in sent]
    assert [sentence.partition(".")[0] for sentence in told[0][0]] == [f"Looked at {n}" for n in range(2, 12)]
    assert max(map(len, told[0][0])) == 300
    assert told[1] == []


async def test_a_question_of_a_view_waits_for_the_answer_that_is_written(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        wishes = ["2 bhk in sector 57", "3 bhk in sector 57", "plot in sector 57", "shop", "office", " "]
        answers = await probe.evaluate(
            "(wishes) => Promise.all(wishes.map((text) =>"
            " ask('ui/message', { role: 'user', content: [{ type: 'text', text }] })))",
            wishes,
        )
        assert [answer.get("isError", False) for answer in answers] == [False] * 4 + [True, True]
        await expect(page.locator("#talk > .asked")).to_have_count(5)
        await expect(page.locator("#talk > .answer .words")).to_have_count(5)
        await settled(page)


async def test_a_view_opens_our_pages_and_others_only_when_the_person_agrees(
    browser: Browser, url: str
) -> None:
    elsewhere = "https://somewhere.example/a?b=<i>"
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        for bad in (
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@b.example",
            "http://",
        ):
            assert await asked(probe, "ui/open-link", url=bad) == {"isError": True}
        async with page.context.expect_page() as opened:
            assert not (await asked(probe, "ui/open-link", url="/docs")).get("isError")
        await (await opened.value).close()

        await probe.evaluate("(url) => { window.went = ask('ui/open-link', { url }) }", elsewhere)
        dialog = page.get_by_role("dialog", name="Open this page?")
        await expect(dialog).to_contain_text("https://somewhere.example/a?b=%3Ci%3E")
        link = dialog.get_by_role("link", name="Open")
        assert await link.get_attribute("rel") == "noopener noreferrer"
        await page.keyboard.press("Enter")
        await expect(dialog).to_have_count(0)
        assert await probe.evaluate("went") == {"isError": True}


async def test_a_view_on_the_whole_page_is_a_dialog_and_does_not_start_anew(
    browser: Browser, url: str
) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        await probe.evaluate("window.mark = 1")
        assert await asked(probe, "ui/request-display-mode", mode="fullscreen") == {"mode": "fullscreen"}
        dialog = page.get_by_role("dialog", name="Properties")
        await expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        box = await dialog.bounding_box()
        assert box == {"x": 0, "y": 0, **AT_A_DESK.viewport}
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('.view, body').className") != "talking"
        await dialog.get_by_role("button", name="Close").focus()
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(page.get_by_label("Your question")).to_be_enabled()
        await page.get_by_label("Your question").click()
        await probe.wait_for_function("heard.at(-1).params.displayMode === 'inline'")
        assert await probe.evaluate("window.mark") == 1
        assert await asked(probe, "ui/request-display-mode", mode="pip") == {"mode": "inline"}


async def test_a_view_is_as_tall_as_its_content_within_reason(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        frame = page.locator(".view iframe")
        for height, shown in ((333, "333px"), (100_000, "2600px"), (120, "120px")):
            await probe.evaluate("(height) => tell('ui/notifications/size-changed', { height })", height)
            await expect(frame).to_have_css("height", shown)


async def test_old_views_give_their_memory_back_and_can_be_shown_again(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        for number in range(7):
            await ask(page, f"2 bhk in sector 57 under {40 + number}k")
            await found(page, LIST)
        frames = page.locator(".view iframe")
        await expect(frames).to_have_count(6)
        await page.get_by_role("button", name="Show again: Properties").click()
        await expect(page.locator(".view").first.locator("iframe")).to_be_visible()
        await expect(frames).to_have_count(6)
        await expect(page.get_by_role("button", name="Show again: Properties")).to_have_count(1)


async def test_without_views_the_answer_stands_in_words(browser: Browser, url: str) -> None:
    context = await browser.new_context(locale="en-IN")
    page = await context.new_page()
    await page.route("**/assets/widgets.js", lambda route: route.abort())
    await page.goto(url)
    await ask(page, QUESTION)
    await expect(page.locator(".words")).to_contain_text("I found 2 properties")
    await expect(page.locator(".view p")).to_have_count(2)
    await expect(page.locator(".view")).to_contain_text("₹35,000/month")
    await expect(page.locator("iframe")).to_have_count(0)
    await context.close()


async def test_other_windows_are_not_taken_for_a_view(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await planted(page, LIST)
        await ask(page, QUESTION)
        probe = await found(page, LIST)
        await page.evaluate(
            "postMessage({ jsonrpc: '2.0', id: 'x', method: 'ui/message',"
            " params: { role: 'user', content: [{ type: 'text', text: 'plot' }] } }, '*')"
        )
        await probe.evaluate("parent.postMessage(null, '*'); parent.postMessage('x', '*')")
        assert await asked(probe, "ping") == {}
        await expect(page.locator("#talk > .asked")).to_have_count(1)


async def reached(page: Page) -> list[str]:
    """Everything that the page has asked for."""
    return await page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")


async def test_the_script_of_views_is_fetched_when_it_is_first_needed(browser: Browser, url: str) -> None:
    async with visiting(browser, url) as page:
        await page.wait_for_load_state("networkidle")
        assert not [name for name in await reached(page) if "widgets" in name]
        await ask(page, QUESTION)
        await expect(page.locator(".view iframe")).to_be_visible()
        assert f"{url}/assets/widgets.js" in await reached(page)
