"""The widget of what waits for a person, over real tickets: nothing is done but by the person's own yes."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.trust.mcp.assistants import Desk, seated
from tests.widgets.hosting import hosting
from tests.widgets.living import altered, stage

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Browser, Page

    from tests.clients.house import House
    from tests.widgets.living import Before, Stage

YES = "Yes, do this"
STRAY = """
new MutationObserver((_, observer) => {
  const button = [...document.querySelectorAll("button")].find((each) => each.textContent === "Yes, do this");
  if (!button) return;
  observer.disconnect();
  const end = performance.now() + 500;
  const press = () => {
    if (performance.now() > end) return void (button.dataset.tried = "1");
    button.focus();
    button.click();
    setTimeout(press, 10);
  };
  press();
}).observe(document, { subtree: true, childList: true });
"""
"""Whoever was pressing something else when the button came."""


@pytest.fixture
async def desk(house: House) -> Desk:
    return await seated(house)


def visit(
    browser: Browser, desk: Desk, before: Before | None = None, **more: str
) -> AbstractAsyncContextManager[Stage]:
    """The preview of a visit, which the host's user may confirm."""
    asked = desk.visit()["arguments"]
    return stage(browser, desk.house, desk.app, "confirm-action", "visit", asked, before=before, **more)


def deletion(browser: Browser, desk: Desk, lang: str = "en") -> AbstractAsyncContextManager[Stage]:
    """The preview of a deletion, which the person alone may confirm, on our page."""
    return stage(browser, desk.house, desk.app, "confirm-action", "deletion", {}, lang=lang)


async def elsewhere(desk: Desk, tool: str, **given: Any) -> dict[str, Any]:
    """A decision that is made outside of the widget, by the same app."""
    return await desk.wire().call(tool, desk.app, ticket=await desk.ticket(), **given)


async def test_a_yes_does_what_was_shown_once_and_tells_the_model(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk) as on:
        await expect(on.view.get_by_role("heading", name="A visit to “2 bhk flat")).to_be_visible()
        await expect(on.view.get_by_role("timer")).to_contain_text("min left")
        assert await desk.visits() == 0
        await on.view.get_by_role("button", name=YES).dblclick()
        await expect(on.view.get_by_text("You said yes, and this was done once.")).to_be_visible()
        await expect(on.view.locator(".standing-place")).to_be_focused()
        assert len(await on.calls("confirm_action")) == 1
        assert await on.told(1) == [
            f"The person confirmed request_visit (ticket {await desk.ticket()}), and it was done. "
            f"Its id is {await desk.value('select id from visits where person_id = $1')}."
        ]
        await expect(on.view.get_by_role("button")).to_have_count(0)
    assert await desk.visits() == 1


async def test_a_key_or_click_that_comes_too_soon_decides_nothing(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk, before=lambda page: page.add_init_script(STRAY)) as on:
        button = on.view.get_by_role("button", name=YES)
        await expect(button).to_have_attribute("data-tried", "1")
        await expect(button).to_be_enabled()
        assert await on.calls("confirm_action") == []
    assert await desk.visits() == 0


async def test_a_no_takes_the_reason_along(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk) as on:
        await on.press("No")
        why = on.view.get_by_role("textbox", name="Why not? You need not say.")
        await expect(why).to_be_focused()
        await on.page.keyboard.press("Escape")
        await expect(on.view.get_by_role("button", name="No", exact=True)).to_be_focused()
        assert await desk.outcomes() == [None]
        await on.press("No")
        await why.fill('Not on a "Tuesday" <b>')
        await on.press("Say no")
        await expect(on.view.get_by_text("Nothing was done. It has to be asked for anew")).to_be_visible()
        await expect(on.view.get_by_text('Not on a "Tuesday" <b>')).to_be_visible()
        assert json.dumps('Not on a "Tuesday" <b>') in (await on.told(1))[0]
    assert await desk.outcomes() == ["declined"]


async def test_what_the_person_alone_can_confirm_is_decided_on_our_page(browser: Browser, desk: Desk) -> None:
    async with deletion(browser, desk) as on:
        await expect(on.view.get_by_role("button", name=YES)).to_have_count(0)
        await on.press("Decide on our page")
        ticket = await desk.ticket()
        assert await on.host.happened("open", 1) == [f"{desk.house.url}/confirm/{ticket}"]
        await on.press("I have decided")
        await expect(on.view.get_by_text("It still waits: nothing has been decided yet.")).to_be_visible()
        await elsewhere(desk, "decline_action")
        await on.press("I have decided")
        await expect(on.view.get_by_text("You said no to this elsewhere.")).to_be_visible()
    assert await desk.outcomes() == ["declined"]


