"""Our client of MCP Apps against the official `AppBridge`, in both directions, and what can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.widgets.hosting import Hosted, fixture
from tests.widgets.probing import probed

if TYPE_CHECKING:
    from playwright.async_api import Frame


pytestmark = pytest.mark.requirement("S4")

HOMELESS = "This view works inside a chat that shows MCP Apps."
ASK = """
(message) => new Promise((resolve) => {
  const view = document.querySelector("#stage iframe").contentWindow;
  addEventListener("message", ({ source, data }) => {
    if (source === view && data.id === message.id && data.method === undefined) resolve(data);
  });
  view.postMessage({ jsonrpc: "2.0", ...message }, "*");
})
"""
"""A request of the host, and what the view answers."""


async def heard(frame: Frame, kind: str) -> list[Any]:
    """What the view heard of a kind, the first first."""
    return await frame.evaluate(
        "(kind) => probe.heard.filter(([k]) => k === kind).map(([, about]) => about ?? null)", kind
    )


async def hears(frame: Frame, kind: str, times: int = 1) -> Any:
    """The latest that the view heard of a kind, once it has heard that many."""
    await frame.wait_for_function(
        "([kind, times]) => probe.heard.filter(([k]) => k === kind).length >= times", arg=[kind, times]
    )
    return (await heard(frame, kind))[-1]


async def test_what_the_host_tells_is_heard(hosted: Hosted) -> None:
    frame = await probed(hosted, state="loading")
    bridge = "preview.host.bridge"
    (shaken,) = await hosted.happened("handshake")
    assert shaken == {
        "app": {"name": "probe", "version": "1"},
        "able": {"availableDisplayModes": ["inline", "fullscreen"]},
    }
    # Arguments that are still being written are no arguments yet.
    assert await heard(frame, "input") == []
    await hosted.page.evaluate(f"{bridge}.sendToolInput({{ arguments: {{ words: '2 bhk' }} }})")
    assert await hears(frame, "input") == {"words": "2 bhk"}
    result: dict[str, Any] = {
        "content": [{"type": "text", "text": "Two."}],
        "structuredContent": {"items": []},
        "_meta": {"a": 1},
    }
    await hosted.page.evaluate(f"(result) => {bridge}.sendToolResult(result)", result)
    assert await hears(frame, "result") == result
    await hosted.page.evaluate(f"{bridge}.sendToolCancelled({{ reason: 'Enough.' }})")
    await hears(frame, "cancelled")
    await hosted.page.evaluate("preview.choose({ theme: 'dark', lang: 'hi', colours: 'host' })")
    await frame.wait_for_function(
        "probe.host.context.theme === 'dark' && probe.host.context.language === 'hi'"
    )
    context = await hears(frame, "context")
    assert context["theme"] == "dark"
    assert context["variables"]["--font-sans"] == "Georgia, serif"
    assert context["modes"] == ["inline", "fullscreen"]
    assert context["tool"] == "search_properties"


async def test_what_the_host_asks_is_answered(hosted: Hosted) -> None:
    await probed(hosted)
    assert await hosted.page.evaluate(ASK, {"id": 7, "method": "ping"}) == {
        "jsonrpc": "2.0",
        "id": 7,
        "result": {},
    }
    refused = await hosted.page.evaluate(ASK, {"id": "x", "method": "ui/unheard-of", "params": {}})
    assert refused["error"] == {"code": -32601, "message": "This view does not answer ui/unheard-of."}
    assert await hosted.leave()
    assert await hosted.complaints() == []


async def test_what_the_view_asks_arrives_as_the_protocol_has_it(hosted: Hosted) -> None:
    frame = await probed(hosted)
    answer = await frame.evaluate("probe.host.call('get_property', { id: 4127 }, { a: 'b' })")
    assert answer["structuredContent"]["id"] == 4127
    assert await hosted.calls("get_property") == [
        {"name": "get_property", "arguments": {"id": 4127}, "_meta": {"a": "b"}}
    ]
    assert await frame.evaluate("probe.host.open('https://360ghar.example/confirm/1')")
    assert await hosted.happened("open") == ["https://360ghar.example/confirm/1"]
    assert await frame.evaluate("probe.host.say('Show me more')")
    assert await hosted.happened("say") == [
        {"role": "user", "content": [{"type": "text", "text": "Show me more"}]}
    ]
    await frame.evaluate("probe.host.tell('Kept property 5.', { property_id: 5 })")
    assert await hosted.happened("tell") == [
        {
            "content": [{"type": "text", "text": "Kept property 5."}],
            "structuredContent": {"property_id": 5},
        }
    ]
    await frame.evaluate("probe.host.display('fullscreen')")
    assert (await hosted.happened("display"))[-1] == "fullscreen"
    await frame.wait_for_function("probe.host.context.mode === 'fullscreen'")
    await frame.evaluate("probe.host.resize(321)")
    await expect(hosted.page.locator("#stage iframe")).to_have_attribute(
        "style", "visibility: visible; height: 321px;"
    )
    assert await hosted.complaints() == []


async def test_every_write_carries_a_key_of_its_own_and_a_read_none(hosted: Hosted) -> None:
    frame = await probed(hosted)
    for _ in range(2):
        await frame.evaluate("probe.call('shortlist_property', { property_id: 5 })")
    await frame.evaluate("probe.call('get_property', { id: 5 })")
    first, second = [
        each["_meta"]["360ghar.com/idempotency-key"] for each in await hosted.calls("shortlist_property")
    ]
    assert first != second
    assert len(first) == 32
    (read,) = await hosted.calls("get_property")
    assert "_meta" not in read


async def test_answers_find_their_questions_in_whatever_order_they_come(hosted: Hosted) -> None:
    frame = await probed(hosted)
    await hosted.page.evaluate("""() => {
      globalThis.later = {};
      preview.host.bridge.oncalltool = ({ arguments: { id } }) => new Promise((answer) => {
        later[id] = () => answer({ content: [{ type: "text", text: `about ${id}` }] });
      });
    }""")
    hosted.console.clear()
    await frame.evaluate("""() => {
      globalThis.both = Promise.all([1, 2].map((id) => probe.host.call("get_property", { id })));
    }""")
    await hosted.page.evaluate("""async () => {
      while (!later[1] || !later[2]) await new Promise(requestAnimationFrame);
      later[2]();
      later[1]();
    }""")
    said = await frame.evaluate("both.then((all) => all.map(({ content }) => content[0].text))")
    assert said == ["about 1", "about 2"]


async def test_a_host_that_refuses_is_told_from_one_that_cannot_be_reached(hosted: Hosted) -> None:
    frame = await probed(hosted, live="guest", arguments='{"words": "2 bhk"}')
    # The server refused before the tool ran, and the host hands that on as an error of its own.
    signed_out = await frame.evaluate("probe.call('shortlist_property', { property_id: 1 })")
    assert signed_out["refusal"] == {"code": "sign_in_required", "message": "Sign in to do this."}
    wrong = await frame.evaluate("probe.call('get_property', { id: -1 })")
    assert wrong["refusal"]["code"] == "invalid"
    unknown = await frame.evaluate("probe.call('no_such_tool', {})")
    assert unknown["refusal"] == {"code": "unreachable", "message": "no_such_tool is not for widgets."}
    await hosted.page.route("**/mcp", lambda route: route.abort())
    cut_off = await frame.evaluate("probe.call('get_property', { id: 1 })")
    assert cut_off["refusal"]["code"] == "unreachable"


async def test_a_host_that_does_not_answer_is_not_waited_for_forever(hosted: Hosted) -> None:
    frame = await probed(hosted)
    await hosted.page.evaluate("""() => {
      preview.host.bridge.oncalltool = () => new Promise((answer) => { globalThis.late = answer });
    }""")
    said = await frame.evaluate("""async () => {
      const connection = new probe.Connection({}, () => undefined);
      const asked = { name: "get_property", arguments: { id: 1 } };
      return connection.request("tools/call", asked, 100).catch((error) => [error.name, error.message]);
    }""")
    assert said == ["HostError", "The host did not answer tools/call."]
    # The answer that comes after all is nobody's.
    await hosted.page.evaluate("late({ content: [] })")
    assert await hosted.page.evaluate(ASK, {"id": 8, "method": "ping"}) == {
        "jsonrpc": "2.0",
        "id": 8,
        "result": {},
    }


async def test_without_a_host_a_widget_says_so(hosted: Hosted) -> None:
    await hosted.page.goto(f"{hosted.house.url}/widgets/property-list.html")
    await expect(hosted.page.get_by_text(HOMELESS)).to_be_visible()
    assert hosted.console == []


async def test_a_host_that_never_answers_is_given_up(hosted: Hosted) -> None:
    await hosted.page.clock.install()
    await hosted.page.goto(f"{hosted.house.url}/preview?host=text")
    await hosted.page.evaluate("""() => {
      const frame = document.createElement("iframe");
      document.body.append(Object.assign(frame, { src: "/widgets/property-list.html" }));
    }""")
    view = hosted.page.frame_locator("body > iframe")
    await expect(view.get_by_role("status")).to_have_attribute("aria-busy", "true")
    await hosted.page.clock.fast_forward(11_000)
    await expect(view.get_by_text(HOMELESS)).to_be_visible()
    assert hosted.console == []


FORGED: list[dict[str, Any]] = [
    {"jsonrpc": "2.0", "method": "ui/notifications/tool-result", "params": {"content": []}},
    {"jsonrpc": "2.0", "method": "ui/notifications/tool-input", "params": {"arguments": {"words": "forged"}}},
    {"jsonrpc": "2.0", "method": "ui/notifications/tool-cancelled", "params": {}},
    {"jsonrpc": "2.0", "method": "ui/notifications/host-context-changed", "params": {"theme": "dark"}},
    {"jsonrpc": "2.0", "id": 1, "method": "ui/resource-teardown", "params": {}},
    {"jsonrpc": "2.0", "id": 2, "result": {"content": [{"type": "text", "text": "forged"}]}},
    {"globals": {"toolOutput": {"items": []}}},
    {"answers": 1, "value": "forged"},
]  # fmt: skip


@pytest.mark.parametrize("host", ["apps", "chatgpt-apps"])
async def test_what_other_windows_say_is_not_heard(hosted: Hosted, host: str) -> None:
    frame = await probed(hosted, host)
    await hears(frame, "result")
    before = await frame.evaluate("probe.heard.length")
    await hosted.page.evaluate("document.body.append(document.createElement('iframe'))")
    stranger = next(each for each in hosted.page.frames if each.parent_frame and each != frame)
    # A window beside it, one within it, and the frame itself.
    for other in (stranger, frame):
        await other.evaluate(
            "(all) => all.forEach((each) => parent.frames[0].postMessage(each, '*'))", FORGED
        )
    await hosted.page.evaluate(ASK, {"id": 9, "method": "ping"})
    assert await frame.evaluate("probe.heard.length") == before
    assert await frame.evaluate("probe.host.context.theme") == "light"


async def test_nonsense_from_the_host_breaks_nothing(hosted: Hosted) -> None:
    frame = await probed(hosted)
    await hosted.page.evaluate("""() => {
      const view = document.querySelector("#stage iframe").contentWindow;
      const wrong = [{ id: 999, result: {} }, { id: null, error: { code: 1, message: "?" } }, {},
        { method: "toString" }, { method: "ui/notifications/unheard-of", params: 7 },
        { method: "__proto__", params: { polluted: true } }].map((each) => ({ jsonrpc: "2.0", ...each }));
      const odd = [null, undefined, 7, "text", [], {}, { jsonrpc: "1.0", method: "ping", id: 1 }];
      for (const each of [...odd, ...wrong]) view.postMessage(each, "*");
    }""")
    assert await hosted.page.evaluate(ASK, {"id": 3, "method": "ping"}) == {
        "jsonrpc": "2.0",
        "id": 3,
        "result": {},
    }
    assert await frame.evaluate("'polluted' in {}") is False
    assert await hosted.complaints() == []


async def test_what_was_still_asked_when_the_view_goes_is_given_up(hosted: Hosted) -> None:
    frame = await probed(hosted)
    await hosted.page.evaluate(
        "() => { preview.host.bridge.oncalltool = () => new Promise(() => undefined) }"
    )
    await frame.evaluate("() => { globalThis.asked = probe.call('get_property', { id: 1 }) }")
    await hosted.page.evaluate(ASK, {"id": 4, "method": "ui/resource-teardown", "params": {}})
    assert await heard(frame, "leaving") == [None]
    assert (await frame.evaluate("asked"))["refusal"]["message"] == "The connection was closed."


async def test_chatgpt_is_spoken_to_over_its_standard_bridge_where_it_has_one(hosted: Hosted) -> None:
    frame = await probed(hosted, "chatgpt-apps")
    await frame.evaluate("probe.call('shortlist_property', { property_id: 5 })")
    (call,) = await hosted.calls("shortlist_property")
    assert "360ghar.com/idempotency-key" in call["_meta"]


async def test_chatgpt_without_it_is_spoken_to_as_its_own_bridge_asks(hosted: Hosted) -> None:
    frame = await probed(hosted, "chatgpt")
    shown = await hears(frame, "result")
    assert shown["structuredContent"]["items"]
    assert (await heard(frame, "input"))[0] == fixture("property-list")["arguments"]
    answer = await frame.evaluate("probe.call('get_property', { id: 4127 })")
    assert answer["answer"]["id"] == 4127
    await frame.evaluate("probe.host.tell('Kept property 5.', { property_id: 5 })")
    (told,) = await hosted.happened("tell")
    assert told["modelContent"] == {"said": "Kept property 5.", "property_id": 5}
    assert await frame.evaluate("probe.host.say('More')")
    assert await hosted.happened("say") == [{"prompt": "More"}]
    assert await frame.evaluate("probe.host.open('https://360ghar.example/')")
    await frame.evaluate("probe.host.display('fullscreen')")
    await frame.wait_for_function("probe.host.context.mode === 'fullscreen'")
    assert await hosted.complaints() == []


NONCE = {"_meta": {"360ghar.com/nonce": "n"}}
CALLED = [
    pytest.param({"structuredContent": {"a": 1}, **NONCE}, "n", id="all of it"),
    pytest.param({"result": '{"a": 1}'}, None, id="its text"),
    pytest.param('{"a": 1}', None, id="nothing but its text"),
    pytest.param({"result": {"structuredContent": {"a": 1}, **NONCE}}, "n", id="wrapped"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "nonce"), CALLED)
async def test_an_answer_of_chatgpt_is_read_however_it_is_wrapped(
    hosted: Hosted, given: object, nonce: str | None
) -> None:
    frame = await probed(hosted, "chatgpt")
    await frame.evaluate("(given) => { openai.callTool = async () => given }", given)
    outcome = await frame.evaluate("probe.call('action_status', { ticket: 't' })")
    assert outcome["answer"] == {"a": 1}
    assert outcome["meta"].get("360ghar.com/nonce") == nonce


async def test_chatgpt_shows_a_refusal_that_has_no_output(hosted: Hosted) -> None:
    frame = await probed(hosted, "chatgpt", state="signed-out")
    refused = await hears(frame, "result")
    assert refused["isError"]
    assert refused["_meta"]["error"]["code"] == "sign_in_required"
