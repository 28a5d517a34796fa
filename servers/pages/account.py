"""The page of a person's account at `/account`: plain forms over the same tools that every surface has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from servers.oauth.scopes import WORDS as SCOPES
from servers.pages import frame, given, naming
from servers.pages.confirm import path_of, what
from servers.pages.visitors import guarded, to_sign_in
from storage import people, tickets
from tools import moments
from tools.account.leaving import GRACE
from tools.consent import MOST_WAITING, Preview
from tools.refusals import Refused

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

    from servers.pages.visitors import Visit, Visitors
    from tools.contract import Model, Page
    from tools.ports import Clock
    from tools.trust.activity import Activity


PATH: Final = "/account"
FIELDS: Final = 40
BEDROOMS: Final = 5
"""The most bedrooms that can be ticked; more of them can be asked for in words."""

MOST: Final = 100
"""How many sign-ins are shown at once."""

RECENT: Final = 10
"""How many activities are shown at once."""


Act: TypeAlias = "Callable[[Visit, FormData], Awaitable[Model]]"


class AccountPages:
    """`/account` and what its forms do, and `/session`, which tells a page who is signed in."""

    def __init__(self, visitors: Visitors, clock: Clock) -> None:
        self._visitors = visitors
        self._clock = clock

    def routes(self) -> list[Route]:
        acts: Mapping[str, tuple[str, Act]] = {
            "profile": ("profile", self._profile),
            "preferences": ("preferences", self._preferences),
            "sessions": ("session", self._named("revoke_session")),
            "sign-out-everywhere": ("everywhere", self._plain("sign_out_everywhere")),
            "apps": ("app", self._named("withdraw_consent")),
            "delete": ("delete", self._plain("delete_my_account")),
            "keep": ("keep", self._plain("keep_my_account")),
            "undo": ("undo", self._named("undo_action")),
        }
        return [
            Route("/session", self._session, methods=["GET"]),
            Route(PATH, guarded(self._show), methods=["GET"]),
            Route(f"{PATH}/export", guarded(self._export), methods=["GET"]),
            Route(f"{PATH}/activity.csv", guarded(self._export_activity), methods=["GET"]),
            Route(f"{PATH}/delete", guarded(self._ask_to_delete), methods=["GET"]),
            *(
                Route(f"{PATH}/{path}", guarded(self._posted(act, done)), methods=["POST"])
                for path, (done, act) in acts.items()
            ),
        ]

    async def _session(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        known: dict[str, Any] = {"signed_in": False, "name": None, "csrf": None}
        if visit is not None:
            person = await self._visitors.call(visit, "who_am_i")
            known = {"signed_in": True, "name": person["name"], "csrf": visit.session.csrf}
        return JSONResponse(known, headers={"Cache-Control": "no-store"})

    async def _show(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        return to_sign_in(request, PATH) if visit is None else await self._page(visit)

    async def _export(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request, PATH)
        answer = await self._visitors.run(visit, "export_my_data")
        return _file("360-ghar-my-data.json", answer.model_dump_json(indent=2), "application/json")

    async def _export_activity(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request, PATH)
        answer = await self._visitors.call(visit, "export_activity", format="csv")
        return _file("360-ghar-activity.csv", answer["csv"], "text/csv; charset=utf-8")

    async def _ask_to_delete(self, request: Request) -> Response:
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request)
        return frame.render(request, "account_delete", csrf=visit.session.csrf, days=GRACE.days)

    def _posted(self, act: Act, done: str) -> Callable[[Request], Awaitable[Response]]:
        async def post(request: Request) -> Response:
            visit = await self._visitors.of(request)
            if visit is None:
                return to_sign_in(request, PATH)
            async with request.form(max_files=0, max_fields=FIELDS) as form:
                try:
                    self._visitors.check_form(visit, given.text(form, "csrf"))
                    told = await act(visit, form)
                except Refused as refused:
                    return await self._page(visit, refused, _READ.get(done, _nothing)(form))
            # What needs consent has only been asked for.
            to = path_of(told.ticket) if isinstance(told, Preview) else f"{PATH}?done={done}"
            answer = RedirectResponse(to, 303)
            if done == "profile":
                answer.set_cookie(
                    frame.LANGUAGE_COOKIE, given.text(form, "language"), max_age=31_536_000, samesite="lax"
                )
            return answer

        return post

    async def _profile(self, visit: Visit, form: FormData) -> Model:
        return await self._visitors.run(visit, "update_profile", given.profile(form))

    async def _preferences(self, visit: Visit, form: FormData) -> Model:
        return await self._visitors.run(visit, "update_preferences", given.preferences(form))

    def _named(self, tool: str) -> Act:
        """A button of one row of a list, by its id."""

        async def act(visit: Visit, form: FormData) -> Model:
            return await self._visitors.run(visit, tool, {"id": given.text(form, "id")})

        return act

    def _plain(self, tool: str) -> Act:
        """A button that needs nothing more."""

        async def act(visit: Visit, _form: FormData) -> Model:
            return await self._visitors.run(visit, tool)

        return act

    async def _page(
        self, visit: Visit, refused: Refused | None = None, written: dict[str, Any] | None = None
    ) -> Response:
        """The whole page; after a refusal with what was written, and what is wrong beside it."""
        lang = frame.language(visit.request)
        person, waiting = await self._private(visit, lang)
        query = visit.request.query_params
        return frame.render(
            visit.request,
            "account",
            status=200 if refused is None else refused.status,
            csrf=visit.session.csrf,
            person=person | (written or {}),
            waiting=waiting,
            activity=await self._activity(visit, lang),
            preferences=await self._visitors.call(visit, "get_preferences") | (written or {}),
            sessions=await self._visitors.call(
                visit, "list_sessions", limit=MOST, cursor=query.get("sessions") or None
            ),
            consents=(await self._visitors.call(visit, "list_consents"))["items"],
            scopes={scope: said[lang == "hi"] for scope, said in SCOPES.items()},
            when=partial(moments.said, lang=lang),
            day=partial(moments.day, lang=lang),
            done=query.get("done", "") if refused is None else "",
            amount=given.amount,
            bedrooms=range(BEDROOMS + 1),
            refused=refused,
            wrong=given.problems(refused),
        )

    async def _activity(self, visit: Visit, lang: str) -> dict[str, Any]:
        """One page of what was done, in words."""
        after = visit.request.query_params.get("activity") or None
        page = cast(
            "Page[Activity]",
            await self._visitors.run(visit, "my_activity", {"limit": RECENT, "cursor": after}),
        )
        items = [
            {
                "activity": each,
                "name": naming.tool(each.tool, lang),
                "by_others": each.person_id != visit.session.person_id,
                "touched": _touched(each, visit.session.person_id, lang),
            }
            for each in page.items
        ]
        return {"items": items, "next_cursor": page.next_cursor}

    async def _private(self, visit: Visit, lang: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Who the person is, and what waits for them: unmasked and in their language, for them alone.

        Models read what the tools answer of it.
        """
        person = await self._visitors.call(visit, "who_am_i")
        async with self._visitors.database.reading(primary=True) as db:
            row = await people.get(db, visit.session.person_id)
            rows = await tickets.waiting(
                db, visit.session.person_id, self._clock.now(), every=True, before=None, limit=MOST_WAITING
            )
        waiting = [
            {
                "path": path_of(each.id),
                "what": what(each, lang),
                "client": each.client,
                "until": each.expires_at,
            }
            for each in rows
        ]
        return person | {"phone": row and row.phone, "email": row and row.email}, waiting


def _file(name: str, text: str, kind: str) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=kind, headers=headers)


_OF_A_PERSON: Final = ("person", "profile", "preferences", "role", "sessions", "leaving")
"""Kinds of subjects that are named by the person's id."""


def _touched(activity: Activity, person_id: int, lang: str) -> list[naming.Named]:
    """What was touched, as far as it has a number and is not the person themselves."""
    own = {f"{kind}:{person_id}" for kind in _OF_A_PERSON}
    subjects = [each.subject for each in activity.touched if each.how != "needed" and each.subject not in own]
    return [naming.subject(each, lang) for each in subjects if each.rpartition(":")[2].isdecimal()]


def _nothing(_form: FormData) -> dict[str, Any]:
    return {}


_READ: Final[Mapping[str, Callable[[FormData], dict[str, Any]]]] = {
    "profile": given.profile,
    "preferences": given.preferences,
}
