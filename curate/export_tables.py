"""The rows that formats read beside pairs, written from a build when they are asked for."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
from pydantic import BaseModel

from curate.inputs import read_inputs
from curate.manifest_files import build_manifest
from curate.parameters import weight_units
from curate.settings import Settings
from curate.sqlfiles import literal, statement, used
from curate.views import open_views
from curate.workspace import Workspace
from schemas.arrow import model_schema
from schemas.errors import ExportError
from schemas.exported import AnswerRow, ReferenceRow, VoteRow

if TYPE_CHECKING:
    import duckdb

MODELS: Mapping[str, type[BaseModel]] = {
    "answers": AnswerRow,
    "references": ReferenceRow,
    "votes": VoteRow,
}
BATCH_ROWS = 1024
ROW_GROUP = 10_000
SEED = "answers"


def write_tables(
    workspace: Workspace, names: Iterable[str], folder: Path, *, judged: bool
) -> dict[str, Path]:
    """Write those of `MODELS` that are named as Parquet files into `folder`; name -> file.

    `judged` is false where pairs that judges alone decided do not count. Raises ExportError where
    the workspace is not as the build has seen it.
    """
    wanted = [name for name in MODELS if name in set(names)]
    if not wanted:
        return {}
    licences = _licences(workspace)
    given = _rubric_values(workspace.settings) | {"judged": judged, "seed": SEED}
    paths = {}
    with open_views(workspace, workspace.build_folder()) as connection:
        connection.execute(f"create view pull_licences as {_licence_rows(licences)}")
        connection.execute(f"create view asked as {statement('export/asked')}")
        for name in wanted:
            paths[name] = folder / f"{name}.parquet"
            _write(connection, name, given, paths[name])
    return paths


def _licences(workspace: Workspace) -> dict[str, str | None]:
    """The licence of each pull, where the workspace is still what the build was made from."""
    inputs = read_inputs(workspace)
    build_id = build_manifest(workspace.build_folder()).build_id
    if inputs.build_id(workspace.settings) != build_id:
        raise ExportError(
            f"votes, candidates or settings have changed since build {build_id[:12]}",
            "run: curate build",
        )
    return inputs.licences


def _rubric_values(settings: Settings) -> dict[str, Any]:
    own = settings.rubric.rubric_id
    others = sorted(set(settings.config.score.accept_rubrics) - {own})
    units = {name: weight_units(name, weight) for name, weight in settings.weights.items()}
    return {
        "metrics": list(units),
        "weight_units": list(units.values()),
        "weighted_metrics": sum(unit > 0 for unit in units.values()),
        "rubrics": [own, *others],
    }


def _licence_rows(licences: Mapping[str, str | None]) -> str:
    rows = [f"({literal(pull)}, {literal(licence)})" for pull, licence in licences.items()]
    values = ", ".join(rows) or "(null, null)"
    columns = "pull::varchar as pull, licence::varchar as licence"
    return f"select {columns} from (values {values}) as licences(pull, licence)"


def _write(
    connection: "duckdb.DuckDBPyConnection", name: str, given: Mapping[str, Any], path: Path
) -> None:
    text = statement(f"export/{name}")
    schema = model_schema(MODELS[name])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in connection.sql(text, params=used(text, given)).to_arrow_reader(BATCH_ROWS):
            writer.write_batch(batch.select(schema.names).cast(schema), ROW_GROUP)