async def test_coming_back_from_our_page_shows_what_was_decided_there(browser: Browser, desk: Desk) -> None:
    async with deletion(browser, desk) as on:
        await on.press("Decide on our page")
        await expect(on.view.get_by_role("button", name="I have decided")).to_be_visible()
        await elsewhere(desk, "decline_action")
        await on.view.evaluate("dispatchEvent(new Event('focus'))")
        await expect(on.view.get_by_text("You said no to this elsewhere.")).to_be_visible()


async def test_what_was_decided_elsewhere_is_told_and_not_done_again(browser: Browser, desk: Desk) -> None:
    nonces: list[str] = []

    async def listen(page: Page) -> None:
        await altered(page, "request_visit", lambda told: nonces.append(told["_meta"]["360ghar.com/nonce"]))

    async with visit(browser, desk, before=listen) as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        await elsewhere(desk, "confirm_action", nonce=nonces[0])
        await on.press(YES)
        await expect(
            on.view.get_by_text("You said yes to this elsewhere, and it was done once.")
        ).to_be_visible()
        await expect(on.view.locator(".standing-place")).to_be_focused()
    assert await desk.visits() == 1


async def test_a_conversation_that_is_opened_again_shows_how_it_stands_now(
    browser: Browser, desk: Desk
) -> None:
    asked = desk.visit()
    shown_before = await desk.wire(capabilities={}).result("tools/call", asked, desk.app)
    await elsewhere(desk, "decline_action")

    def as_before(told: dict[str, Any]) -> None:
        told.clear()
        told.update(shown_before)

    async with visit(browser, desk, before=partial(altered, tool="request_visit", change=as_before)) as on:
        await expect(on.view.get_by_text("You said no to this elsewhere.")).to_be_visible()


async def test_a_refusal_is_its_sentence_and_it_still_waits(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk) as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        starts = desk.visit()["arguments"]["starts"]
        # Somebody else was quicker.
        await desk.house.query(
            "insert into visits (person_id, property_id, starts, ends) "
            "select min(id), 1, $1::timestamptz, $1::timestamptz + interval '30 minutes' "
            "from people where id <> $2",
            datetime.fromisoformat(starts),
            desk.person,
        )
        await on.press(YES)
        await expect(on.view.get_by_role("alert")).to_contain_text(
            "Somebody else is seeing this property then."
        )
        await expect(on.view.get_by_role("alert")).to_contain_text("it still waits for you")
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
    assert await desk.outcomes() == [None]


async def test_what_has_changed_is_void_and_can_be_asked_for_again(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk) as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        await desk.house.query("update properties set price = price + 1 where id = 1")
        await on.press(YES)
        await expect(on.view.get_by_text("Nothing was done here.")).to_be_visible()
        await on.press("Ask again")
        await expect(on.view.get_by_text("Asked in the chat.")).to_be_visible()
        (said,) = await on.host.happened("say", 1)
        assert said["role"] == "user"
        assert said["content"][0]["text"].startswith(
            "Please prepare this for me once more, as it is now: A visit to"
        )
    assert await desk.outcomes() == ["void"]
    assert await desk.visits() == 0


async def test_what_has_expired_is_not_done(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk) as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        await desk.house.query("update tickets set expires_at = now() where person_id = $1", desk.person)
        await on.press(YES)
        await expect(on.view.get_by_text("It waited too long, so nothing was done.")).to_be_visible()
        await expect(on.view.get_by_role("button")).to_have_text(["Ask again"])
    assert await desk.visits() == 0


async def test_the_clock_of_the_server_counts(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk, before=lambda page: page.clock.install()) as on:
        await on.page.clock.run_for(1_000)
        await expect(on.view.get_by_role("timer")).to_contain_text("min left")
        asked = len(await on.calls("action_status", 1))
        await on.page.clock.fast_forward("16:00")
        # For this device it is over; the server says that it still waits.
        await expect(on.view.get_by_text("It still waits: nothing has been decided yet.")).to_be_visible()
        assert len(await on.calls("action_status")) == asked + 1
        await expect(on.view.get_by_role("timer")).to_have_count(0)
        await on.press(YES)
        await expect(on.view.get_by_text("You said yes, and this was done once.")).to_be_visible()


