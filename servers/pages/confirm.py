"""The page where a person confirms or declines what was asked for in their name, at `/confirm/{ticket}`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import to_json
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from servers.pages import frame, naming, saying
from servers.pages.forms import fields
from servers.pages.visitors import guarded, to_sign_in
from storage import tickets
from tools import units
from tools.consent import NoSuchTicket
from tools.refusals import Invalid, NotFound, Refused
from tools.validation import validate

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.pages.visitors import Visit, Visitors
    from storage.tickets import TicketRow
    from tools.contract import Model
    from tools.trust.waiting import Action

PATH: Final = "/confirm"

Decide: TypeAlias = "Callable[[Visit, Held, Mapping[str, str]], Awaitable[str]]"
"""What a button does; gives the path of the page that tells of it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A ticket of the visitor: how it stands, and what it says in both languages."""

    action: Action
    row: TicketRow

    @property
    def path(self) -> str:
        return path_of(self.row.id)


class ConfirmPages:
    """Shows exactly what a ticket holds to its person, and takes their word. It needs no scripts."""

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors
        self._decisions: Mapping[str, Decide] = {
            "confirm": self._confirm,
            "decline": self._decline,
            "again": self._again,
        }

    def routes(self) -> list[Route]:
        at = f"{PATH}/{{ticket}}"
        return [
            Route(at, guarded(self._show), methods=["GET"], name="confirm"),
            Route(at, guarded(self._decide), methods=["POST"]),
            Route(f"{at}/hindi", self._hindi, methods=["GET"]),
        ]

    async def _show(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request)
        held = await self._held(visit)
        return await self._missing(visit) if held is None else self._page(visit, held)

    async def _hindi(self, request: Request) -> Response:
        """What is shown, in Hindi, for views on our first page: tools answer in English."""
        visit = await self._visitors.of(request)
        held = None if visit is None else await self._held(visit)
        if held is None:
            raise NoSuchTicket
        whom = held.row.preview["whom"]
        said = {"what": what(held.row, "hi"), "whom": whom and whom[1]}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    async def _decide(self, request: Request) -> Response:
        sent = await fields(request)
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request)
        held = await self._held(visit)
        if held is None:
            return await self._missing(visit)
        try:
            self._visitors.check_form(visit, sent.get("csrf"))
            decide = self._decisions.get(sent.get("decision", ""))
            if decide is None:
                raise Invalid
            path = await decide(visit, held, sent)
        except Refused as refused:
            return await self._refused(visit, held, refused)
        return RedirectResponse(path, 303)

    async def _confirm(self, visit: Visit, held: Held, _sent: Mapping[str, str]) -> str:
        await self._visitors.run(visit, "confirm_action", {"ticket": held.row.id}, decides=True)
        return held.path

    async def _decline(self, visit: Visit, held: Held, sent: Mapping[str, str]) -> str:
        # A browser counts the end of a line as one character, and sends it as two.
        reason = sent.get("reason", "").replace("\r\n", "\n").strip() or None
        await self._visitors.run(visit, "decline_action", {"ticket": held.row.id, "reason": reason})
        return held.path

    async def _again(self, visit: Visit, held: Held, _sent: Mapping[str, str]) -> str:
        """The same once more, as it is now, where it waited too long or had changed."""
        if held.action.state not in ("expired", "void"):
            return held.path
        anew = await self._visitors.propose(visit, held.row.tool, to_json(held.row.arguments))
        return path_of(anew.ticket)

    async def _refused(self, visit: Visit, held: Held, refused: Refused) -> Response:
        """The page with what was refused; as it stands by now where somebody else decided meanwhile."""
        now = await self._held(visit)
        if now is not None and now.action.state != held.action.state:
            return RedirectResponse(held.path, 303)
        return self._page(visit, held, refused)

    async def _held(self, visit: Visit) -> Held | None:
        try:
            asked = {"ticket": visit.request.path_params["ticket"]}
            action = cast("Action", await self._visitors.run(visit, "action_status", asked))
        except (NotFound, Invalid):
            return None
        async with self._visitors.database.reading(primary=True) as db:
            # The tool answers in English and to models; this is for the person alone.
            row = await tickets.get(db, UUID(action.preview.ticket), visit.session.person_id)
        return None if row is None else Held(action, row)

    async def _missing(self, visit: Visit) -> Response:
        person = await self._visitors.call(visit, "who_am_i")
        return frame.render(
            visit.request,
            "confirm_missing",
            status=NoSuchTicket.status,
            person=person["name"] or person["phone"] or person["email"],
            path=visit.request.url.path,
        )

    def _page(self, visit: Visit, held: Held, refused: Refused | None = None) -> Response:
        lang = frame.language(visit.request)
        row = held.row
        tool = self._visitors.catalog.tools.get(row.tool)
        answer = frame.render(
            visit.request,
            "confirm",
            status=200 if refused is None else refused.status,
            csrf=visit.session.csrf,
            state=held.action.state,
            row=row,
            shown=_shown(row, lang),
            destroys=tool is not None and tool.effect == "destroy",
            arguments=self._arguments(row, lang),
            answer=self._answer(held, lang),
            refused=refused,
            moment=partial(saying.moment, lang=lang),
        )
        if refused is not None and refused.retry_after is not None:
            answer.headers["Retry-After"] = str(refused.retry_after)
        return answer

    def _arguments(self, row: TicketRow, lang: str) -> list[saying.Pair]:
        try:
            return saying.asked(validate(self._visitors.catalog[row.tool], to_json(row.arguments)), lang)
        except Refused:
            return saying.raw(row.arguments, lang)

    def _answer(self, held: Held, lang: str) -> dict[str, Any] | None:
        """What the tool answered: its own sentences, which are in English, and the values in words."""
        tool = self._visitors.catalog.tools.get(held.row.tool)
        if tool is None or held.action.answer is None:
            return None
        try:
            answer: Model = tool.gives.model_validate(held.action.answer)
        except ValidationError:
            # An earlier release answered it.
            return None
        said = saying.summary(answer, self._visitors.catalog.tools)
        return {"summary": said, "pairs": saying.answered(answer, lang)}


def path_of(ticket: UUID | str) -> str:
    """Where a ticket is confirmed."""
    return f"{PATH}/{ticket}"


def _shown(row: TicketRow, lang: str) -> dict[str, Any]:
    """What the preview said, in the reader's language."""
    held = row.preview
    until: datetime | None = held["until"] and datetime.fromisoformat(held["until"])
    return {
        "what": what(row, lang),
        "whom": held["whom"] and held["whom"][lang == "hi"],
        "costs": None if held["costs"] is None else units.exact_rupees(Decimal(held["costs"])),
        "until": until,
    }


def what(row: TicketRow, lang: str) -> str:
    """What a ticket would do, in a sentence."""
    english, hindi = row.preview["what"]
    if lang != "hi":
        return english
    # What a plain tool would do is told by its name alone.
    return f"{naming.tool(row.tool, lang).text}।" if hindi == english else hindi
