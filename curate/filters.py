"""The user's filters: SQL predicates over prompts, candidates and pairs.

They are config, and config may come from others: they run in the sandbox, on views, and give back
only the ids of the rows for which they hold. Every predicate is bound against its columns before a
build starts, so a misspelt column costs nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from curate.predicates import Predicate, rows_for
from curate.sandbox import sandbox
from curate.sqlfiles import statement
from curate.views import base_views, no_rows, parquet_source
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.config_curation import FilterRule

DRAFTS = pa.schema(
    [
        ("pair_id", pa.string()),
        ("prompt_id", pa.string()),
        ("chosen", pa.string()),
        ("rejected", pa.string()),
        ("chosen_models", pa.list_(pa.string())),
        ("rejected_models", pa.list_(pa.string())),
        ("margin_raw", pa.decimal128(18, 6)),
        ("margin", pa.decimal128(18, 6)),
        ("tier_gap", pa.decimal128(18, 6)),
        ("agreement", pa.decimal128(18, 6)),
        ("n_raters", pa.int64()),
        ("level", pa.string()),
        ("source", pa.string()),
        ("attributes", pa.map_(pa.string(), pa.string())),
    ]
)
KEYS = {"prompt": "prompt_id", "candidate": "candidate_id", "pair": "pair_id"}


def check(rules: Sequence[FilterRule]) -> None:
    """Bind every predicate to its level's columns. Raises ConfigError naming the columns."""
    if not rules:
        return
    inputs = {name: no_rows(schema) for name, schema in INPUTS.items()}
    with sandbox(_views(inputs), []) as connection:
        for rule in rules:
            _rows(connection, rule)


def matches(
    workspace: Workspace,
    rules: Sequence[FilterRule],
    levels: Sequence[str],
    scratch: Path,
    drafts: Path | None = None,
) -> Mapping[str, pa.Table]:
    """For each of `levels`, the rows that leave. Shape: (rows, 2): the id and the filter's `name`.

    A row that several filters take out is named by the first.
    """
    if not any(rule.level in levels for rule in rules):
        return {level: _named(level, {}) for level in levels}
    base = base_views(workspace, scratch)
    inputs = {name: base[name].text for name in ("raw_prompts", "raw_candidates")}
    draft_files = [drafts] if drafts else []
    inputs["pair_rows"] = (
        f"select * from {parquet_source(draft_files)}" if drafts else no_rows(DRAFTS)
    )
    files = [*base["raw_prompts"].files, *base["raw_candidates"].files, *draft_files]
    with sandbox(_views(inputs), files) as connection:
        return {level: leaving(connection, rules, level) for level in levels}


def columns_of(level: str) -> pa.Schema:
    """The columns that filters of a level see."""
    inputs = {name: no_rows(schema) for name, schema in INPUTS.items()}
    with sandbox(_views(inputs), []) as connection:
        return connection.sql(f"select * from {level}_rows limit 0").to_arrow_table().schema


def leaving(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[FilterRule], level: str
) -> pa.Table:
    """The rows of one level that leave, out of the connection's rows of that level."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.level == level:
            for row_id in _rows(connection, rule).column(0).to_pylist():
                found.setdefault(row_id, rule.name)
    return _named(level, found)


def _named(level: str, found: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {
            KEYS[level]: pa.array(found.keys(), pa.string()),
            "name": pa.array(found.values(), pa.string()),
        }
    )


def _rows(connection: duckdb.DuckDBPyConnection, rule: FilterRule) -> pa.Table:
    place = f"[[filter]] {rule.name!r}: drop_when = {rule.drop_when!r}"
    table = f"{rule.level}_rows"
    return rows_for(
        connection, Predicate(table, KEYS[rule.level], rule.drop_when, place, "at this level")
    )


def _views(inputs: Mapping[str, str]) -> dict[str, str]:
    seen = ("views/prompts", "views/candidates", "filter/prompt_rows", "filter/candidate_rows")
    return {**inputs, **{name.partition("/")[2]: statement(name) for name in seen}}


def _pulled(name: str) -> pa.Schema:
    return table_schema(name).append(pa.field("pull", pa.string()))


INPUTS = {
    "raw_prompts": _pulled("prompts"),
    "raw_candidates": _pulled("candidates"),
    "pair_rows": DRAFTS,
}
