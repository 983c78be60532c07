"""What is known of each prompt before it is routed: tables in an engine, from pulls and journals.

Of the journals only what routing asks about is read: texts and reasons would be most of the work.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.parameters import weight_units
from curate.sandbox import first_line, unreadable
from curate.selection import define_selection
from curate.settings import Settings
from curate.views import event_rows, parquet_rows, parquet_source, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.errors import WorkspaceError

READ = (
    "event_id",
    "supersedes",
    "deleted",
    "prompt_id",
    "rater",
    "rubric_id",
    "rubric_hash",
    "sample",
    "request_hash",
    "expands",
    "answers",
    "tiers",
    "confirmed",
    "failure",
    "usage",
)
READ_WITHIN = {
    "answers": ("candidate_id", "scores"),
    "failure": ("reason",),
    "usage": ("seconds",),
}
FACTS = pa.schema(
    [
        ("prompt_id", pa.string()),
        ("pull", pa.string()),
        ("n_answers", pa.int64()),
        ("scores", pa.map_(pa.string(), pa.decimal128(18, 6))),
        ("margin", pa.decimal128(18, 6)),
        ("least_margin", pa.decimal128(18, 6)),
        ("spread", pa.decimal128(18, 6)),
        ("n_readings", pa.int64()),
        ("failures", pa.list_(pa.string())),
        ("n_human_votes", pa.int64()),
    ]
)
"""What rules see beside a prompt's own columns; docs/routing.md says what each means."""

USUAL_SLOPE = 6.0
"""The slope of a judge that was never calibrated."""


def values(
    settings: Settings, *, refresh: bool, with_scores: bool, doubt_slope: float = USUAL_SLOPE
) -> dict[str, Any]:
    """The parameters of curate/sql/route; a judge's scores are read only `with_scores`.

    `doubt_slope` is the judge's calibration: logits for the widest difference.
    """
    weighted = {name: weight for name, weight in settings.weights.items() if weight > 0}
    return {
        "rubric_id": settings.rubric.rubric_id,
        "metrics": [metric.name for metric in settings.rubric.metric],
        "weighted_metrics": list(weighted),
        "weight_units": [weight_units(name, weight) for name, weight in weighted.items()],
        "written": settings.config.route.written,
        "refresh": refresh,
        "with_scores": with_scores,
        "doubt_slope": doubt_slope / settings.widest_difference,
    }


def gather(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """Make `prompt_facts`, `answer_sets`, `routes_before`, `selected` and what they are made from.

    Raises JournalError or WorkspaceError that names the file that cannot be read.
    """
    _load_routes(engine, workspace)
    define_selection(engine, workspace)
    try:
        _define(engine, workspace, scratch)
        if engine.rows("route/bad_lines"):
            name_bad_line(workspace)
        for name in ("load/prompt_keys", "load/candidate_keys", "route/live_events"):
            engine.run(name)
    except duckdb.Error as error:
        name_bad_line(workspace)
        raise unreadable("of the workspace", error) from error
    for name in (
        *("readings", "metric_means", "sheets", "best_two", "margins", "doubts", "failures"),
        *("human_votes", "answer_sets", "prompt_facts"),
    ):
        engine.run(f"route/{name}")
    engine.drop("readings", "metric_means", "sheets", "best_two", "margins")


def narrow_events(
    columns: Sequence[str] = READ, within: Mapping[str, Sequence[str]] = READ_WITHIN
) -> pa.Schema:
    """These columns of events, and of those named in `within` only these fields."""
    whole = table_schema("events")
    return pa.schema([_narrowed(whole.field(name), within.get(name)) for name in columns])


def _load_routes(engine: DuckDBEngine, workspace: Workspace) -> None:
    before = [workspace.routes] if workspace.routes.is_file() else []
    try:
        engine.define("raw_routes", parquet_rows(before, "routes").text)
        engine.run("route/routes_before")
    except duckdb.Error as error:
        raise WorkspaceError(
            f"{workspace.routes}: {first_line(error)}",
            "restore it from a copy; without it prompts are routed from nothing",
        ) from error


def _define(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    path = scratch / "events.parquet"
    journals = event_rows(workspace.journals(), scratch, narrow_events())
    engine.define("journal_rows", journals.text)
    engine.view("route/event_lines")
    engine.copy("from event_lines", path)
    numbered = parquet_source([path], "file_row_number = true")
    engine.define(
        "raw_events",
        f"select * exclude (file_row_number), file_row_number as event_no from {numbered}",
    )


def _narrowed(field: pa.Field, kept: Sequence[str] | None) -> pa.Field:
    """The field with only those of its inner fields that are kept."""
    if kept is None:
        return field
    if pa.types.is_list(field.type):
        return pa.field(field.name, pa.list_(_only(field.type.value_type, kept)))
    return pa.field(field.name, _only(field.type, kept))


def _only(kind: pa.StructType, names: Sequence[str]) -> pa.StructType:
    return pa.struct([kind.field(name) for name in names])
