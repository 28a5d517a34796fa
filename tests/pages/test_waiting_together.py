"""Several things that wait in one answer, and what only the person's own page can approve."""

import json
from typing import Any

from playwright.async_api import Browser, Frame, Page, Route, expect

from tests.clients.house import House
from tests.pages.asking import properties, slot
from tests.pages.probing import answered, called, found, heard, planted
from tests.pages.test_page import ask, settled
from tests.pages.visits import newcomer, sign_in, visiting

NONCE = "360ghar.com/nonce"


class Told:
    """A chat that says what a test wants, and keeps what it is sent."""

    def __init__(self, *answers: list[dict[str, Any]]) -> None:
        self.answers = list(answers)
        self.sent: list[dict[str, Any]] = []

    async def __call__(self, route: Route) -> None:
        self.sent.append(json.loads(route.request.post_data or ""))
        events = [json.dumps(event) for event in self.answers.pop(0)]
        stream = "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"])
        await route.fulfill(content_type="text/event-stream", body=stream)


def waits(preview: dict[str, Any], call: str, *, approvable: bool = True) -> list[dict[str, Any]]:
    """What a stream says of something that waits."""
    hindi = {"what": "हिन्दी में", "whom": None}
    data = {"toolCallId": call, "approvable": approvable, "preview": preview, "hindi": hindi}
    return [
        {"type": "tool-input-start", "toolCallId": call, "toolName": preview["tool"]},
        {"type": "data-approval", "id": preview["ticket"], "data": data},
    ]


async def proposed(page: Page, house: House) -> dict[str, Any]:
    """A visit that the person of this page has asked for, and that waits."""
    body = {"property_id": (await properties(house))[0], "starts": slot()}
    return await page.evaluate(
        """async (body) => {
          const { csrf } = await (await fetch("/session")).json();
          const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
          const sent = { method: "POST", headers, body: JSON.stringify(body) };
          return (await fetch("/api/v1/visits", sent)).json();
        }""",
        body,
    )


async def probes(page: Page) -> list[Frame]:
    """The views of what waits, each with its answer."""
    await found(page, "confirm-action")
    shown = [frame for frame in page.frames if frame.url.endswith("confirm-action.html")]
    for frame in shown:
        await answered(frame)
    return shown


async def test_things_that_wait_together_go_on_together(browser: Browser, url: str, house: House) -> None:
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer(), back="/")
        await planted(page, "confirm-action")
        previews = [await proposed(page, house) for _ in range(2)]
        chat = Told([*waits(previews[0], "a"), *waits(previews[1], "b")], [{"type": "finish"}])
        await page.route("**/api/v1/chat", chat)
        await ask(page, "two visits, please")
        await expect(page.locator(".view.confirm-action iframe")).to_have_count(2)
        views = await probes(page)
        results = [(await heard(view, "ui/notifications/tool-result"))[0] for view in views]

        first, second = (result["structuredContent"]["ticket"] for result in results)
        nonces = [result["_meta"][NONCE] for result in results]
        noted = await called(views[0], "confirm_action", ticket=first, nonce=nonces[0])
        assert noted["structuredContent"]["state"] == "waiting"
        assert len(chat.sent) == 1
        borrowed = await called(views[1], "confirm_action", ticket=second, nonce=nonces[0])
        assert borrowed["_meta"]["error"]["code"] == "not_confirmable"

        # The chat of this test forgets to do it, so both still wait and can be decided again.
        refused = await called(views[1], "decline_action", ticket=second, reason="too late")
        assert refused["isError"] is True
        await settled(page)
        (message,) = chat.sent[1]["messages"]
        assert [part["approval"] for part in message["parts"]] == [
            {"id": first, "approved": True},
            {"id": second, "approved": False, "reason": "too late"},
        ]


async def test_what_only_its_own_page_can_approve_is_not_approved_here(
    browser: Browser, url: str, house: House
) -> None:
    async with visiting(browser, url) as page:
        await sign_in(page, url, newcomer(), back="/")
        await planted(page, "confirm-action")
        preview = await proposed(page, house)
        chat = Told(waits(preview, "a", approvable=False), [{"type": "finish"}])
        await page.route("**/api/v1/chat", chat)
        await ask(page, "a visit, please")
        (view,) = await probes(page)
        (result,) = await heard(view, "ui/notifications/tool-result")
        assert set(result["_meta"]) == {"360ghar.com/hindi"}
        refused = await called(view, "confirm_action", ticket=preview["ticket"], nonce="undefined")
        assert refused["_meta"]["error"]["code"] == "not_confirmable"
        await called(view, "decline_action", ticket=preview["ticket"])
        assert chat.sent[1]["messages"][0]["parts"][0]["approval"]["approved"] is False
