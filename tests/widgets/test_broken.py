"""Widgets that are deliberately broken: what the hosts of our tests would let pass, they would not prove."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import Hosted
from tests.widgets.probing import replaced

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.requirement("S4")


Spoil = Callable[[str], str]


def spoilt(before: str, after: str) -> Spoil:
    def spoil(page: str) -> str:
        assert before in page
        return page.replace(before, after)

    return spoil


def instead(html: str) -> Spoil:
    def replace(_page: str) -> str:
        return html

    return replace


def scripted(script: str) -> Spoil:
    """The widget as it is, with a script of somebody else's after it."""
    return lambda page: page.replace("</body>", f"<script>{script}</script></body>")


SILENT = [
    pytest.param(spoilt("ui/initialize", "ui/initialise"), id="asks for what is not there"),
    pytest.param(spoilt("notifications/initialized", "notifications/initialised"), id="never says ready"),
    pytest.param(spoilt("protocolVersion:", "protocolVersiom:"), id="names no version"),
    pytest.param(instead("<!doctype html><p>Nothing here"), id="has no script"),
    pytest.param(
        instead(
            "<!doctype html><script>parent.postMessage("
            "{jsonrpc: '2.0', method: 'ui/notifications/initialized', params: {}}, '*')</script>"
        ),
        id="is ready before it asked",
    ),
]  # fmt: skip
"""Widgets without a valid handshake."""


@pytest.mark.parametrize("html", SILENT)
async def test_a_widget_without_a_handshake_is_never_seen(hosted: Hosted, html: Spoil) -> None:
    await replaced(hosted, html)
    await hosted.show("property-list", ready="failed", host="apps", patience="1500")
    await expect(hosted.page.locator("#stage iframe")).to_be_hidden()
    assert any(each.startswith("host: ") for each in await hosted.complaints())


async def test_a_widget_that_does_nothing_in_chatgpt_is_found_out(hosted: Hosted) -> None:
    await replaced(hosted, lambda page: page[: page.index('<script type="module">')])
    await hosted.show("property-list", ready="failed", host="chatgpt", patience="1500")
    assert "host: The widget never said how tall it is." in await hosted.complaints()


COMPLAINTS = [
    pytest.param("console.error('Oh no')", "console: Oh no", id="an error that is logged"),
    pytest.param("throw new Error('Thrown away')", "Thrown away", id="an error that is thrown"),
    pytest.param("Promise.reject(new Error('Broken'))", "Broken", id="a promise that is broken"),
    pytest.param("fetch('https://elsewhere.example/').catch(() => 0)", "Content Security", id="a request"),
    pytest.param("fetch('/api/v1/me').catch(() => 0)", "Content Security", id="a request to us"),
    pytest.param("new Image().src = 'https://elsewhere.example/x'", "Content Security", id="a picture"),
    pytest.param("eval('1')", "Content Security", id="an evaluated text"),
    pytest.param("document.body.append(Object.assign(document.createElement('iframe'), "
                 "{ src: 'https://elsewhere.example' }))", "Content Security", id="a frame in the frame"),
    pytest.param("try { localStorage.x = 1 } catch (error) { console.error(error.name) }",
                 "SecurityError", id="a look at our storage"),
]  # fmt: skip


@pytest.mark.parametrize(("script", "complaint"), COMPLAINTS)
async def test_whatever_a_widget_should_not_do_is_complained_of(
    hosted: Hosted, script: str, complaint: str
) -> None:
    await replaced(hosted, scripted(f"setTimeout(() => {{ {script} }}, 0)"))
    await hosted.show("property-list", host="apps")
    await hosted.complained(complaint)
    assert await hosted.complaints() != []


@pytest.mark.parametrize("host", ["apps", "chatgpt"])
async def test_a_call_of_a_tool_that_is_not_for_widgets_is_refused(hosted: Hosted, host: str) -> None:
    calls = {
        "apps": "parent.postMessage({jsonrpc: '2.0', id: 90, method: 'tools/call', "
        "params: {name: 'no_such_tool', arguments: {}}}, '*')",
        "chatgpt": "openai.callTool('update_profile', {name: 'Somebody'}).catch(() => 0)",
    }
    await replaced(hosted, scripted(calls[host]))
    await hosted.show("property-list", host=host)
    await expect(hosted.page.locator("#record .failure")).to_contain_text("is not for widgets.")
    assert not await hosted.happened("call") or "update_profile" not in str(await hosted.happened("call"))


async def test_a_request_that_no_policy_stops_is_seen(hosted: Hosted) -> None:
    script = "new Image().src = 'https://elsewhere.example/x'; fetch('/preview/cases.json').catch(() => 0)"
    await hosted.page.context.route("https://elsewhere.example/**", lambda route: route.abort())
    await replaced(hosted, scripted(script), strict=False)
    await hosted.show("property-list", host="apps")
    for address in ("https://elsewhere.example/x", f"inside:{hosted.house.url}/preview/cases.json"):
        await hosted.complained(address)
        assert f"request: {address}" in await hosted.complaints()


async def test_a_widget_that_does_not_let_go_is_found_out(hosted: Hosted) -> None:
    await replaced(hosted, spoilt("ui/resource-teardown", "ui/resource-dropped"))
    await hosted.show("property-list", host="apps")
    assert not await hosted.leave()
    assert "host: The widget did not answer that it is to go." in await hosted.complaints()
