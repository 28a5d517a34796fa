"""The toolset: the catalog's tools as a model sees them, called in process through dispatch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Never, cast

from pydantic import ValidationError
from pydantic_ai import RunContext, ToolReturn
from pydantic_ai.exceptions import ApprovalRequired, ModelRetry, ToolFailed
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from agent import denials
from tools import keys, schema
from tools.consent import TicketUsed
from tools.contract import AnyTool, Audience, Viewer
from tools.dispatch import Caller, Dispatcher, admit
from tools.host import CannotAsk, NeedsInput
from tools.refusals import (
    AuthProviderUnreachable,
    Forbidden,
    InsufficientScope,
    Invalid,
    Refused,
    SignInRequired,
)
from tools.trust.waiting import action_status, confirm_action
from tools.validation import invalid

if TYPE_CHECKING:
    from tools.trust.waiting import Action

_RETRIES = 2
_UNREAD = SchemaValidator(core_schema.dict_schema())
_Key = tuple[bool, Audience, frozenset[str]]


class CatalogToolset(AbstractToolset[Caller]):
    """Everything of the catalog that has the agent surface, for whoever is asking.

    A write changes nothing when a model calls it: it becomes a ticket, the run stops, and once a person has
    approved, the ticket is redeemed. What somebody could do after signing in is named to the model too,
    without its fields: a call of it is refused at once, and the refusal says where to sign in. Definitions
    and validators are made once, here.
    """

    def __init__(self, dispatcher: Dispatcher, sign_in: str = "/sign-in") -> None:
        """`sign_in` is the address of the page where people sign in."""
        self._dispatcher = dispatcher
        self._sign_in = sign_in
        self._tools = {tool.name: tool for tool in dispatcher.catalog.on("agent")}
        self._offers = {name: self._offer(tool) for name, tool in self._tools.items()}
        self._locked = {name: self._lock(tool) for name, tool in self._tools.items()}
        self._for: dict[_Key, dict[str, ToolsetTool[Caller]]] = {}

    @property
    def id(self) -> str:
        return "ghar"

    async def get_tools(self, ctx: RunContext[Caller]) -> dict[str, ToolsetTool[Caller]]:
        """The tools that dispatch would admit, and those that it would after a sign-in."""
        viewer = ctx.deps.viewer
        key = (viewer.id is None, viewer.role, viewer.scopes)
        offered = self._for.get(key)
        if offered is None:
            found = {name: self._offered(name, tool, viewer) for name, tool in self._tools.items()}
            offered = {name: each for name, each in found.items() if each is not None}
            self._for[key] = offered
        closed = await self._dispatcher.switches.closed(self._tools.values(), viewer)
        return {name: each for name, each in offered.items() if name not in closed} if closed else offered

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[Caller], tool: ToolsetTool[Caller]
    ) -> ToolReturn[Any]:
        """The structured answer, with the tool's name and widget beside it for whoever draws it."""
        declared = self._tools[name]
        if ctx.tool_call_approved:
            return await self._redeemed(declared, ctx)
        try:
            if not declared.reads:
                await self._propose(declared, tool_args, ctx)
            answer = await self._dispatcher.run(declared, tool_args, ctx.deps)
        except Invalid as refused:
            raise ModelRetry(_told(refused)) from refused
        except (SignInRequired, InsufficientScope) as refused:
            raise ToolFailed(f"{_told(refused)} The place for it is {self._sign_in}") from refused
        except Refused as refused:
            raise ToolFailed(_told(refused)) from refused
        except NeedsInput as needs:
            raise ToolFailed(_told(CannotAsk())) from needs
        return _returned(declared, answer.model_dump(mode="json"))

    async def _propose(self, tool: AnyTool, given: dict[str, Any], ctx: RunContext[Caller]) -> Never:
        """Make a ticket of a write, and stop the run for it."""
        denied = denials.of(ctx.messages, tool, given)
        if denied is not None:
            raise ToolFailed(denied)
        preview = await self._dispatcher.propose(tool, given, _keyed(ctx))
        raise ApprovalRequired({"preview": preview.model_dump(mode="json")})

    async def _redeemed(self, tool: AnyTool, ctx: RunContext[Caller]) -> ToolReturn[Any]:
        """Do what was approved. It may have been done already, on the page or before a restart."""
        ticket = {"ticket": ctx.tool_call_metadata["ticket"]}
        try:
            try:
                by = replace(ctx.deps, decides=True)
                answer = await self._dispatcher.run(confirm_action, ticket, by)
            except TicketUsed:
                answer = await self._dispatcher.run(action_status, ticket, ctx.deps)
        except Refused as refused:
            if refused.retry_after is not None:
                # It still waits: the answer breaks off, and the person can approve again.
                raise
            raise ToolFailed(_told(refused)) from refused
        action = cast("Action", answer)
        if action.answer is None:
            raise ToolFailed(action.summary())
        return _returned(tool, action.answer)

    def _offered(self, name: str, tool: AnyTool, viewer: Viewer) -> ToolsetTool[Caller] | None:
        try:
            admit(tool, viewer)
        except InsufficientScope:
            return self._locked[name]
        except (SignInRequired, AuthProviderUnreachable):
            return self._locked[name] if tool.audience == "member" else None
        except Forbidden:
            return None
        return self._offers[name]

    def _lock(self, tool: AnyTool) -> ToolsetTool[Caller]:
        return ToolsetTool(
            toolset=self,
            max_retries=_RETRIES,
            args_validator=_UNREAD,
            tool_def=ToolDefinition(
                name=tool.name,
                description=f"{tool.summary} Not open to this person yet: call it to learn how.",
                metadata={"widget": None},
            ),
        )

    def _offer(self, tool: AnyTool) -> ToolsetTool[Caller]:
        return ToolsetTool(
            toolset=self,
            max_retries=_RETRIES,
            args_validator=_checker(tool),
            tool_def=ToolDefinition(
                name=tool.name,
                description=tool.summary,
                parameters_json_schema=schema.of(tool.takes),
                metadata={"widget": tool.widget},
            ),
        )


def _keyed(ctx: RunContext[Caller]) -> Caller:
    """The caller, with the tool call's id as the idempotency key of a write.

    Some models number their calls anew in each step, so the step belongs to it.
    """
    turn, call_id = ctx.deps.turn, ctx.tool_call_id
    if turn is None or call_id is None:
        return ctx.deps
    return replace(ctx.deps, key=keys.of_turn(turn, f"{len(ctx.messages)}:{call_id}"))


def _returned(tool: AnyTool, answer: dict[str, Any]) -> ToolReturn[Any]:
    return ToolReturn(return_value=answer, metadata={"tool": tool.name, "widget": tool.widget})


def _checker(tool: AnyTool) -> SchemaValidator:
    """Checks arguments by the tool's model, so that nobody is asked to approve a call that cannot run.

    It passes on the arguments as they came, since dispatch makes the model out of them.
    """
    tool.takes.model_rebuild()  # Models are built when they are needed, and until then have no schema.
    return SchemaValidator(
        core_schema.no_info_wrap_validator_function(_checked, tool.takes.__pydantic_core_schema__)
    )


def _checked(given: Any, check: core_schema.ValidatorFunctionWrapHandler) -> Any:
    try:
        check(given)
    except ValidationError as error:
        raise ModelRetry(_told(invalid(error))) from error
    return given


def _told(refused: Refused) -> str:
    """The refusal as the model reads it: its code, its sentence, and when to come back."""
    later = "" if refused.retry_after is None else f" Try again in {refused.retry_after} s."
    return f"{refused.code}: {refused.message}{later}"
