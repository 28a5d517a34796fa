"""Catalog prompts as FastMCP prompts, and the completion of their arguments."""

import logging
from collections.abc import Mapping
from typing import Any

import mcp_types as mcp
from fastmcp import FastMCP
from fastmcp.exceptions import PromptError
from fastmcp.prompts.base import InputRequiredPromptResult, Message, Prompt, PromptArgument, PromptResult
from pydantic import PrivateAttr, ValidationError

from servers.mcp.content import content
from servers.mcp.host import McpHost, conversing
from tools import schema
from tools.host import NeedsInput, Question
from tools.prompts import AnyPrompt
from tools.refusals import Refused
from tools.validation import invalid

MISSING = "missing"


class CatalogPrompt(Prompt):
    """A prompt of ours. A host that can ask its person is sent to do so when arguments are missing."""

    _prompt: AnyPrompt = PrivateAttr()

    @classmethod
    def of(cls, prompt: AnyPrompt) -> "CatalogPrompt":
        made = cls(
            name=prompt.name,
            title=prompt.name.replace("_", " ").capitalize(),
            description=prompt.summary,
            arguments=arguments(prompt),
        )
        made._prompt = prompt
        return made

    def get_meta(self) -> dict[str, Any]:
        return self.meta or {}

    async def _render(self, arguments: dict[str, Any] | None = None) -> PromptResult:
        async def attempt(host: McpHost) -> PromptResult:
            return self._written(arguments or {}, host)

        try:
            result = await conversing(attempt)
        except Refused as refusal:
            raise PromptError(refusal.message, log_level=logging.DEBUG) from refusal
        return InputRequiredPromptResult(result) if isinstance(result, mcp.InputRequiredResult) else result

    def _written(self, given: Mapping[str, Any], host: McpHost) -> PromptResult:
        filled = {**given, **host.answers.get(MISSING, {})}
        missing = [
            name
            for name, field in self._prompt.takes.model_fields.items()
            if field.is_required() and name not in filled
        ]
        if missing and "elicitation" in host.capabilities:
            raise NeedsInput({MISSING: _question(self._prompt, missing)})
        try:
            said = self._prompt.write(self._prompt.takes.model_validate(filled))
        except ValidationError as error:
            raise invalid(error) from error
        return PromptResult(
            [Message(content(each.block), role=each.role) for each in said], self._prompt.summary
        )


def arguments(prompt: AnyPrompt) -> list[PromptArgument]:
    """The prompt's arguments, as hosts show them."""
    takes = schema.of(prompt.takes)
    required = takes.get("required", ())
    return [
        PromptArgument(name=name, description=each.get("description"), required=name in required)
        for name, each in takes.get("properties", {}).items()
    ]


def complete_arguments(server: FastMCP, prompts: Mapping[str, AnyPrompt]) -> None:
    """Let hosts complete the arguments of these prompts, where a prompt says how."""
    if not any(prompt.completes for prompt in prompts.values()):
        return

    async def complete(
        reference: mcp.PromptReference | mcp.ResourceTemplateReference,
        argument: mcp.CompletionArgument,
        context: mcp.CompletionContext | None,
    ) -> list[str]:
        prompt = prompts.get(reference.name) if isinstance(reference, mcp.PromptReference) else None
        suggest = prompt.completes.get(argument.name) if prompt is not None else None
        return list(suggest(argument.value)) if suggest is not None else []

    server.add_completion_handler(complete)


def _question(prompt: AnyPrompt, missing: list[str]) -> Question:
    properties = schema.of(prompt.takes)["properties"]
    return Question(
        f"{prompt.summary} What is missing?",
        {"type": "object", "properties": {name: properties[name] for name in missing}, "required": missing},
    )
