"""The prompts to select from: the table `pool` of an engine, in the order of their ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.sampling.chosen import matching
from curate.sandbox import unreadable
from curate.views import pulled_rows
from curate.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The prompts in the order of their ids. `task_types` are texts, one a prompt."""

    prompt_ids: pa.Array
    task_types: "Array"

    def __len__(self) -> int:
        return len(self.prompt_ids)

    def by_type(self) -> dict[str, "Array"]:
        """The places of each task type's prompts, ascending."""
        import numpy as np

        kinds = sorted({str(kind) for kind in np.unique(self.task_types)})
        return {kind: np.flatnonzero(self.task_types == kind) for kind in kinds}


@contextmanager
def opened(workspace: Workspace, where: str | None) -> Iterator[tuple[DuckDBEngine, Path]]:
    """An engine with `pool`, `prompts` and `candidates`, and its folder, while the block runs.

    Raises ConfigError for a predicate that does not hold, WorkspaceError for a damaged table.
    """
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        try:
            _fill(engine, workspace, where)
            yield engine, Path(scratch)
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise unreadable("prompts or candidates", error) from error
        finally:
            engine.close()


def read_pool(engine: DuckDBEngine) -> Pool:
    """The engine's pool. Shape: as many as there are prompts."""
    import numpy as np

    table = engine.table("select/pool_rows")
    kinds = np.array(table.column("task_type").to_pylist(), object)
    return Pool(table.column("prompt_id").combine_chunks(), kinds)


def _fill(engine: DuckDBEngine, workspace: Workspace, where: str | None) -> None:
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    for name in ("load/prompt_keys", "load/candidate_keys"):
        engine.run(name)
    engine.view("select/prompts")
    engine.view("select/candidates")
    engine.run("tasks/task_types")
    if where is None:
        engine.run("select/everything", "wanted")
    else:
        engine.put("wanted", matching(workspace, where))
    engine.run("select/pool")
