"""The rows that formats read beside pairs, written from a build when they are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
from pydantic import BaseModel

from curate.engines.memory import memory_limit
from curate.inputs import read_inputs
from curate.manifest_files import build_manifest
from curate.parameters import weight_units
from curate.sqlfiles import literal, statement, used
from curate.views import open_views
from curate.workspace import Workspace
from export.reading import RowsFile
from schemas.arrow import model_schema, table_schema
from schemas.errors import ExportError
from schemas.exported import AnswerRow, ExportTable, ReferenceRow, VoteRow
from schemas.manifest import BuildManifest

if TYPE_CHECKING:
    import duckdb

MODELS: Mapping[ExportTable, type[BaseModel]] = {
    "answers": AnswerRow,
    "references": ReferenceRow,
    "votes": VoteRow,
}
STEPS: Mapping[ExportTable, Sequence[str]] = {
    "answers": ("asked", "kept_texts", "placed_answers"),
    "references": ("asked",),
    "votes": ("asked", "kept_texts", "said_answers"),
}
"""Statements whose rows are kept a while, by prompt: a table takes a range of them at a time."""

LEFT_OUT: Sequence[ExportTable] = ("references", "votes")
"""The tables with a statement that counts what they lack."""

BATCH_ROWS = 1024
RANGE_PROMPTS = 20_000
ROW_GROUP = 10_000
SEED = "answers"
MEMORY_MB = 1024


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of the tables written, and how many rows each lacks, by their names.

    What lacks is what `left_out` of export.base.ExportInput counts.
    """

    files: Mapping[ExportTable, Path]
    left_out: Mapping[ExportTable, int]


def write_tables(
    workspace: Workspace, names: Iterable[ExportTable], folder: Path, *, judged: bool
) -> Tables:
    """Write those of `MODELS` that are named as Parquet files into `folder`.

    `judged` is false where pairs that judges alone decided count apart. Memory is MEMORY_MB, where
    PAIRWRIGHT_MEMORY_MB says nothing; what does not fit is spilled. Raises ExportError where the
    workspace holds other votes or candidates than the build has seen, and for a build by a version
    that wrote fewer columns.
    """
    wanted = [name for name in names if name in MODELS]
    if not wanted:
        return Tables({}, {})
    build = workspace.build_folder()
    manifest = build_manifest(build)
    licences = _licences(workspace, manifest)
    RowsFile(build / "splits.parquet", table_schema("splits"))
    given = _rubric_values(manifest) | {"judged": judged, "seed": SEED}
    files: dict[ExportTable, Path] = {}
    left_out: dict[ExportTable, int] = {}
    with open_views(workspace, build, memory_mb=memory_limit(MEMORY_MB)) as connection:
        connection.execute(f"create view pull_licences as {_licence_rows(licences)}")
        for step in dict.fromkeys(step for name in wanted for step in STEPS[name]):
            text = statement(f"export/{step}")
            connection.execute(f"create temp table {step} as {text}", used(text, given))
        for name in wanted:
            files[name] = folder / f"{name}.parquet"
            _write(connection, name, files[name])
            if name in LEFT_OUT:
                left_out[name] = _count(connection, f"export/{name}_left")
    return Tables(files, left_out)


def _licences(workspace: Workspace, manifest: BuildManifest) -> dict[str, str | None]:
    """The licence of each pull, where the workspace still holds what the build was made from."""
    inputs = read_inputs(workspace)
    if inputs.files != manifest.inputs:
        raise ExportError(
            f"votes or candidates have changed since build {manifest.build_id[:12]}",
            "run: curate build",
        )
    return inputs.licences


def _rubric_values(manifest: BuildManifest) -> dict[str, Any]:
    """The rubrics and weights that the build was made with."""
    others = sorted(set(manifest.settings["score"]["accept_rubrics"]) - {manifest.rubric_id})
    weights: Mapping[str, float] = manifest.settings["weights"]
    units = {name: weight_units(name, weight) for name, weight in weights.items()}
    return {
        "metrics": list(units),
        "weight_units": list(units.values()),
        "weighted_metrics": sum(unit > 0 for unit in units.values()),
        "rubrics": [manifest.rubric_id, *others],
    }


def _licence_rows(licences: Mapping[str, str | None]) -> str:
    rows = [f"({literal(pull)}, {literal(licence)})" for pull, licence in licences.items()]
    values = ", ".join(rows) or "(null, null)"
    columns = "pull::varchar as pull, licence::varchar as licence"
    return f"select {columns} from (values {values}) as licences(pull, licence)"


def _count(connection: "duckdb.DuckDBPyConnection", name: str) -> int:
    (count,) = connection.sql(statement(name)).fetchall()[0]
    return int(count)


def _write(connection: "duckdb.DuckDBPyConnection", name: ExportTable, path: Path) -> None:
    text = statement(f"export/{name}")
    schema = model_schema(MODELS[name])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for given in _ranges(connection):
            for batch in connection.sql(text, params=given).to_arrow_reader(BATCH_ROWS):
                writer.write_batch(batch.select(schema.names).cast(schema), ROW_GROUP)


def _ranges(connection: "duckdb.DuckDBPyConnection") -> list[dict[str, str]]:
    """Ranges of prompts, split by split: ids are hashes, so that equal ranges hold as many."""
    counts = connection.sql("select split, count(*) from asked group by split order by split")
    return [
        {"split": split, "first": first, "last": last}
        for split, count in counts.fetchall()
        for first, last in pairwise(_bounds(-(-count // RANGE_PROMPTS)))
    ]


def _bounds(parts: int) -> list[str]:
    """The ids that cut all ids into so many parts, and one that no id reaches."""
    return [f"{part * 16**32 // parts:032x}" for part in range(parts)] + ["g"]
