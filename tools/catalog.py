"""The catalog: every tool and prompt, collected from the domains, frozen, and looked up by name."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType, ModuleType
from typing import NamedTuple, Self, TypeVar, cast

import tools
from tools.contract import AnyTool, Audience, Surface, Tool
from tools.flags import Flag
from tools.prompts import AnyPrompt, Prompt
from tools.refusals import UnknownTool

Declared = TypeVar("Declared")


class Flagged(NamedTuple):
    """A flag, and which tools it is about."""

    flag: Flag
    tools: list[str]


class Catalog:
    """An immutable set of tools and prompts with unique names."""

    def __init__(self, declared_tools: Iterable[AnyTool], prompts: Iterable[AnyPrompt] = ()) -> None:
        self._tools: dict[str, AnyTool] = {}
        for tool in declared_tools:
            _enter(self._tools, tool.name, tool)
        self._prompts: dict[str, AnyPrompt] = {}
        for prompt in prompts:
            _enter(self._prompts, prompt.name, prompt)

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> Self:
        """Everything declared in these modules. What a module merely imports does not count twice."""
        found = {id(value): value for module in modules for value in vars(module).values()}
        return cls(
            [cast("AnyTool", value) for value in found.values() if isinstance(value, Tool)],
            [cast("AnyPrompt", value) for value in found.values() if isinstance(value, Prompt)],
        )

    @property
    def tools(self) -> Mapping[str, AnyTool]:
        return MappingProxyType(self._tools)

    @property
    def prompts(self) -> Mapping[str, AnyPrompt]:
        return MappingProxyType(self._prompts)

    @cached_property
    def flags(self) -> Mapping[str, Flagged]:
        """Every flag that a tool names, by its name."""
        found: dict[str, Flag] = {}
        for tool in self:
            if tool.flag is not None:
                _enter(found, tool.flag.name, tool.flag)
        return {
            name: Flagged(flag, sorted(tool.name for tool in self if tool.flag is flag))
            for name, flag in found.items()
        }

    def __getitem__(self, name: str) -> AnyTool:
        """The tool of that name. Refuses an unknown one."""
        found = self._tools.get(name)
        if found is None:
            raise UnknownTool(f"There is no tool named {name!r}.")
        return found

    def __iter__(self) -> Iterator[AnyTool]:
        return iter(self._tools.values())

    def __len__(self) -> int:
        return len(self._tools)

    def on(self, surface: Surface, *audiences: Audience) -> list[AnyTool]:
        """The tools of a surface, for these audiences (all when none is named), by name."""
        return [
            tool
            for tool in sorted(self._tools.values(), key=lambda each: each.name)
            if surface in tool.surfaces and (not audiences or tool.audience in audiences)
        ]


def _enter(into: dict[str, Declared], name: str, declared: Declared) -> None:
    if name in into and into[name] is not declared:
        raise ValueError(f"two declarations are named {name!r}")
    into[name] = declared


NO_DOMAINS = frozenset({"tools.notice_types"})
"""Packages under `tools/` that domains share."""


def domain_modules() -> list[ModuleType]:
    """The files of every domain folder under `tools/`, imported. Folders below them declare nothing."""
    return [
        importlib.import_module(module.name)
        for domain in pkgutil.iter_modules(tools.__path__, "tools.")
        if domain.ispkg and domain.name not in NO_DOMAINS
        for module in pkgutil.iter_modules(
            [f"{tools.__path__[0]}/{domain.name.split('.')[1]}"], f"{domain.name}."
        )
        if not module.ispkg
    ]


def whole() -> Catalog:
    """The product's catalog: every domain under `tools/`."""
    return Catalog.of(domain_modules())
