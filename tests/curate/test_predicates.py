"""Conditions of users: one truth a row, the same each time, over one table."""

from collections.abc import Iterator

import duckdb
import pytest

from curate.predicates import Predicate, rows_for
from curate.sandbox import sandbox
from schemas.errors import ConfigError

ROWS = "select * from (values ('a', 1), ('b', 2), ('b', 3), (null, 4)) as rows(name, size)"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A sandbox with one small table."""
    with sandbox({"things": ROWS}, []) as found:
        yield found


def predicate(condition: str) -> Predicate:
    return Predicate("things", "name", condition, "[here] when", "of a thing")


def test_each_key_comes_once(connection: duckdb.DuckDBPyConnection) -> None:
    found = rows_for(connection, predicate("size > 1 and name is not null"))
    assert found.column(0).to_pylist() == ["b"]


def test_null_holds_for_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows_for(connection, predicate("null")).num_rows == 0


def test_an_error_names_place_cause_and_columns(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ConfigError) as error:
        rows_for(connection, predicate("sizes > 1"))
    assert error.value.message.startswith("[here] when: Referenced column")
    assert error.value.fix == "columns of a thing: name, size"


@pytest.mark.parametrize("condition", ["", "-- nothing", "size", "'yes'", "(1, 2)", "[true]"])
def test_a_value_is_no_condition(connection: duckdb.DuckDBPyConnection, condition: str) -> None:
    with pytest.raises(ConfigError, match="neither true nor false"):
        rows_for(connection, predicate(condition))


def test_half_a_character_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ConfigError, match="holds a character that no text has"):
        rows_for(connection, predicate("name = '\udcff'"))


@pytest.mark.parametrize(
    "condition",
    ["not " * 500 + "true", "size + " * 900 + "1 > 1", "(" * 3000 + "true" + ")" * 3000],
)
def test_endless_nesting_is_refused_in_one_line(
    connection: duckdb.DuckDBPyConnection, condition: str
) -> None:
    with pytest.raises(ConfigError, match=r"nested too deep|[Ee]xpression depth"):
        rows_for(connection, predicate(condition))


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("random() < 0.5", "random"),
        ("size > 1 and (name = 'a' or Random() < 0.5)", "random"),
        ("current_date > date '2026-01-01'", "current_date"),
        ("exists (select * from things using sample 1 rows)", "random"),
        ("size in (select size from things tablesample 50%)", "random"),
    ],
)
def test_chance_and_time_are_refused(
    connection: duckdb.DuckDBPyConnection, condition: str, named: str
) -> None:
    with pytest.raises(ConfigError, match=f"{named} differs from run to run"):
        rows_for(connection, predicate(condition))


def test_a_hash_is_no_chance(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows_for(connection, predicate("hash(name) % 1 = 0")).num_rows == 3
