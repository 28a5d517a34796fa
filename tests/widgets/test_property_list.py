"""The list of properties: searched again in many ways, its cards kept, compared and opened."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import Hosted, hosting
from tests.widgets.listing import (
    LIST,
    SEARCH,
    WORDS,
    answer,
    answering,
    asked,
    button,
    card,
    cards,
    pan,
    refusal,
    release,
    still,
    told,
)

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.clients.house import House


@pytest.fixture
async def hosted(browser: Browser, house: House) -> AsyncGenerator[Hosted]:
    async with hosting(browser, house) as opened:
        await still(opened)
        yield opened
        assert await opened.complaints() == []


async def test_what_was_understood_stands_as_chips_that_can_be_taken_off(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(view.get_by_role("heading", level=1)).to_have_text("12+ properties")
    await button(view, "Take off: 2 BHK").click()
    assert await asked(hosted, 1) == {**WORDS, "ignore": ["bedrooms"]}
    await expect(view.get_by_role("status").get_by_text("12 or more properties found.")).to_be_attached()
    assert "they see properties 3107" in (await told(hosted, 1))[-1]
    await button(view, "Take off: near Golf Course Road").click()
    assert (await asked(hosted, 2))["ignore"] == ["bedrooms", "near", "radius"]


@pytest.mark.parametrize(("host", "recovered"), [("chatgpt", 0), ("stripping", 1)])
async def test_other_hosts_search_as_well(hosted: Hosted, host: str, recovered: int) -> None:
    view = await hosted.show(LIST, host=host)
    await button(view, "Take off: 2 BHK").click()
    assert await asked(hosted, 1 + recovered) == {**WORDS, "ignore": ["bedrooms"]}
    await expect(cards(view)).to_have_count(12)


async def test_the_area_that_is_seen_is_searched_in_place_of_the_places_that_were_named(
    hosted: Hosted,
) -> None:
    view = await hosted.show(LIST)
    await expect(button(view, "Search this area")).to_have_count(0)
    await pan(view, hosted)
    await button(view, "Search this area").click()
    given = await asked(hosted, 1)
    west, south, east, north = given.pop("box")
    assert west < east
    assert south < north
    assert set(given.pop("ignore")) == {"near", "locality", "sector", "society", "radius"}
    assert given == WORDS
    await expect(button(view, "Search this area")).to_have_count(0)
    await button(view, "Take off: in the area on the map").click()
    assert await asked(hosted, 2) == WORDS


async def test_an_area_cannot_be_sorted_by_what_is_nearest_so_it_is_not(hosted: Hosted) -> None:
    view = await hosted.show(LIST, case="few")
    await expect(view.get_by_role("combobox", name="Sort")).to_have_value("distance")
    await pan(view, hosted)
    await answering(
        hosted, SEARCH, refusal("contradiction", "Sorting by distance needs a point."), answer("few")
    )
    await button(view, "Search this area").click()
    assert "sort" not in await asked(hosted, 1)
    assert (await asked(hosted, 2))["sort"] == "best"
    await expect(cards(view)).to_have_count(2)


async def test_only_the_latest_search_is_shown_and_the_cards_before_stay_until_then(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await answering(hosted, SEARCH, answer("hindi"), answer("few"), held=True)
    await button(view, "Take off: 2 BHK").click()
    await expect(view.locator(".found")).to_have_attribute("aria-busy", "true")
    await expect(cards(view)).to_have_count(12)
    await button(view, "Take off: Parking").click()
    await release(hosted, 1)
    await expect(cards(view)).to_have_count(2)
    await release(hosted, 0)
    await view.get_by_role("combobox", name="Sort").select_option("Newest first")
    await expect(cards(view)).to_have_count(12)
    assert len(await told(hosted, 2)) == 2


@pytest.mark.parametrize(
    ("offered", "change"),
    [
        ("2 if the budget is ₹14,000", {"budget_max": 14000}),
        ("5 within 3 km of Sector 57", {"near": ["Sector 57"], "ignore": ["sector"]}),
        ("11 with 3 bedrooms", {"bedrooms": [3]}),
        ("more than 1,000 of any kind", {"ignore": ["kinds"]}),
    ],
)
async def test_where_nothing_fits_one_wish_can_be_bent(
    hosted: Hosted, offered: str, change: dict[str, Any]
) -> None:
    view = await hosted.show(LIST, case="empty")
    await expect(view.get_by_text("Nothing fits all of it")).to_be_visible()
    await button(view, offered).click()
    assert await asked(hosted, 1) == {"words": "4 bhk on rent in sector 57 under 9000"} | change
    await expect(cards(view)).to_have_count(12)


async def test_filters_are_filled_in_with_what_holds_and_change_only_what_was_changed(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await button(view, "Filters").click()
    form = view.get_by_role("dialog", name="Filters")
    await expect(form.get_by_role("checkbox", name="2 BHK")).to_be_checked()
    await form.get_by_role("checkbox", name="3 BHK").check()
    most = form.get_by_role("textbox", name="Up to")
    await expect(most).to_have_value("60000")
    await most.fill("1,25,000")
    await expect(form.get_by_text("₹1.25 lakh")).to_be_visible()
    await form.get_by_role("textbox", name="From").fill("200000")
    await expect(form.get_by_role("alert")).to_have_text("“From” is more than “up to”.")
    await form.get_by_role("textbox", name="From").fill("")
    await hosted.page.keyboard.press("Enter")
    assert await asked(hosted, 1) == {**WORDS, "bedrooms": [2, 3], "budget_max": 125000}
    await expect(button(view, "Filters")).to_be_focused()
    await button(view, "Filters").click()
    await button(view, "Take all filters off").click()
    await button(view, "Show what fits").click()
    given = await asked(hosted, 2)
    assert set(given["ignore"]) == {"purpose", "bedrooms", "budget_max"}
    assert "bedrooms" not in given


async def test_another_order_is_asked_of_the_tool(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await view.get_by_role("combobox", name="Sort").select_option("Cheapest first")
    assert await asked(hosted, 1) == {**WORDS, "sort": "price"}


async def test_more_is_added_to_what_is_there(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await button(view, "Show more").click()
    assert (await asked(hosted, 1))["cursor"]
    await expect(cards(view)).to_have_count(15)
    await expect(button(view, "Show more")).to_have_count(0)
    await expect(view.get_by_role("status").get_by_text("3 more shown.")).to_be_attached()


async def test_the_focus_stays_where_something_was_done_though_its_button_is_gone(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await button(view, "Show more").focus()
    await hosted.page.keyboard.press("Enter")
    await expect(card(view, 3300).locator(".opens")).to_be_focused()
    await button(view, "Take off: 2 BHK").focus()
    await answering(hosted, SEARCH, answer("empty"))
    await hosted.page.keyboard.press("Enter")
    await expect(view.get_by_role("heading", level=1)).to_be_focused()
    await button(view, "11 with 3 bedrooms").focus()
    await hosted.page.keyboard.press("Enter")
    await expect(card(view, 3107).locator(".opens")).to_be_focused()
    await pan(view, hosted)
    await button(view, "Search this area").focus()
    await hosted.page.keyboard.press("Enter")
    await expect(view.get_by_role("application")).to_be_focused()


async def test_where_the_continuation_has_expired_the_list_is_made_anew(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await answering(hosted, SEARCH, refusal("bad_cursor", "This cursor is of no use."), answer("hindi"))
    await button(view, "Show more").click()
    assert await asked(hosted, 2) == {**WORDS, "limit": 50}
    await expect(cards(view)).to_have_count(5)
    await expect(view.get_by_role("status").get_by_text("searched anew")).to_be_attached()


async def test_a_refused_search_is_its_sentence_beside_what_was_found_before(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await answering(hosted, SEARCH, refusal("unavailable", "Search is being repaired."), answer("few"))
    await button(view, "Take off: 2 BHK").click()
    await expect(view.get_by_role("alert")).to_contain_text("Search is being repaired.")
    await expect(cards(view)).to_have_count(12)
    await button(view, "Try again").click()
    await expect(cards(view)).to_have_count(2)
    await expect(view.get_by_role("alert")).to_have_count(0)
    assert await asked(hosted, 1) == await asked(hosted, 2)


async def test_a_heart_keeps_undoes_and_is_known_to_what_is_opened(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    heart = card(view, 3107).get_by_role("button", name="Shortlist")
    await heart.click()
    assert await asked(hosted, 1, "shortlist_property") == {"property_id": 3107}
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await expect(view.get_by_text("It is on your shortlist now.")).to_be_visible()
    await button(view, "Undo").click()
    assert await asked(hosted, 1, "remove_from_shortlist") == {"property_id": 3107}
    await expect(heart).to_have_attribute("aria-pressed", "false")
    await card(view, 3107).get_by_role("button", name="Shortlist").click()
    await card(view, 3120).get_by_role("button", name="Shortlist").click()
    await asked(hosted, 3, "shortlist_property")
    assert (await told(hosted, 4))[-1] == "The person put property 3120 on their shortlist."
    await answering(hosted, "get_property", {"content": [], "structuredContent": await details(hosted, 3107)})
    await card(view, 3107).locator(".opens").click()
    await expect(button(view, "On your shortlist")).to_have_attribute("aria-pressed", "true")


async def details(hosted: Hosted, number: int) -> dict[str, Any]:
    """Everything about a property of the list, as the fixtures have it of another."""
    cases = await hosted.page.evaluate("preview.known.cases['property-detail']")
    return next(iter(cases.values()))["result"]["structuredContent"] | {"id": number}


async def test_a_guest_who_presses_a_heart_is_shown_the_way_to_sign_in(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    challenge = {"mcp/www_authenticate": ['Bearer error="invalid_token"']}
    await answering(
        hosted, "shortlist_property", refusal("sign_in_required", "Sign in to do this.", **challenge)
    )
    await card(view, 3107).get_by_role("button", name="Shortlist").click()
    await expect(view.get_by_text("Sign in to do this.")).to_be_visible()
    await button(view, "Sign in").click()
    assert len(await hosted.happened("say", 1)) == 1


async def test_up_to_four_are_compared_in_place_and_the_list_is_there_again(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    for number in (3107, 3120, 3131, 3144):
        await card(view, number).get_by_role("button", name="Compare").click()
    await expect(card(view, 3150).get_by_role("button", name="Compare")).to_have_attribute(
        "aria-disabled", "true"
    )
    await expect(view.get_by_text("4 of 4 chosen. Four are compared at most.")).to_be_visible()
    await button(view, "Compare 4").click()
    assert await asked(hosted, 1, "compare_properties") == {"ids": [3107, 3120, 3131, 3144]}
    await expect(view.get_by_role("table")).to_be_visible()
    assert "comparing properties 3107, 3120, 3131, 3144" in (await told(hosted, 1))[0]
    await expect(button(view, "Back to the list")).to_be_focused()
    await button(view, "Back to the list").click()
    await expect(cards(view)).to_have_count(12)
    await button(view, "Choose none").click()
    await expect(view.get_by_text("of 4 chosen")).to_have_count(0)


async def test_a_card_opens_in_place_and_the_focus_comes_back_to_it(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    opens = card(view, 3177).locator(".opens")
    await opens.click()
    assert await asked(hosted, 1, "get_property") == {"id": 3177}
    await expect(view.locator("article.detail")).to_be_visible()
    assert await told(hosted, 1) == ["The person is looking at property 3177 now."]
    await button(view, "Back to the list").click()
    await expect(opens).to_be_focused()


async def test_similar_properties_are_listed_without_a_search(hosted: Hosted) -> None:
    view = await hosted.show(LIST, case="similar")
    await expect(view.get_by_role("heading", level=1)).to_have_text("4 similar properties")
    await expect(button(view, "Filters")).to_have_count(0)
    await pan(view, hosted)
    await expect(button(view, "Search this area")).to_have_count(0)


async def test_what_people_write_is_text(hosted: Hosted) -> None:
    view = await hosted.show(LIST, case="awkward")
    await expect(cards(view)).to_have_count(6)
    assert await view.evaluate("document.title") == "Properties"
    assert await view.locator("main :is(script, iframe, [onerror])").count() == 0


async def test_the_real_tools_are_searched_again_by_chips_and_by_the_map(hosted: Hosted) -> None:
    given = json.dumps({"words": "2 bhk flat on rent in sector 57"})
    view = await hosted.show(LIST, live="guest", arguments=given)
    await expect(cards(view)).to_have_count(3)
    await button(view, "Take off: 2 BHK").click()
    await expect(cards(view)).to_have_count(4)
    await button(view, "Take off: in Sector 57").click()
    await asked(hosted, 2)
    await expect(cards(view)).to_have_count(4)
    await view.get_by_role("application").focus()
    for _ in range(12):
        await hosted.page.keyboard.press("ArrowUp")
    await button(view, "Search this area").click()
    await expect(view.get_by_text("Nothing in this part of the map")).to_be_visible()
    await button(view, "Search the whole place again").click()
    await expect(cards(view)).to_have_count(4)
    assert "nothing was found" in (await told(hosted, 4))[-2]


async def test_real_pages_follow_each_other(hosted: Hosted) -> None:
    view = await hosted.show(LIST, live="guest", arguments=json.dumps({"limit": 2}), width="480")
    await expect(cards(view)).to_have_count(2)
    for count in (4, 6):
        await button(view, "Show more").click()
        await expect(cards(view)).to_have_count(count)
    assert len({await each.get_attribute("data-property") for each in await cards(view).all()}) == 6
