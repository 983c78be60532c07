"""The commands of `curate` as Markdown, read from the Typer app: what docs/cli.md lists."""

import inspect
from collections.abc import Iterator
from typing import Any, get_args

from typer.main import get_command

from curate.cli import app

COMMON = ("--workspace", "--set", "--json", "--debug", "--help")


def commands() -> str:
    """A section a command: what it does, how it is called, its arguments and options."""
    return "\n".join(_section(name, command) for name, command in every_command().items())


def every_command() -> dict[str, Any]:
    """The commands by how they are typed after `curate`: `build`, `label serve`."""
    return dict(_below(get_command(app)))


def _below(group: Any, typed: str = "") -> Iterator[tuple[str, Any]]:
    """The commands of a group, those of groups inside it under both names."""
    for name, command in group.commands.items():
        whole = f"{typed}{name}"
        inner = getattr(command, "commands", None)
        if inner is None or command.params:
            yield whole, command
        if inner is not None:
            yield from _below(command, f"{whole} ")


def _section(name: str, command: Any) -> str:
    arguments = [it for it in command.params if it.param_type_name == "argument"]
    options = [it for it in command.params if it.param_type_name == "option" and _is_own(it)]
    needed = [_needed(it) for it in options if it.required]
    call = " ".join(["curate", name, *(_argument(it) for it in arguments), *needed])
    rows = [_row(f"`{it.metavar}`", it) for it in arguments]
    rows += [_row(_spelling(it), it) for it in options]
    table = ["| | |", "|---|---|", *rows, ""] if rows else []
    about = inspect.cleandoc(command.help)
    return "\n".join([f"### {name}", "", f"    {call}", "", about, "", *table])


def _is_own(option: Any) -> bool:
    """Whether an option is not one of those that every command takes."""
    return not set(option.opts) & set(COMMON)


def _argument(argument: Any) -> str:
    return str(argument.metavar) if argument.required else f"[{argument.metavar}]"


def _needed(option: Any) -> str:
    """How an option that cannot be left out is typed."""
    return _spelling(option).strip("`")


def _spelling(option: Any) -> str:
    """An option and its value; of a flag with two names both."""
    value = "" if option.is_flag else f" {_value(option)}"
    return ", ".join([f"`{option.opts[0]}{value}`", *(f"`{it}`" for it in option.secondary_opts)])


def _value(option: Any) -> str:
    if option.metavar:
        return str(option.metavar)
    choices = get_args(option.type_descriptor.annotation)
    return "/".join(map(str, choices)) or str(option.name).upper()


def _row(name: str, parameter: Any) -> str:
    return f"| {name} | {' '.join(_said(parameter))} |"


def _said(parameter: Any) -> Iterator[str]:
    """What a parameter means, and its default where it has one."""
    yield parameter.help
    shown = parameter.show_default
    if isinstance(shown, str):
        yield f"Default: {shown}."
    elif parameter.default not in (None, False) and not parameter.required:
        yield f"Default: {parameter.default}."
