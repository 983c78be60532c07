"""What every field of every record holds. `python -m tests.support.record_fields` writes it."""

import json
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import schemas
from schemas.base import Record

KEPT = Path(__file__).resolve().parents[1] / "schemas" / "records.txt"
WORDS = ("title", "description")


def records() -> list[type[Record]]:
    """The records of the schemas, by module and name."""
    for module in pkgutil.iter_modules(schemas.__path__):
        import_module(f"schemas.{module.name}")
    ours = {it for it in _below(Record) if it.__module__.startswith("schemas.")}
    return sorted(ours, key=lambda it: (it.__module__, it.__name__))


def lines() -> list[str]:
    """Module, record and field, and its JSON schema: type, bounds and default."""
    return [
        f"{record.__module__}.{record.__name__}.{name} {_told(field)}"
        for record in records()
        for name, field in record.model_json_schema().get("properties", {}).items()
    ]


def _told(field: dict[str, object]) -> str:
    return json.dumps({it: field[it] for it in field if it not in WORDS}, sort_keys=True)


def _below(record: type[Record]) -> Iterator[type[Record]]:
    for one in record.__subclasses__():
        yield one
        yield from _below(one)


if __name__ == "__main__":
    KEPT.write_text("\n".join(lines()) + "\n", "utf-8")
    sys.stdout.write(f"wrote {KEPT}\n")
