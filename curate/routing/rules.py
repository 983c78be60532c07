"""The rules of [route] over the prompts: for which prompts each one holds, found in the sandbox.

They are config, and config may come from others, as filters may (curate/predicates.py).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from curate.predicates import Predicate, rows_for
from curate.routing.facts import FACTS
from curate.sandbox import sandbox
from curate.sqlfiles import statement
from curate.views import Rows, no_rows, parquet_source, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.config_routing import RouteRule

MATCHES = pa.schema([("prompt_id", pa.string()), ("rule_no", pa.int32())])
SEEN = ("views/prompts", "views/candidates", "route/prompt_rows")


def check(rules: Sequence[RouteRule]) -> None:
    """Bind every rule to the columns there are. Raises ConfigError naming them."""
    if not rules:
        return
    empty = {
        "raw_prompts": Rows(no_rows(_pulled("prompts"))),
        "raw_candidates": Rows(no_rows(_pulled("candidates"))),
        "prompt_facts": Rows(no_rows(FACTS)),
    }
    _matches(empty, rules)


def matches(workspace: Workspace, rules: Sequence[RouteRule], facts: Path) -> pa.Table:
    """The prompts for which each rule holds. Shape: (rows, 2): prompt_id and rule_no, from 0.

    `facts` is a file of `prompt_facts`. Raises ConfigError for a rule that fails on a row.
    """
    if not rules:
        return MATCHES.empty_table()
    inputs = {
        "raw_prompts": pulled_rows(workspace, "prompts"),
        "raw_candidates": pulled_rows(workspace, "candidates"),
        "prompt_facts": Rows(f"select * from {parquet_source([facts])}", (facts,)),
    }
    return _matches(inputs, rules)


def _matches(inputs: Mapping[str, Rows], rules: Sequence[RouteRule]) -> pa.Table:
    views = {name: rows.text for name, rows in inputs.items()}
    views |= {name.partition("/")[2]: statement(name) for name in SEEN}
    files = [file for rows in inputs.values() for file in rows.files]
    with sandbox(views, files) as connection:
        return pa.concat_tables(
            _numbered(rows_for(connection, _predicate(rule, rule_no)), rule_no)
            for rule_no, rule in enumerate(rules)
        )


def _predicate(rule: RouteRule, rule_no: int) -> Predicate:
    place = f"[[route.rule]] {rule.name or rule_no + 1}: when = {rule.when!r}"
    return Predicate("prompt_rows", "prompt_id", rule.when, place, "of a prompt")


def _numbered(found: pa.Table, rule_no: int) -> pa.Table:
    numbers = pa.repeat(pa.scalar(rule_no, pa.int32()), found.num_rows)
    return pa.Table.from_arrays([found.column(0).combine_chunks(), numbers], schema=MATCHES)


def _pulled(name: str) -> pa.Schema:
    return table_schema(name).append(pa.field("pull", pa.string()))
