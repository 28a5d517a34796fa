"""A view of the tests in place of a widget: it says whatever a test wants, and keeps what it hears."""

from typing import Any

from playwright.async_api import Frame, Page, Route, expect

PROBE = """<!doctype html><html lang="en"><title>Probe</title><main>Probe</main><script>
let next = 0;
const pending = new Map();
window.heard = [];
addEventListener("message", ({ data }) => {
  if (data.jsonrpc !== "2.0") return;
  if (data.method === undefined) return void pending.get(data.id)?.(data);
  heard.push(data);
  if (data.id !== undefined) parent.postMessage({ jsonrpc: "2.0", id: data.id, result: {} }, "*");
});
window.ask = (method, params) => new Promise((resolve) => {
  const id = `p${next++}`;
  pending.set(id, ({ result, error }) => resolve(result ?? { error }));
  parent.postMessage({ jsonrpc: "2.0", id, method, params }, "*");
});
window.tell = (method, params) => parent.postMessage({ jsonrpc: "2.0", method, params }, "*");
const appInfo = { name: "probe", version: "1" };
ask("ui/initialize", { appInfo, appCapabilities: {}, protocolVersion: "2026-01-26" }).then((agreed) => {
  window.agreed = agreed;
  tell("ui/notifications/initialized", {});
});
</script></html>"""


async def planted(page: Page, widget: str) -> None:
    """From now on the page gets the probe where it asks for this widget."""

    async def probe(route: Route) -> None:
        await route.fulfill(content_type="text/html", body=PROBE)

    await page.route(f"**/widgets/{widget}.html", probe)


async def found(page: Page, widget: str) -> Frame:
    """The newest probe of this widget, once it has been shown its answer."""
    frame = page.locator(f".view.{widget} iframe").last
    await expect(frame.content_frame.locator("main")).to_have_text("Probe")
    probe = await (await frame.element_handle()).content_frame()
    assert probe is not None
    await answered(probe)
    return probe


async def answered(probe: Frame) -> None:
    """Wait until the view has been shown its answer."""
    await probe.wait_for_function("heard.some(({ method }) => method === 'ui/notifications/tool-result')")


async def asked(probe: Frame, method: str, **params: Any) -> dict[str, Any]:
    """What the page answers to a request of the view."""
    return await probe.evaluate("([method, params]) => ask(method, params)", [method, params])


async def called(probe: Frame, tool: str, meta: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """What the page answers to a tool call of the view."""
    beside = {} if meta is None else {"_meta": meta}
    return await asked(probe, "tools/call", name=tool, arguments=given, **beside)


async def heard(probe: Frame, method: str) -> list[dict[str, Any]]:
    """What the page has told the view by this method."""
    messages: list[dict[str, Any]] = await probe.evaluate("heard")
    return [message["params"] for message in messages if message["method"] == method]
