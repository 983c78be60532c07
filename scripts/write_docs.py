"""Write the made parts of the documents anew: tables from the models, commands from the app.

They are the tables of docs/workspace.md, the settings of docs/config.md and the commands of
docs/cli.md. What stands between the two marks of a page is made here; the rest is written by hand.
"""

import inspect
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel

from schemas.arrow import TABLES
from schemas.manifest import BuildManifest, PullManifest
from scripts.cli_docs import commands
from scripts.config_docs import settings

ROOT = Path(__file__).resolve().parent.parent
TARGET, CLI_TARGET = ROOT / "docs" / "workspace.md", ROOT / "docs" / "cli.md"
CONFIG_TARGET = ROOT / "docs" / "config.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
FILES: dict[str, type[BaseModel]] = {"pull.json": PullManifest, "manifest.json": BuildManifest}
NAMES: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    Decimal: "decimal(18,6)",
    AwareDatetime: "UTC time",
    Any: "any",
}


def page(text: str) -> str:
    """docs/workspace.md with the tables between its marks made anew."""
    return _with(text, tables())


def cli_page(text: str) -> str:
    """docs/cli.md with the commands between its marks made anew."""
    return _with(text, commands())


def config_page(text: str) -> str:
    """docs/config.md with the settings between its marks made anew."""
    return _with(text, settings())


def _with(text: str, made: str) -> str:
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n\n{made}\n{END}{tail}"


def tables() -> str:
    """Every table, every record inside one, and the two manifests, as Markdown."""
    inner = sorted(set(_inner([*TABLES.values(), *FILES.values()])), key=lambda kind: kind.__name__)
    parts = [_section(f"Table `{name}`", model) for name, model in TABLES.items()]
    parts += [_section(f"File `{name}`", model) for name, model in FILES.items()]
    parts += [_section(f"Record {model.__name__}", model) for model in inner]
    return "\n".join(parts)


def type_name(annotation: Any) -> str:
    """A field's type in words."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_name(args[0])
    if origin in (Union, UnionType):
        inner = next(arg for arg in args if arg is not NoneType)
        return f"{type_name(inner)} or null"
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is tuple and args[-1] is not Ellipsis:
        return f"{len(args)} x {type_name(args[0])}"
    if origin is tuple:
        return f"list of {type_name(args[0])}"
    if origin is dict:
        return f"map of {type_name(args[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#record-{annotation.__name__.lower()})"
    return NAMES[annotation]


def _section(title: str, model: type[BaseModel]) -> str:
    rows = [f"| `{name}` | {type_name(info.annotation)} |" for name, info in _fields(model)]
    about = inspect.cleandoc(model.__doc__ or "")
    return "\n".join([f"### {title}", "", about, "", "| column | type |", "|---|---|", *rows, ""])


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    yield from model.model_fields.items()


def _inner(models: list[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The records that fields of `models` hold, at any depth."""
    for model in models:
        for _, info in _fields(model):
            found = list(_records_in(info.annotation))
            yield from found
            yield from _inner(found)


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        yield from _records_in(arg)


if __name__ == "__main__":
    for target, made in ((TARGET, page), (CLI_TARGET, cli_page), (CONFIG_TARGET, config_page)):
        target.write_text(made(target.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"wrote {target}")
