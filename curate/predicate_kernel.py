"""The user's filters as a kernel: DuckDB asks the predicates of one batch of rows.

They are DuckDB's SQL and stay it, whatever engine a build runs on; so a filter takes out the same
rows everywhere.
"""

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from curate import filters
from curate.kernels.base import Kernel, one_batch
from curate.predicates import parsed_condition
from schemas.config_curation import FilterRule
from schemas.errors import ConfigError


def filter_kernel(rules: Sequence[FilterRule], level: str) -> Kernel:
    """In: the level's rows as a filter sees them. Out: the ids that leave, and the filters' names.

    Raises ConfigError for a filter that looks at other rows than the one it is asked of.
    """
    asked = [rule for rule in rules if rule.level == level]
    for rule in asked:
        _refuse_subqueries(rule)
    given = filters.columns_of(level)
    leaving = pa.schema([(filters.KEYS[level], pa.string()), ("name", pa.string())])

    def apply(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = pa.table(batch).select(given.names).cast(given)
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("batch", rows)
            connection.execute("create table rows_given as select * from batch")
            connection.unregister("batch")
            connection.execute(f"create view {level}_rows as select * from rows_given")
            connection.execute("set timezone = 'UTC'")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            found = filters.leaving(connection, asked, level)
        return one_batch(found.cast(leaving))

    return Kernel(leaving, apply)


def _refuse_subqueries(rule: FilterRule) -> None:
    with duckdb.connect() as connection:
        if _has_subquery(parsed_condition(connection, rule.drop_when)):
            raise ConfigError(
                f"[[filter]] {rule.name!r}: on Spark a subquery would see a part of the rows",
                "ask it of one row, or build with --engine duckdb",
            )


def _has_subquery(tree: Any) -> bool:
    if isinstance(tree, list):
        return any(map(_has_subquery, tree))
    if not isinstance(tree, dict):
        return False
    return tree.get("class") == "SUBQUERY" or any(map(_has_subquery, tree.values()))
