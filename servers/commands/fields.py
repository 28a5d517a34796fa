"""A tool's input fields as the options of a command, and its answer as the command prints it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import click
from pydantic_core import from_json

from servers.commands import readable
from servers.commands.console import Misused
from tools import schema
from tools.contract import AnyTool, Model

CALLING = ("json", "token", "key", "output")
RUNNING = ("json", "output", "all")
"""Options of `ghar call` and of `ghar job`, which no input field of what they take may be named as."""

_JSON = click.Option(
    ["--json", "given"], metavar="OBJECT", help="All fields as JSON; - reads standard input."
)
_OUTPUT = click.Option(
    ["--output"],
    type=click.Choice(["json", "text"]),
    help="By default text on a terminal and JSON elsewhere.",
)


def command(
    tool: AnyTool, run: Callable[[AnyTool, dict[str, Any]], None], own: Sequence[click.Parameter]
) -> click.Command:
    """The command that runs a tool: its fields as options, `--json`, `--output`, and some of its own."""
    fields: Mapping[str, Any] = schema.of(tool.takes)["properties"]
    required = set(schema.of(tool.takes).get("required", ()))
    options = [_option(name, each, name in required) for name, each in fields.items()]

    def work(**given: Any) -> None:
        run(tool, given)

    return click.Command(
        tool.name,
        params=[*options, _JSON, *own, _OUTPUT],
        callback=work,
        help=tool.summary,
        short_help=tool.summary.split(". ")[0],
        context_settings={"token_normalize_func": _hyphenated},
    )


def show(answer: Model, given: Mapping[str, Any]) -> None:
    """Print an answer as `--output` says."""
    form = given["output"] or ("text" if sys.stdout.isatty() else "json")
    if form == "json":
        click.echo(answer.model_dump_json())
    else:
        readable.show(answer)


def asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The input that the options of a command amount to."""
    ask = _object(given["given"]) if given["given"] else {}
    for name, value in given.items():
        if name.startswith("field_") and value is not None and value != ():
            ask[name.removeprefix("field_")] = _value(value)
    return ask


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


def _option(name: str, field: Mapping[str, Any], required: bool) -> click.Option:
    flag = f"--{name.replace('_', '-')}"
    said = _help(field, required)
    if _kinds(field) == {"boolean"}:
        return click.Option([f"{flag}/--no-{flag[2:]}", f"field_{name}"], default=None, help=said)
    many = "array" in _kinds(field)
    return click.Option([flag, f"field_{name}"], multiple=many, metavar=_metavar(field), help=said)


def _help(field: Mapping[str, Any], required: bool) -> str:
    said = str(field.get("description", ""))
    return f"{said} (required)".strip() if required else said


def _kinds(field: Mapping[str, Any]) -> set[str]:
    """The JSON types a field may have, null aside."""
    choices: list[Mapping[str, Any]] = field.get("anyOf", [field])
    return {str(each.get("type", "string")) for each in choices} - {"null"}


def _metavar(field: Mapping[str, Any]) -> str:
    for each in cast("list[Mapping[str, Any]]", field.get("anyOf", [field])):
        values = each.get("enum") or each.get("items", {}).get("enum")
        if values and len(values) <= 8:
            return "|".join(str(value) for value in values)
    return "|".join(sorted(_kinds(field))).upper()


def _object(text: str) -> dict[str, Any]:
    try:
        value = from_json(sys.stdin.read() if text == "-" else text, allow_inf_nan=False)
    except ValueError as error:
        raise Misused(f"--json is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise Misused("--json must be an object, such as '{\"limit\": 5}'.")
    return cast("dict[str, Any]", value)


def _value(given: Any) -> Any:
    """What an option says: text as it is, objects and lists as JSON."""
    if isinstance(given, tuple):
        values = [_value(each) for each in cast("tuple[Any, ...]", given)]
        whole = len(values) == 1 and isinstance(values[0], list)
        return cast("Any", values[0]) if whole else values
    if isinstance(given, str) and given[:1] in ("{", "["):
        try:
            return from_json(given, allow_inf_nan=False)
        except ValueError:
            return given
    return given
