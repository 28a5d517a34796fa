"""Models whose JSON Schemas say of each field what is written under it in the source."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler

_Texts = Mapping[str, str | None]
"""The fields that a class declares, and the text under each."""


class Described(BaseModel):
    """A model whose fields are described by the texts under them.

    Pydantic's `use_attribute_docstrings` looks for them when a class is made, which costs more than all else
    in importing a catalog; here they are looked for when a schema is asked for, a module at a time.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        told = handler.resolve_ref_schema(handler(schema))
        properties: dict[str, Any] = told.get("properties", {})
        texts = _texts(cls)
        for name, field in cls.model_fields.items():
            text = texts.get(name)
            if text is not None and field.description is None:
                properties[name] = {**properties[name], "description": text}
        return told


def _texts(model: type[Described]) -> dict[str, str | None]:
    """The text under each field, by the class that declared it last: that may be in another module."""
    texts: dict[str, str | None] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Described) and each is not Described:
            texts |= _declared(each.__module__).get(each.__qualname__, {})
    return texts


@cache
def _declared(module: str) -> dict[str, _Texts]:
    """What the classes of a module declare, by their qualified names."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        # Made by a program or typed into an interpreter: there is no source to read.
        return {}
    return dict(_classes(ast.parse(source), ""))


def _classes(within: ast.AST, above: str) -> Iterator[tuple[str, _Texts]]:
    for node in ast.iter_child_nodes(within):
        match node:
            case ast.ClassDef(name=name):
                yield above + name, _fields(node)
                yield from _classes(node, f"{above}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield from _classes(node, f"{above}{name}.<locals>.")
            case _:
                pass


def _fields(node: ast.ClassDef) -> _Texts:
    texts: dict[str, str | None] = {}
    for statement, after in zip_longest(node.body, node.body[1:]):
        match statement, after:
            case ast.AnnAssign(target=ast.Name(id=field)), ast.Expr(value=ast.Constant(value=str(text))):
                texts[field] = inspect.cleandoc(text)
            case ast.AnnAssign(target=ast.Name(id=field)), _:
                texts[field] = None
            case _:
                pass
    return texts
