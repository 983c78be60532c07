"""Settings and SQL that come from others: a config that holds, a predicate that only reads."""

import tomllib
from collections.abc import Callable
from functools import cache
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa

from curate import parameters
from curate.bundle.config import config_of, differing, only_settings
from curate.predicates import Predicate, rows_for
from curate.sandbox import one_select
from curate.settings import Settings, parse
from schemas.errors import ConfigError, PairwrightError, UsageError
from tests.fuzz.laws import holds, is_storable, is_told

SECONDS = 2.0
"""What a query may take here: it is the user's own time that a slow one takes."""


def config(data: bytes) -> None:
    """A curate.toml holds or is refused; a build's part of it is written and read as the same."""
    text = data.decode("utf-8", "replace")
    found = _parsed(text)
    if found is None:
        return
    parameters.values(found)
    try:
        parameters.tables(found, {})
        again = only_settings(config_of(found), "curate.toml")
    except ConfigError as error:
        is_told(error)
        return
    holds(differing(found, again) == [], differing(found, again))
    holds(again.rubric == found.rubric)


def override(data: bytes) -> None:
    """`--set key=value` over the settings there are."""
    overrides = data.decode("utf-8", "surrogateescape").split("\n")[:8]
    found = _parsed("", overrides)
    if found is not None:
        is_storable(config_of(found))


def bundle_config(data: bytes) -> None:
    """A stranger's curate.toml: of it no setting is taken that is none of a build."""
    try:
        found = only_settings(data.decode("utf-8", "replace"), "curate.toml")
    except PairwrightError as error:
        is_told(error)
        return
    holds(found.config.judge == _default().config.judge)
    holds(found.config.label_studio == _default().config.label_studio)
    tomllib.loads(config_of(found))


def predicate(data: bytes) -> None:
    """A condition gives keys of the table's rows, the same ones each time."""
    condition = data.decode("utf-8", "surrogateescape")
    asked = Predicate("t", "prompt_id", condition, "[[filter]] fuzzed", "of t")
    connection = _connection()
    try:
        first = _timed(connection, lambda: rows_for(connection, asked))
        second = _timed(connection, lambda: rows_for(connection, asked))
    except ConfigError as error:
        is_told(error)
        return
    holds(first.column_names == ["prompt_id"])
    holds(set(first.column(0).to_pylist()) <= {"a", "b", None})
    holds(
        sorted(map(str, first.column(0).to_pylist()))
        == sorted(map(str, second.column(0).to_pylist()))
    )


def query(data: bytes) -> None:
    """Exactly one SELECT is let through."""
    text = data.decode("utf-8", "surrogateescape")
    connection = _connection()
    try:
        made = one_select(connection, text)
    except UsageError as error:
        is_told(error)
        return
    holds(len(connection.extract_statements(made)) == 1)


def _parsed(text: str, overrides: list[str] | None = None) -> Settings | None:
    try:
        return parse(text, "curate.toml", overrides or [])
    except ConfigError as error:
        is_told(error)
        return None


@cache
def _default() -> Settings:
    return parse("", "curate.toml")


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 1, "memory_limit": "256MB"})
    rows = pa.table(
        {
            "prompt_id": ["a", "b", "b"],
            "n": [1, 2, None],
            "share": [0.5, None, 1.0],
            "text": ["x", None, ""],
        }
    )
    connection.register("given", rows)
    connection.execute("create table t as select * from given")
    connection.unregister("given")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _timed(connection: duckdb.DuckDBPyConnection, ask: Callable[[], Any]) -> Any:
    timer = Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        return ask()
    finally:
        timer.cancel()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "config": config,
    "override": override,
    "bundle_config": bundle_config,
    "predicate": predicate,
    "query": query,
}
