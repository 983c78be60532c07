"""Predicates that users write in curate.toml: one SQL condition over one table of the sandbox.

A predicate adds its condition and nothing else to the query around it, and gives the same each time
it is asked: what it decides is in files that must come out byte for byte the same again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from curate.ingest.text import is_text
from curate.sandbox import first_line
from schemas.errors import ConfigError

CLOCKS = (
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
)
"""Read as columns by the parser and as functions afterwards."""

TRUTHS = ("BOOLEAN", "NULL", '"NULL"')


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition on rows of `table`, which are named by `key`.

    `place` is what errors call it, `of` what the table's rows are ("at this level").
    """

    table: str
    key: str
    condition: str
    place: str
    of: str

    def query(self, condition: str) -> str:
        """The query around a condition; a line break ends a comment that the condition ends in."""
        return f"select distinct {self.key} from {self.table} where (\n{condition}\n)"


def rows_for(connection: duckdb.DuckDBPyConnection, predicate: Predicate) -> pa.Table:
    """The keys of the rows for which the predicate holds. Shape: (rows, 1).

    Raises ConfigError that names the place, what is wrong, and the columns there are.
    """
    if not is_text(predicate.condition):
        raise ConfigError(
            f"{predicate.place} holds a character that no text has", "give one SQL condition"
        )
    query = predicate.query(predicate.condition)
    try:
        if len(connection.extract_statements(query)) != 1 or (
            _around_condition(connection, query)
            != _around_condition(connection, predicate.query("true"))
        ):
            raise ConfigError(
                f"{predicate.place} is more than a predicate", "give one SQL condition"
            )
        _refuse_values(connection, predicate)
        _refuse_chance(connection, predicate)
        return connection.sql(query).to_arrow_table()
    except RecursionError as error:
        raise ConfigError(
            f"{predicate.place} is nested too deep", "write it flatter, e.g. with in (...)"
        ) from error
    except duckdb.Error as error:
        described = connection.execute(f"describe {predicate.table}").fetchall()
        columns = ", ".join(name for name, *_ in described)
        raise ConfigError(
            f"{predicate.place}: {first_line(error)}", f"columns {predicate.of}: {columns}"
        ) from error


def _around_condition(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The parsed query without its condition: a predicate changes nothing else.

    One that closes the bracket to go on with a union, a limit or a grouping does.
    """
    tree = _parsed(connection, query)
    for statement_tree in tree.get("statements", []):
        statement_tree["node"].pop("where_clause", None)
    return tree


def _refuse_values(connection: duckdb.DuckDBPyConnection, predicate: Predicate) -> None:
    """Raise ConfigError for what is neither true nor false, which would fail on the first row."""
    tried = f"describe select (\n{predicate.condition}\n) as held from {predicate.table}"
    kind = str(connection.execute(tried).fetchall()[0][1])
    if kind not in TRUTHS:
        raise ConfigError(
            f"{predicate.place} is a {kind}, neither true nor false", "give one SQL condition"
        )


def _refuse_chance(connection: duckdb.DuckDBPyConnection, predicate: Predicate) -> None:
    """Raise ConfigError for a condition whose answer depends on the time or on chance."""
    used = set(_names(_parsed(connection, predicate.query(predicate.condition))))
    if found := sorted(used & _unsteady()):
        raise ConfigError(
            f"{predicate.place}: {found[0]} differs from run to run",
            "ask what stays the same, e.g. hash(prompt_id) % 10 = 0",
        )


@cache
def _unsteady() -> frozenset[str]:
    """The names of what DuckDB does not call the same at each call."""
    query = "select distinct function_name from duckdb_functions() where stability != 'CONSISTENT'"
    with duckdb.connect() as connection:
        return frozenset({*CLOCKS, *(name for (name,) in connection.execute(query).fetchall())})


def _names(tree: Any) -> Iterator[str]:
    """What a parsed query calls: functions, unqualified columns, and `random` for a sample."""
    if isinstance(tree, list):
        for item in tree:
            yield from _names(item)
    elif isinstance(tree, dict):
        yield from _own_names(tree)
        for item in tree.values():
            yield from _names(item)


def _own_names(node: dict[str, Any]) -> Iterator[str]:
    if "function_name" in node:
        yield str(node["function_name"]).lower()
    if len(node.get("column_names") or ()) == 1:
        yield str(node["column_names"][0]).lower()
    if node.get("sample") is not None:
        yield "random"


def parsed_condition(connection: duckdb.DuckDBPyConnection, condition: str) -> Any:
    """DuckDB's tree of a SELECT with this condition."""
    return _parsed(connection, f"select 1 from rows_given where (\n{condition}\n)")


def _parsed(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    found = connection.execute("select json_serialize_sql($1::varchar)", [query]).fetchall()
    return json.loads(found[0][0])
