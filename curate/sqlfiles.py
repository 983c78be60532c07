"""The statements of curate/sql: text by name, with only the parameters a statement uses."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

PARAMETER = re.compile(r"\$([a-z_]+)")


@cache
def statement(name: str) -> str:
    """The text of `sql/<name>.sql`, e.g. `statement("pair/votes")`."""
    return (resources.files("curate") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def used(text: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters a statement names; an engine refuses values it does not ask for."""
    return {name: values[name] for name in PARAMETER.findall(text)}


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def literal(value: Any) -> str:
    """A value as SQL writes it: texts quoted, numbers as they are, None as null."""
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else str(value)


def no_glob(path: str) -> str:
    """The pattern that matches this path alone, for readers that take patterns."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)
