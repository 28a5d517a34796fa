"""The page of a person's account at `/account`: plain forms over the same tools that every surface has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from servers.oauth.scopes import WORDS as SCOPES
from servers.pages import frame, given, moments
from servers.signin.websession import WebSession
from storage import people
from tools.account.leaving import GRACE
from tools.dispatch import Caller
from tools.refusals import Refused

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from servers.signin.websession import WebSessions
    from storage.engine import Database
    from tools.contract import Model, Viewer
    from tools.dispatch import Dispatcher
    from tools.identity import Identify


PATH: Final = "/account"
FIELDS: Final = 40
BEDROOMS: Final = 5
"""The most bedrooms that can be ticked; more of them can be asked for in words."""

MOST: Final = 100
"""How many sign-ins are shown."""


Act: TypeAlias = "Callable[[Visit, FormData], Awaitable[None]]"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in who looks at their account."""

    request: Request
    session: WebSession
    viewer: Viewer


class AccountPages:
    """`/account` and what its forms do, and `/session`, which tells a page who is signed in.

    Whatever is read or changed goes through dispatch as the person of the cookie, so that nothing is decided
    here that a tool decides.
    """

    def __init__(
        self, dispatcher: Dispatcher, database: Database, sessions: WebSessions, identify: Identify
    ) -> None:
        self._dispatcher = dispatcher
        self._database = database
        self._sessions = sessions
        self._identify = identify

    def routes(self) -> list[Route]:
        acts: Mapping[str, tuple[str, Act]] = {
            "profile": ("profile", self._profile),
            "preferences": ("preferences", self._preferences),
            "sessions": ("session", self._end_session),
            "sign-out-everywhere": ("everywhere", self._end_sessions),
            "apps": ("app", self._withdraw),
            "delete": ("delete", self._delete),
            "keep": ("keep", self._keep),
        }
        return [
            Route("/session", self._session, methods=["GET"]),
            Route(PATH, self._show, methods=["GET"]),
            Route(f"{PATH}/export", self._export, methods=["GET"]),
            Route(f"{PATH}/delete", self._ask_to_delete, methods=["GET"]),
            *(
                Route(f"{PATH}/{path}", self._posted(act, done), methods=["POST"])
                for path, (done, act) in acts.items()
            ),
        ]

    async def _session(self, request: Request) -> Response:
        visit = await self._visit(request)
        known: dict[str, Any] = {"signed_in": False, "name": None, "csrf": None}
        if visit is not None:
            person = await self._call(visit, "who_am_i")
            known = {"signed_in": True, "name": person["name"], "csrf": visit.session.csrf}
        return JSONResponse(known, headers={"Cache-Control": "no-store"})

    async def _show(self, request: Request) -> Response:
        visit = await self._visit(request)
        return _to_sign_in(PATH) if visit is None else await self._page(visit)

    async def _export(self, request: Request) -> Response:
        visit = await self._visit(request)
        if visit is None:
            return _to_sign_in(PATH)
        answer = await self._run(visit, "export_my_data")
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": 'attachment; filename="360-ghar-my-data.json"',
        }
        text = answer.model_dump_json(indent=2)
        return Response(text, media_type="application/json", headers=headers)

    async def _ask_to_delete(self, request: Request) -> Response:
        visit = await self._visit(request)
        if visit is None:
            return _to_sign_in(f"{PATH}/delete")
        return frame.render(request, "account_delete", csrf=visit.session.csrf, days=GRACE.days)

    def _posted(self, act: Act, done: str) -> Callable[[Request], Awaitable[Response]]:
        async def post(request: Request) -> Response:
            visit = await self._visit(request)
            if visit is None:
                return _to_sign_in(PATH)
            async with request.form(max_files=0, max_fields=FIELDS) as form:
                try:
                    self._sessions.check_csrf(visit.session, given.text(form, "csrf"))
                    await act(visit, form)
                except Refused as refused:
                    return await self._page(visit, refused, _READ.get(done, _nothing)(form))
            answer = RedirectResponse(f"{PATH}?done={done}", 303)
            if done == "profile":
                answer.set_cookie(
                    frame.LANGUAGE_COOKIE, given.text(form, "language"), max_age=31_536_000, samesite="lax"
                )
            return answer

        return post

    async def _profile(self, visit: Visit, form: FormData) -> None:
        await self._run(visit, "update_profile", given.profile(form))

    async def _preferences(self, visit: Visit, form: FormData) -> None:
        await self._run(visit, "update_preferences", given.preferences(form))

    async def _end_session(self, visit: Visit, form: FormData) -> None:
        await self._run(visit, "revoke_session", {"id": given.text(form, "id")})

    async def _end_sessions(self, visit: Visit, _form: FormData) -> None:
        await self._run(visit, "sign_out_everywhere")

    async def _withdraw(self, visit: Visit, form: FormData) -> None:
        await self._run(visit, "withdraw_consent", {"id": given.text(form, "id")})

    async def _delete(self, visit: Visit, _form: FormData) -> None:
        await self._run(visit, "delete_my_account")

    async def _keep(self, visit: Visit, _form: FormData) -> None:
        await self._run(visit, "keep_my_account")

    async def _page(
        self, visit: Visit, refused: Refused | None = None, written: dict[str, Any] | None = None
    ) -> Response:
        """The whole page; after a refusal with what was written, and what is wrong beside it."""
        lang = frame.language(visit.request)
        person = await self._call(visit, "who_am_i")
        async with self._database.reading() as db:
            # The tool masks contacts, because models read its answers. This is for the person alone.
            row = await people.get(db, visit.session.person_id)
        return frame.render(
            visit.request,
            "account",
            status=200 if refused is None else refused.status,
            csrf=visit.session.csrf,
            person=person | {"phone": row and row.phone, "email": row and row.email} | (written or {}),
            preferences=await self._call(visit, "get_preferences") | (written or {}),
            sessions=(await self._call(visit, "list_sessions", limit=MOST))["items"],
            consents=(await self._call(visit, "list_consents"))["items"],
            scopes={scope: said[lang == "hi"] for scope, said in SCOPES.items()},
            when=partial(moments.said, lang=lang),
            day=partial(moments.day, lang=lang),
            done=visit.request.query_params.get("done", "") if refused is None else "",
            amount=given.amount,
            bedrooms=range(BEDROOMS + 1),
            refused=refused,
            wrong=given.problems(refused),
        )

    async def _visit(self, request: Request) -> Visit | None:
        """Who is signed in by this request's cookie, if anybody is."""
        session = await self._sessions.current(request.scope)
        if session is None:
            return None
        # Whatever else a request carries, this is for the person of the cookie, and forms are checked here.
        cookies = [pair for pair in request.scope["headers"] if pair[0] == b"cookie"]
        viewer = await self._identify({**request.scope, "method": "GET", "headers": cookies}, "any")
        return Visit(request, session, viewer) if viewer.session == session.id else None

    async def _call(self, visit: Visit, name: str, **asked: Any) -> dict[str, Any]:
        return (await self._run(visit, name, asked)).model_dump()

    async def _run(self, visit: Visit, name: str, asked: Mapping[str, Any] | None = None) -> Model:
        tool = self._dispatcher.catalog.tools[name]
        return await self._dispatcher.run(tool, asked or {}, Caller("rest", visit.viewer))


def _nothing(_form: FormData) -> dict[str, Any]:
    return {}


_READ: Final[Mapping[str, Callable[[FormData], dict[str, Any]]]] = {
    "profile": given.profile,
    "preferences": given.preferences,
}


def _to_sign_in(back: str) -> Response:
    return RedirectResponse(f"/sign-in?next={back}", 303, headers={"Cache-Control": "no-store"})
