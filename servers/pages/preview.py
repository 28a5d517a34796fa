"""The page `/preview` of development: any widget, with any answer, in any kind of host."""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from starlette.responses import Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.development import DevelopmentSignIns
from servers.local import is_local
from servers.pages import frame, rehearsed
from tools.refusals import Invalid
from widgets import DIST, built

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from servers.runtime import Runtime
    from tools.contract import AnyTool, Audience
    from widgets import Widget

ROLES: Final = ("member", "staff", "admin")
_CLOCK: Final = """const Real = Date, apart = Real.parse("AT") - Real.now();
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + apart); }
  static now() { return Real.now() + apart; }
};"""
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def routes(runtime: Runtime) -> list[Route]:
    """`/preview`; nothing in production."""
    return [] if runtime.settings.production else PreviewPages(runtime).routes()


@dataclass(frozen=True, slots=True)
class PreviewPages:
    """The page, what it plays, and the frames that it shows, as a host would get them over MCP."""

    runtime: Runtime

    def routes(self) -> list[Route]:
        """Everything is read from its file each time, so that what was built just now is what is seen."""
        return [
            Route("/preview", _page, methods=["GET"], name="preview"),
            Route("/preview/preview.js", _script, methods=["GET"]),
            Route("/preview/cases.json", self._cases, methods=["GET"]),
            Route("/preview/frames/{name}.html", self._frame, methods=["GET"]),
            Route("/preview/token", self._token, methods=["POST"]),
        ]

    def _widgets(self) -> Mapping[str, Widget]:
        return built.__wrapped__(self.runtime.settings.site)

    async def _cases(self, request: Request) -> Response:
        tools, widgets = self.runtime.catalog.tools, self._widgets()
        known = {
            "widgets": {
                each.name: {"title": each.title, "calls": sorted(each.calls)} for each in widgets.values()
            },
            "tools": {tool.name: _listed(tool, widgets) for tool in tools.values()},
            "cases": {name: rehearsed.cases(name, tools) for name in widgets},
            "answers": rehearsed.answers(tools),
        }
        return Response(json.dumps(known), media_type="application/json")

    async def _frame(self, request: Request) -> Response:
        widget = self._widgets().get(request.path_params["name"])
        if widget is None:
            raise NoSuchPath("There is no such widget.")
        meta = _mcp().page_meta(widget, self.runtime.settings.site)
        asked = request.query_params
        chatgpt = asked.get("host", "").startswith("chatgpt")
        declared = standard(meta["openai/widgetCSP"]) if chatgpt else meta["ui"]["csp"]
        before = (_inline("chatgpt") if chatgpt else "") + _pretended(asked.get("at", ""), "offline" in asked)
        html = widget.html.replace("<head>", f"<head>{before}", 1)
        headers = {"Content-Security-Policy": policy(declared)}
        return Response(html, media_type="text/html", headers=headers)

    async def _token(self, request: Request) -> Response:
        """A sign-in as a made-up person, for whoever sits at this machine."""
        if not is_local(request):
            raise NoSuchPath
        role = request.query_params.get("as")
        if role not in ROLES:
            raise Invalid(f"As one of {', '.join(ROLES)}.")
        runtime = self.runtime
        signing_in = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        token = await signing_in.token(await signing_in.person(cast("Audience", role)))
        return Response(json.dumps({"token": token}), media_type="application/json")


def standard(csp: Mapping[str, Any]) -> dict[str, Any]:
    """ChatGPT's keys of a policy, in the standard's spelling."""
    return {re.sub("_([a-z])", lambda found: found[1].upper(), name): said for name, said in csp.items()}


def policy(csp: Mapping[str, Sequence[str]]) -> str:
    """What a strict host allows a frame: what its resource declared, and nothing else."""
    loaded = csp.get("resourceDomains", ())
    return "; ".join(
        (
            "default-src 'none'",
            _allowed("script-src", "'unsafe-inline'", *loaded),
            _allowed("style-src", "'unsafe-inline'", *loaded),
            _allowed("img-src", "data:", *loaded),
            _allowed("font-src", *loaded),
            _allowed("media-src", "data:", *loaded),
            _allowed("connect-src", *csp.get("connectDomains", ())),
            _allowed("frame-src", *csp.get("frameDomains", ())),
            "object-src 'none'",
            _allowed("base-uri", *csp.get("baseUriDomains", ())),
            "form-action 'none'",
            "frame-ancestors 'self'",
            "sandbox allow-scripts",
        )
    )


def _allowed(directive: str, *sources: str) -> str:
    return " ".join((directive, *(sources or ("'none'",))))


def _listed(tool: AnyTool, widgets: Mapping[str, Widget]) -> dict[str, Any]:
    """What hosts read of a tool in the list of its server."""
    return {
        "title": tool.title,
        "reads": tool.reads,
        "admin": tool.audience in ("staff", "admin"),
        "meta": _mcp().listed_meta(tool, widgets),
    }


async def _page(request: Request) -> Response:
    answer = frame.render(request, "preview")
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


async def _script(request: Request) -> Response:
    return Response((DIST / "preview.js").read_bytes(), media_type="text/javascript")


def _inline(name: str) -> str:
    code = (DIST / f"{name}.js").read_text().strip().replace("</script", "<\\/script")
    return f"<script>(() => {{{code}}})();</script>"


def _pretended(at: str, offline: bool) -> str:
    """A script that lets the frame believe that it is a certain moment, or that there is no network."""
    lines: list[str] = []
    if re.fullmatch(r"[0-9T:.Z-]{10,30}", at):
        lines.append(_CLOCK.replace("AT", at))
    if offline:
        lines.append('Object.defineProperty(navigator, "onLine", { get: () => false });')
    return f"<script>{{{' '.join(lines)}}}</script>" if lines else ""


def _mcp() -> Any:
    # What speaks MCP is slow to import, and no other page needs it.
    return importlib.import_module("servers.mcp.widgets")