async def test_an_answer_that_does_not_arrive_is_not_taken_for_a_no_or_a_yes(
    browser: Browser, desk: Desk
) -> None:
    async with visit(browser, desk, expected="Failed to load resource") as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        for tool in ("confirm_action", "action_status"):
            await on.cut_off(tool)
        await on.press(YES)
        await expect(on.view.get_by_role("alert")).to_contain_text(
            "it is not known yet whether this was done"
        )
        await on.page.unroute_all()
        await on.press("Look again")
        await expect(on.view.get_by_text("It still waits: nothing has been decided yet.")).to_be_visible()
        await on.press(YES)
        await expect(on.view.get_by_text("You said yes, and this was done once.")).to_be_visible()
    assert await desk.visits() == 1


async def test_without_its_nonce_it_leads_to_the_page(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk, host="stripping") as on:
        # The preview was kept from the widget: its words name the ticket, which is asked about again.
        await expect(on.view.get_by_role("heading", name="A visit to “2 bhk flat")).to_be_visible()
        assert {"ticket": await desk.ticket()} in await on.calls("action_status")
        await expect(on.view.get_by_role("button", name=YES)).to_have_count(0)
        await on.press("Decide on our page")
        assert await on.host.happened("open", 1) == [f"{desk.house.url}/confirm/{await desk.ticket()}"]


async def test_where_nothing_but_words_arrives_the_words_name_the_page(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk, host="stripping-all") as on:
        await expect(on.view.get_by_text(f"{desk.house.url}/confirm/{await desk.ticket()}")).to_be_visible()


async def test_a_nonce_of_something_else_confirms_nothing_and_leads_to_the_page(
    browser: Browser, desk: Desk
) -> None:
    def spoil(told: dict[str, Any]) -> None:
        told["_meta"]["360ghar.com/nonce"] = "A" * 32

    async with visit(browser, desk, before=partial(altered, tool="request_visit", change=spoil)) as on:
        await on.press(YES)
        await expect(on.view.get_by_role("button", name="Decide on our page")).to_be_focused()
        await expect(on.view.get_by_role("button", name=YES)).to_have_count(0)
    assert await desk.visits() == 0


async def test_a_sign_in_that_has_ended_is_asked_for(browser: Browser, desk: Desk) -> None:
    async with visit(browser, desk, expected="Failed to load resource") as on:
        await expect(on.view.get_by_role("button", name=YES)).to_be_enabled()
        await desk.house.query("update sessions set ended_at = now() where person_id = $1", desk.person)
        await on.press(YES)
        await expect(on.view.get_by_role("button", name="Sign in")).to_be_visible()
    assert await desk.visits() == 0


async def test_chatgpt_confirms_with_what_it_was_given_beside_the_answer(
    browser: Browser, desk: Desk
) -> None:
    async with visit(browser, desk, host="chatgpt") as on:
        await on.press(YES)
        await expect(on.view.get_by_text("You said yes, and this was done once.")).to_be_visible()
    assert await desk.visits() == 1


async def test_hindi_is_spoken_throughout(browser: Browser, desk: Desk) -> None:
    async with deletion(browser, desk, lang="hi") as on:
        await expect(
            on.view.get_by_role("heading", name="आपका खाता और उसमें रखा सब कुछ 30 दिन बाद मिटा दिया जाएगा।")
        ).to_be_visible()
        await on.press("नहीं")
        await on.press("मना करें")
        await expect(on.view.get_by_text("कुछ नहीं किया गया।")).to_be_visible()
        assert await on.view.evaluate("document.body.innerText.match(/[a-z]{3,}/gi)") is None


@pytest.mark.parametrize("case", ["awkward", "awkward-done"])
async def test_what_somebody_wrote_is_text(browser: Browser, desk: Desk, case: str) -> None:
    async with hosting(browser, desk.house) as host:
        view = await host.show("confirm-action", case=case, width="320")
        await expect(view.get_by_role("heading", name="<script>alert(2)</script>")).to_be_visible()
        assert await view.locator("main :is(script, img, iframe, a, b)").count() == 0
        assert await host.complaints() == []
