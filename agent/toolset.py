"""The toolset: the catalog's tools as a model sees them, called in process through dispatch."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_ai import RunContext, ToolReturn
from pydantic_ai.exceptions import ModelRetry, ToolFailed
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from tools import schema
from tools.contract import AnyTool, Audience, Viewer
from tools.dispatch import Caller, Dispatcher, admit
from tools.host import CannotAsk, NeedsInput
from tools.refusals import Invalid, Refused
from tools.validation import invalid

_RETRIES = 2
_Key = tuple[bool, Audience, frozenset[str]]


class CatalogToolset(AbstractToolset[Caller]):
    """Everything of the catalog that has the agent surface, for whoever is asking.

    A write waits for a person's approval. Definitions and validators are made once, here.
    """

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._tools = {tool.name: tool for tool in dispatcher.catalog.on("agent")}
        self._offers = {name: self._offer(tool) for name, tool in self._tools.items()}
        self._for: dict[_Key, dict[str, ToolsetTool[Caller]]] = {}

    @property
    def id(self) -> str:
        return "ghar"

    async def get_tools(self, ctx: RunContext[Caller]) -> dict[str, ToolsetTool[Caller]]:
        """The tools this viewer may call: those that dispatch would admit."""
        viewer = ctx.deps.viewer
        key = (viewer.id is None, viewer.role, viewer.scopes)
        offered = self._for.get(key)
        if offered is None:
            offered = {
                name: self._offers[name] for name, tool in self._tools.items() if _admitted(tool, viewer)
            }
            self._for[key] = offered
        return offered

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[Caller], tool: ToolsetTool[Caller]
    ) -> ToolReturn[Any]:
        """The structured answer, with the tool's name and widget beside it for whoever draws it."""
        declared = self._tools[name]
        try:
            answer = await self._dispatcher.run(declared, tool_args, ctx.deps)
        except Invalid as refused:
            raise ModelRetry(_told(refused)) from refused
        except Refused as refused:
            raise ToolFailed(_told(refused)) from refused
        except NeedsInput as needs:
            raise ToolFailed(_told(CannotAsk())) from needs
        return ToolReturn(
            return_value=answer.model_dump(mode="json"),
            metadata={"tool": name, "widget": declared.widget},
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
                kind="function" if tool.reads else "unapproved",
                metadata={"widget": tool.widget},
            ),
        )


def _checker(tool: AnyTool) -> SchemaValidator:
    """Checks arguments by the tool's model, so that nobody is asked to approve a call that cannot run.

    It passes on the arguments as they came, since dispatch makes the model out of them.
    """
    return SchemaValidator(
        core_schema.no_info_wrap_validator_function(_checked, tool.takes.__pydantic_core_schema__)
    )


def _checked(given: Any, check: core_schema.ValidatorFunctionWrapHandler) -> Any:
    try:
        check(given)
    except ValidationError as error:
        raise ModelRetry(_told(invalid(error))) from error
    return given


def _admitted(tool: AnyTool, viewer: Viewer) -> bool:
    try:
        admit(tool, viewer)
    except Refused:
        return False
    return True


def _told(refused: Refused) -> str:
    """The refusal as the model reads it: its code, its sentence, and when to come back."""
    later = "" if refused.retry_after is None else f" Try again in {refused.retry_after} s."
    return f"{refused.code}: {refused.message}{later}"
