"""The two MCP servers, made from the catalog: one for guests and members, one for staff and admins."""

from collections.abc import Callable, Mapping
from typing import Any

from fastmcp import FastMCP
from fastmcp.exceptions import PromptError, ResourceError, ToolError
from fastmcp.prompts.base import PromptResult
from fastmcp.resources import Resource, ResourceResult, ResourceTemplate
from fastmcp.tools.base import ToolResult
from fastmcp.utilities.versions import VersionSpec
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import NotificationOptions
from mcp.server.request_state import RequestStateSecurity
from mcp_types import InitializeResult

from facade.problems import ServerError
from servers.mcp.content import failure, refused
from servers.mcp.prompts import CatalogPrompt, complete_arguments
from servers.mcp.resources import CatalogResource, CatalogTemplate
from servers.mcp.subscriptions import Subscriptions
from servers.mcp.tools import Audience, CatalogTool, security_schemes
from servers.mcp.toolsets import LISTED, toolsets
from servers.mcp.viewer import CURRENT
from servers.mcp.widgets import PinnedWidget, WidgetResource, guards
from tools import contract, schema
from tools.contract import AnyTool
from tools.dispatch import Dispatcher
from tools.refusals import UnknownTool
from widgets import LOCAL, Site, Widget, built

UI_EXTENSION = "io.modelcontextprotocol/ui"
LIST_SECONDS = 300
AUDIENCES: Mapping[Audience, tuple[contract.Audience, ...]] = {
    "user": ("guest", "member"),
    "admin": ("staff", "admin"),
}
INSTRUCTIONS: Mapping[Audience, str] = {
    "user": "360 Ghar: homes, plots and offices to buy or rent around Gurugram. Start with "
    "search_properties; pass the person's own words, in English or Hindi. Amounts are in rupees, areas in "
    "square feet.",
    "admin": "360 Ghar for real-estate agents and administrators: the state of the catalog, the database and "
    "imports. Amounts are in rupees.",
}


class GharServer(FastMCP[Any]):
    """A FastMCP server that knows which of our tools stands behind each of its components."""

    def __init__(self, dispatcher: Dispatcher, audience: Audience, site: Site, **options: Any) -> None:
        super().__init__(f"ghar360-{audience}", INSTRUCTIONS[audience], **options)
        self.audience: Audience = audience
        self.switches = dispatcher.switches
        self.offered = {tool.name: tool for tool in dispatcher.catalog.on("mcp", *AUDIENCES[audience])}
        shown = built(site)
        self.toolsets = toolsets(self.offered, shown)
        self._resources: dict[str, AnyTool] = {}
        self._templates: list[tuple[ResourceTemplate, AnyTool]] = []
        self._tools = {tool.name: CatalogTool.of(tool, dispatcher, shown) for tool in self.offered.values()}
        for tool in self.offered.values():
            self.add_tool(self._tools[tool.name])
            self._offer_resource(tool, dispatcher)
        for name, guard in guards(self.offered).items():
            if name in shown:
                self._offer_widget(shown[name], site, guard)
        self._offer_prompts(dispatcher)

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        version: VersionSpec | None = None,
        run_middleware: bool = True,
    ) -> ToolResult:
        """Run a tool, past FastMCP's middleware chain: it is empty, and walking it is a third of a call."""
        if name not in self.offered:
            return refused(UnknownTool(f"There is no tool named {name!r}."))
        try:
            return await super().call_tool(name, arguments, version=version, run_middleware=False)
        except ToolError:
            return refused(ServerError())

    async def read_resource(
        self, uri: str, *, version: VersionSpec | None = None, run_middleware: bool = True
    ) -> ResourceResult:
        """Read a resource. What goes wrong says so as a tool would, in the error's data."""
        try:
            return await super().read_resource(uri, version=version, run_middleware=False)
        except ResourceError as error:
            raise failure(error, uri=uri) from error

    async def render_prompt(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        version: VersionSpec | None = None,
        run_middleware: bool = True,
    ) -> PromptResult:
        """Write a prompt's messages, failing as `read_resource` does."""
        try:
            return await super().render_prompt(name, arguments, version=version, run_middleware=False)
        except PromptError as error:
            raise failure(error) from error

    async def get_tool(self, name: str, version: VersionSpec | None = None) -> CatalogTool | None:
        """The tool of that name, without asking every provider for it."""
        return self._tools.get(name)

    def add_resource(self, resource: Resource | Callable[..., Any]) -> Resource | ResourceTemplate:
        """Add a resource. It must be one of the catalog's: only those go through dispatch, as tools do."""
        if not isinstance(resource, CatalogResource | WidgetResource):
            raise TypeError(f"{resource!r} is not a tool's resource, so nobody would be kept from reading it")
        return super().add_resource(resource)

    def add_template(self, template: ResourceTemplate) -> ResourceTemplate:
        """Add a template of resources, held to what `add_resource` is."""
        if not isinstance(template, CatalogTemplate | PinnedWidget):
            raise TypeError(f"{template!r} is not a tool's resource, so nobody would be kept from reading it")
        return super().add_template(template)

    def tool_named(self, name: object) -> AnyTool | None:
        """The tool of that name, if this server offers it."""
        return self.offered.get(name) if isinstance(name, str) else None

    def tool_read(self, uri: object) -> AnyTool | None:
        """The tool whose answer is read under `uri`."""
        if not isinstance(uri, str):
            return None
        found = self._resources.get(uri)
        if found is not None:
            return found
        return next((tool for template, tool in self._templates if template.matches(uri) is not None), None)

    def _offer_resource(self, tool: AnyTool, dispatcher: Dispatcher) -> None:
        if tool.resource is None:
            return
        if "{" in tool.resource:
            template = CatalogTemplate.of(tool, tool.resource, dispatcher)
            self.add_template(template)
            self._templates.append((template, tool))
        else:
            self.add_resource(CatalogResource.of(tool, tool.resource, dispatcher))
            self._resources[tool.resource] = tool

    def _offer_widget(self, widget: Widget, site: Site, guard: AnyTool) -> None:
        pinned = PinnedWidget.of(widget, site, guard)
        self.add_resource(WidgetResource.of(widget, site, guard))
        self.add_template(pinned)
        self._resources[widget.uri] = guard
        self._templates.append((pinned, guard))

    def _offer_prompts(self, dispatcher: Dispatcher) -> None:
        prompts = {
            name: prompt
            for name, prompt in dispatcher.catalog.prompts.items()
            if prompt.audience in AUDIENCES[self.audience]
        }
        for prompt in prompts.values():
            self.add_prompt(CatalogPrompt.of(prompt))
        complete_arguments(self, prompts)


