"""The selection as other stages see it: which prompts count, and whether routes go by it.

Without a selected.parquet every prompt counts.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.duckdb import DuckDBEngine
from curate.sandbox import first_line
from curate.views import parquet_rows
from curate.workspace import Workspace
from schemas.errors import WorkspaceError


@dataclass(frozen=True, slots=True)
class SelectionCount:
    """Of `prompts` of the workspace `selected` are selected."""

    selected: int
    prompts: int

    def __str__(self) -> str:
        return f"{self.selected:,} of {self.prompts:,} prompts are selected"


def define_selection(engine: DuckDBEngine, workspace: Workspace) -> None:
    """Leave the view `selected`, and `selecting` among the engine's values.

    Raises WorkspaceError for a selected.parquet that cannot be read.
    """
    engine.values["selecting"] = workspace.selected.is_file()
    files = [workspace.selected] if workspace.selected.is_file() else []
    try:
        engine.define("selected", parquet_rows(files, "selected").text)
        engine.connection.execute("select prompt_id from selected limit 0")
    except duckdb.Error as error:
        raise WorkspaceError(
            f"{workspace.selected}: {first_line(error)}", "run: curate select --clear, or select"
        ) from error


def selection_count(engine: DuckDBEngine) -> SelectionCount | None:
    """How many of the engine's `raw_prompts` are selected; None without a selection."""
    if not engine.values["selecting"]:
        return None
    return SelectionCount(*engine.rows("select/selection_count")[0])


def routes_are_older(workspace: Workspace) -> bool:
    """Whether routes.parquet goes by another selection than there is now.

    Raises WorkspaceError for a file that cannot be read.
    """
    if not workspace.routes.is_file():
        return False
    if "rule" not in _columns(workspace.routes):  # of a version that knew no selection
        return workspace.selected.is_file()
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        try:
            define_selection(engine, workspace)
            engine.define("routes", parquet_rows([workspace.routes], "routes").text)
            return bool(engine.rows("select/routed_otherwise"))
        finally:
            engine.close()


def _columns(path: Path) -> list[str]:
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(
            f"{path}: {error}", "restore it, or remove it and route anew"
        ) from error
