"""The map: where places lie on it, how it is moved, and that it and the list mean the same properties."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from math import cos, radians
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import Hosted, hosting
from tests.widgets.listing import LIST, answer, answering, bubble, button, card, cards, pan, still
from tests.widgets.node import said

if TYPE_CHECKING:
    from playwright.async_api import Browser, Frame

    from tests.clients.house import House

PLACES = [(28.4595, 77.0266), (28.4233, 77.1049), (28.549, 77.121), (8.08, 77.55), (34.1, 74.8)]
SIZE = {"width": 600, "height": 400}


@pytest.fixture
async def hosted(browser: Browser, house: House) -> AsyncGenerator[Hosted]:
    async with hosting(browser, house) as opened:
        await still(opened)
        yield opened
        assert await opened.complaints() == []


def projection(name: str, *calls: list[Any]) -> list[Any]:
    return said("en", "map/projection.ts", name, list(calls))


def test_a_place_on_the_map_is_the_place_on_earth() -> None:
    spots = projection("spot", *([lat, lng] for lat, lng in PLACES))
    back = projection("degrees", *([spot] for spot in spots))
    assert [(round(each["lat"], 9), round(each["lng"], 9)) for each in back] == PLACES


def test_north_is_up_and_east_is_right() -> None:
    middle, north, east = projection("spot", [28.45, 77.0], [28.55, 77.0], [28.45, 77.1])
    assert north["y"] < middle["y"] == east["y"]
    assert east["x"] > middle["x"] == north["x"]


def test_the_scale_is_true_where_the_map_is_looked_at() -> None:
    (camera,) = [each | {"zoom": 13} for each in projection("spot", [28.46, 77.03])]
    (west, south, east, north), ruler = (
        projection("area", [camera, SIZE])[0],
        projection("ruler", [camera])[0],
    )
    wide, tall = (east - west) * 111_320 * cos(radians(28.46)), (north - south) * 110_850
    assert ruler["metres"] in {1000, 500, 2000}
    assert abs(wide / 600 - ruler["metres"] / ruler["width"]) < 0.05
    assert abs(wide / 600 - tall / 400) / (wide / 600) < 0.01


def test_all_that_is_to_be_seen_is_seen_and_a_single_place_not_too_near() -> None:
    spots = projection("spot", *([lat, lng] for lat, lng in PLACES[:3]))
    camera, alone, nothing = projection("fitted", [spots, SIZE], [spots[:1], SIZE], [[], SIZE])
    for seen in projection("seen", *([camera, SIZE, spot] for spot in spots)):
        assert 55 < seen["x"] < 545
        assert 55 < seen["y"] < 345
    assert alone["zoom"] < 15
    assert nothing is None


def test_zooming_keeps_what_is_under_the_finger() -> None:
    (camera,) = [each | {"zoom": 12.5} for each in projection("spot", [28.46, 77.03])]
    (spot,) = projection("spot", [28.47, 77.05])
    (before,) = projection("seen", [camera, SIZE, spot])
    finger = {"x": before["x"] - 300, "y": before["y"] - 200}
    (nearer,) = projection("zoomed", [camera, 15.1, finger])
    (after,) = projection("seen", [nearer, SIZE, spot])
    assert (round(after["x"], 6), round(after["y"], 6)) == (round(before["x"], 6), round(before["y"], 6))
    assert projection("zoomed", [camera, 99, finger])[0]["zoom"] == 18


@pytest.mark.parametrize(
    ("price", "english", "hindi"),
    [
        (900, "₹900", "₹900"),
        (45_000, "₹45K", "₹45 ह."),
        (48_500, "₹48.5K", "₹48.5 ह."),
        (99_600, "₹1 L", "₹1 ला."),
        (6_000_000, "₹60 L", "₹60 ला."),
        (12_345_678, "₹1.23 Cr", "₹1.23 क."),
        (1_250_000_000, "₹125 Cr", "₹125 क."),
    ],
)
def test_a_bubble_tells_a_price_in_lakh_and_crore(price: int, english: str, hindi: str) -> None:
    assert said("en", "map/words.ts", "brief", [[price]]) == [english]
    assert said("hi", "map/words.ts", "brief", [[price]]) == [hindi]


async def visible(view: Frame) -> list[dict[str, float]]:
    """Where the bubbles are."""
    return await view.evaluate(
        """() => [...document.querySelectorAll(".bubble > span")].map((each) => {
             const { left, right, top, bottom } = each.getBoundingClientRect();
             return { left, right, top, bottom };
           })"""
    )


async def test_every_property_is_in_one_bubble_and_no_bubble_covers_another(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(view.locator(".bubble").first).to_be_visible()
    ids = await view.eval_on_selector_all(
        ".bubble", "(all) => all.flatMap((one) => one.dataset.properties.split(' '))"
    )
    assert len(ids) == len(set(ids)) == 11
    boxes = await visible(view)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)


async def test_lines_stations_and_offices_are_drawn_from_our_own_places(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    ground = view.locator("svg.land")
    await expect(ground.locator(".metro")).to_have_count(2)
    await expect(ground.get_by_text("Golf Course Road")).to_be_visible()
    await expect(view.get_by_role("list", name="Metro").get_by_role("listitem")).to_have_text(
        ["Yellow line", "Rapid line"]
    )
    assert (await hosted.calls("map_places"))[0]["arguments"] == {}
    await expect(view.locator(".tiles")).to_have_count(0)


async def test_the_places_are_asked_for_once_however_often_the_map_comes_and_goes(hosted: Hosted) -> None:
    view = await hosted.show(LIST, width="480")
    for side in ("Map", "List", "Map"):
        await button(view, side).click()
    await expect(view.locator(".metro")).to_have_count(2)
    assert len(await hosted.calls("map_places")) == 1


async def test_a_card_and_its_bubble_light_up_together(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await card(view, 3150).locator(".opens").focus()
    await expect(bubble(view, 3150)).to_have_attribute("aria-pressed", "true")
    await bubble(view, 3150).focus()
    await expect(card(view, 3150)).to_have_class("card row lit-up")
    await hosted.page.keyboard.press("Enter")
    await expect(card(view, 3150)).to_be_in_viewport()
    await card(view, 3107).locator(".opens").focus()
    await view.get_by_role("application").focus()
    await expect(card(view, 3150)).to_have_class("card row lit-up")


async def test_in_little_room_a_pressed_bubble_shows_its_card_under_the_map(hosted: Hosted) -> None:
    view = await hosted.show(LIST, width="390")
    await expect(cards(view)).to_have_count(4)
    await button(view, "Map").click()
    await bubble(view, 3150).click()
    await expect(cards(view)).to_have_count(1)
    await expect(card(view, 3150)).to_be_visible()
    await bubble(view, 3150).click()
    await expect(cards(view)).to_have_count(0)


async def test_several_in_one_bubble_part_by_coming_nearer(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(bubble(view, 3131)).to_have_attribute("data-properties", "3131 3162")
    await bubble(view, 3131).click()
    await expect(bubble(view, 3131)).to_have_attribute("data-properties", "3131")
    await expect(bubble(view, 3162)).to_have_attribute("data-properties", "3162")


async def test_several_in_one_house_light_up_in_the_list_instead(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await bubble(view, 3107).click()
    await hosted.page.mouse.move(5, 5)
    for number in (3107, 3144):
        await expect(card(view, number)).to_have_class(re.compile("lit-up"))


async def test_arrow_keys_go_from_bubble_to_bubble_which_are_one_stop_of_the_tab_key(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(view.locator(".bubble[tabindex='0']")).to_have_count(1)
    await view.get_by_role("application").focus()
    await hosted.page.keyboard.press("Tab")
    seen: set[str] = set()
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"):
        await hosted.page.keyboard.press(key)
        seen.add(await view.evaluate("document.activeElement.dataset.properties"))
    assert len(seen) >= 4
    await hosted.page.keyboard.press("Tab")
    assert await view.evaluate("document.activeElement.ariaLabel") == "Zoom in"


async def test_a_map_is_dragged_without_pressing_what_lies_under_it(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    box = await bubble(view, 3150).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await hosted.page.mouse.move(x, y)
    await hosted.page.mouse.down()
    await hosted.page.mouse.move(x - 60, y - 40, steps=4)
    await hosted.page.mouse.up()
    await expect(button(view, "Search this area")).to_be_visible()
    moved = await bubble(view, 3150).bounding_box()
    assert moved is not None
    assert (round(moved["x"] - box["x"]), round(moved["y"] - box["y"])) == (-60, -40)
    await hosted.page.mouse.move(5, 5)
    await expect(view.locator(".bubble[aria-pressed='true']")).to_have_count(0)


async def test_the_wheel_scrolls_past_the_map_and_zooms_it_with_ctrl(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await view.get_by_role("application").hover()
    ruler = view.locator(".ruler")
    before = await ruler.evaluate("(one) => one.textContent + one.style.width")
    await hosted.page.mouse.wheel(0, 120)
    await expect(view.get_by_text("Hold Ctrl to zoom the map")).to_be_visible()
    assert await ruler.evaluate("(one) => one.textContent + one.style.width") == before
    await hosted.page.keyboard.down("Control")
    await hosted.page.mouse.wheel(0, -200)
    await hosted.page.keyboard.up("Control")
    await expect(button(view, "Search this area")).to_be_visible()
    assert await ruler.evaluate("(one) => one.textContent + one.style.width") != before


async def test_two_fingers_zoom(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(view.locator(".bubble").first).to_be_visible()
    before = await view.locator(".ruler").inner_text()
    await view.get_by_role("application").evaluate(
        """(map) => {
          const { left, top, width, height } = map.getBoundingClientRect();
          map.setPointerCapture = () => undefined;
          const touch = (kind, pointerId, x) => map.dispatchEvent(new PointerEvent(kind, {
            pointerId, bubbles: true, pointerType: "touch", button: 0,
            clientX: left + width / 2 + x, clientY: top + height / 2 }));
          touch("pointerdown", 1, -20); touch("pointerdown", 2, 20);
          for (const x of [30, 60, 90, 120, 160]) { touch("pointermove", 1, -x); touch("pointermove", 2, x); }
          touch("pointerup", 1, -160); touch("pointerup", 2, 160);
        }"""
    )
    await expect(button(view, "Search this area")).to_be_visible()
    assert await view.locator(".ruler").inner_text() != before


async def test_the_map_shows_all_again_after_a_search_and_by_its_button(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await pan(view, hosted)
    await button(view, "Show all").click()
    await expect(bubble(view, 3150)).to_be_visible()
    await pan(view, hosted)
    await answering(hosted, "search_properties", answer("few"))
    await button(view, "Take off: Parking").click()
    await expect(bubble(view, 3107)).to_be_visible()
    await expect(bubble(view, 3120)).to_be_visible()


async def test_fifty_properties_are_moved_smoothly_at_a_phone_s_width(hosted: Hosted) -> None:
    view = await hosted.show(LIST, width="320")
    many = answer("normal")
    one = many["structuredContent"]["items"][0]
    many["structuredContent"]["items"] = [
        one | {"id": number, "lat": 28.40 + number % 9 / 100, "lng": 77.02 + number // 9 / 90}
        for number in range(50)
    ]
    await answering(hosted, "search_properties", many)
    await button(view, "Take off: 2 BHK").click()
    await expect(view.get_by_role("heading", level=1)).to_have_text("50+ properties")
    await button(view, "Map").click()
    await expect(view.locator(".metro")).to_have_count(2)
    taken: float = await view.evaluate(
        """async () => {
          const map = document.querySelector("[role=application]");
          const { left, top } = map.getBoundingClientRect();
          map.setPointerCapture = () => undefined;
          const at = (kind, x) => map.dispatchEvent(new PointerEvent(kind, {
            pointerId: 1, bubbles: true, button: 0, clientX: left + 150 + x, clientY: top + 150 }));
          at("pointerdown", 0);
          const frames = [];
          for (let x = 8; x < 200; x += 4) {
            const began = performance.now();
            at("pointermove", x);
            await Promise.resolve();
            await new Promise((done) => setTimeout(done));
            frames.push(performance.now() - began);
          }
          at("pointerup", 200);
          return frames.sort((one, other) => one - other)[Math.floor(frames.length / 10)];
        }"""
    )
    # What a busy machine adds to most frames says nothing of the map: in each of them the same is done.
    assert taken < 20, f"nine of ten frames took more than {taken:.1f} ms of script"


async def test_tiles_are_loaded_only_where_a_server_is_named(hosted: Hosted) -> None:
    view = await hosted.show(LIST)
    await expect(view.locator(".metro")).to_have_count(2)
    assert not [each for each in hosted.requests if "tile=" in each]
    await view.evaluate(
        """(origin) => {
          const tile = `${origin}/pictures/apartment-7-living.svg?tile={z}/{x}/{y}`;
          document.querySelector("meta[name=ghar-tiles]").content = tile;
        }""",
        hosted.house.url,
    )
    async with hosted.page.expect_request(lambda asked: "tile=" in asked.url):
        await pan(view, hosted)
        await expect(view.locator(".tiles img").first).to_be_attached()
    await expect(view.locator(".halo")).to_have_count(0)