def build(
    dispatcher: Dispatcher,
    audience: Audience,
    *,
    site: Site = LOCAL,
    sessions: bool = False,
    state_key: bytes | None = None,
    version: str = "0.1.0",
) -> GharServer:
    """The MCP server for an audience, over any transport.

    `site` is where widgets load pictures from.
    `sessions` offers what needs a connection that stays: subscriptions. `state_key` (32 bytes or more) is
    shared by the processes that may answer one conversation; without it each process makes its own.
    """
    server = GharServer(
        dispatcher,
        audience,
        site,
        version=version,
        mask_error_details=True,
        dereference_schemas=False,
        strict_input_validation=False,
        on_duplicate="error",
        cache_ttl=LIST_SECONDS,
        cache_scope="private",
        request_state_security=_state_security(state_key),
    )
    _tune(server)
    if sessions:
        Subscriptions().serve(server)
    return server


def _state_security(key: bytes | None) -> RequestStateSecurity:
    made = RequestStateSecurity(keys=[key]) if key is not None else RequestStateSecurity.ephemeral()
    made.bind_principal = _principal
    return made


def _principal(context: ServerRequestContext[Any, Any]) -> str | None:
    """Whom a conversation's state belongs to: no other person, and no other app of theirs, can go on."""
    viewer = CURRENT.get()
    return None if viewer.id is None else f"{viewer.id} {viewer.session}"


def _tune(server: GharServer) -> None:
    """Reach below FastMCP where it costs, or drops, something that hosts need."""
    low = server._mcp_server  # pyright: ignore[reportPrivateUsage] -- it has no public name
    schemas = {name: schema.of(tool.takes) for name, tool in server.offered.items()}
    # Without this every 2026-07-28 tools/call runs the whole tools/list first: 42-68 ms with 200 tools.
    low.get_tool_input_schema = schemas.get
    schemes = {name: security_schemes(tool) for name, tool in server.offered.items()}

    async def complete(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        """Put back what the protocol's own models drop: sign-in schemes, and the UI extension before 2026."""
        result = await call_next(ctx)
        if ctx.method == "tools/list" and isinstance(result, dict):
            names = LISTED.get()
            closed = await server.switches.closed(server.offered.values(), CURRENT.get())
            told = [
                each
                for each in result["tools"]
                if (names is None or each["name"] in names) and each["name"] not in closed
            ]
            for listed in told:
                listed["securitySchemes"] = schemes[listed["name"]]
            return {**result, "tools": told}
        if isinstance(result, InitializeResult):
            result.capabilities.extensions = {UI_EXTENSION: {}}
        return result

    low.middleware.insert(0, complete)
    low.notification_options = NotificationOptions()  # what is switched off says so itself
