"""The settings of curate.toml as Markdown, read from the model: what docs/config.md lists."""

import inspect
import json
from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.config import Config

NAMES: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    date: "date",
}
BOUNDS = {
    "ge": "at least {}",
    "gt": "above {}",
    "le": "at most {}",
    "lt": "below {}",
    "max_length": "of at most {} characters",
}


def settings() -> str:
    """A section for every table of curate.toml: what it is about, then a row a setting."""
    return "\n".join(_section(*one) for one in every_section())


def every_section() -> Iterator[tuple[str, type[BaseModel]]]:
    """(head as it is written in curate.toml, model) of every table, inner ones after their own."""
    for name, info in Config.model_fields.items():
        yield from _tables(name, info.annotation)


def _tables(path: str, annotation: Any) -> Iterator[tuple[str, type[BaseModel]]]:
    model, many = _model(annotation)
    if model is None:
        return
    yield (f"[[{path}]]" if many else f"[{path}]"), model
    for name, info in model.model_fields.items():
        yield from _tables(f"{path}.{name}", info.annotation)


def _model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model that a setting holds, and whether it holds many; None where it holds values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    many = get_origin(annotation) is tuple
    for inner in get_args(annotation):
        model, more = _model(inner)
        if model is not None:
            return model, many or more
    return None, False


def _section(head: str, model: type[BaseModel]) -> str:
    rows = [
        f"| `{name}` | {_type(info)} | {_default(info)} | {_cell(info.description or '')} |"
        for name, info in model.model_fields.items()
        if _model(info.annotation)[0] is None
    ]
    table = ["| setting | is | where unset | |", "|---|---|---|---|", *rows, ""] if rows else []
    return "\n".join([f"### `{head}`", "", inspect.cleandoc(model.__doc__ or ""), "", *table])


def _type(info: FieldInfo) -> str:
    """A setting's type in words, with its bounds."""
    return _named(info.annotation, tuple(info.metadata))


def _named(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _named(args[0], _constraints(args[1:]))
    if origin in (Union, UnionType):
        inner = next(arg for arg in args if arg is not NoneType)
        return _named(inner, metadata)
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is tuple:
        return f"list of {_named(args[0])}"
    if origin is dict:
        return f"table of {_named(args[1])} by {_named(args[0])}"
    return " ".join([NAMES[annotation], *_bounds(metadata)])


def _constraints(extra: tuple[Any, ...]) -> tuple[Any, ...]:
    """What pydantic was told of a value, out of its own record of it."""
    return tuple(
        item for one in extra for item in (one.metadata if isinstance(one, FieldInfo) else (one,))
    )


def _bounds(metadata: tuple[Any, ...]) -> Iterator[str]:
    said = [
        text.format(f"{getattr(one, name):,}")
        for one in metadata
        for name, text in BOUNDS.items()
        if getattr(one, name, None) is not None
    ]
    if said:
        yield " and ".join(said)


def _default(info: FieldInfo) -> str:
    """What holds where a setting is not given, as TOML has it."""
    if info.is_required():
        return "needed"
    if info.default is None:
        return ""
    value = list(info.default) if isinstance(info.default, tuple) else info.default
    return f"`{json.dumps(value)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
